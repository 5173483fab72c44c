"""`gandan documents`: a signed paper is checked, a key is made, a template is tried."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from gandan.ground.documents.forms import form
from gandan.ground.documents.operations import Paper, store
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.signing import signatory
from gandan.ground.documents.typesetting import Typesetter
from tests.cast import TODAY
from tests.documents.test_signing import SEAL


@pytest.fixture
def sealed(cast, settings, tmp_path, capsys):
    settings.SIGNING_DIR = str(tmp_path / "keys")
    call_command("documents", "key", "dung", "--json")
    at = now()
    capsys.readouterr()
    sheet = sample_sheet("apology", date(2026, 11, 26), seal=SEAL)
    pdf, box = Typesetter(sheet.form).set(sheet)
    with signatory("dung", at) as held:
        made = held.sign(pdf, box, reason="Thư xin lỗi", place="Thành phố Mẫu")
    file = tmp_path / "letter.pdf"
    file.write_bytes(made)
    return file


def test_it_says_who_signed_and_that_it_is_the_paper_that_was_kept(cast, sealed, capsys):
    unit = cast.unit("PA08")
    paper = Paper(sealed.read_bytes(), form("apology", TODAY), unit, unit, "x", 5, "Số: 05/XLGH-PA08", 2026)
    store(paper=paper, by=cast.alice, on=TODAY)
    call_command("documents", "verify", str(sealed))

    said = capsys.readouterr().out
    assert "Phạm Anh Dũng" in said
    assert "chữ ký đúng; sau đó chỉ có thêm chữ ký khác, hoặc không có gì" in said
    assert "trình diễn" in said
    assert "Số: 05/XLGH-PA08" in said


def test_a_changed_paper_ends_with_a_fault(sealed, capsys):
    sealed.write_bytes(sealed.read_bytes() + b"\n% more")
    with pytest.raises(CommandError, match="đã bị thay đổi"):
        call_command("documents", "verify", str(sealed), "--json")

    answer = json.loads(capsys.readouterr().out)
    assert (answer["intact"], answer["kept"]) == (False, [])


def test_what_is_no_signed_pdf_is_said(tmp_path, db):
    with pytest.raises(CommandError, match="No such file"):
        call_command("documents", "verify", str(tmp_path / "none.pdf"))
    (tmp_path / "x.pdf").write_text("hello")
    with pytest.raises(CommandError, match="không đọc được"):
        call_command("documents", "verify", str(tmp_path / "x.pdf"))
    call_command("documents", "form", "receipt", "--out", str(tmp_path / "form.pdf"), "--json")
    with pytest.raises(CommandError, match="không có chữ ký số"):
        call_command("documents", "verify", str(tmp_path / "form.pdf"))


def test_a_template_that_is_wrong_is_told_by_line(tmp_path, db):
    (tmp_path / "own.typ").write_text("= x\n#nope")
    with pytest.raises(CommandError, match="Dòng 2"):
        call_command("documents", "form", "apology", "--template", str(tmp_path / "own.typ"), "--out", str(tmp_path / "x.pdf"))
