"""Two sides inspect a unit together: planned, held with its findings, closed once each is remedied."""

from datetime import date

from django.db.models import Max

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, may, of_another_side, require
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.rules import check_nameless
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.ground.promises.queries import owed_about
from gandan.work.counsel.models import Finding, Inspection
from gandan.work.counsel.rules import Step, WrongState, WrongUnits, may_follow, said

REMEDY = "inspection.remedy"


class StillOwed(Refused):
    """A finding is not remedied yet."""


@operation
def plan(
    *, unit: Unit, partner: Unit, place: Unit, title: str, about: str, planned_for: date, by: Person, on: date, number: str = ""
) -> Inspection:
    """Plan an inspection of a unit by two sides.

    :raises NotAllowed: if `by` may not work on counsel at the unit that leads
    :raises WrongUnits: if the two are of one side
    :raises NothingSaid: if it has no title
    :raises NamesSomebody: if title or subject seem to name somebody
    :raises NotStanding: if one of the units does not exist on the day
    """
    require(Right.WRITE_COUNSEL, by=by, unit=unit, on=on)
    for one in (partner, place):
        check_standing(one, on)
    if not of_another_side(partner, unit, on):
        raise WrongUnits(gettext_noop("Kiểm tra liên ngành do hai bên cùng làm: chọn cơ quan của bên kia."))
    name = said("title", title, gettext_noop("Ghi tên đợt kiểm tra."))
    check_nameless(f"{name}\n{about}")
    made = Inspection.objects.create(
        unit=unit, partner=partner, place=place, plan=number.strip()[:80], title=name[:200], about=about.strip(), planned_on=on,
        planned_for=planned_for,
    )  # fmt: skip
    record(Kind.INSPECTION_PLANNED, unit=unit, day=on, by=by, about=made)
    return made


@operation
def hold(*, inspection: Inspection | int, conclusion: str, held_on: date, by: Person, on: date) -> Inspection:
    """Note that an inspection was held, and its conclusion.

    :raises NotAllowed: if `by` may not work on counsel for either side
    :raises WrongState: if it is not planned, or would have been held after today
    :raises NothingSaid: if it has no conclusion
    :raises NamesSomebody: if the conclusion seems to name somebody
    """
    fresh = _taken(inspection, by, on)
    _step(fresh, Step.HELD)
    if held_on > on:
        raise WrongState(gettext_noop("Kết quả ghi sau khi kiểm tra."))
    words = said("conclusion", conclusion, gettext_noop("Ghi kết luận kiểm tra."))
    check_nameless(words)
    fresh.held_on, fresh.conclusion = held_on, words
    fresh.save()
    record(Kind.INSPECTION_HELD, unit=fresh.unit, day=held_on, by=by, about=fresh)
    return fresh


@operation
def find(
    *, inspection: Inspection | int, words: str, remedy: str, due_on: date, by: Person, on: date, unit: Unit | None = None
) -> Finding:
    """Note what was found, and what is to be done about it by a day: the inspected unit owes it, or another one.

    :raises NotAllowed: if `by` may not work on counsel for either side
    :raises WrongState: if the inspection was not held, or is closed
    :raises NothingSaid: if there are no words
    :raises NamesSomebody: if they seem to name somebody
    :raises DueBefore: if it would be due before today
    """
    fresh = _taken(inspection, by, on)
    if fresh.step != Step.HELD:
        raise _wrong(fresh)
    found = said("words", words, gettext_noop("Ghi điều phát hiện."))
    wanted = said("remedy", remedy, gettext_noop("Ghi việc phải khắc phục."))
    check_nameless(f"{found}\n{wanted}")
    owner = unit or fresh.place
    check_standing(owner, on)
    last = Finding.objects.filter(inspection=fresh).aggregate(last=Max("position"))["last"] or 0
    made = Finding.objects.create(
        inspection=fresh, position=last + 1, unit=owner, words=found[:500], remedy=wanted[:500], due_on=due_on
    )
    record(Kind.INSPECTION_FOUND, unit=owner, day=on, by=by, about=fresh)
    owe(
        kind=REMEDY, about=made, label=made.remedy[:200], owed_to=Receiver.SUPERIOR, unit=owner, due_on=due_on, by=by, on=on,
    )  # fmt: skip
    return made


@operation
def remedy(*, finding: Finding | int, result: str, by: Person, on: date) -> Finding:
    """Say what was done about a finding, by which the promise is kept.

    :raises NotAllowed: if `by` may not work on counsel for the unit that owes it, nor for the two sides
    :raises NothingOwed: if it is remedied
    :raises NothingSaid: if there are no words
    :raises NamesSomebody: if they seem to name somebody
    """
    pk = finding if isinstance(finding, int) else finding.pk
    related = ("unit", "inspection__unit", "inspection__partner")
    fresh = Finding.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    owners = (fresh.unit, fresh.inspection.unit, fresh.inspection.partner)
    if not any(may(Right.WRITE_COUNSEL, by=by, unit=unit, on=on) for unit in owners):
        raise NotAllowed(gettext_noop("Việc này do {unit} khắc phục."), unit=fresh.unit.name)
    owed = owed_about(fresh, REMEDY)
    words = said("result", result, gettext_noop("Ghi kết quả khắc phục."))
    check_nameless(words)
    fresh.result, fresh.done_on = words[:500], on
    fresh.save()
    keep(promise=owed, by=by, on=on)
    return fresh


@operation
def close(*, inspection: Inspection | int, by: Person, on: date) -> Inspection:
    """Close an inspection: each of its findings is remedied.

    :raises NotAllowed: if `by` may not work on counsel for either side
    :raises WrongState: if it was not held
    :raises StillOwed: if a finding is not remedied
    """
    fresh = _taken(inspection, by, on)
    _step(fresh, Step.CLOSED)
    left = Finding.objects.filter(inspection=fresh, done_on=None).count()
    if left:
        raise StillOwed(gettext_noop("Còn {count} việc chưa khắc phục xong."), count=left)
    fresh.save()
    record(Kind.INSPECTION_CLOSED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


@operation
def cancel(*, inspection: Inspection | int, by: Person, on: date) -> Inspection:
    """Call a planned inspection off.

    :raises NotAllowed: if `by` may not work on counsel for either side
    :raises WrongState: if it was held
    """
    fresh = _taken(inspection, by, on)
    _step(fresh, Step.CANCELLED)
    fresh.save()
    record(Kind.INSPECTION_CANCELLED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


def _taken(inspection: Inspection | int, by: Person, on: date) -> Inspection:
    pk = inspection if isinstance(inspection, int) else inspection.pk
    related = ("unit", "partner", "place")
    fresh = Inspection.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    if not any(may(Right.WRITE_COUNSEL, by=by, unit=unit, on=on) for unit in (fresh.unit, fresh.partner)):
        raise NotAllowed(gettext_noop("Đợt kiểm tra này do {unit} và {partner} cùng làm."),
                         unit=fresh.unit.name, partner=fresh.partner.name)  # fmt: skip
    return fresh


def _step(inspection: Inspection, then: Step) -> None:
    if not may_follow(Step(inspection.step), then):
        raise _wrong(inspection)
    inspection.step = then.value


def _wrong(inspection: Inspection) -> WrongState:
    return WrongState(gettext_noop("Đợt kiểm tra “{title}” không ở bước này. Xin tải lại trang."), title=inspection.title)
