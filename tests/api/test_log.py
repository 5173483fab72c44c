"""The log over the API: to auditors and the inspectorate, of their units, page by page."""

import pytest

from gandan.ground.audit import noting
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What


@pytest.fixture
def read(cast):
    for nth in range(5):
        note(What.READ, by=cast.alice, about_type="dossiers.dossier", about_id=nth + 1, unit=cast.unit("PA08").pk)
    note(What.REFUSED, by=cast.quyen, unit=cast.unit("BXDD-W1").pk, detail="not_allowed dossier")
    noting.flush()
    return cast


def about(answer):
    assert answer.status == 200, answer.body
    return [one["about_id"] for one in answer.body["items"] if one["what"] == "read"]


def test_pages_go_on_and_filters_narrow(ask, read):
    first = ask("minh", "log", what="read", limit=3)
    assert about(first) == [5, 4, 3]
    assert about(ask("minh", "log", what="read", limit=3, cursor=first.body["next"])) == [2, 1]
    assert about(ask("oanh", "log?who=alice&unit=PA08&what=read")) == [5, 4, 3, 2, 1]
    assert about(ask("oanh", "log?who=binh")) == []


def test_who_may_and_of_what(ask, read):
    assert not [one for one in ask("minh", "log").body["items"] if one["unit"] and one["unit"]["code"] == "BXDD-W1"]
    assert [one for one in ask("oanh", "log").body["items"] if one["unit"] and one["unit"]["code"] == "BXDD-W1"]
    for who in ("alice", "dung", "lan", "hoa"):
        assert ask(who, "log").refusal == (403, "not_allowed")
    assert ask(None, "log").refusal == (401, "not_signed_in")


def test_reading_it_is_a_line_of_it(ask, read):
    ask("oanh", "log", unit="PA08")
    noting.flush()

    assert "log_read" in [one["what"] for one in ask("oanh", "log?who=oanh").body["items"]]


@pytest.mark.parametrize(("path", "refusal"), [
    ("log?cursor=bm90aGluZw", (422, "bad_cursor")),
    ("log?who=nobody-here", (404, "unknown_person")),
    ("log?what=dreamt", (422, "unreadable")),
    ("log?dossier=1", (404, "unknown_dossier")),
])  # fmt: skip
def test_what_can_not_be_read_is_refused(ask, read, path, refusal):
    assert ask("oanh", path).refusal == refusal
