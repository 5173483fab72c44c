"""A case in the wrong place goes on, and its sender is told; the cases of a unit that has ended go to who took over."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db.models import F

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.operations import hand_over as hand_promises_over
from gandan.ground.promises.queries import open_about
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Passing
from gandan.work.voice.operations.holding import taken
from gandan.work.voice.operations.telling import tell_senders
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.stages import PROMISES as STAGE_PROMISES

ABOUT = Case._meta.label_lower
PROMISES = (*dict.fromkeys(spec.promise for spec in KINDS.values()), *STAGE_PROMISES)


class NotTheirWork(Refused):
    """The unit doesn't handle such cases."""


class StillStanding(Refused):
    """The unit has not ended by that day."""


@operation
def hand_over(*, case: Case | int, to: Unit, words: str, by: Person, on: date, at: datetime, seen: int | None = None) -> Case:
    """Pass an open case on to the unit it belongs to, with all that were merged into it. Its day stays; its senders are told.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered or withdrawn
    :raises NotTheirWork: if the other unit doesn't handle such cases
    :raises NotStanding: if the other unit does not exist on the day
    """
    fresh = taken(case, by, on, seen=seen)
    check_standing(to, on)
    spec = KINDS[CaseKind(fresh.kind)]
    if spec.line not in atlas().tree.lines(to.pk):
        raise NotTheirWork(gettext_noop("{unit} không tiếp nhận loại việc này."), unit=to.name)
    if to.pk == fresh.unit_id:
        unchanged()
        return fresh
    moved = {fresh.pk: fresh} | {one.pk: one for one in Case.objects.open().filter(merged_into=fresh).select_related("unit")}
    pass_on(moved, dict.fromkeys(moved, to), tidy(words, 2000), by, on, at)
    fresh.unit, fresh.version = to, fresh.version + 1
    return fresh


@operation
def follow_succession(*, unit: Unit, by: Person, on: date, at: datetime) -> int:
    """Pass all open cases of a unit that has ended on to its main heir; return how many.

    :raises NotAllowed: if `by` may not work on the unit's cases
    :raises StillStanding: if the unit has not ended by `on`
    """
    require(Right.ANSWER_VOICE, by=by, unit=unit, on=on)
    if unit.closed_on is None or unit.closed_on > on:
        raise StillStanding(gettext_noop("{unit} vẫn hoạt động ngày {day}."), unit=unit.name, day=f"{on:%d/%m/%Y}")
    heir = Unit.objects.get(pk=atlas().tree.main_heir(unit.pk, on))
    held = {one.pk: one for one in Case.objects.open().filter(unit=unit).select_related("unit").select_for_update(of=("self",))}
    if not held or heir.pk == unit.pk:
        unchanged()
        return 0
    pass_on(held, dict.fromkeys(held, heir), "", by, on, at)
    return len(held)


def pass_on(held: Mapping[int, Case], to: Mapping[int, Unit], words: str, by: Person, on: date, at: datetime) -> None:
    """Record the pairs, and move the promises with the cases."""
    for kind in PROMISES:
        if owed := open_about(ABOUT, to, kind):
            hand_promises_over(moves={promise.pk: to[pk] for pk, promise in owed.items()}, by=by, on=on)
    record_many([event for pk, new in to.items() for event in _pair(held[pk], new, by, on)])
    Passing.objects.bulk_create(
        [Passing(case=held[pk], from_unit=held[pk].unit, to_unit=new, words=words, by=by, on=on) for pk, new in to.items()],
        batch_size=500,
    )
    for new in {new.pk: new for new in to.values()}.values():
        numbers = [pk for pk, taker in to.items() if taker.pk == new.pk]
        Case.objects.filter(pk__in=numbers).update(unit=new, version=F("version") + 1, changed_at=at)
        moved = list(Case.objects.filter(pk__in=numbers).select_related("unit"))
        tell_senders(moved, "voice-moved", {one.pk: f"moved:{one.pk}:{one.version}" for one in moved}, by, on)


def _pair(case: Case, new: Unit, by: Person, on: date) -> Iterator[NewEvent]:
    for kind, unit in ((Kind.VOICE_HANDED_OVER, case.unit_id), (Kind.VOICE_TAKEN_OVER, new.pk)):
        yield NewEvent(kind, unit, on, by.pk, {"case": case.kind}, ABOUT, case.pk)
