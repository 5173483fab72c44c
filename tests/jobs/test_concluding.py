"""A conclusion of a meeting becomes a task of the programme it names, once, and is done there when it is carried out."""

from datetime import timedelta

import pytest

from gandan.faces.jobs.concluding import finish_concluded, take_up_conclusion
from gandan.faces.jobs.reactions import REACTIONS
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event
from gandan.ground.promises.models import Promise
from gandan.results.programmes.models import Task, Turn
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.work.meetings import operations as meetings
from tests.cast import TODAY
from tests.meetings.conftest import held_clock as held_clock
from tests.meetings.conftest import meeting as meeting
from tests.meetings.conftest import opened as opened
from tests.meetings.conftest import staff as staff


@pytest.fixture
def concluded(staff, opened):
    for path in shipped():
        load_programme(text=path.read_text("utf-8"), by=staff.importer, on=TODAY)

    def conclude(**more):
        asked = {"text": "Lắp thêm camera", "due_on": TODAY + timedelta(14), "programme": "2022-2026"} | more
        made = meetings.conclude(
            meeting=opened, owner=staff.unit("CAP-W1"), officer=staff.binh, by=staff.quyen, on=TODAY, **asked
        )
        return made, Event.objects.filter(facet_set__kind="conclusion.made").latest("pk").pk

    return conclude


def test_a_conclusion_becomes_a_task_once_and_is_owed_once(staff, concluded):
    made, event = concluded()
    assert take_up_conclusion in REACTIONS[Kind.CONCLUSION_MADE]
    assert (take_up_conclusion(event=event), take_up_conclusion(event=event)) == (True, True)

    task = Task.objects.get(origin="conclusion")
    assert (task.text, task.due_on, task.programme.code) == ("Lắp thêm camera", TODAY + timedelta(14), "2022-2026")
    assert [turn.unit.code for turn in Turn.objects.filter(task=task)] == ["CAP-W1"]
    assert list(Promise.objects.filter(label__contains="Lắp thêm camera").values_list("kind", flat=True)) == [
        "meeting.conclusion"
    ]
    assert finish_concluded() == 0
    meetings.carry_out(conclusion=made, outcome="Đã lắp 4 camera", by=staff.binh, on=TODAY)
    assert (finish_concluded(), finish_concluded()) == (1, 0)
    turn = Turn.objects.get(task=task)
    assert (turn.state, turn.outcome) == ("done", "Đã lắp 4 camera")


@pytest.mark.parametrize(
    "more", [{"programme": ""}, {"programme": "2099"}, {"due_on": TODAY + timedelta(9999)}], ids=["none", "unknown", "too late"]
)
def test_what_does_not_fit_stays_a_conclusion(staff, concluded, more):
    _made, event = concluded(**more)
    assert take_up_conclusion(event=event) is False
    assert not Task.objects.filter(origin="conclusion").exists()
    assert Promise.objects.filter(kind="meeting.conclusion").count() == 1
