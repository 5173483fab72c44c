"""A program of the police's post office, and the hands of the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.accounts.operations import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line, Nature
from tests.cast import TODAY

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def program(cast):
    """A program of another system that may do what a desk of the whole city police may."""
    return enrol(
        username="kho", name="Kho số liệu", unit=cast.police, role=Role.UNIT_HEAD, line=Line.POLICE,
        nature=Nature.PROGRAM, by=cast.importer, on=TODAY,
    )  # fmt: skip


@pytest.fixture
def given(cast, program):
    """Return a function that gives the program a key: by default to read dossiers at PA08."""

    def give(*, units=("PA08",), rights=(Right.READ_DOSSIERS,), by=None, at=AT, **more):
        return make_key(
            program=program, label="đọc hồ sơ", rights=rights, units=[cast.unit(code) for code in units],
            by=by or cast.lan, on=TODAY, at=at, **more,
        )  # fmt: skip

    return give
