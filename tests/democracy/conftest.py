"""A ward with its Front and its police: who writes, who lets out, who moderates, who keeps votes, and who may not."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import appoint, enrol, found
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.democracy.models import Consultation, Duty, Poll
from gandan.work.democracy.operations import (
    declare,
    open_consultation,
    open_poll,
    prepare_poll,
    set_roll,
    write_consultation,
)
from tests.cast import ACT, TODAY, Cast, assemble
from tests.clock import held_clock as held_clock

ROLL = "\n".join(f"{nth}/3 đường Lê Lợi" for nth in range(1, 9))
TEXT = "Chợ đêm mở từ 18 giờ đến 23 giờ.\n\nXe máy để ở bãi của khu phố, không thu phí."


@dataclass
class Ward:
    """W1 and those who work there."""

    cast: Cast
    front: Unit
    writer: Person  # of the Party board of the ward
    editor: Person
    police_writer: Person
    police_editor: Person
    moderator: Person  # programme officer of the civil side
    keeper: Person  # of the Front of the ward
    second: Person
    both: Person  # keeps votes at the Front, and serves with the police besides

    @property
    def board(self) -> Unit:
        return self.cast.unit("BXDD-W1")

    @property
    def area(self) -> Unit:
        return self.cast.unit("W1")

    def duty(self, **more) -> Duty:
        said = {"rule": "budget", "title": "Dự toán 2027", "born_on": TODAY, "by": self.writer, "on": TODAY}
        return declare(unit=self.board, area=self.area, **{**said, **more})

    def consultation(self, opened: bool = True, **more) -> Consultation:
        said = {"rule": "draft", "title": "Quy định chợ đêm", "lead": "Giờ mở và chỗ để xe còn sửa được.", "text": TEXT}
        made = write_consultation(unit=self.board, area=self.area, **{**said, **more}, by=self.writer, on=TODAY)
        return open_consultation(consultation=made, by=self.editor, on=TODAY) if opened else made

    def prepared(self, rule: str = "head", roll: str = ROLL, **more) -> Poll:
        said = {"neighbourhood": "Khu phố 3", "title": "Bầu trưởng khu phố", "question": "Đồng ý bà Lan làm trưởng khu phố?",
                "closes_on": TODAY + timedelta(7)}  # fmt: skip
        poll = prepare_poll(unit=self.front, area=self.area, rule=rule, **{**said, **more}, by=self.keeper, on=TODAY)
        return set_roll(poll=poll, roll=roll, by=self.keeper, on=TODAY)

    def opened(self, rule: str = "head", **more) -> tuple[Poll, dict[int, str]]:
        poll = self.prepared(rule, **more)
        codes = dict(open_poll(poll=poll, by=self.keeper, on=TODAY))
        return Poll.objects.get(pk=poll.pk), codes


def inhabit(cast: Cast) -> Ward:
    by, since = cast.importer, date(2026, 1, 5)
    places = {Line.ADMINISTRATION: cast.unit("W1"), Line.FRONT: cast.unit("MTTQ")}
    front = found(
        code="MT-W1", name="Ủy ban Mặt trận phường Sài Gòn", kind=UnitKind.FRONT, places=places, act=ACT, by=by, on=since
    )

    def who(name: str, unit: Unit, line: Line, role: Role) -> Person:
        return enrol(username=name, name=name.title(), unit=unit, role=role, line=line, by=by, on=since)

    board, police = cast.unit("BXDD-W1"), cast.unit("CAP-W1")
    both = who("ca", front, Line.FRONT, Role.PROGRAMME_OFFICER_CIVIL)
    appoint(person=both, unit=police, role=Role.SPECIALIST, line=Line.POLICE, by=by, on=since)
    return Ward(
        cast, front,
        writer=who("van", board, Line.CIVIL, Role.PUBLISHER), editor=who("yen", board, Line.CIVIL, Role.PUBLISHER),
        police_writer=who("son", police, Line.POLICE, Role.PUBLISHER),
        police_editor=who("tam", police, Line.POLICE, Role.PUBLISHER),
        moderator=cast.hoa, keeper=who("mai", front, Line.FRONT, Role.PROGRAMME_OFFICER_CIVIL),
        second=who("tuan", front, Line.FRONT, Role.PROGRAMME_OFFICER_CIVIL), both=both,
    )  # fmt: skip


@pytest.fixture
def ward(cast: Cast) -> Ward:
    return inhabit(cast)


def lived_in() -> Ward:
    """The same, in a database where commits are real."""
    return inhabit(assemble())
