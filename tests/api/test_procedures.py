"""Procedures for other programs."""

from django.test import Client

from gandan.work.dossiers.models import Procedure
from tests.dossiers.conftest import office as office

RULE = {
    "body": "79", "code": "driving-licence", "name": "Đổi giấy phép lái xe", "valid_from": "2026-11-20", "amount": 5,
    "legal_basis": "Thông tư 12/2025/TT-BCA", "handled_by": ["PC08"], "papers": [{"name": "Ảnh", "original": 2}],
}  # fmt: skip


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_rules_are_read_by_anybody_and_set_by_who_looks_after_them(office):
    lan, alice = signed_in(office.lan), signed_in(office.alice)

    refused = alice.post("/api/v1/procedures", RULE, content_type="application/json")
    made = lan.post("/api/v1/procedures", RULE, content_type="application/json")
    read = alice.get("/api/v1/procedures/driving-licence")

    assert (refused.status_code, made.status_code) == (403, 201), made.content
    assert read.json()["items"] == [made.json()]
    assert made.json()["papers"] == [{"name": "Ảnh", "original": 2, "certified": 0, "copy": 0}]
    assert "driving-licence" in {one["code"] for one in alice.get("/api/v1/procedures").json()["items"]}
    assert "driving-licence" not in {one["code"] for one in alice.get("/api/v1/procedures?on=2026-11-19").json()["items"]}
    ever = alice.get("/api/v1/procedures?ever=true").json()["items"]
    assert len(ever) == Procedure.objects.count()


def test_what_would_be_promised_is_reckoned_day_by_day(office):
    alice = signed_in(office.alice)

    tried = alice.get("/api/v1/procedures/passport/reckoning?received=2026-11-20&unit=PA08").json()

    assert tried["due_on"] == "2026-12-02"
    assert [day["nth"] for day in tried["days"] if day["counted"]] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_what_cannot_be_is_refused(office):
    lan = signed_in(office.lan)

    unknown = lan.get("/api/v1/procedures/nothing")
    backwards = lan.post("/api/v1/procedures", {**RULE, "valid_to": "2026-01-01"}, content_type="application/json")
    endless = lan.post("/api/v1/procedures", {**RULE, "amount": 500, "unit": "months"}, content_type="application/json")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_procedure")
    assert (backwards.status_code, backwards.json()["code"]) == (409, "bad_procedure")
    assert (endless.status_code, endless.json()["code"]) == (422, "bad_term")
