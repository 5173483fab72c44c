"""A city with some work done in it, its people at their desks, and the hands of the clock held."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from gandan.ground.ledger.operations import post
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import owe_many, sweep
from gandan.ground.promises.rules import Life
from tests.accounts.proving import signed_in
from tests.cast import TODAY, Cast
from tests.clock import held_clock as held_clock
from tests.measures.happening import finish, receive

Desk = Callable[[Person], Client]
COUNTERS = {"PA08": date(2024, 1, 8), "CAP-O1": date(2024, 1, 8), "CAP-W1": date(2025, 7, 7), "CAP-W2": date(2025, 7, 7)}


@pytest.fixture
def desk() -> Desk:
    return signed_in


@pytest.fixture
def worked(cast: Cast) -> Cast:
    work(cast)
    return cast


def work(cast: Cast, dossiers: int = 12) -> None:
    """Receive so many dossiers at each counter, a month apart; finish each a week later, one in five late."""
    for code, start in COUNTERS.items():
        for nth in range(dossiers):
            day = start + timedelta(30 * nth)
            receive(cast, code, day, channel="online")
            finish(cast, code, day + timedelta(7), "late" if nth % 5 == 4 else "in_time")
    owe(cast)
    while post():
        pass


def owe(cast: Cast, rounds: int = 1) -> None:
    """Let PA08 owe a result that is overdue, one for today, one at risk and one with time, so many times over."""
    known = Promise.objects.count()
    lives = [
        Life(
            "dossier.result",
            "dossiers.dossier",
            nth,
            f"000.00.79.H29-261109-{nth:04}",
            Receiver.CITIZEN,
            cast.unit("PA08").pk,
            date(2026, 11, 9),
            due,
        )
        for nth, due in enumerate(
            (TODAY - timedelta(3), TODAY, TODAY + timedelta(4), TODAY + timedelta(20)) * rounds, start=known + 1
        )
    ]
    owe_many(lives=lives, by=cast.importer, on=TODAY, go_live=TODAY)
    sweep(by=cast.importer, on=TODAY)
