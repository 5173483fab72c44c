"""A meeting of the ward's police with the Party's board: Bình leads, Quyên writes, Chi and Alice are invited."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.meetings import operations as meetings
from gandan.work.meetings.flow import Item
from gandan.work.meetings.operations import Point
from tests.cast import TODAY
from tests.clock import held_clock as held_clock

AGENDA = [Point("Báo cáo", Item.REPORT, 20), Point("Bàn"), Point("Ký kết", Item.SIGNING, 10, None, "2022-2026")]
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def staff(cast):
    appoint(person=cast.dung, unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=cast.importer, on=TODAY)
    return cast


@pytest.fixture
def meeting(staff):
    made = meetings.plan(
        unit=staff.unit("CAP-W1"), partner=staff.unit("BXDD-W1"), title="Giao ban tháng 11", series="Giao ban tháng",
        starts_at=NOW, ends_at=NOW + timedelta(hours=2), place="Phòng họp 1", link="https://hop.example.org/1", chair=staff.binh,
        secretary=staff.quyen, agenda=AGENDA, by=staff.dung, on=TODAY,
    )  # fmt: skip
    meetings.invite(meeting=made, people=[staff.chi, staff.alice], by=staff.quyen, on=TODAY)
    return made


@pytest.fixture
def opened(staff, meeting):
    for person in (staff.binh, staff.quyen, staff.chi):
        meetings.check_in(door=meeting.door, by=person, on=TODAY, at=NOW)
    return meetings.open_meeting(meeting=meeting, by=staff.binh, on=TODAY)
