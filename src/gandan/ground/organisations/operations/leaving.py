"""Standing in for someone for a while, leaving, and coming back."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, Person, Unit
from gandan.ground.organisations.operations.people import HasLeft, check_not_oneself, check_person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import PERSONAL, Right, Role

LONGEST = timedelta(days=92)


class NothingToStandInFor(Refused):
    """The absent person holds no role that another could take for a while."""


class BadEnd(Refused):
    """A stand-in ends on a day, within three months."""


class AlreadyLeft(Refused):
    """The person has left already."""


class StillHere(Refused):
    """The account is open."""


@operation
def stand_in(*, absent: Person, person: Person, until: date, by: Person, on: date) -> list[Appointment]:
    """Let a person act for another from `on` until before `until`, in every role that one may stand in for.

    :raises NotAllowed: if `by` may not arrange the people of one of the units
    :raises BadEnd: if it would end at once, or go on for more than three months
    :raises GaveOneself: if `person` is `by`
    :raises HasLeft: if the person has left
    :raises Incompatible: if the person keeps accounts, and the role opens records about people
    :raises NothingToStandInFor: if the absent person holds no role that another could take
    """
    if not on < until <= on + LONGEST:
        raise BadEnd(gettext_noop("Làm thay phải có ngày kết thúc, trong vòng ba tháng."))
    check_not_oneself(person, by)
    if not person.is_active:
        raise HasLeft(gettext_noop("{person} đã thôi làm việc; cần mở lại tài khoản trước."), person=person.name)
    made = []
    personal = [role.value for role in PERSONAL]
    for held in Appointment.objects.filter(person=absent, during__contains=on, acting_for=None).exclude(role__in=personal):
        unit = Unit.objects.select_for_update().get(pk=held.unit_id)
        require(Right.ARRANGE_PEOPLE, by=by, unit=unit, on=on)
        during = DateRange(on, min(until, held.during.upper or until))
        check_person(person, Role(held.role), during, by)
        same = {"person": person, "unit": unit, "role": held.role, "line": held.line}
        if Appointment.objects.filter(**same, during__overlap=during).exists():
            continue
        made.append(Appointment.objects.create(**same, during=during, acting_for=absent))
        record(Kind.APPOINTMENT_BEGUN, unit=unit, day=on, by=by, about=made[-1], role=held.role)
    if not made:
        raise NothingToStandInFor(
            gettext_noop("{person} không giữ vai trò nào mà người khác có thể làm thay."), person=absent.name
        )
    return made


@operation
def leave(*, person: Person, by: Person, on: date) -> list[Appointment]:
    """End every role of someone who leaves, and of those who stand in for them; nobody signs in by the name from now on.

    :raises NotAllowed: if `by` may not manage people at one of the units
    :raises AlreadyLeft: if the person has left already
    :raises GaveOneself: if `person` is `by`: somebody else sees to it that no work is left behind
    """
    check_not_oneself(person, by)
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if not fresh.is_active:
        raise AlreadyLeft(gettext_noop("{person} đã thôi làm việc."), person=fresh.name)
    mine = Appointment.objects.filter(person=fresh) | Appointment.objects.filter(acting_for=fresh)
    running = mine.filter(during__endswith__isnull=True) | mine.filter(during__endswith__gt=on)
    ended = list(running.select_related("unit").order_by("pk"))
    for held in ended:
        require(Right.MANAGE_PEOPLE, by=by, unit=held.unit, on=on)
        record(Kind.APPOINTMENT_ENDED, unit=held.unit, day=on, by=by, about=held, role=held.role)
        if held.during.lower >= on:
            held.delete()
        else:
            held.during = DateRange(held.during.lower, on)
            held.save(update_fields=["during"])
    last = ended[0] if ended else Appointment.objects.filter(person=fresh).select_related("unit").order_by("-during").first()
    if last is None:
        raise AlreadyLeft(gettext_noop("{person} chưa từng giữ vai trò nào."), person=fresh.name)
    require(Right.MANAGE_PEOPLE, by=by, unit=last.unit, on=on)
    record(Kind.PERSON_LEFT, unit=last.unit, day=on, by=by, about=fresh)
    fresh.is_active = person.is_active = False
    fresh.save(update_fields=["is_active"])
    return ended


@operation
def reopen(*, person: Person, unit: Unit, by: Person, on: date) -> Person:
    """Open the account of someone who had left and comes back to a unit. A role is given apart.

    :raises NotAllowed: if `by` may not manage people at the unit
    :raises StillHere: if the account is open
    :raises GaveOneself: if `person` is `by`
    """
    require(Right.MANAGE_PEOPLE, by=by, unit=unit, on=on)
    check_not_oneself(person, by)
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.is_active:
        raise StillHere(gettext_noop("Tài khoản của {person} đang mở."), person=fresh.name)
    fresh.is_active = person.is_active = True
    fresh.save(update_fields=["is_active"])
    record(Kind.PERSON_RETURNED, unit=unit, day=on, by=by, about=fresh)
    return fresh
