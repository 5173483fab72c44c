"""What the holder of a receipt asks of their own data: taken in, acknowledged and answered by the unit, seen by nobody else."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from gandan.ground.audit import noting
from gandan.ground.audit.models import Opening
from gandan.ground.audit.operations import erase_reasons
from gandan.ground.organisations.queries import clock, importer
from gandan.ground.privacy.flow import Outcome
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.operations import acknowledge, answer
from gandan.work.dossiers.operations import give_receipt, load_procedures, note_contact, receive
from tests.cast import TODAY

PAGE = "/public/dossier/data/"
WORDS = "Số điện thoại của tôi đã đổi."


@pytest.fixture
def dossier(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    return receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=TODAY)


@pytest.fixture
def holder(cast, dossier, client):
    client.get(f"/r/{give_receipt(dossier=dossier, by=cast.alice, on=TODAY)}/", follow=True)
    return client


def text(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_it_is_asked_by_receipt_and_answered(cast, dossier, holder):
    assert "2 ngày làm việc" in text(holder.get(PAGE))

    taken = holder.post(PAGE, {"wish": "correct", "text": WORDS})

    assert taken.url == PAGE
    asked = Request.objects.get()
    assert (asked.channel, asked.wish, asked.unit, asked.text) == ("online", "correct", cast.unit("PA08"), WORDS)
    assert (asked.due_on - TODAY).days >= 10
    assert "chờ xác nhận" in text(holder.get(PAGE))
    acknowledge(request=asked, by=cast.alice, on=TODAY)
    answer(request=asked, outcome=Outcome.GRANTED, text="Đã sửa số điện thoại.", by=cast.alice, on=TODAY)
    told = text(holder.get(PAGE))
    assert "Đã sửa số điện thoại." in told
    assert "đã thực hiện" in told


def test_the_same_twice_and_nothing_at_all_are_refused_in_the_form(dossier, holder):
    holder.post(PAGE, {"wish": "erase"})
    again = holder.post(PAGE, {"wish": "erase", "text": WORDS})

    assert again.status_code == 422
    assert "đang chờ trả lời" in text(again)
    assert WORDS in text(again)
    assert holder.post(PAGE, {"wish": "burn"}).status_code == 422
    assert Request.objects.count() == 1


def test_without_the_receipt_nothing_is_asked(cast, dossier):
    stranger = Client()
    assert stranger.get(PAGE).url == "/public/lookup/"
    assert stranger.post(PAGE, {"wish": "see"}).url == "/public/lookup/"
    note_contact(dossier=dossier, phone="0903 123 456", by=cast.alice, on=TODAY)
    stranger.post("/public/lookup/", {"number": dossier.number, "tail": "3456"})
    assert "mã QR" in text(stranger.get(PAGE))
    stranger.post(PAGE, {"wish": "see"})
    assert not Request.objects.exists()


def test_who_saw_it_is_in_what_is_handed_out_and_names_no_officer(cast, dossier, holder, desk):
    desk(cast.alice).get(f"/dossiers/{dossier.number}/")
    noting.flush()
    holder.post(PAGE, {"wish": "see"})

    given = json.loads(desk(cast.alice).get(f"/privacy/requests/{Request.objects.get().pk}/extract/").content)

    assert given["seen"]
    assert {one["unit"] for one in given["seen"]} == {"Phòng Quản lý xuất nhập cảnh"}
    assert cast.alice.name not in json.dumps(given, ensure_ascii=False)


def test_the_reason_of_an_opening_has_an_end(cast, dossier):
    Opening.objects.create(
        person=cast.binh, about_type="dossiers.dossier", about_id=dossier.pk, unit=cast.unit("PA08"),
        from_unit=cast.unit("CAP-W1"), on=TODAY, reason="Người dân đang ở quầy",
    )  # fmt: skip

    assert erase_reasons(before=TODAY, but=frozenset(), by=clock(), on=TODAY) == []
    assert len(erase_reasons(before=TODAY + timedelta(1), but=frozenset(), by=clock(), on=TODAY)) == 1
    assert Opening.objects.get().reason == ""
