"""People and the roles they are given. A person exists from the first appointment on."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, Person, Unit
from gandan.ground.organisations.operations.changing import NoPlace, save_fit
from gandan.ground.organisations.queries import check_standing, require, tree
from gandan.ground.organisations.rights import FOUR_EYES, KEEPERS, OWN_HANDS, READERS, ROLE_LINES, Right, Role
from gandan.ground.organisations.rules import LINE_NAMES, Line, Nature


class NameTaken(Refused):
    """Somebody else signs in by this name."""


class WrongLine(Refused):
    """The role belongs to one side, and this line is the other's."""


class AlreadyHeld(Refused):
    """The person has this role there at that time."""


class GaveOneself(Refused):
    """Nobody gives a right to themselves. The inspectorate is told of it."""


class HasLeft(Refused):
    """The person has left; their account must be opened again first."""


class Incompatible(Refused):
    """Who keeps the accounts opens no record about people, and the other way round."""


class NeedsTwo(Refused):
    """One administrator asks for the role to be given, another gives it."""


class AlreadyEnded(Refused):
    """The appointment has ended by that day, or had not begun."""


@operation
def enrol(
    *,
    username: str,
    name: str,
    unit: Unit,
    role: Role,
    line: Line,
    by: Person,
    on: date,
    until: date | None = None,
    password: str | None = None,
    nature: Nature = Nature.PERSON,
) -> Person:
    """Add someone who was not here before, with a first role. Without a password they can't sign in yet.

    :raises NotAllowed: if `by` may not manage people at the unit
    :raises NameTaken: if the user name is in use
    :raises Unfit: if the user name is not of small letters, digits, dots and dashes
    """
    person = added(username, name, password, nature)
    appoint(person=person, unit=unit, role=role, line=line, by=by, on=on, until=until)
    return person


def added(username: str, name: str, password: str | None, nature: Nature) -> Person:
    """:raises NameTaken, Unfit: see `enrol`"""
    if Person.objects.filter(username=username.strip().lower()).exists():
        raise NameTaken(gettext_noop("Tên đăng nhập {username} đã có người dùng."), username=username)
    person = Person(username=username.strip().lower(), name=name, nature=nature.value)
    person.set_password(password)
    save_fit(person)
    return person


@operation
def appoint(
    *, person: Person, unit: Unit, role: Role, line: Line, by: Person, on: date, until: date | None = None
) -> Appointment:
    """Give a person a role at a unit along a line, from `on` until before `until`. Weighty ones take two: see `ask_grant`.

    :raises NotAllowed: if `by` may not manage people at the unit
    :raises NotStanding: if the unit doesn't exist on the day
    :raises NoPlace: if it has no place on the line that day
    :raises WrongLine: if the role belongs to the other side
    :raises AlreadyHeld: if the person has this role there already
    :raises GaveOneself: if `person` is `by`
    :raises HasLeft: if the person has left
    :raises Incompatible: if the person would both keep accounts and open records about people
    :raises NeedsTwo: if the role is one that no administrator gives alone
    """
    unit = fit(person=person, unit=unit, role=role, line=line, by=by, on=on, until=until)
    if role in FOUR_EYES and by.username not in OWN_HANDS:
        raise NeedsTwo(gettext_noop("Vai trò này cần hai người quản trị: một người đề nghị, một người khác đồng ý."))
    return begun(person=person, unit=unit, role=role, line=line, by=by, on=on, until=until)


def fit(*, person: Person, unit: Unit, role: Role, line: Line, by: Person, on: date, until: date | None) -> Unit:
    """Return the unit, locked, if `by` may give the role there and the person may take it; see `appoint`."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    require(Right.MANAGE_PEOPLE, by=by, unit=unit, on=on)
    check_not_oneself(person, by)
    check_standing(unit, on)
    check_person(person, role, DateRange(on, until), by)
    if not tree().place(unit.pk, line, on):
        raise NoPlace(
            gettext_noop("{name} không có vị trí trong hệ thống {line} vào {day}."),
            name=unit.name, line=LINE_NAMES[line], day=f"{on:%d/%m/%Y}",
        )  # fmt: skip
    if line not in ROLE_LINES.get(role, frozenset(Line)):
        raise WrongLine(gettext_noop("Vai trò này không thuộc hệ thống {line}."), line=LINE_NAMES[line])
    held = Appointment.objects.filter(person=person, unit=unit, role=role.value, line=line.value)
    if held.filter(during__overlap=DateRange(on, until)).exists():
        raise AlreadyHeld(gettext_noop("{person} đã giữ vai trò này tại {unit}."), person=person.name, unit=unit.name)
    return unit


def begun(*, person: Person, unit: Unit, role: Role, line: Line, by: Person, on: date, until: date | None) -> Appointment:
    during = DateRange(on, until)
    appointment = Appointment.objects.create(person=person, unit=unit, role=role.value, line=line.value, during=during)
    record(Kind.APPOINTMENT_BEGUN, unit=unit, day=on, by=by, about=appointment, role=role.value)
    return appointment


def check_not_oneself(person: Person, by: Person) -> None:
    """:raises GaveOneself: if someone gives themselves a role"""
    if person.pk == by.pk:
        raise GaveOneself(gettext_noop("Không ai tự giao quyền cho chính mình. Việc này đã được báo cho thanh tra."))


def check_person(person: Person, role: Role, during: DateRange, by: Person) -> None:
    """:raises HasLeft, Incompatible: if the person may not hold the role at that time"""
    if not person.is_active:
        raise HasLeft(gettext_noop("{person} đã thôi làm việc; cần mở lại tài khoản trước."), person=person.name)
    apart = READERS if role in KEEPERS else KEEPERS if role in READERS else frozenset()
    others = Appointment.objects.filter(person=person, during__overlap=during, role__in=[one.value for one in apart])
    if by.username not in OWN_HANDS and others.exists():
        raise Incompatible(
            gettext_noop("{person} không thể vừa quản trị tài khoản vừa đọc hồ sơ của người dân."), person=person.name
        )


@operation
def end_appointment(*, appointment: Appointment | int, by: Person, on: date) -> Appointment:
    """End a role from `on`, the first day without it.

    :raises NotAllowed: if `by` may not manage people at the unit
    :raises AlreadyEnded: if it has ended by then, or begins only then
    """
    pk = appointment if isinstance(appointment, int) else appointment.pk
    held = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=pk)
    require(Right.ARRANGE_PEOPLE if held.acting_for_id else Right.MANAGE_PEOPLE, by=by, unit=held.unit, on=on)
    if held.during.lower >= on or (held.during.upper is not None and held.during.upper <= on):
        raise AlreadyEnded(gettext_noop("Phân công này không còn hiệu lực hoặc chưa bắt đầu vào {day}."), day=f"{on:%d/%m/%Y}")
    held.during = DateRange(held.during.lower, on)
    held.save(update_fields=["during"])
    record(Kind.APPOINTMENT_ENDED, unit=held.unit, day=on, by=by, about=held, role=held.role)
    return held
