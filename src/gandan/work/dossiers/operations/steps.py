"""What every step of a dossier begins and ends with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from gandan.ground.ledger.operations import record
from gandan.ground.ledger.prepared import added, asked, changed
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.queries.units import UNIT
from gandan.ground.organisations.rights import Right
from gandan.ground.promises import operations as promises
from gandan.ground.promises.queries import open_about, standing_of
from gandan.work.dossiers.flow import FLOW, OPEN, STATES, Need, Status, Step, may_step
from gandan.work.dossiers.models import Dossier, StepTaken
from gandan.work.dossiers.queries.one import DOSSIER
from gandan.work.dossiers.queries.procedures import PROCEDURE

RESULT, LETTER, TAKE = "dossier.result", "apology.letter", "dossier.take"
FIELDS = ("status", "received_on", "due_on", "finished_on", "withdrawn_on", "closed_on", "returned_on")
LONGEST = 4000  # characters that are written to an applicant


class WrongStep(Refused):
    """The dossier is not where it would have to be for that."""


class BeforeReceipt(Refused):
    """Nothing happens to a dossier before it was received."""


class ChangedMeanwhile(Refused):
    """Somebody else took a step since the page was opened."""


class NeedsMore(Refused):
    """The step can't be taken without it. `field` says which is missing."""

    def __init__(self, field: Need, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field


class StateNamed(Refused):
    """The name of a state, to be quoted in another sentence."""


def named(status: Status) -> StateNamed:
    return StateNamed(STATES[status].name)


@dataclass
class Taking:
    """A step under way: the dossier as it is, and as it was."""

    dossier: Dossier
    step: Step
    by: Person
    on: date
    before: dict[str, Any]
    first_event: int = 0

    def record(self, **facets: str) -> None:
        """Tell the ledger of the step. What follows for the promises is told after it."""
        spec, named_facets = FLOW[self.step], cast(dict[str, Any], facets)
        self.first_event = record(
            spec.records, unit=self.dossier.unit, day=self.on, by=self.by, about=self.dossier,
            procedure=self.dossier.procedure.code, **named_facets,
        )  # fmt: skip

    def done(self, status: Status, *, why: str = "", words: str = "", **changes: object) -> Dossier:
        """Write what has changed, and keep what it takes to undo it."""
        dossier = self.dossier
        for field, value in changes.items():
            setattr(dossier, field, value)
        dossier.status, dossier.version = status.value, dossier.version + 1
        changed(dossier, ["status", "version", *changes])
        added(
            StepTaken(
                dossier=dossier, step=self.step.value, on=self.on, by=self.by, why=why, words=words,
                first_event=self.first_event, before=self.before,
            )
        )  # fmt: skip
        return dossier


def take(
    dossier: Dossier | int, step: Step, by: Person, on: date, *, seen: int | None = None, given: frozenset[Need] = frozenset()
) -> Taking:
    """Return the dossier as it is now, ready for the step, and keep others from it until our transaction ends.

    :param seen: the version that the officer looked at; None: whatever it is
    :param given: what the step was given of what it needs
    :raises NotAllowed: if `by` may not take the step at the unit
    :raises ChangedMeanwhile: if the dossier has changed since it was looked at
    :raises WrongStep: if it is in a state from which the step doesn't lead on
    :raises NeedsMore: if the step needs what was not given
    :raises BeforeReceipt: if it was received later than `on`
    :raises NotStanding: if its unit has ended, and the dossier waits to be handed over
    """
    spec = FLOW[step]
    fresh = locked(dossier)
    require(spec.right, by=by, unit=fresh.unit, on=on)
    check_seen(fresh, seen)
    if not may_step(Status(fresh.status), step):
        raise WrongStep(
            gettext_noop("Hồ sơ {number} {state}, nên không làm được bước “{step}”."),
            number=fresh.number, state=named(Status(fresh.status)), step=StateNamed(spec.name),
        )  # fmt: skip
    check_given(step, given)
    check_day(fresh, on)
    check_standing(fresh.unit, on)
    before = {field: _plain(getattr(fresh, field)) for field in FIELDS}
    return Taking(fresh, step, by, on, {"dossier": before, "promises": standing_of(fresh)})


MISSING = {
    Need.WORDS: gettext_noop("Chưa ghi lý do bằng lời để người nộp hiểu."),
    Need.WHY: gettext_noop("Chưa chọn lý do."),
    Need.PAPERS: gettext_noop("Chưa ghi giấy tờ cần bổ sung."),
    Need.AMOUNT: gettext_noop("Chưa ghi số tiền phải nộp."),
    Need.HOW: gettext_noop("Chưa chọn cách trả kết quả."),
}


def take_open(dossier: Dossier | int, by: Person, on: date, *, among: Collection[Status] = OPEN) -> Dossier:
    """Return an open dossier as it is now, for something that is no step, and keep others from it.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if it is no longer open
    :raises BeforeReceipt: if it was received later than `on`
    :raises NotStanding: if its unit has ended, and the dossier waits to be handed over
    """
    return check_open(locked(dossier), by, on, among=among)


def check_open(fresh: Dossier, by: Person, on: date, *, among: Collection[Status] = OPEN) -> Dossier:
    """Return a dossier that is already held, if something that is no step may be done with it; see `take_open`."""
    require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
    if Status(fresh.status) not in among:
        raise WrongStep(
            gettext_noop("Hồ sơ {number} {state}, nên không làm được việc này."),
            number=fresh.number, state=named(Status(fresh.status)),
        )  # fmt: skip
    check_day(fresh, on)
    check_standing(fresh.unit, on)
    return fresh


def check_given(step: Step, given: frozenset[Need]) -> None:
    """:raises NeedsMore: if the step needs what was not given"""
    for need in sorted(FLOW[step].needs - given):
        raise NeedsMore(need, MISSING[need])


_LOCKED = f"""
    SELECT {DOSSIER.columns}, {PROCEDURE.columns}, {UNIT.columns}
    FROM dossiers_dossier d JOIN dossiers_procedure p ON p.id = d.procedure_id JOIN organisations_unit u ON u.id = d.unit_id
    WHERE d.id = ANY(%s) ORDER BY d.id FOR UPDATE OF d
"""


def locked(dossier: Dossier | int) -> Dossier:
    """Return the dossier as it is now, and keep others from it until our transaction ends."""
    pk = dossier if isinstance(dossier, int) else dossier.pk
    found = locked_many([pk])
    if not found:
        raise Dossier.DoesNotExist(f"There is no dossier {pk}.")
    return found[pk]


def locked_many(dossiers: Sequence[int]) -> dict[int, Dossier]:
    """Return many dossiers as they are now, by number, and keep others from them. Whoever takes many takes them in one order."""
    found = {}
    for row in asked(_LOCKED, [sorted(dossiers)]):
        fresh = DOSSIER.record(row)
        fresh.procedure = PROCEDURE.record(row, DOSSIER.width)
        fresh.unit = UNIT.record(row, DOSSIER.width + PROCEDURE.width)
        found[fresh.pk] = fresh
    return found


def check_seen(dossier: Dossier, seen: int | None) -> None:
    """:raises ChangedMeanwhile: if it is not as it was when the officer looked at it"""
    if seen is not None and seen != dossier.version:
        last = StepTaken.objects.filter(dossier=dossier, undone_on=None).select_related("by").order_by("-pk").first()
        raise ChangedMeanwhile(
            gettext_noop("Hồ sơ {number} vừa được {who} cập nhật: nay {state}. Xin xem lại; những gì Ông/Bà đã ghi vẫn còn đây."),
            number=dossier.number,
            who=last.by.name if last else dossier.unit.name,
            state=named(Status(dossier.status)),
        )


def check_day(dossier: Dossier, on: date) -> None:
    """:raises BeforeReceipt: if the dossier was received later than `on`"""
    if on < dossier.received_on:
        raise BeforeReceipt(
            gettext_noop("Hồ sơ {number} được tiếp nhận ngày {received}, sau ngày {day}."),
            number=dossier.number,
            received=f"{dossier.received_on:%d/%m/%Y}",
            day=f"{on:%d/%m/%Y}",
        )


def worded(words: str) -> str:
    """Return what is to be written to an applicant, tidied.

    :raises NeedsMore: if it is longer than a letter can hold
    """
    text = "\n".join(line.strip() for line in words.strip().splitlines())
    if len(text) > LONGEST:
        raise NeedsMore(Need.WORDS, gettext_noop("Lý do dài quá {most} chữ. Xin viết gọn lại."), most=LONGEST)
    return text


def settle(dossier: Dossier, by: Person, on: date, *, kept: bool) -> None:
    """Keep or drop what was promised: the result, and with it a letter that nobody needs any more."""
    for kind, end in ((RESULT, promises.keep if kept else promises.drop), (LETTER, promises.drop)):
        owed = open_about(dossier._meta.label_lower, [dossier.pk], kind).get(dossier.pk)
        if owed is not None:
            end(promise=owed, by=by, on=on)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
