"""Taking a programme, or a turn of a task, to change it: who may, whether it still can be."""

from datetime import date

from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require, tree
from gandan.ground.organisations.rights import Right
from gandan.results.programmes.models import Programme


class ProgrammeClosed(Refused):
    """A closed programme is not changed any more."""


class NothingWritten(Refused):
    """It has no words."""


def taken(programme: Programme, by: Person, on: date, right: Right | None = None) -> Programme:
    """Take a programme, or a unit's plan, to change it. Who has no right to it isn't told how it stands."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("unit", "upper").get(pk=programme.pk)
    require_over(found, by, on, right)
    if found.closed_on:
        raise ProgrammeClosed(gettext_noop("Chương trình {code} đã tổng kết, không sửa được nữa."), code=found.code)
    return found


def require_over(programme: Programme, by: Person, on: date, right: Right | None = None) -> None:
    """Whoever writes the programme may: its officers; of a unit's own plan those of the unit too."""
    wanted = right or (Right.WRITE_PLANS if programme.upper_id else Right.MANAGE_PROGRAMMES)
    require(wanted, by=by, unit=standing(programme.unit, on), on=on)


def require_at(units: list[Unit], by: Person, on: date) -> None:
    """Somebody of one of the units may."""
    if not any(may(Right.DO_TASKS, by=by, unit=unit, on=on) for unit in units):
        raise NotAllowed(gettext_noop("Tài khoản này không có quyền làm việc đó ở đơn vị được giao nhiệm vụ."))


def standing(unit: Unit, on: date) -> Unit:
    """Return the unit, or the main heir of one that has ended."""
    return unit if unit.stands_on(on) else Unit.objects.get(pk=tree().main_heir(unit.pk, on))


def said(text: str) -> str:
    """:raises NothingWritten: if there are no words"""
    if not text.strip():
        raise NothingWritten(gettext_noop("Xin viết vài lời trước khi gửi."))
    return text.strip()
