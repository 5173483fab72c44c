"""Whatever is done, undone, brought in or handed over: the ledger's stocks are what stands on the desks."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.queries import clock
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.results.measures.catalogue import CATALOGUE
from gandan.work.dossiers import operations
from gandan.work.dossiers.models import Dossier
from tests.dossiers.conftest import MONDAY
from tests.dossiers.files import bring_in, row, write

PAPERS = [{"name": "Ảnh", "original": 1}]
STEPS = {
    "start": lambda **who: operations.start(**who),
    "ask": lambda **who: operations.ask_supplement(papers=PAPERS, words="Thiếu ảnh", **who),
    "brought": lambda **who: operations.supplemented(**who),
    "bill": lambda **who: operations.ask_payment(amount=1000, words="Lệ phí", **who),
    "paid": lambda **who: operations.paid(**who),
    "finish": lambda **who: operations.finish(**who),
    "withdraw": lambda **who: operations.withdraw(**who),
    "stop": lambda **who: operations.stop(why="other", words="Không đủ điều kiện", **who),
    "return": lambda **who: operations.return_result(how="counter", **who),
    "undo": lambda **who: operations.undo(why="wrong_step", **who),
    "take": lambda **who: operations.take_in(**who),
    "refuse": lambda **who: operations.refuse(why="other", words="Sai nơi", **who),
}
LIFE = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(STEPS)), st.integers(0, 4)), max_size=14)


def balance(code: str) -> Counter:
    """Return a stock by unit, added up event by event."""
    found: Counter = Counter()
    for event in Event.objects.select_related("facet_set"):
        found[event.unit_id] += event.sign * CATALOGUE[code].weight(event.facet_set.kind, event.facet_set.facets)
    return +found


def standing(found) -> Counter:
    return Counter(found.values_list("unit_id", flat=True))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(life=LIFE, end=st.integers(0, 20))
def test_stocks_are_what_stands_on_the_desks(office, tmp_path_factory, life, end):
    with transaction.atomic():
        _live(office, life)
        day = MONDAY + timedelta(days=14 + end)
        if end % 2:
            path = write(tmp_path_factory.mktemp("b") / "a.csv", row("HS-1", Xong=""), row("HS-2", Rút="05/11/2026", Xong=""))
            bring_in(office, path, on=day)
        sweep(on=day, by=clock())

        assert balance("dossiers-open") == standing(Dossier.objects.open())
        overdue = Promise.objects.filter(state="open", kind="dossier.result").exclude(overdue_on=None)
        assert balance("dossiers-overdue-open") == standing(overdue)
        transaction.set_rollback(True)


def _live(office, life) -> None:
    """Take steps with five dossiers, each day a little later; what the rules refuse does not happen."""
    by, unit, day = office.importer, office.unit("PA08"), MONDAY
    dossiers = [
        operations.receive(procedure="passport", unit=unit, applicant=f"A{nth}", by=by, on=day)
        if nth % 2
        else operations.register(procedure="passport", unit=unit, applicant=f"A{nth}", by=by, on=day)
        for nth in range(5)
    ]
    for which, step, later in life:
        day += timedelta(days=later)
        try:
            with transaction.atomic():
                STEPS[step](dossier=dossiers[which], by=by, on=day)
        except Refused:
            continue


def test_a_hand_over_moves_the_stock(office):
    unit = office.unit("CAP-W1")
    dossier = operations.receive(procedure="identity-card", unit=unit, applicant="A", by=office.importer, on=MONDAY)
    operations.hand_over(dossier=dossier, to=office.unit("CAP-W2"), by=office.importer, on=MONDAY + timedelta(days=1))

    assert balance("dossiers-open") == Counter({office.unit("CAP-W2").pk: 1})


@pytest.mark.parametrize(("code", "count"), [
    ("dossiers-registered", 1), ("dossiers-refused", 1), ("dossiers-refused-incomplete", 0), ("dossiers-supplements-asked", 1),
    ("dossiers-supplemented", 1), ("dossiers-stopped", 1), ("dossiers-returned", 1), ("dossiers-payments-asked", 0),
])  # fmt: skip
def test_each_step_is_counted(office, code, count):
    by, unit = office.importer, office.unit("PA08")
    refused = operations.register(procedure="passport", unit=unit, applicant="A", by=by, on=MONDAY)
    operations.refuse(dossier=refused, why="other", words="Sai nơi", by=by, on=MONDAY)
    done, stopped = (operations.receive(procedure="passport", unit=unit, applicant=name, by=by, on=MONDAY) for name in "BC")
    STEPS["ask"](dossier=done, by=by, on=MONDAY)
    STEPS["brought"](dossier=done, by=by, on=date(2026, 11, 18))
    STEPS["finish"](dossier=done, by=by, on=date(2026, 11, 18))
    STEPS["return"](dossier=done, by=by, on=date(2026, 11, 19))
    STEPS["stop"](dossier=stopped, by=by, on=date(2026, 11, 19))

    assert sum(balance(code).values()) == count
