"""Dossiers taken out: by whom, what stands in the file, and what a spreadsheet must not run."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from openpyxl import load_workbook

from gandan.faces.jobs.jobs import make_exports
from gandan.ground.audit.models import Trace
from gandan.ground.documents import operations as documents
from gandan.ground.documents import queries
from gandan.ground.documents.models import Export
from gandan.ground.documents.operations import TooManyExports
from gandan.ground.documents.queries import NoLongerYours, NotReady, UnknownExport
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.queries import clock
from gandan.work.dossiers import operations
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import Making, NothingToReach
from gandan.work.dossiers.queries import BadWish, Wish
from gandan.work.dossiers.queries.exporting import COLUMNS, REGISTER_COLUMNS
from tests.dossiers.conftest import FRIDAY, MONDAY


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def dossiers(office, shelf):
    """Three passports, one of somebody with a name that a spreadsheet would run, and a vehicle of another department."""
    for name in ("Trần Thị Hoa", "=HYPERLINK(1)", "Lê Văn Ba"):
        operations.receive(procedure="passport", unit=office.unit("PA08"), applicant=name, by=office.alice, on=MONDAY)
    operations.receive(
        procedure="vehicle-registration", unit=office.unit("PC08"), applicant="Phạm Bốn", by=office.phuc, on=MONDAY
    )
    return Dossier.objects.order_by("pk")


ALL = Wish()


def ask(office, by=None, what="dossiers", form="csv", wish=ALL):
    by = by or office.alice
    return operations.ask_export(what=what, form=form, wish=wish, unit=office.unit("PA08"), language="vi", by=by, on=FRIDAY)


def made(office, **more) -> bytes:
    asked = ask(office, **more)
    taken = documents.take_export(export=asked, by=clock(), on=FRIDAY)
    Making(taken, by=clock(), on=FRIDAY, said=str).make()
    _row, content = queries.fetch(asked.token, more.get("by") or office.alice, FRIDAY)
    with content:
        return content.read()


def test_a_table_holds_what_one_may_read_and_no_formula(office, dossiers):
    rows = list(csv.reader(io.StringIO(made(office).decode("utf-8-sig"))))

    assert rows[0] == list(COLUMNS)
    assert [(row[3], row[8], row[10]) for row in rows[1:]] == [
        ("passport", "Trần Thị Hoa", "16/11/2026"),
        ("passport", "'=HYPERLINK(1)", "16/11/2026"),
        ("passport", "Lê Văn Ba", "16/11/2026"),
    ]


def test_a_workbook_holds_texts_and_days(office, dossiers):
    sheet = load_workbook(io.BytesIO(made(office, form="xlsx"))).active

    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert [(row[8], row[10].date()) for row in rows[1:]] == [
        ("Trần Thị Hoa", MONDAY),
        ("=HYPERLINK(1)", MONDAY),
        ("Lê Văn Ba", MONDAY),
    ]
    assert {sheet.cell(3, 9).data_type} == {"s"}


def test_the_register_is_form_07_with_its_days(office, dossiers):
    operations.note_contact(dossier=dossiers[0], phone="0901234567", email="", address="1 Lê Lợi", by=office.alice, on=MONDAY)
    sheet = load_workbook(io.BytesIO(made(office, what="register", form="xlsx", wish=Wish(since=MONDAY, until=FRIDAY)))).active

    rows = list(sheet.iter_rows(values_only=True))
    assert "Mẫu số 07" in rows[0][0]
    assert rows[3] == REGISTER_COLUMNS
    assert [(row[0], row[1], row[4]) for row in rows[4:]] == [
        (nth, one.number, one.applicant) for nth, one in enumerate(dossiers[:3], start=1)
    ]
    assert rows[4][5] == "1 Lê Lợi, 0901234567"


def test_the_portal_gets_strings_and_its_own_numbers_of_states(office, dossiers):
    operations.start(dossier=dossiers[0], by=office.alice, on=MONDAY)
    operations.ask_supplement(
        dossier=dossiers[0], papers=[{"name": "Ảnh", "original": 1}], words="Thiếu ảnh", by=office.alice, on=MONDAY
    )

    rows = [json.loads(line) for line in made(office, what="portal", form="jsonl").decode().splitlines()]

    first = rows[0]
    assert (first["MaHoSo"], first["TrangThaiHoSo"], first["NgayTiepNhan"]) == (dossiers[0].number, "5", "20261116000000")
    assert first["DanhSachHoSoBoSung"] == [{"NgayYeuCau": "20261116000000", "NoiDung": "Thiếu ảnh", "NgayBoSung": ""}]
    assert rows[1]["TrangThaiHoSo"] == "2"
    assert {type(value) for row in rows for value in row.values()} == {str, list}
    assert len({tuple(row) for row in rows}) == 1


def test_a_wish_narrows_it(office, dossiers):
    operations.withdraw(dossier=dossiers[1], by=office.alice, on=FRIDAY)

    assert made(office, wish=Wish(status="open")).count(b"\n") == 3
    assert made(office, wish=Wish(until=date(2026, 11, 1))).count(b"\n") == 1
    assert made(office, by=office.dung, wish=Wish(unit="PC08")).count(b"\n") == 2
    assert made(office, by=office.dung).count(b"\n") == 5


@pytest.mark.parametrize(("wish", "refusal"), [
    ({"what": "dossiers", "form": "pdf"}, BadWish),
    ({"wish": Wish(status="lost")}, BadWish),
    ({"wish": Wish(since=FRIDAY, until=MONDAY)}, BadWish),
    ({"what": "register", "form": "xlsx"}, BadWish),
    ({"wish": Wish(unit="PC08")}, NothingToReach),
])  # fmt: skip
def test_what_can_not_be_made_is_refused(office, dossiers, wish, refusal):
    with pytest.raises(refusal):
        ask(office, **wish)


def test_who_may_read_no_dossier_gets_none(office, dossiers):
    with pytest.raises((NotAllowed, NothingToReach)):
        ask(office, by=office.lan)


def test_a_file_is_its_maker_s_alone_and_only_while_they_may(office, dossiers):
    made(office)
    token = Export.objects.get().token

    with pytest.raises(UnknownExport):
        queries.fetch(token, office.dung, FRIDAY)
    Appointment.objects.filter(person=office.alice).update(during=(date(2015, 1, 1), FRIDAY))
    with pytest.raises(NoLongerYours):
        queries.fetch(token, office.alice, FRIDAY)


def test_asking_making_and_fetching_are_logged(office, dossiers):
    made(office)

    assert [entry.detail for entry in Trace.objects.filter(what="exported").order_by("pk")] == [
        "made dossiers 3",
        "fetched dossiers 3",
    ]


def test_the_file_ends(office, dossiers):
    made(office)
    export = Export.objects.get()
    late = export.keep_until + timedelta(days=1)

    with pytest.raises(NotReady):
        queries.fetch(export.token, office.alice, late)
    assert documents.erase_exports(by=clock(), on=late) == [export.pk]
    export.refresh_from_db()
    assert (export.state, documents.erase_exports(by=clock(), on=late)) == ("erased", [])


def test_the_job_makes_what_waits_and_what_was_left_in_the_middle(office, dossiers, monkeypatch):
    for _ in range(2):
        ask(office)
    left = documents.take_export(by=clock(), on=FRIDAY)
    assert documents.take_export(export=left, by=clock(), on=FRIDAY) is None  # its maker is alive
    Export.objects.filter(pk=left.pk).update(moved_at="2026-01-01T00:00:00Z")

    assert make_exports() == 2
    assert set(Export.objects.values_list("state", flat=True)) == {"ready"}
    assert all(default_storage.exists(each.shelf) for each in Export.objects.all())


def test_there_is_an_end_to_asking(office, dossiers):
    for _ in range(5):
        ask(office)
    with pytest.raises(TooManyExports):
        ask(office)


def test_a_command_writes_the_file(office, dossiers, tmp_path):
    out = io.StringIO()
    call_command("exports", "make", "dossiers", str(tmp_path / "a.csv"), "--as", "alice", "--json", stdout=out)

    assert json.loads(out.getvalue())["rows"] == 3
    assert (tmp_path / "a.csv").read_text("utf-8-sig").count("\n") == 4


def test_many_rows_are_read_in_pieces(office, dossiers, monkeypatch):
    monkeypatch.setattr("gandan.work.dossiers.queries.exporting.CHUNK", 2)

    assert made(office, by=office.dung).count(b"\n") == 5
