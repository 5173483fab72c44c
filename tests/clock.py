"""The hands of the clock, held: for the tests of whatever reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

NINE = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@contextmanager
def held() -> Iterator[None]:
    """Hold the clock while something is built that many tests share."""
    with pytest.MonkeyPatch.context() as patched:
        hold(patched)
        yield


@pytest.fixture(autouse=True)
def held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Friday, 20 November 2026, nine o'clock. The faces read the clock through Django."""
    hold(monkeypatch)


def hold(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(timezone, "now", lambda: NINE)
