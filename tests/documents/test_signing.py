"""Electronic signatures: the seal holds, any change breaks it, and other programs agree."""

import subprocess
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from shutil import which

import pytest
from pypdf import PdfReader, PdfWriter

from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.signing import KeyUnusable, NoKey, has_key, signatory
from gandan.ground.documents.typesetting import Typesetter
from gandan.ground.documents.verifying import NoPdf, verify_pdf

NEW, AT = date(2026, 11, 26), datetime(2026, 11, 26, 2, 30, tzinfo=UTC)
SEAL = ["Ký bởi: Phòng Quản lý xuất nhập cảnh", "Người ký: Phạm Anh Dũng", "Ngày ký: 26/11/2026 09:30:00 +07:00"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def keys(settings, folder):
    settings.SIGNING_DIR = str(folder)
    if not has_key("dung"):
        make_key("dung", "Phạm Anh Dũng", "Công an Thành phố Mẫu", AT - timedelta(days=1))
    return folder


@pytest.fixture(scope="module")
def letter():
    sheet = sample_sheet("apology", NEW, seal=SEAL)
    return Typesetter(sheet.form).set(sheet)


@pytest.fixture
def sealed(letter):
    pdf, box = letter
    with signatory("dung", AT) as held:
        return held.sign(pdf, box, reason="Thư xin lỗi", place="Thành phố Mẫu")


def test_the_seal_names_who_signed_and_holds(sealed):
    found = verify_pdf(sealed)
    (one,) = found.signatures

    assert found.intact
    assert (one.name, one.reason, one.holds, one.whole) == ("Phạm Anh Dũng", "Thư xin lỗi", True, True)
    assert one.demonstration
    assert not one.trusted
    assert one.signed_at is not None
    assert len(one.fingerprint) == 64


def test_the_field_lies_where_the_seal_is_drawn(sealed, letter):
    (widget,) = [each.get_object() for each in PdfReader(BytesIO(sealed)).pages[0]["/Annots"] if each.get_object().get("/FT")]
    left, bottom, right, top = map(float, widget["/Rect"])
    _pdf, box = letter

    assert (left, bottom) == (int(box.left), int(box.bottom))
    assert right - left > 180
    assert top - bottom > 60


def test_a_changed_byte_breaks_it(sealed):
    at = sealed.index(b"/Producer") if b"/Producer" in sealed else len(sealed) // 3
    broken = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]

    assert not verify_pdf(broken).intact


def test_what_is_added_after_it_is_seen(sealed):
    writer = PdfWriter(BytesIO(sealed), incremental=True)
    writer.add_blank_page(100, 100)
    grown = BytesIO()
    writer.write(grown)
    found = verify_pdf(grown.getvalue())

    assert found.signatures[0].holds
    assert not found.signatures[0].whole
    assert not found.intact


def test_a_paper_without_a_seal_says_so(letter):
    found = verify_pdf(letter[0])

    assert (list(found.signatures), found.intact) == ([], False)


@pytest.mark.parametrize("junk", [b"", b"MZ", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_what_is_no_pdf_is_refused(junk):
    with pytest.raises(NoPdf):
        verify_pdf(junk)


@pytest.mark.skipif(not which("pdfsig"), reason="poppler-utils is missing")
def test_another_program_agrees(sealed, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Phạm Anh Dũng" in said
    assert "ETSI.CAdES.detached" in said


def test_an_authority_whose_certificate_is_here_is_trusted(sealed, keys, settings, tmp_path):
    import shutil

    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    secret = (keys / "dung.passphrase").read_bytes()
    certificate = pkcs12.load_key_and_certificates((keys / "dung.p12").read_bytes(), secret)[1]
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "own.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    shutil.copy(keys / "dung.p12", tmp_path)
    settings.SIGNING_DIR = str(tmp_path)

    assert verify_pdf(sealed).signatures[0].trusted


def test_nobody_signs_without_a_key_that_opens_and_is_valid(keys, settings, tmp_path):
    with pytest.raises(NoKey, match="khanh"), signatory("khanh", AT):
        pass
    with pytest.raises(KeyUnusable, match="hiệu lực"), signatory("dung", AT + timedelta(days=4000)):
        pass
    settings.SIGNING_DIR = str(tmp_path)
    (tmp_path / "dung.p12").write_bytes((keys / "dung.p12").read_bytes())
    (tmp_path / "dung.passphrase").write_text("wrong")
    with pytest.raises(KeyUnusable, match="Mật khẩu"), signatory("dung", AT):
        pass


def test_a_key_is_nobody_else_s_to_read(keys):
    assert (keys / "dung.p12").stat().st_mode & 0o077 == 0
    assert (keys / "dung.passphrase").stat().st_mode & 0o077 == 0
