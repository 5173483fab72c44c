"""Dossiers from the hands of other programs."""

from django.test import Client

from gandan.work.dossiers.models import Dossier
from tests.dossiers.conftest import office as office

HANDED_IN = {
    "procedure": "passport", "unit": "PA08", "applicant": "Nguyễn Thị Hoà", "phone": "0903 123 456",
    "papers": [{"name": "Tờ khai", "original": 1}],
}  # fmt: skip


def post(client, path, body, **headers):
    return client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_dossier_is_handed_in_once_and_taken_step_by_step(office):
    alice = signed_in(office.alice)

    made = post(alice, "dossiers", HANDED_IN, **{"Idempotency-Key": "portal-00001"})
    again = post(alice, "dossiers", HANDED_IN, **{"Idempotency-Key": "portal-00001"})

    assert (made.status_code, made.json()["number"]) == (201, again.json()["number"])
    assert Dossier.objects.count() == 1
    number = made.json()["number"]
    asked = post(
        alice, f"dossiers/{number}/steps", {"step": "ask_supplement", "papers": [{"name": "Ảnh"}], "words": "Mờ.", "seen": 0}
    )
    assert (asked.json()["status"], asked.json()["version"]) == ("supplement", 1)
    late = post(alice, f"dossiers/{number}/steps", {"step": "finish", "seen": 0})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    undone = post(alice, f"dossiers/{number}/undo", {"why": "wrong_step"})
    assert undone.json()["status"] == "received"
    given = post(alice, f"dossiers/{number}/officer", {"officer": "alice"})
    assert given.status_code == 200


def test_refusals_are_those_of_the_pages(office):
    alice = signed_in(office.alice)

    other = post(alice, "dossiers", HANDED_IN, **{"Idempotency-Key": "portal-00002"})
    reused = post(alice, "dossiers", HANDED_IN | {"applicant": "Trần An"}, **{"Idempotency-Key": "portal-00002"})
    nowhere = post(alice, "dossiers/000.00.00.G01-260101-0001/steps", {"step": "start"})
    foreign = post(signed_in(office.binh), f"dossiers/{other.json()['number']}/steps", {"step": "start"})
    lacking = post(alice, f"dossiers/{other.json()['number']}/steps", {"step": "stop"})

    assert (reused.status_code, reused.json()["code"]) == (409, "key_used_before")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_dossier")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_allowed")
    assert (lacking.status_code, lacking.json()["code"]) == (409, "needs_more")
