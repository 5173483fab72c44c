"""What comes after a signature: a further signature is let through, all else is refused, as pyHanko itself refuses it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import override_settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from gandan.ground.documents.countersigning import Field, countersign, with_fields
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.mentions import Unclear, mentions, usages
from gandan.ground.documents.rules import SignatureBlock
from gandan.ground.documents.signing import signatory
from gandan.ground.documents.typesetting import typeset_seal, typeset_signable
from gandan.ground.documents.verifying import verify_pdf
from tests.documents.sample import sample

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
NAMES = {"khanh": "Ngô Gia Khánh", "thuan": "Lê Thị Thuận"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def keys(settings, folder):
    settings.SIGNING_DIR = str(folder)


@pytest.fixture(scope="module")
def signed(folder):
    """One paper: with its two fields, signed once, signed by both."""
    blocks = [SignatureBlock("Thủ trưởng", name) for name in NAMES.values()]
    pdf, boxes = typeset_signable(replace(sample(wards=3), number="Số: 01/BC", signatures=blocks, signable=True))
    made = [with_fields(pdf, [Field(f"ChuKy{nth}", box) for nth, box in enumerate(boxes, start=1)])]
    with override_settings(SIGNING_DIR=str(folder)):
        for nth, (username, name) in enumerate(NAMES.items(), start=1):
            make_key(username, name, "Cơ quan thử nghiệm", AT - timedelta(days=9))
            with signatory(username, AT) as held:
                seal = typeset_seal([name], AT)
                made.append(
                    countersign(held, made[-1], f"ChuKy{nth}", first=nth == 1, seal=seal, reason="Báo cáo", place="Thành phố")
                )
    return made


def later(pdf, change):
    """Append a revision to a paper, as somebody would who has a PDF editor."""
    writer, grown = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(grown)
    return grown.getvalue()


def words_on_a_page(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    added = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 40 Tf 100 400 Td (HUY BO) Tj ET"))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), added])
    writer.update_container(page)


def another_content(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    content = page["/Contents"]
    content = content[0] if isinstance(content, generic.ArrayObject) else content
    content._data = content.data.replace(b"Tj", b"TJ", 1) + b" "
    content._encoded_data = None
    writer.update_container(content)


def a_note(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = {"/Type": "/Annot", "/Subtype": "/FreeText"}
    made = generic.DictionaryObject({pdf_name(key): pdf_name(value) for key, value in note.items()})
    made[pdf_name("/Rect")] = generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 500, 500)])
    made[pdf_name("/Contents")] = pdf_string("Đã huỷ")
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(made)])
    writer.update_container(page)


def a_field_to_fill(writer):
    form = writer.root["/AcroForm"]
    made = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): pdf_string("So")})
    form["/Fields"].append(writer.add_object(made))
    writer.update_container(form)


def another_form(writer):
    writer.root[pdf_name("/AcroForm")] = writer.add_object(generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()}))
    writer.update_root()


def a_field_moved(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/Rect")] = generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 9, 9)])
    writer.update_container(field)


FORGED = [words_on_a_page, another_content, a_note, a_field_to_fill, another_form, a_field_moved]


@pytest.mark.parametrize("forge", FORGED)
@pytest.mark.parametrize("after", [1, 2], ids=["after the first signature", "after both"])
def test_a_forged_later_change_is_refused(signed, forge, after):
    found = verify_pdf(later(signed[after], forge))

    assert all(one.holds for one in found.signatures)  # what was signed is still in there
    assert not any(one.whole for one in found.signatures)
    assert not found.intact


@pytest.mark.parametrize("forge", [one for one in FORGED if one is not another_form])  # that one leaves no field to sign
def test_a_change_between_two_signatures_is_refused(signed, forge):
    with signatory("thuan", AT) as held:
        seal = typeset_seal(["Lê Thị Thuận"], AT)
        pdf = countersign(held, later(signed[1], forge), "ChuKy2", first=False, seal=seal, reason="", place="")
    first, second = verify_pdf(pdf).signatures

    assert (first.holds, first.whole) == (True, False)
    assert second.holds


def test_pyhanko_by_itself_agrees(signed):
    found = [*PdfFileReader(BytesIO(signed[2])).embedded_regular_signatures]
    said = [validate_pdf_signature(one, ValidationContext(trust_roots=[one.signer_cert], moment=AT)) for one in found]

    assert [one.bottom_line for one in said] == [True, True]
    assert verify_pdf(signed[2]).sound


def test_it_claims_to_be_an_archive_s_file_and_no_more_than_is_true(signed):
    """The fields of signatures have no tags, so that neither level A nor PDF/UA is claimed; the text keeps its own."""
    root = PdfFileReader(BytesIO(signed[2])).root
    claimed = root["/Metadata"].data.decode()

    assert 'pdfaid:part="2"' in claimed
    assert 'pdfaid:conformance="U"' in claimed
    assert "pdfuaid:part" not in claimed
    assert root["/MarkInfo"]["/Marked"]
    for field in root["/AcroForm"]["/Fields"]:  # printed, and seen without being drawn by the reader
        assert field.get_object()["/F"] & 4
        assert field.get_object()["/AP"]["/N"]


def test_what_was_replaced_is_found_where_pyhanko_finds_it(signed):
    reader = PdfFileReader(BytesIO(signed[2]))
    for before, after in ((1, 2), (2, 3)):
        old = reader.get_historical_resolver(before)
        replaced = reader.xrefs.explicit_refs_in_revision(after)
        found = usages(old, replaced)
        old._load_reverse_xref_cache()

        assert found == {one: old._get_usages_of_ref(one) for one in replaced}
        assert any(found.values())


def test_a_replaced_page_has_to_be_walked(signed):
    reader = PdfFileReader(BytesIO(later(signed[1], words_on_a_page)))
    last = reader.xrefs.total_revisions - 1

    with pytest.raises(Unclear):
        usages(reader.get_historical_resolver(last - 1), reader.xrefs.explicit_refs_in_revision(last))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"<</A 7 0 R/B[8 0 R 9 0 R]>>\nendobj 5 0 R", {7, 8, 9}),
        (b"<</A 07 0\n%no\r\n R>>endobj 5 0 R", {7}),
        (b"<</A(endobj)/B 7 0 R>> endobj 5 0 R", {7}),
        (rb"<</A(\) (endobj) \\)/B 7 0 R>> endobj 5 0 R", {7}),
        (b"<</A % endobj\n 7 0 R>> endobj 5 0 R", {7}),
        (b"<</endobj 7 0 R>> endobj 5 0 R", {7}),
        (b"<</A 7 0 R /Length 3>>\r\nstream\n5 0 R endstream endobj", {7}),
        (b"[1 2 3 7 0 R] endobj", {7}),
        (b"<</A 7 0 R", {7}),
    ],
)
def test_mentions_are_read_as_a_viewer_reads_them(written, told):
    assert mentions(written, 0)[0] == told
