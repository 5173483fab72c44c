"""One paper, two who sign it in order: each signature holds, what is changed is seen, and other programs agree."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings as configured
from pypdf import PdfReader, PdfWriter

from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.forms import Form
from gandan.ground.documents.models import Signing, Stored
from gandan.ground.documents.operations import (
    AlreadySigning,
    NoLongerSignatory,
    NotYourTurn,
    Signer,
    WrongCertificate,
    open_signing,
    replace_signer,
    sign_next,
)
from gandan.ground.documents.queries import pdf_of, signing_of, waiting_for
from gandan.ground.documents.rules import SignatureBlock
from gandan.ground.documents.signing import KeyUnusable, NoKey
from gandan.ground.documents.typesetting import typeset_signable
from gandan.ground.documents.verifying import verify_pdf
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.operations.people import end_appointment
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from tests.cast import TODAY
from tests.documents.sample import sample

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
FORM = Form("report", date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP", "", "Báo cáo", "report", "BC", verified=True)


@pytest.fixture
def both(cast, settings, tmp_path):
    """Khánh signs for the city, Thuận for the commission; each has a key."""
    settings.SIGNING_DIR = str(tmp_path)
    thuan = enrol(
        username="thuan", name="Lê Thị Thuận", unit=cast.unit("BTGDVTU"), role=Role.SIGNATORY, line=Line.CIVIL,
        by=cast.importer, on=date(2026, 1, 5),
    )  # fmt: skip
    for person in (cast.khanh, thuan):
        make_key(person.username, person.name, "Cơ quan thử nghiệm", AT - timedelta(days=9))
    return cast.khanh, thuan


@pytest.fixture
def opened(cast, both):
    first, second = both
    signers = [Signer(cast.city, "Chủ tịch", first), Signer(cast.unit("BDVTU"), "Trưởng ban", second)]
    return lay_before(cast, signers)


def lay_before(cast, signers):
    blocks = [SignatureBlock(one.signs_as, one.person.name) for one in signers]

    def typeset(line):
        return typeset_signable(replace(sample(), number=line, signatures=blocks, signable=True))

    return open_signing(
        about=cast.city, title="Báo cáo", form=FORM, unit=cast.city, signers=signers, line=lambda n: f"Số: {n:02d}/BC-79",
        typeset=typeset, place="Thành phố Mẫu", by=cast.giang, on=TODAY,
    )  # fmt: skip


def sign(cast, by):
    return sign_next(about=cast.city, reason="Báo cáo", form=FORM, by=by, on=TODAY, at=AT)


@pytest.fixture
def pdf(cast, opened, both):
    for one in both:
        signed = sign(cast, one)
    return pdf_of(signed.paper_id)


def test_two_sign_in_order_and_both_signatures_hold(cast, opened, both, pdf):
    found = verify_pdf(pdf)

    assert found.intact
    assert found.sound
    assert [(one.name, one.holds, one.whole) for one in found.signatures] == [
        ("Ngô Gia Khánh", True, True), ("Lê Thị Thuận", True, True),
    ]  # fmt: skip
    row = signing_of("organisations.unit", cast.city.pk)
    assert (row.number_line, row.finished_on, row.next) == ("Số: 01/BC-79", TODAY, None)
    assert [(part.certificate, part.signed_at) for part in row.parts] == [("Ngô Gia Khánh", AT), ("Lê Thị Thuận", AT)]


def test_only_the_finished_paper_stands_in_the_register(opened, pdf):
    numbered = Stored.objects.exclude(number=None)

    assert Stored.objects.count() == 3  # unsigned, signed once, signed by both
    assert [(one.number, one.signed_by) for one in numbered] == [(1, "Ngô Gia Khánh; Lê Thị Thuận")]


def test_each_field_is_seen_above_the_name_and_says_who(pdf):
    page = PdfReader(BytesIO(pdf)).pages[-1]
    for page in PdfReader(BytesIO(pdf)).pages:
        widgets = [each.get_object() for each in page.get("/Annots", []) if each.get_object().get("/FT") == "/Sig"]
        if widgets:
            break
    boxes = [tuple(map(float, one["/Rect"])) for one in widgets]

    assert len(boxes) == 2
    assert boxes[0][1] == boxes[1][1]  # side by side
    assert all(right - left > 180 and top - bottom > 60 for left, bottom, right, top in boxes)
    assert all(one["/AP"]["/N"] for one in widgets)


@pytest.mark.skipif(not which("pdfsig"), reason="poppler is not here")
def test_poppler_agrees(pdf, tmp_path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout

    assert said.count("Signature is Valid.") == 2
    assert "Not total document signed" in said  # the first; the second covers it all
    assert "Total document signed" in said


def test_one_changed_byte_breaks_both(pdf):
    at = pdf.index(b"/Title")
    broken = pdf[:at] + bytes([pdf[at + 1] ^ 1]) + pdf[at + 1 :]

    assert not verify_pdf(broken).intact


def test_what_is_added_after_the_last_is_seen(pdf):
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    writer.add_blank_page(100, 100)
    grown = BytesIO()
    writer.write(grown)

    assert not verify_pdf(grown.getvalue()).intact


def test_the_second_waits_for_the_first(cast, opened, both):
    assert waiting_for(both[0])[0].number_line == "Số: 01/BC-79"
    assert waiting_for(both[1]) == []
    with pytest.raises(NotYourTurn, match="Khánh ký trước"):
        sign(cast, both[1])


def test_nobody_else_signs_and_nobody_twice(cast, opened, both):
    with pytest.raises(NotAllowed):
        sign(cast, cast.dung)
    sign(cast, both[0])
    with pytest.raises(NotYourTurn):
        sign(cast, both[0])


def test_who_left_between_approval_and_signing_is_refused_with_words_and_replaced(cast, opened, both):
    first, second = both
    sign(cast, first)
    end_appointment(appointment=Appointment.objects.get(person=second), by=cast.importer, on=TODAY)

    with pytest.raises(NoLongerSignatory) as refused:
        sign(cast, second)
    assert "không còn ký với tư cách Trưởng ban của Ban Tuyên giáo và Dân vận Thành ủy" in refused.value.template.format(
        **refused.value.params
    )

    vinh = enrol(
        username="vinh", name="Trần Vinh", unit=cast.unit("BTGDVTU"), role=Role.SIGNATORY, line=Line.CIVIL, by=cast.importer,
        on=TODAY,
    )  # fmt: skip
    make_key("vinh", "Trần Vinh", "Ban", AT - timedelta(days=1))
    with pytest.raises(NoLongerSignatory):
        replace_signer(about=cast.city, position=2, person=cast.alice, by=cast.giang, on=TODAY)
    replace_signer(about=cast.city, position=2, person=vinh, by=cast.giang, on=TODAY)
    assert sign(cast, vinh).finished_on == TODAY
    with pytest.raises(NotYourTurn):
        replace_signer(about=cast.city, position=1, person=vinh, by=cast.giang, on=TODAY)


def test_a_certificate_of_the_wrong_person_is_refused(cast, opened, both):
    make_key("khanh", "Người Khác", "Cơ quan", AT - timedelta(days=1))

    with pytest.raises(WrongCertificate):
        sign(cast, both[0])


def test_a_certificate_that_has_ended_or_is_missing_is_refused(cast, opened, both, tmp_path):
    make_key("khanh", "Ngô Gia Khánh", "Cơ quan", AT - timedelta(days=4 * 365))
    with pytest.raises(KeyUnusable):
        sign(cast, both[0])
    (tmp_path / "khanh.p12").unlink()
    with pytest.raises(NoKey):
        sign(cast, both[0])


def test_a_paper_is_numbered_once_and_a_failure_leaves_no_gap(cast, opened, both):
    signers = [Signer(cast.city, "Chủ tịch", both[0])]
    with pytest.raises(AlreadySigning):
        lay_before(cast, signers)
    Signing.objects.all().delete()

    with pytest.raises(NoLongerSignatory):
        lay_before(cast, [Signer(cast.city, "Chủ tịch", cast.alice)])
    assert lay_before(cast, signers).number == 2


def test_a_revoked_certificate_is_told(cast, pdf, both):
    folder = Path(configured.SIGNING_DIR)
    secret = (folder / "khanh.passphrase").read_bytes()
    key, certificate, _others = pkcs12.load_key_and_certificates((folder / "khanh.p12").read_bytes(), secret)
    entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(AT - timedelta(days=2))
    made = x509.CertificateRevocationListBuilder().issuer_name(certificate.issuer).last_update(AT).next_update(AT + timedelta(9))
    signed = made.add_revoked_certificate(entry.build()).sign(key, hashes.SHA256())
    (folder / "crls").mkdir()
    (folder / "crls" / "demo.crl").write_bytes(signed.public_bytes(serialization.Encoding.DER))

    found = verify_pdf(pdf)
    assert found.intact
    assert not found.sound
    assert found.signatures[0].revoked_on == date(2026, 11, 18)
    assert found.signatures[1].valid_then
