"""Who wants to be told by e-mail: an address, and nothing about its owner."""

from django.db import models

from gandan.ground.organisations.models import Unit
from gandan.ground.privacy.fields import BlindIndexField, SealedTextField


class Subscriber(models.Model):
    """An address that asked for notices of a place. Asked for twice: on the page, and by the link in the first letter."""

    email = SealedTextField()
    email_index = BlindIndexField(of="email")
    place = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=2, choices=[("vi", "vi"), ("en", "en")], default="vi")
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True)
    keep_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_address_once_per_place", fields=["email_index", "place"], nulls_distinct=False)
        ]
        indexes = [models.Index(fields=["keep_until"], name="subscriber_end")]
