"""Whatever happens to promises, in whatever order: the ledger's stocks are what a naive model says, for every day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import Refused
from gandan.ground.promises import operations
from tests.promises.book import balance, owe

FIRST = date(2026, 9, 1)
UNITS = ("PA08", "PC08", "CATP")


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


@dataclass
class Naive:
    """A promise as a diary would keep it: who held it from when, when it was due from when, and when its clock stood still."""

    held: list[tuple[int, str]]
    due: list[tuple[int, int]]
    waits: list[tuple[int, int | None]] = field(default_factory=list)
    settled: int | None = None

    def open_at(self, n: int) -> str | None:
        """Return who owed it at the end of a day."""
        if n < self.held[0][0] or (self.settled is not None and n >= self.settled):
            return None
        return [unit for since, unit in self.held if since <= n][-1]

    def overdue_at(self, n: int) -> bool:
        """Say whether it was late at the end of a day. In a pause it is late only if it was so before."""
        due = [due for since, due in self.due if since <= n][-1]
        pauses = [began for began, ended in self.waits if began <= n and (ended is None or n < ended)]
        return due < min([n, *pauses])


moments = st.lists(
    st.tuples(
        st.sampled_from(["owe", "move", "excuse", "pause", "resume", "keep", "keep_late", "drop", "hand", "sweep", "sweep"]),
        st.integers(0, 6),  # days since the one before
        st.integers(0, 5),  # which promise
        st.integers(0, 12),  # how many days until it is due
    ),
    min_size=4,
    max_size=22,
)


@given(moments)
@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_stocks_are_what_a_diary_says(cast, moments):
    with transaction.atomic():
        _live(cast, moments)
        transaction.set_rollback(True)


def _live(cast, moments) -> None:
    promises, diary, now = [], [], 0
    for what, later, which, ahead in moments:
        now += later
        if what == "owe" or not promises:
            promises.append(owe(cast, day(now + ahead), on=day(now), unit=UNITS[which % 3]))
            diary.append(Naive(held=[(now, UNITS[which % 3])], due=[(now, now + ahead)]))
            continue
        if what == "sweep":
            operations.sweep(by=cast.importer, on=day(now))
            continue
        promise, page = promises[which % len(promises)].pk, diary[which % len(promises)]
        try:
            _do(cast, what, promise, page, now, ahead)
        except Refused:
            continue
    assert operations.sweep(by=cast.importer, on=day(now)).complete
    codes = {cast.unit(code).pk: code for code in UNITS}
    events = list(Event.objects.filter(facet_set__kind__startswith="promise.").select_related("facet_set"))
    for n in range(now + 1):
        held = [unit for page in diary if (unit := page.open_at(n))]
        late = [unit for page in diary if (unit := page.open_at(n)) and page.overdue_at(n)]
        assert {codes[u]: c for u, c in balance("open", day(n), events).items()} == {u: held.count(u) for u in set(held)}
        assert {codes[u]: c for u, c in balance("overdue", day(n), events).items()} == {u: late.count(u) for u in set(late)}


def _do(cast, what: str, promise: int, page: Naive, now: int, ahead: int) -> None:
    """Do one thing, and note it in the diary once it was not refused."""
    at = {"promise": promise, "by": cast.alice, "on": day(now)}
    due = page.due[-1][1]
    match what:
        case "move":
            operations.move(due_on=day(now + ahead), **at)
            page.due.append((now, now + ahead))
        case "excuse":
            operations.move(due_on=day(due + ahead), excuse=True, **at)
            page.due[-1] = (page.due[-1][0], due + ahead)
        case "pause":
            operations.pause(**at)
            page.waits.append((now, None))
        case "resume":
            began = page.waits[-1][0] if page.waits and page.waits[-1][1] is None else None
            was_late = began is not None and due < began
            to = due if was_late else now + ahead
            operations.resume(due_on=day(to), **at)
            page.waits[-1] = (page.waits[-1][0], now)
            page.due[-1] = (page.due[-1][0], to)
        case "keep":
            operations.keep(**at)
            page.settled = now
        case "keep_late":
            operations.keep(promise=promise, by=cast.alice, on=day(max(0, now - ahead)))
            page.settled = max(0, now - ahead)
        case "drop":
            operations.drop(**at)
            page.settled = now
        case "hand":
            operations.reassign(unit=cast.unit(UNITS[ahead % 3]), **at)
            page.held.append((now, UNITS[ahead % 3]))


def test_the_diary_itself_can_tell_late_from_not():
    page = Naive(held=[(0, "PA08")], due=[(0, 3)])
    assert [page.overdue_at(n) for n in (3, 4)] == [False, True]
    page.waits.append((2, None))
    assert not page.overdue_at(9)
    with pytest.raises(IndexError):
        Naive(held=[(5, "PA08")], due=[(5, 6)]).overdue_at(1)
