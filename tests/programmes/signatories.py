"""Those who sign for both sides, with their keys."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gandan.ground.documents.demonstration import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.fixture
def both(cast, settings, tmp_path):
    """Thuận signs for the commission, Dũng for the city police."""
    settings.SIGNING_DIR = str(tmp_path)
    thuan = enrol(
        username="thuan", name="Lê Thị Thuận", unit=cast.unit("BTGDVTU"), role=Role.SIGNATORY, line=Line.CIVIL,
        by=cast.importer, on=date(2026, 1, 5),
    )  # fmt: skip
    for person in (thuan, cast.dung):
        make_key(person.username, person.name, "Cơ quan", AT - timedelta(days=9))
    return thuan, cast.dung
