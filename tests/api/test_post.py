"""The post's program at our door, and the holder of a receipt."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Scan
from gandan.work.dossiers.operations import (
    finish,
    give_receipt,
    give_secret,
    load_procedures,
    pack,
    receive,
    sign_for_office,
    sign_for_post,
)
from gandan.work.dossiers.rules.parcels import signature

MONDAY, DONE = date(2026, 11, 16), date(2026, 11, 18)
NUMBER = "EV123456785VN"
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def secret(cast, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    clerk = enrol(
        username="thu", name="Thu", unit=cast.unit("BDTP"), role=Role.POST_PARTNER, line=Line.POST, by=cast.importer, on=MONDAY
    )
    new = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=MONDAY, by_post=True)
    finish(dossier=new, by=cast.alice, on=DONE)
    parcel = Delivery.objects.get()
    listed = pack(
        unit=cast.unit("PA08"), partner=cast.unit("BDTP"), deliveries=[parcel.pk], trackings={parcel.pk: NUMBER},
        by=cast.alice, on=DONE,
    )  # fmt: skip
    sign_for_office(manifest=listed, by=cast.alice, on=DONE, at=NOW)
    sign_for_post(manifest=listed, by=clerk, on=DONE, at=NOW)
    return give_secret(partner=cast.unit("BDTP"), by=cast.lan, on=DONE)


def tell(secret, *scans, partner="BDTP", moment=NOW, header=None, **more):
    body = json.dumps({"scans": scans} | more).encode()
    at = int(moment.timestamp())
    said = f"t={at},v1={signature(secret, at, body)}" if header is None else header
    headers = {"x-gandan-signature": said} if said else {}
    return Client().post(f"/api/v1/post/{partner}/scans", body, content_type="application/json", headers=headers)


def scan(what="delivered", hours=1, **more):
    return {"id": f"{what}-{hours}", "tracking": NUMBER, "what": what, "at": (NOW - timedelta(hours=hours)).isoformat()} | more


def test_the_same_webhook_ten_times_counts_once(secret):
    answers = [tell(secret, scan("failed", 3), scan("delivered", 1)).json()["scans"] for _ in range(10)]

    assert [[one["outcome"] for one in answer] for answer in answers] == [["applied", "applied"]] + [["again", "again"]] * 9
    assert Scan.objects.count() == 2
    assert Delivery.objects.get().state == "delivered"


def test_each_row_has_its_own_answer(secret):
    rows = tell(secret, scan(tracking="PC-1234567", id="lost"), scan(hours=-2, id="ahead"), scan()).json()["scans"]

    assert [row["outcome"] for row in rows] == ["unknown", "refused", "applied"]
    assert rows[1]["code"] == "wrong_moment"


@pytest.mark.parametrize(
    "how",
    [
        {"header": ""},
        {"header": "t=1,v1=0"},
        {"moment": NOW - timedelta(minutes=6)},
        {"partner": "PA08"},
    ],
)
def test_without_a_true_signature_nothing_is_taken(secret, how):
    answer = tell(secret, scan(), **how)

    assert answer.status_code == 401
    assert answer.json()["code"] in {"bad_signature", "not_signed_in"}
    assert not Scan.objects.exists()


def test_a_session_is_no_signature(secret, ask):
    assert ask("alice", "post/BDTP/scans", method="post", body={"scans": []}).status == 401


@pytest.mark.parametrize("row", [{"what": "lost"}, {"at": "2026-11-20T09:00:00"}, {"at": "yesterday"}, {"id": ""}])
def test_what_can_t_be_read_says_where(secret, row):
    answer = tell(secret, scan(**row))

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["at"].startswith("body.message.scans.0")


def test_a_receipt_opens_its_dossier_and_names_nobody(secret, cast):
    parcel = Delivery.objects.select_related("dossier").get()
    token = give_receipt(dossier=parcel.dossier, by=cast.alice, on=DONE)

    def read(token):
        return Client().get("/api/v1/receipt", headers={"authorization": f"Bearer {token}"})

    found = read(token).json()
    assert (found["number"], found["parcel"]["tracking"]) == (parcel.dossier.number, NUMBER)
    assert "Lê Thị An" not in json.dumps(found, ensure_ascii=False)
    assert read("x" * 40).status_code == 401
    assert Client().get("/api/v1/receipt").status_code == 401
