"""The tree in JSON."""

from datetime import date

import pytest

from gandan.ground.organisations.operations import found
from gandan.ground.organisations.rules import Line, UnitKind
from tests.cast import ACT

BEFORE, AFTER = "2025-06-30", "2025-07-01"


def codes(answer):
    assert answer.status == 200, answer.body
    return [item["code"] for item in answer.body["items"]]


def test_a_unit_is_found_without_marks_and_by_the_names_of_a_day(ask):
    assert codes(ask("alice", "units", text="phuong da kao", on=BEFORE)) == ["O2", "CAP-O2"]
    assert codes(ask("alice", "units", text="phuong da kao", on=AFTER)) == []


def test_a_search_keeps_to_a_line_and_a_limit(ask):
    assert codes(ask("alice", "units", text="phuong", on=AFTER, line="police")) == ["CAP-W2", "CAP-W1"]
    assert len(codes(ask("alice", "units", text="phuong", limit=3))) == 3


def test_a_unit_on_a_day_says_where_it_stood(ask):
    answer = ask("alice", "units/cap-o1", on="2025-02-28").body

    assert (answer["code"], answer["standing"], answer["closed_on"]) == ("CAP-O1", True, "2025-07-01")
    assert {place["line"]: [unit["code"] for unit in place["path"]] for place in answer["places"]} == {
        "police": ["CATP", "CAQ-760", "CAP-O1"],
        "administration": ["79", "D760", "O1", "CAP-O1"],
    }


def test_an_ended_unit_names_who_took_over(ask):
    answer = ask("alice", "units/O2", on=AFTER).body

    assert (answer["standing"], answer["places"]) == (False, [])
    assert [heir["code"] for heir in answer["passed_into"]] == ["W2", "W1"]


def test_the_tree_is_that_of_the_day(ask):
    assert codes(ask("alice", "tree", on=BEFORE, below="79")) == ["79", "BTGDVTU", "BDTP", "CATP", "D760", "D761", "MTTQ"]
    now = ask("alice", "tree", on=AFTER, line="police", depth=9)
    assert [(item["code"], item["depth"], item["parent"], item["below"]) for item in now.body["items"]][:2] == [
        ("CATP", 0, None, 4),
        ("CAP-W2", 1, "CATP", 0),
    ]


def test_a_tree_below_a_unit_that_does_not_stand_is_empty(ask):
    assert codes(ask("alice", "tree", on=AFTER, below="O1")) == []


def test_a_history_names_each_act(ask):
    answer = ask("alice", "units/W1/history").body

    assert [(entry["day"], entry["what"]) for entry in answer["items"]] == [
        (AFTER, "founded"),
        (AFTER, "came_from"),
        (AFTER, "placed"),
    ]
    assert [(kin["code"], kin["wholly"]) for kin in answer["items"][1]["units"]] == [("O1", True), ("O2", False)]
    assert answer["items"][0]["act"]["number"] == "01/NQ-TEST"


def test_successors_say_whole_or_divided(ask):
    answer = ask("alice", "units/O2/successors").body

    assert [(one["code"], one["on"], one["wholly"], one["main"]) for one in answer["items"]] == [
        ("W1", AFTER, False, True),
        ("W2", AFTER, False, False),
    ]
    assert ask("alice", "units/O2/successors", on=BEFORE).body["items"] == []


PATHS = ["units?text=x", "tree", "units/79", "units/79/history", "units/79/successors"]


@pytest.mark.parametrize("path", PATHS)
def test_the_tree_is_for_everybody_who_is_signed_in_and_nobody_else(ask, path):
    assert ask("quyen", path).status == 200
    refused = ask(None, path)
    assert refused.refusal == (401, "not_signed_in")
    assert refused.body["remedy"]


@pytest.mark.parametrize("path", ["units/NONE", "units/NONE/history", "units/NONE/successors", "tree?below=NONE"])
def test_an_unknown_unit_is_404_with_a_remedy_in_either_language(ask, path):
    refused = ask("alice", path)

    assert refused.refusal == (404, "unknown_unit")
    assert "NONE" in refused.body["message"]
    assert "/api/v1/units" in refused.body["remedy"]
    assert refused.headers["Content-Language"] == "vi"
    assert ask("alice", path, language="en").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("path", "at", "code"),
    [
        ("units", "query.text", "missing"),
        ("units?text=", "query.text", "string_too_short"),
        ("units?text=%00", "query.text", "string_pattern_mismatch"),
        ("units?text=a&on=20250630", "query.on", "value_error"),
        ("units?text=a&on=30/06/2025", "query.on", "value_error"),
        ("units?text=a&on=2025-02-31", "query.on", "date_from_datetime_parsing"),
        ("units?text=a&on=0001-01-01", "query.on", "value_error"),
        ("units?text=a&line=army", "query.line", "enum"),
        ("units?text=a&limit=0", "query.limit", "greater_than_equal"),
        ("units?text=a&limit=201", "query.limit", "less_than_equal"),
        ("units?text=a&onn=2025-01-01", "query.onn", "unknown"),
        ("units?text=a&text=b", "query.text", "given_twice"),
        ("tree?depth=10", "query.depth", "less_than_equal"),
        ("tree?below=a%20b", "query.below", "string_pattern_mismatch"),
        ("units/%27", "path.code", "string_pattern_mismatch"),
    ],
)
def test_what_cannot_be_read_is_named(ask, path, at, code):
    refused = ask("alice", path)

    assert refused.refusal == (422, "unreadable")
    assert [(one["at"], one["code"]) for one in refused.body["problems"]] == [(at, code)]


def test_fifty_units_cost_as_many_queries_as_one(ask, cast, django_assert_num_queries):
    ask("alice", "tree", below="W1", depth=0)
    with django_assert_num_queries(3):  # the session, the person, the tree's token
        assert len(codes(ask("alice", "tree", below="W1", depth=0))) == 1
    for nth in range(50):
        places = {Line.ADMINISTRATION: cast.unit("W1")}
        found(
            code=f"N{nth}",
            name=f"Trạm số {nth}",
            kind=UnitKind.POST,
            places=places,
            act=ACT,
            by=cast.importer,
            on=date(2025, 8, 1),
        )
    ask("alice", "tree", below="W1")
    with django_assert_num_queries(3):
        assert len(codes(ask("alice", "tree", below="W1"))) == 53
    with django_assert_num_queries(3):
        assert len(codes(ask("alice", "units", text="trạm", limit=100))) == 50


def test_an_address_that_does_not_exist_is_answered_in_the_same_form(ask):
    assert ask("alice", "nothing/here").refusal == (404, "no_such_address")
