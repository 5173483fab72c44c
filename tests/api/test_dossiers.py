"""Dossiers in JSON, each only to those whose unit has it."""

from datetime import date
from typing import get_args

import pytest

from gandan.faces.api.dossiers import DossierStatus
from gandan.work.dossiers.flow import Status
from gandan.work.dossiers.operations import finish, load_procedures, receive
from tests.cast import TODAY

MONDAY = date(2026, 11, 16)


@pytest.fixture
def office(cast):
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    return cast


def received(cast, who="alice", unit="PA08", procedure="passport", name="Nguyễn Thị Hoà", on=MONDAY):
    return receive(procedure=procedure, unit=cast.unit(unit), applicant=name, by=getattr(cast, who), on=on)


def numbers(answer):
    assert answer.status == 200, answer.body
    return [one["number"] for one in answer.body["items"]]


def test_a_dossier_says_how_its_day_was_reckoned_and_what_happened(ask, office):
    dossier = received(office)
    finish(dossier=dossier, by=office.alice, on=TODAY)

    answer = ask("alice", f"dossiers/{dossier.number}").body

    assert (answer["applicant"], answer["status"], answer["overdue"]) == ("Nguyễn Thị Hoà", "finished", False)
    assert answer["reckoning"]["due_on"] == answer["due_on"] == dossier.due_on.isoformat()
    assert [day["reason"]["code"] for day in answer["reckoning"]["days"]][:2] == ["receipt", "working_day"]
    assert [step["kind"] for step in answer["timeline"] if step["kind"].startswith("dossier.")] == [
        "dossier.received",
        "dossier.finished",
    ]


def test_dossiers_are_found_without_marks_and_narrowed(ask, office):
    first, second = received(office, on=date(2020, 1, 6)), received(office, name="Trần Văn Bá")  # the first is late, ever since
    finish(dossier=second, by=office.alice, on=TODAY)

    assert numbers(ask("alice", "dossiers")) == [second.number, first.number]
    assert numbers(ask("alice", "dossiers/search", method="post", body={"text": "nguyen hoa"})) == [first.number]
    assert numbers(ask("alice", "dossiers/search", method="post", body={"text": second.number.lower()})) == [second.number]
    assert numbers(ask("alice", "dossiers/search", method="post", body={"text": "hoa", "overdue": True})) == [first.number]
    assert numbers(ask("alice", "dossiers/search", method="post", body={"text": "hoa", "unit": ["PC08"]})) == []
    assert numbers(ask("alice", "dossiers", status="received")) == [first.number]
    assert numbers(ask("alice", "dossiers", procedure="identity-card")) == []
    assert numbers(ask("alice", "dossiers", unit="PA08", overdue="true")) == [first.number]


def test_pages_go_on_where_they_ended(ask, office):
    made = {received(office).number for _ in range(5)}
    seen, answer = [], ask("alice", "dossiers", limit=2)
    while True:
        seen += numbers(answer)
        if answer.body["next"] is None:
            break
        answer = ask("alice", "dossiers", limit=2, cursor=answer.body["next"])

    assert len(seen) == 5
    assert set(seen) == made


def test_nobody_sees_the_dossiers_of_another_unit(ask, office):
    dossier = received(office)

    assert numbers(ask("dung", "dossiers")) == [dossier.number]  # from above, on their own line
    for who in ("binh", "phuc", "giang", "lan", "quyen"):
        assert numbers(ask(who, "dossiers")) == []
        refused = ask(who, f"dossiers/{dossier.number}")
        assert refused.refusal == (403, "not_yours")
        assert "Hoà" not in str(refused.body)
    assert numbers(ask("binh", "dossiers", unit="PA08")) == []
    assert numbers(ask("binh", "dossiers/search", method="post", body={"text": dossier.number})) == []
    for path in ("dossiers", f"dossiers/{dossier.number}"):
        assert ask(None, path).refusal == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("dossiers/000.00.00.X00-000000-0000", (404, "unknown_dossier")),
        ("dossiers/a/b/c", (404, "unknown_dossier")),
        ("dossiers/%00", (422, "unreadable")),
        ("dossiers?text=hoa", (422, "unreadable")),  # a name stands in no address
        ("dossiers?status=lost", (422, "unreadable")),
        ("dossiers?unit=NONE", (404, "unknown_unit")),
        ("dossiers?cursor=bm90aGluZw", (422, "bad_cursor")),
        ("dossiers?limit=1000", (422, "unreadable")),
        ("dossiers?overdue=perhaps", (422, "unreadable")),
    ],
)
def test_what_cannot_be_read_is_refused(ask, office, path, refusal):
    assert ask("alice", path).refusal == refusal


def test_fifty_dossiers_cost_as_many_queries_as_one(ask, office, django_assert_max_num_queries):
    received(office)
    ask("alice", "dossiers")
    with django_assert_max_num_queries(6):
        assert len(numbers(ask("alice", "dossiers"))) == 1
    for _ in range(49):
        received(office)
    with django_assert_max_num_queries(6):
        assert len(numbers(ask("alice", "dossiers"))) == 50


def test_a_dossier_costs_a_bounded_number_of_queries(ask, office, django_assert_max_num_queries):
    dossier = received(office)
    ask("alice", f"dossiers/{dossier.number}")
    with django_assert_max_num_queries(9):
        ask("alice", f"dossiers/{dossier.number}")


def test_the_states_of_the_description_are_those_of_the_flow():
    assert set(get_args(DossierStatus)) == set(Status)
