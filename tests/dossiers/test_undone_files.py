"""What a rollback doesn't reach: a file on disk goes with the transaction that would have kept it."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.queries import clock
from gandan.work.dossiers.models import Once
from gandan.work.dossiers.operations import authorise_collector, forget_answered, receive
from gandan.work.dossiers.queries import holder_of
from gandan.work.dossiers.rules.holders import Checked
from tests.documents.files import pdf

MONDAY = date(2026, 11, 16)


@pytest.fixture
def shelf(settings, tmp_path) -> Path:
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    return tmp_path


@pytest.fixture
def dossier(office):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant="An", once="click-0001", by=office.alice, on=MONDAY)


def files(shelf):
    return [one for one in shelf.rglob("*") if one.is_file()]


def test_a_file_goes_when_what_it_was_part_of_fails(office, dossier, shelf):
    @operation
    def two(*, by, on):
        unchanged()
        kept = attach(about=dossier, unit=dossier.unit, source=io.BytesIO(pdf()), name="a.pdf", keep_until=on, by=by, on=on)
        assert len(files(shelf)) == 1
        raise RuntimeError(kept.token)

    with pytest.raises(RuntimeError):
        two(by=office.alice, on=MONDAY)
    assert (files(shelf), Attachment.objects.count()) == ([], 0)

    attach(
        about=dossier, unit=dossier.unit, source=io.BytesIO(pdf()), name="a.pdf", keep_until=MONDAY, by=office.alice, on=MONDAY
    )
    assert len(files(shelf)) == 1


def test_a_power_of_attorney_is_attached_with_the_collector(office, dossier, shelf):
    hand = {"name": "Trần Bình", "checked": Checked.IDENTITY_CARD, "paper_tail": "1234", "by": office.alice, "on": MONDAY}
    authorise_collector(dossier=dossier, power=io.BytesIO(pdf()), power_name="uỷ quyền.pdf", **hand)

    found = holder_of(dossier.number, office.alice, MONDAY)
    assert [(one.name, one.purpose) for one in found.files] == [("uỷ quyền.pdf", "power-of-attorney")]
    assert found.collector.name == "Trần Bình"


def test_keys_of_answered_requests_end(office, dossier):
    assert forget_answered(by=clock(), on=localdate()) == 0
    assert forget_answered(by=clock(), on=localdate() + timedelta(40)) == 1
    assert not Once.objects.exists()
