"""Letters, files and lists of parcels for other programs."""

from datetime import timedelta

import pytest

from gandan.faces.jobs.jobs import make_exports
from gandan.ground.organisations.queries import clock
from gandan.work.dossiers.models import Apology
from gandan.work.dossiers.operations import raise_letters, receive
from tests.api.test_procedures import signed_in
from tests.cast import TODAY
from tests.dossiers.conftest import office as office
from tests.dossiers.test_letter_batches import AT, sign
from tests.dossiers.test_letter_batches import head as head


@pytest.fixture
def owed(office):
    receive(procedure="passport", unit=office.unit("PA08"), applicant="Lê Thị Hoa", by=office.alice, on=TODAY - timedelta(20))
    raise_letters(by=clock(), on=TODAY)
    return Apology.objects.get()


def post(client, path, body):
    return client.post(f"/api/v1/{path}", body, content_type="application/json")


def test_letters_are_listed_and_their_reason_is_said(office, owed, head):
    alice, binh = signed_in(office.alice), signed_in(office.binh)

    (listed,) = alice.get("/api/v1/letters").json()["items"]
    assert (listed["id"], listed["reason"], listed["signed"]) == (owed.pk, "", False)
    assert binh.get("/api/v1/letters").json()["items"] == []
    said = post(alice, f"letters/{owed.pk}/reason", {"reason": "partner"})
    assert (said.status_code, said.json()["reason"]) == (200, "partner")
    assert alice.get(f"/api/v1/letters/{owed.pk}").json() == said.json()
    assert post(alice, f"letters/{owed.pk}/reason", {"reason": "nonsense"}).status_code == 409
    for answer in (binh.get(f"/api/v1/letters/{owed.pk}"), post(binh, f"letters/{owed.pk}/reason", {"reason": "partner"})):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_letter")
    unsigned = alice.get(f"/api/v1/letters/{owed.pk}/pdf")
    assert (unsigned.status_code, unsigned.json()["code"]) == (404, "unknown_letter")
    sign(head, on=TODAY, at=AT)
    assert alice.get(f"/api/v1/letters/{owed.pk}/pdf").content.startswith(b"%PDF")
    assert binh.get(f"/api/v1/letters/{owed.pk}/pdf").json()["code"] == "unknown_letter"


def test_a_file_is_asked_for_made_and_fetched_by_who_asked(office, owed, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    alice, binh, lan = signed_in(office.alice), signed_in(office.binh), signed_in(office.lan)

    asked = post(alice, "exports", {"what": "dossiers", "form": "csv", "asked_at": "PA08"})
    assert asked.status_code == 201, asked.content
    token = asked.json()["token"]
    assert asked.json()["state"] == "waiting"
    assert alice.get(f"/api/v1/exports/{token}/file").status_code == 409
    make_exports()

    ready = alice.get(f"/api/v1/exports/{token}").json()
    assert (ready["state"], ready["rows_done"]) == ("ready", 1)
    assert "Lê Thị Hoa" in b"".join(alice.get(f"/api/v1/exports/{token}/file").streaming_content).decode("utf-8-sig")
    assert [one["token"] for one in alice.get("/api/v1/exports").json()["items"]] == [token]
    for path in ("", "/file"):
        assert binh.get(f"/api/v1/exports/{token}{path}").json()["code"] == "unknown_export"
    assert post(alice, "exports", {"what": "portal", "form": "xlsx", "asked_at": "PA08"}).status_code == 409
    assert post(lan, "exports", {"what": "dossiers", "form": "csv", "asked_at": "PA08"}).status_code in {403, 409}
