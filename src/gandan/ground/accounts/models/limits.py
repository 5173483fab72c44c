"""How often something was tried of late."""

from django.db import models


class Tried(models.Model):
    """How often one thing was tried by one key since a moment. The key is a digest: no address and no number stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="tried_since")]
