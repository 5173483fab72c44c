"""Relief while a disaster or an epidemic lasts: what households need, what is offered, what lies in depots and went out."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import BlindIndexField, SealedTextField
from gandan.ground.privacy.rules import Normaliser
from gandan.work.relief.flow import OPEN, Offered, State
from gandan.work.relief.rules import Channel, Disaster, Item

_OPEN = sorted(state.value for state in OPEN)
ITEMS = [(one.value, one.value) for one in Item]


class Emergency(models.Model):
    """A disaster or an epidemic, opened by an act and ended by a day; some weeks later nothing of anybody is left."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # who opened it
    disaster = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Disaster])
    title = models.CharField(max_length=160)
    act_number = models.CharField(max_length=80)
    act_body = models.CharField(max_length=160)
    act_day = models.DateField()
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    erase_on = models.DateField(null=True)  # set when it ends
    erased_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_emergency_has_its_act", condition=~Q(act_number="") & ~Q(act_body="")),
            models.CheckConstraint(
                name="an_ended_emergency_says_when_it_is_erased",
                condition=Q(ended_on__isnull=True, erase_on__isnull=True)
                | Q(ended_on__gte=F("opened_on"), erase_on__gte=F("ended_on")),
            ),
            models.CheckConstraint(
                name="only_an_ended_emergency_is_erased", condition=Q(erased_on__isnull=True) | Q(ended_on__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="emergency_newest")]


class Area(models.Model):
    """A ward in which an emergency holds, and the unit that takes needs and offers there."""

    emergency = models.ForeignKey(Emergency, models.PROTECT, db_index=False, related_name="areas")
    ward = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_ward_is_once_in_an_emergency", fields=["emergency", "ward"])]


class Depot(models.Model):
    """A place from which things are handed out, and the unit that keeps it."""

    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="depots")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    ward = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=160)


class Stock(models.Model):
    """How much of one thing lies in a depot, and how much of it is set aside. Neither is ever less than nothing."""

    depot = models.ForeignKey(Depot, models.PROTECT, db_index=False, related_name="stocks")
    item = models.CharField(max_length=8, choices=ITEMS)
    amount = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_thing_lies_once_in_a_depot", fields=["depot", "item"]),
            models.CheckConstraint(
                name="stock_is_never_below_nothing", condition=Q(set_aside__gte=0, amount__gte=F("set_aside"))
            ),
        ]


class NeedQuerySet(OfUnits["Need"]):
    """Needs are for the unit that takes them in its ward."""

    right = Right.READ_RELIEF


class Need(models.Model):
    """What one household needs. There is no field for anybody's health, and none for who lives there beside how many."""

    emergency = models.ForeignKey(Emergency, models.PROTECT, db_index=False, related_name="needs")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    ward = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    receipt = models.CharField(max_length=64, blank=True)  # a digest; empty once erased
    once = models.CharField(max_length=64, blank=True)  # of the form: sent twice, it is one
    channel = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Channel])
    name = SealedTextField(blank=True, default="")
    phone = SealedTextField(blank=True, default="")
    phone_index = BlindIndexField(of="phone", normaliser=Normaliser.PHONE)
    address = SealedTextField(blank=True, default="")
    heads = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.WAITING.value)
    depot = models.ForeignKey(Depot, models.PROTECT, null=True, db_index=False, related_name="+")
    secret = SealedTextField(blank=True, default="")  # opens what is set aside, once
    opened_by = models.CharField(max_length=64, blank=True)  # a digest of the secret, by which a depot finds the need
    received_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_need_of_a_receipt", fields=["receipt"], condition=~Q(receipt="")),
            models.UniqueConstraint(name="a_need_is_sent_once", fields=["once"], condition=~Q(once="")),
            models.UniqueConstraint(name="a_secret_opens_one_need", fields=["opened_by"], condition=~Q(opened_by="")),
            models.UniqueConstraint(
                name="one_open_need_of_a_household",
                fields=["emergency", "phone_index"],
                condition=Q(state__in=_OPEN) & ~Q(phone_index=b""),
            ),
            models.CheckConstraint(
                name="what_is_set_aside_lies_somewhere", condition=~Q(state=State.SET_ASIDE.value) | Q(depot__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "received_on", "id"], name="need_queue"),
            models.Index(fields=["emergency", "ward"], name="need_ward"),
        ]

    @property
    def number(self) -> str:
        return f"CT-{self.pk}"


class Wanted(models.Model):
    """How much of one thing a household needs."""

    need = models.ForeignKey(Need, models.PROTECT, db_index=False, related_name="wanted")
    item = models.CharField(max_length=8, choices=ITEMS)
    amount = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_thing_is_wanted_once", fields=["need", "item"])]


class OfferQuerySet(OfUnits["Offer"]):
    """Offers are for the unit that takes them in their ward."""

    right = Right.READ_RELIEF


class Offer(models.Model):
    """What somebody would give."""

    emergency = models.ForeignKey(Emergency, models.PROTECT, db_index=False, related_name="offers")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    ward = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    receipt = models.CharField(max_length=64, blank=True)
    once = models.CharField(max_length=64, blank=True)
    name = SealedTextField(blank=True, default="")
    phone = SealedTextField(blank=True, default="")
    item = models.CharField(max_length=8, choices=ITEMS)
    amount = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Offered], default=Offered.OPEN.value)
    depot = models.ForeignKey(Depot, models.PROTECT, null=True, db_index=False, related_name="+")
    received_on = models.DateField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_offer_of_a_receipt", fields=["receipt"], condition=~Q(receipt="")),
            models.UniqueConstraint(name="an_offer_is_sent_once", fields=["once"], condition=~Q(once="")),
        ]
        indexes = [models.Index(fields=["unit", "state", "received_on", "id"], name="offer_queue")]

    @property
    def number(self) -> str:
        return f"GCT-{self.pk}"


class Given(models.Model):
    """One handing out: to one household, once."""

    need = models.OneToOneField(Need, models.PROTECT, related_name="given")
    depot = models.ForeignKey(Depot, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
