"""Procedures in the city of the cast."""

from datetime import date
from pathlib import Path

import pytest

from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.operations import load_procedures
from tests.cast import Cast, cast  # noqa: F401  # a fixture

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.fixture
def office(cast: Cast) -> Cast:  # noqa: F811
    """The cast, with the product's own procedures loaded."""
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    return cast


@pytest.fixture
def permit_log() -> Path:
    """A log of permit applications of a real municipality. It is not ours to give away, so it lies beside the repository."""
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "permit_receipts.csv.gz"
    if not path.is_file():
        pytest.skip("the log of permit applications is not here")
    return path
