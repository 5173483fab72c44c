"""Each point of a directive is answered by tasks, set aside for a reason, or visibly by none."""

from datetime import date

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.results.programmes import queries
from gandan.results.programmes.operations import (
    DIRECTIVES,
    AlreadyNoted,
    BadDirective,
    NothingWritten,
    add_task,
    answer_point,
    load_directives,
    note_directive,
    set_aside,
)
from gandan.results.programmes.queries import UnknownDirective
from gandan.results.programmes.rules import DirectiveKind, Origin
from tests.cast import TODAY


def open_points():
    return [point.position for point in queries.directive("ct-01").rows if point.open]


@pytest.mark.parametrize("first", ["directive", "programme"])
def test_a_programme_and_the_directive_it_answers_find_each_other(request, first):
    request.getfixturevalue(first)
    request.getfixturevalue("programme" if first == "directive" else "directive")

    shown = queries.directive("ct-01")
    assert [[task.number for task in point.tasks] for point in shown.rows] == [["1.1"], ["1.2.1"], []]
    assert (open_points(), shown.unanswered, queries.directives()[0].unanswered) == ([3], 1, 1)


def test_the_last_point_answered_makes_it_complete_once(cast, programme, directive):
    point = queries.point_of("ct-01", 3)
    set_aside(point=point, why="Đã có quy định riêng", by=cast.hoa, on=TODAY)
    assert open_points() == []
    set_aside(point=point, why="", by=cast.hoa, on=TODAY)
    assert open_points() == [3]
    task = add_task(
        programme=programme, text="Bỏ giấy tờ thừa", units=[cast.unit("CATP")], points=[point], origin=Origin.DIRECTIVE,
        by=cast.hoa, on=TODAY,
    )  # fmt: skip

    assert open_points() == []
    assert Event.objects.filter(facet_set__kind="directive.complete").count() == 1
    assert queries.directive("ct-01").rows[2].tasks[0].id == task.pk


def test_a_task_that_is_there_answers_a_point_too(cast, programme, directive):
    task = programme.tasks.get(number="2.1")
    answer_point(point=queries.point_of("ct-01", 3), task=task, by=cast.giang, on=TODAY)

    assert open_points() == []


def test_it_says_what_it_lacks(cast, directive):
    given = {"unit": cast.city, "kind": DirectiveKind.ORDER, "body": "Thành ủy", "title": "Về việc", "by": cast.hoa, "on": TODAY}
    with pytest.raises(BadDirective):
        note_directive(code="Mã lạ", points=["x"], simulated=True, **given)
    with pytest.raises(BadDirective):
        note_directive(code="ct-02", points=["x"], **given)  # neither a source nor simulated
    with pytest.raises(BadDirective):
        note_directive(code="ct-02", points=[" "], simulated=True, **given)
    with pytest.raises(BadDirective):
        note_directive(code="ct-02", points=["x"], dated=date(2027, 1, 1), simulated=True, **given)
    with pytest.raises(AlreadyNoted):
        note_directive(code="ct-01", points=["x"], simulated=True, **given)
    with pytest.raises(NothingWritten):
        note_directive(code="ct-02", points=["x"], simulated=True, **{**given, "title": " "})
    with pytest.raises(UnknownDirective):
        queries.directive("ct-02")
    with pytest.raises(NotAllowed):
        note_directive(code="ct-02", points=["x"], simulated=True, **{**given, "by": cast.dung})


def test_what_comes_with_the_product_is_noted_once_and_says_where_it_is_from(cast):
    text = DIRECTIVES.read_text("utf-8")
    made = load_directives(text=text, by=cast.giang, on=TODAY)

    assert len(made) >= 4
    assert all(one.simulated or one.source for one in made)
    assert load_directives(text=text, by=cast.giang, on=TODAY) == []
    with pytest.raises(BadDirective):
        load_directives(text="- {code: x", by=cast.giang, on=TODAY)
    with pytest.raises(BadDirective, match="thiếu hoặc sai"):
        load_directives(text="- {code: moi-1, unit: '79', kind: decree}", by=cast.giang, on=TODAY)


def test_directives_are_found_by_their_words(cast, directive):
    assert [one.code for one in queries.directives(text="phiền hà")] == ["ct-01"]
    assert queries.directives(text="không có") == []
    assert [one.code for one in queries.directives(kind=DirectiveKind.ORDER, open_only=True)] == ["ct-01"]
    assert queries.directives(kind=DirectiveKind.PLAN) == []
