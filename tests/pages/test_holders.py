"""What an officer does for the applicant at the counter: the receipt, a lost one, who fetches, how they are reached."""

import io
import re
from datetime import date

import pytest
from django.test import Client

from gandan.ground.documents.operations import attach
from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.models import Collector, Contact, ReceiptKey
from gandan.work.dossiers.operations import load_procedures, receive
from tests.cast import TODAY
from tests.documents.files import pdf


@pytest.fixture
def dossier(cast, tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    return receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=TODAY)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def press(client, dossier, what, **more):
    return client.post(f"/dossiers/{dossier.number}/holder/", {"do": what, **more})


def test_a_receipt_is_printed_and_replaced_when_lost(cast, desk, dossier):
    first = press(desk(cast.alice), dossier, "receipt")
    assert "<path d=" in text(first)
    assert "no-store" in first["Cache-Control"]
    assert text(press(desk(cast.alice), dossier, "receipt")).count(dossier.number) == text(first).count(dossier.number)

    press(desk(cast.alice), dossier, "replace", checked="passport")
    assert ReceiptKey.objects.filter(ended_on=TODAY).count() == 1
    assert ReceiptKey.objects.filter(ended_on=None).count() == 1


def test_contact_and_collector_are_noted_and_what_was_typed_stays(cast, desk, dossier):
    press(desk(cast.alice), dossier, "contact", phone="0903 123 456", email="an@example.org", address="12 Lê Lợi")
    assert Contact.objects.get().phone == "0903123456"
    wrong = press(desk(cast.alice), dossier, "contact", phone="0903 123 456", email="an@")
    assert wrong.status_code == 422
    assert 'value="an@"' in text(wrong)

    assert press(desk(cast.alice), dossier, "collector", name="Trần Bình", checked="passport", paper="12").status_code == 422
    press(desk(cast.alice), dossier, "collector", name="Trần Bình", checked="passport", paper="C1234567")
    assert Collector.objects.get().paper_tail == "4567"


def test_another_unit_s_officer_sees_nothing(cast, desk, dossier):
    given = attach(
        about=dossier, unit=cast.unit("PA08"), source=io.BytesIO(pdf()), name="đơn.pdf", keep_until=TODAY, by=cast.alice, on=TODAY
    )

    assert b"".join(desk(cast.alice).get(f"/files/{given.token}/").streaming_content) == pdf()
    for person in (cast.binh, cast.lan, cast.hoa):
        assert desk(person).get(f"/files/{given.token}/").status_code == 403
        assert desk(person).get(f"/dossiers/{dossier.number}/holder/").status_code == 403
        assert press(desk(person), dossier, "receipt").status_code == 403
    assert Client().get(f"/files/{given.token}/").status_code == 302
    assert desk(cast.alice).get("/dossiers/000.00.00.G01-261120-9999/holder/").status_code == 404
