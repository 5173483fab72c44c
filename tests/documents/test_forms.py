"""The forms of the one-stop shop in both eras: their words, their looks, what they refuse."""

import gc
import os
import subprocess
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from gandan.ground.documents.forms import NoSuchForm, WrongFields, fields, form, forms, kinds
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.typesetting import LayoutError, Typesetter, typeset_sheet
from tests.documents.conftest import SNAPSHOTS

FIRST_DAY_OF = {f"{one.kind}-{one.valid_from.year}": one for one in forms()}
NEW = date(2026, 11, 26)
NEAR_ENOUGH = 2.5  # of 255, on average over the page: another version of a rasteriser, not another layout


def words(pdf: bytes) -> str:
    return "\n\n――――――――\n\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages) + "\n"


@pytest.mark.parametrize("name", FIRST_DAY_OF)
def test_a_form_reads_as_it_is_signed(name, snapshot):
    one = FIRST_DAY_OF[name]
    snapshot(f"form-{name}.txt", words(typeset_sheet(sample_sheet(one.kind, one.valid_from))))


@pytest.mark.skipif(not which("pdftoppm"), reason="poppler-utils is missing")
@pytest.mark.parametrize("name", [name for name, one in FIRST_DAY_OF.items() if one.valid_to is None])
def test_a_form_looks_as_it_did(name, tmp_path, picture):
    one = FIRST_DAY_OF[name]
    file = tmp_path / "form.pdf"
    file.write_bytes(typeset_sheet(sample_sheet(one.kind, one.valid_from)))
    subprocess.run(["pdftoppm", "-r", "36", "-gray", "-png", "-singlefile", file, tmp_path / "page"], check=True)

    assert picture(f"form-{name}.png", tmp_path / "page.png") < NEAR_ENOUGH


@pytest.fixture
def picture():
    def difference(name: str, made: Path) -> float:
        kept = SNAPSHOTS / name
        if os.environ.get("GANDAN_WRITE_SNAPSHOTS"):
            kept.write_bytes(made.read_bytes())
        with Image.open(kept) as before, Image.open(made) as now:
            assert before.size == now.size
            return ImageStat.Stat(ImageChops.difference(before.convert("L"), now.convert("L"))).mean[0]

    return difference


@pytest.mark.parametrize(
    ("kind", "day", "number", "circular"),
    [
        ("apology", date(2018, 5, 2), "", "5157"),
        ("apology", date(2025, 9, 14), "04", "01/2018"),
        ("apology", date(2025, 9, 15), "04", "03/2025"),
        ("control", date(2025, 9, 14), "05", "01/2018"),
        ("control", NEW, "06", "03/2025"),
        ("register", date(2025, 9, 14), "06", "01/2018"),
        ("register", NEW, "07", "03/2025"),
        ("stopped", NEW, "05", "03/2025"),
    ],
)
def test_the_day_says_which_form_it_is(kind, day, number, circular):
    one = form(kind, day)

    assert (one.number, circular in one.circular) == (number, True)


def test_what_there_was_no_form_for_is_refused():
    with pytest.raises(NoSuchForm, match="14/09/2025"):
        form("stopped", date(2025, 9, 14))


def test_forms_of_a_kind_follow_each_other():
    for kind in kinds():
        own = sorted((one for one in forms() if one.kind == kind), key=lambda one: one.valid_from)
        assert own[-1].valid_to is None
        assert [one.valid_to for one in own[:-1]] == [one.valid_from for one in own[1:]]


def test_the_city_s_own_rule_is_heeded():
    """Decision 5157/2016: name, kind of dossier, receipt number, where it stands, reason, next day, the apology itself."""
    for on in (date(2017, 3, 1), date(2020, 6, 1), NEW):
        sheet = sample_sheet("apology", on)
        said = " ".join(words(typeset_sheet(sheet)).split())
        for name in ("applicant", "procedure", "number", "status", "reason", "due"):
            assert sheet.fields[name] in said, name
        assert "xin lỗi Ông/Bà" in said


@pytest.mark.parametrize(("late", "said"), [(True, "Đã quá ngày hẹn"), (False, "Đến ngày hẹn")])
def test_a_letter_says_whether_the_day_has_passed(late, said):
    assert said in words(typeset_sheet(sample_sheet("apology", NEW, late=late)))


def test_a_sheet_takes_the_fields_of_its_kind_and_no_others():
    with pytest.raises(WrongFields, match="religion"):
        sample_sheet("refusal", NEW, religion="x")
    with pytest.raises(WrongFields, match="can't do without reason"):
        sample_sheet("refusal", NEW, reason="")
    assert fields("refusal")["advice"] is False


def test_the_same_sheet_gives_the_same_bytes():
    sheet = sample_sheet("receipt", NEW)

    assert typeset_sheet(sheet) == typeset_sheet(sheet) == Typesetter(sheet.form).set(sheet)[0]


def test_what_names_people_lies_nowhere_once_it_is_set(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sheet = sample_sheet("apology", NEW)
    setter = Typesetter(sheet.form)
    setter.set(sheet)
    with pytest.raises(LayoutError):
        setter.set(sample_sheet("apology", NEW, reason="漢"))

    (folder,) = tmp_path.iterdir()
    assert {one.suffix for one in folder.iterdir()} == {".typ"}
    del setter
    gc.collect()
    assert not folder.exists()


def test_a_register_without_a_dossier_says_so():
    assert "không có hồ sơ nào" in words(typeset_sheet(sample_sheet("register", NEW, rows=[])))


def test_a_thousand_lines_are_set_in_seconds():
    row = sample_sheet("register", NEW).fields["rows"][0]
    begun = time.process_time()
    made = typeset_sheet(sample_sheet("register", NEW, rows=[row] * 1000))

    assert len(PdfReader(BytesIO(made)).pages) > 100
    assert time.process_time() - begun < 20


def test_what_people_are_called_can_t_be_a_program():
    said = words(typeset_sheet(sample_sheet("refusal", NEW, applicant='#read("/etc/passwd") *x* $1$ <y>')))

    assert '#read("/etc/passwd") *x* $1$ <y>' in said
