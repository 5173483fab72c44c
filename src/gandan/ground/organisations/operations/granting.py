"""Weighty roles take two: one administrator asks, another gives or declines."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, Grant, Person, Unit
from gandan.ground.organisations.operations.people import NeedsTwo, added, begun, check_not_oneself, fit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import FOUR_EYES, Right, Role
from gandan.ground.organisations.rules import Line, Nature


class AlreadyAsked(Refused):
    """It has been asked for, and nobody has decided yet."""


class UnknownGrant(Refused):
    """There is no such request, or it has been decided on."""


@operation
def ask_grant(*, person: Person, unit: Unit, role: Role, line: Line, until: date | None = None, by: Person, on: date) -> Grant:
    """Ask for a weighty role to be given. Another administrator of the unit, or above, gives it.

    :raises ValueError: if the role is one that needs no second person
    :raises NotAllowed, NotStanding, NoPlace, WrongLine, AlreadyHeld, GaveOneself, HasLeft, Incompatible: see `appoint`
    :raises AlreadyAsked: if the same waits already
    """
    if role not in FOUR_EYES:
        raise ValueError(f"{role} is given by one alone.")
    unit = fit(person=person, unit=unit, role=role, line=line, by=by, on=on, until=until)
    same = Grant.objects.filter(person=person, unit=unit, role=role.value, line=line.value, decided_on=None)
    if same.exists():
        raise AlreadyAsked(gettext_noop("Việc này đã được đề nghị và đang chờ một người quản trị khác."))
    asked = Grant.objects.create(
        person=person, unit=unit, role=role.value, line=line.value, until=until, asked_by=by, asked_on=on
    )  # fmt: skip
    record(Kind.APPOINTMENT_ASKED, unit=unit, day=on, by=by, about=asked, role=role.value)
    return asked


@operation
def enrol_asking(
    *, username: str, name: str, unit: Unit, role: Role, line: Line, until: date | None = None, by: Person, on: date
) -> Person:
    """Add someone who was not here before and ask for a weighty role as their first: until it is given they may do nothing.

    :raises NameTaken, Unfit: see `enrol`
    :raises ValueError, NotAllowed, NotStanding, NoPlace, WrongLine: see `ask_grant`
    """
    person = added(username, name, None, Nature.PERSON)
    ask_grant(person=person, unit=unit, role=role, line=line, until=until, by=by, on=on)
    return person


@operation
def give_grant(*, grant: int, by: Person, on: date) -> Appointment:
    """Give the role that another administrator asked for, from `on`.

    :raises UnknownGrant: if there is none that waits
    :raises NeedsTwo: if it was `by` who asked
    :raises NotAllowed, NotStanding, NoPlace, WrongLine, AlreadyHeld, GaveOneself, HasLeft, Incompatible: see `appoint`
    """
    asked = _waiting(grant)
    role, line = Role(asked.role), Line(asked.line)
    unit = fit(person=asked.person, unit=asked.unit, role=role, line=line, by=by, on=on, until=asked.until)
    if asked.asked_by_id == by.pk:
        raise NeedsTwo(gettext_noop("Người đề nghị không tự đồng ý được; cần một người quản trị khác."))
    appointment = begun(person=asked.person, unit=unit, role=role, line=line, by=by, on=on, until=asked.until)
    _decide(asked, by, on, appointment)
    return appointment


@operation
def decline_grant(*, grant: int, by: Person, on: date) -> Grant:
    """Decide that a role is not given; who asked may take it back in this way.

    :raises UnknownGrant: if there is none that waits
    :raises NotAllowed: if `by` may not manage people at the unit
    :raises GaveOneself: if it is about `by`
    """
    asked = _waiting(grant)
    require(Right.MANAGE_PEOPLE, by=by, unit=asked.unit, on=on)
    check_not_oneself(asked.person, by)
    _decide(asked, by, on, None)
    record(Kind.APPOINTMENT_DECLINED, unit=asked.unit, day=on, by=by, about=asked, role=asked.role)
    return asked


def _waiting(grant: int) -> Grant:
    waiting = Grant.objects.select_for_update(of=("self",)).select_related("person", "unit").filter(decided_on=None)
    found = waiting.filter(pk=grant).first()
    if found is None:
        raise UnknownGrant(gettext_noop("Không có đề nghị nào đang chờ mang số này."))
    return found


def _decide(asked: Grant, by: Person, on: date, given: Appointment | None) -> None:
    asked.decided_by, asked.decided_on, asked.given = by, on, given
    asked.save(update_fields=["decided_by", "decided_on", "given"])
