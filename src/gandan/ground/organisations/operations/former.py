"""What becomes of somebody's name when they have long left."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Appointment, Person
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Nature

FORMER = "former-"
AT_ONCE = 500


@operation
def anonymise_former(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Take names and passwords from people whose last appointment ended before a day, and return their numbers.

    What they did stays, as done by a number.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    held = Appointment.objects.filter(person=OuterRef("pk"))
    later = held.filter(Q(during__endswith__isnull=True) | Q(during__endswith__gt=before))
    left = Person.objects.filter(Exists(held), ~Exists(later), nature=Nature.PERSON.value).exclude(username__startswith=FORMER)
    people = list(left.exclude(pk__in=but).order_by("pk")[:AT_ONCE])
    for person in people:
        person.username, person.name, person.is_active = f"{FORMER}{person.pk}", f"#{person.pk}", False
        person.set_unusable_password()
    Person.objects.bulk_update(people, ["username", "name", "is_active", "password"])
    return [person.pk for person in people]
