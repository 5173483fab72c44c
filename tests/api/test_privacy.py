"""The register over the API for everyone, and requests of people for those who answer them."""

from datetime import date

import pytest

from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.operations import load_procedures, receive


@pytest.fixture
def number(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    unit = cast.unit("PA08")
    return receive(procedure="passport", unit=unit, applicant="Lê Thị An", by=cast.alice, on=date(2026, 11, 16)).number


def test_everyone_reads_the_register(ask):
    told = ask(None, "privacy/register")

    kinds = {one["code"]: one for one in told.body["kinds"]}
    assert told.status == 200
    assert kinds["dossiers"]["then"] == "anonymise"
    assert kinds["dossiers"]["months"] == 60


def test_a_request_goes_from_the_counter_to_its_answer(ask, number):
    taken = ask("alice", "privacy/requests", method="post", body={"dossier": number, "wish": "erase", "text": "Xoá giúp tôi."})
    assert (taken.status, taken.body["step"], taken.body["about"]) == (201, "received", number)
    path = f"privacy/requests/{taken.body['number']}"
    again = ask("alice", "privacy/requests", method="post", body={"dossier": number, "wish": "erase"})
    assert again.refusal == (409, "already_open")

    assert ask("alice", f"{path}/acknowledge", method="post").body["step"] == "acknowledged"
    unsaid = ask("alice", f"{path}/answer", method="post", body={"outcome": "refused", "text": "Không."})
    assert unsaid.refusal == (409, "no_words")
    body = {"outcome": "refused", "text": "Luật buộc giữ.", "reason": "law_keeps"}
    assert ask("alice", f"{path}/answer", method="post", body=body).body["outcome"] == "refused"
    listed = ask("alice", "privacy/requests").body["items"]
    assert [one["number"] for one in listed] == [taken.body["number"]]
    assert "text" not in listed[0]


def test_requests_of_another_unit_are_closed(ask, number):
    taken = ask("alice", "privacy/requests", method="post", body={"dossier": number, "wish": "see"}).body["number"]

    assert ask("binh", f"privacy/requests/{taken}").refusal == (403, "not_allowed")
    assert ask("binh", f"privacy/requests/{taken}/acknowledge", method="post").refusal == (403, "not_allowed")
    assert ask("binh", "privacy/requests", method="post", body={"dossier": number, "wish": "see"}).status == 403
    assert ask("binh", "privacy/requests").body["items"] == []
    assert ask("lan", "privacy/requests").refusal == (403, "not_allowed")
    assert ask("alice", "privacy/requests/999999").refusal == (404, "unknown_request")
