"""Any step of a dossier by its name, one or many at once, and who is to work on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gandan.ground.ledger.operations import operation, part, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may
from gandan.ground.organisations.rights import Right
from gandan.ground.promises import operations as promises
from gandan.ground.promises.queries import open_about
from gandan.work.dossiers.flow import OPEN, Status, Step
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import counter, handling
from gandan.work.dossiers.operations.handing import hand_over
from gandan.work.dossiers.operations.once import answered, keep_answer
from gandan.work.dossiers.operations.steps import RESULT, TAKE, check_seen, take_open

MOST = 500  # dossiers in one go


class TooManyDossiers(Refused):
    """More than may be done in one go."""


class NotOfTheUnit(Refused):
    """Who is to work on a dossier must have the right to."""


@dataclass(frozen=True)
class Given:
    """What a step is given of what it may need."""

    words: str = ""
    why: str = ""
    papers: Sequence[Mapping[str, Any]] = ()
    amount: int = 0
    how: str = ""
    answer_by: date | None = None


DO: Mapping[Step, tuple[Callable[..., Dossier], tuple[str, ...]]] = {
    Step.RECEIVE: (counter.take_in, ()),
    Step.REFUSE: (counter.refuse, ("why", "words")),
    Step.TAKE_BACK: (counter.take_back, ("words",)),
    Step.START: (handling.start, ()),
    Step.ASK_SUPPLEMENT: (handling.ask_supplement, ("papers", "words", "answer_by")),
    Step.SUPPLEMENTED: (handling.supplemented, ()),
    Step.ASK_PAYMENT: (handling.ask_payment, ("amount", "words", "answer_by")),
    Step.PAID: (handling.paid, ()),
    Step.WITHDRAW: (handling.withdraw, ("words",)),
    Step.STOP: (handling.stop, ("why", "words")),
    Step.FINISH: (handling.finish, ()),
    Step.RETURN: (handling.return_result, ("how",)),
}


@operation
def step(
    *, dossier: Dossier | int, to: Step, by: Person, on: date, given: Given = Given(), seen: int | None = None, once: str = ""
) -> Dossier:
    """Take a step by its name.

    :param to: any step but registering, which makes a dossier
    :param seen: the version that was looked at
    :param once: a key under which the same request is answered once
    :raises BadKey, KeyUsedBefore: see `once.answered`
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    """
    pk = dossier if isinstance(dossier, int) else dossier.pk
    before = answered(once, by, {"dossier": pk, "step": to, **asdict(given)})
    if before is not None:
        unchanged()
        return before
    act, wanted = DO[to]
    done = part(act)(dossier=dossier, by=by, on=on, seen=seen, **{name: getattr(given, name) for name in wanted})
    keep_answer(once, by, done)
    return done


@operation
def assign(*, dossier: Dossier | int, officer: Person | None, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Give a dossier to an officer of its unit, or back to all of them.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises ChangedMeanwhile: if it has changed since it was looked at
    :raises WrongStep: if there is nothing left to do about it
    :raises NotOfTheUnit: if the officer may not work on them
    """
    fresh = take_open(dossier, by, on, among=OPEN | {Status.REGISTERED})
    check_seen(fresh, seen)
    if officer is not None and not may(Right.WRITE_DOSSIERS, by=officer, unit=fresh.unit, on=on):
        raise NotOfTheUnit(
            gettext_noop("{officer} không xử lý hồ sơ của {unit}. Xin chọn người khác."),
            officer=officer.name,
            unit=fresh.unit.name,
        )
    owed = [found[fresh.pk] for kind in (RESULT, TAKE) if (found := open_about(fresh._meta.label_lower, [fresh.pk], kind))]
    for promise in owed:
        promises.reassign(promise=promise, officer=officer, by=by, on=on)
    if not owed:
        unchanged()
    return fresh


@dataclass(frozen=True)
class Outcome:
    """What came of one of many."""

    number: str  # empty if who asked may not see it
    done: bool
    refusal: Refused | None = None


class NotSeen(Refused):
    """There is no such dossier among those that may be seen."""


class Many:
    """One act on many dossiers: each by itself, with a result of its own. What one refuses keeps no other from being done."""

    def __init__(self, dossiers: Sequence[int], by: Person, on: date) -> None:
        """:raises TooManyDossiers: if there are more than 500"""
        if len(dossiers) > MOST:
            raise TooManyDossiers(gettext_noop("Mỗi lần làm nhiều nhất {most} hồ sơ."), most=MOST)
        self._dossiers, self._by, self._on = dossiers, by, on

    def step(self, to: Step, given: Given = Given()) -> Iterator[Outcome]:
        return self._each(lambda pk: step(dossier=pk, to=to, given=given, by=self._by, on=self._on))

    def assign(self, officer: Person | None) -> Iterator[Outcome]:
        return self._each(lambda pk: assign(dossier=pk, officer=officer, by=self._by, on=self._on))

    def hand_over(self, to: Unit) -> Iterator[Outcome]:
        return self._each(lambda pk: hand_over(dossier=pk, to=to, by=self._by, on=self._on))

    def _each(self, act: Callable[[int], Dossier]) -> Iterator[Outcome]:
        seen = Dossier.objects.visible_to(self._by, self._on).filter(pk__in=self._dossiers)
        known = dict(seen.values_list("pk", "number"))
        for pk in self._dossiers:
            if pk not in known:
                yield Outcome("", False, NotSeen(gettext_noop("Hồ sơ không có, hoặc nay ở nơi Ông/Bà không xem được.")))
                continue
            try:
                act(pk)
            except Refused as refusal:
                yield Outcome(known[pk], False, refusal)
            else:
                yield Outcome(known[pk], True)


__all__ = ["DO", "MOST", "Given", "Many", "NotOfTheUnit", "Outcome", "TooManyDossiers", "assign", "step"]
