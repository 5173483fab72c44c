from datetime import date
from pathlib import Path

import pytest

from gandan.ground.calendar.rules import Period
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.results.reports.operations import draft
from tests.cast import TODAY, Cast
from tests.measures.happening import finish, receive

FIRST_HALF = Period(date(2022, 1, 1), date(2026, 7, 1))


def programme_of(cast: Cast, code: str):
    files: list[Path] = [path for path in shipped() if path.stem <= code]
    return [load_programme(text=path.read_text(encoding="utf-8"), by=cast.giang, on=TODAY) for path in files][-1]


def worked(cast: Cast) -> None:
    """Some years of work before and after the reorganisation."""
    receive(cast, "PA08", date(2022, 3, 4), times=6)
    finish(cast, "PA08", date(2022, 3, 14), "early", times=4)
    finish(cast, "PA08", date(2023, 3, 14), "late")
    receive(cast, "CAP-O1", date(2024, 5, 6), times=3, procedure="identity", channel="online")
    receive(cast, "CAP-O2", date(2024, 5, 6), times=5, procedure="identity")
    receive(cast, "CAP-W1", date(2025, 9, 8), times=7, procedure="identity")
    finish(cast, "CAP-W1", date(2025, 9, 18), "in_time", times=2, procedure="identity")


@pytest.fixture
def drafted(cast):
    """A report on the programme 2022–2026 until 30 June 2026, over the whole city."""
    worked(cast)
    return draft(unit=cast.city, period=FIRST_HALF, programme=programme_of(cast, "2022-2026"), by=cast.giang, on=TODAY)
