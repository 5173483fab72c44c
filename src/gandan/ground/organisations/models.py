"""Units, their dated places in the tree, what became of them, and the people appointed to them."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import EmptyResultSet
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Lookup, Q

from gandan.ground.organisations.rights import Role, Scope
from gandan.ground.organisations.rules import How, Line, Nature, UnitKind

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, username: str, password: str | None = None, *, name: str = "", nature: str = Nature.PERSON.value, **more: Any
    ) -> "Person":
        """Add an actor. Without a password nobody can sign in by that name."""
        person = self.model(username=username.strip().lower(), name=name or username, nature=nature, **more)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who acts: an officer, a partner's program, the public at large, the clock."""

    username = models.CharField(
        max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Chỉ gồm a–z, 0–9, dấu chấm và gạch.")]
    )
    name = models.CharField(max_length=120)
    nature = models.CharField(max_length=8, choices=[(n.value, n.value) for n in Nature], default=Nature.PERSON.value)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    scope: Scope | None = None  # of the key a program came with; not kept

    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_nature_known", condition=Q(nature__in=[n.value for n in Nature])),
        ]


class LegalAct(models.Model):
    """The decision by which something in the tree came about."""

    number = models.CharField(max_length=60)
    title = models.CharField(max_length=400)
    body = models.CharField(max_length=160)  # who decided
    day = models.DateField(null=True, blank=True)  # null where the day of signing isn't known
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_act_per_number_and_body", fields=["number", "body"])]


class Among(AnyLookup):
    """`unit__among=units`: one of many, sent as one value. Who reads a city's dossiers has hundreds of units."""

    lookup_name, prepare_rhs = "among", False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rhs:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        if len(self.rhs) == 1:  # of one, an index gives rows in their order
            return f"{column} = %s", (*parameters, *self.rhs)
        return f"{column} = ANY(%s::bigint[])", (*parameters, f"{{{','.join(map(str, sorted(self.rhs)))}}}")


models.ForeignKey.register_lookup(Among)
models.IntegerField.register_lookup(Among)


class Unit(models.Model):
    """A body that can hold work: never deleted, never moved by editing."""

    code = models.CharField(max_length=30, unique=True, validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9.-]*$")])
    code_alt = models.CharField(max_length=30, blank=True)  # the same unit's code in another list
    name = models.CharField(max_length=200)  # the latest; earlier ones in UnitName
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in UnitKind])
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    founded_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)  # the first day without it
    founding_act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="founded")
    closing_act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="closed")

    class Meta:
        constraints = [
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=[k.value for k in UnitKind])),
            models.CheckConstraint(
                name="unit_closes_after_it_was_founded", condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("founded_on"))
            ),
        ]

    def stands_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)


class UnitName(models.Model):
    """What a unit was called, and from when until when."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=100, blank=True)
    during = DateRangeField()
    act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="names")
    search = models.TextField()  # name, short name and code, folded: no case, no marks
    sort_key = models.BinaryField()  # Vietnamese order

    class Meta:
        constraints = [
            models.CheckConstraint(name="name_has_a_beginning", condition=Q(during__isempty=False, during__lower_inf=False)),
            ExclusionConstraint(
                name="one_name_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]


class Placement(models.Model):
    """Where a unit sits in the tree, and from when until when. The tree is never edited, only re-dated."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="placed_below")  # null: a root
    during = DateRangeField()
    act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="placements")

    class Meta:
        constraints = [
            models.CheckConstraint(name="placement_line_known", condition=Q(line__in=[line.value for line in Line])),
            models.CheckConstraint(name="placement_has_a_beginning", condition=Q(during__isempty=False, during__lower_inf=False)),
            models.CheckConstraint(name="no_unit_below_itself", condition=Q(parent__isnull=True) | ~Q(parent=F("unit"))),
            ExclusionConstraint(
                name="one_place_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("line", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]


class Succession(models.Model):
    """What became of a unit: it passed whole into another, or was divided among several."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    on = models.DateField()
    how = models.CharField(max_length=7, choices=[(h.value, h.value) for h in How])
    main = models.BooleanField(default=False)  # the heir that takes what nobody assigns otherwise
    act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_succession_per_pair", fields=["old", "new"]),
            models.UniqueConstraint(name="one_whole_heir", fields=["old"], condition=Q(how=How.WHOLE.value)),
            models.UniqueConstraint(name="one_main_heir", fields=["old"], condition=Q(main=True)),
            models.CheckConstraint(name="no_unit_succeeds_itself", condition=~Q(old=F("new"))),
            models.CheckConstraint(name="succession_how_known", condition=Q(how__in=[h.value for h in How])),
            models.CheckConstraint(name="a_whole_heir_is_the_main_one", condition=Q(how=How.DIVIDED.value) | Q(main=True)),
        ]


class Appointment(models.Model):
    """A person's role at a unit, along one line, from when until when. All rights come from here."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    during = DateRangeField()
    acting_for = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="stand_ins")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stand_in_has_an_end", condition=Q(acting_for__isnull=True) | Q(during__endswith__isnull=False)
            ),
            models.CheckConstraint(name="nobody_stands_in_for_oneself", condition=~Q(acting_for=F("person"))),
            models.CheckConstraint(
                name="appointment_has_a_beginning", condition=Q(during__isempty=False, during__lower_inf=False)
            ),
            ExclusionConstraint(
                name="no_role_held_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Grant(models.Model):
    """A weighty role that one administrator asked to give, until another has given or declined it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    until = models.DateField(null=True)  # the first day without it
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    given = models.OneToOneField(Appointment, models.SET_NULL, null=True, related_name="grant")  # null: declined, or not yet

    class Meta:
        constraints = [
            models.CheckConstraint(name="two_give_a_grant", condition=~Q(decided_by=F("asked_by")) | Q(given__isnull=True)),
            models.CheckConstraint(name="nobody_decides_on_oneself", condition=~Q(decided_by=F("person"))),
            models.CheckConstraint(
                name="grant_decided_by_someone",
                condition=Q(decided_by__isnull=True, decided_on__isnull=True)
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="asked_for_once", fields=["person", "unit", "role", "line"], condition=Q(decided_on__isnull=True)
            ),
        ]


class TreeVersion(models.Model):
    """One row. Its token changes with every act on the tree, so a process knows when its copy is old.

    The number is for people; the token is random, because a rolled-back act must not leave a number behind that another
    tree then takes.
    """

    number = models.PositiveBigIntegerField(default=0)
    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(name="one_tree_version", condition=Q(pk=1))]
