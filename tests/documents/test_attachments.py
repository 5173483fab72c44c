"""Files that people give: known by their content, cleaned, refused in plain words."""

import io
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from gandan.ground.documents.attachments import (
    ActiveContent,
    EmptyFile,
    Examined,
    Form,
    LiesAboutItself,
    Limits,
    Locked,
    NotTaken,
    NotWhole,
    SwellsUp,
    TooLarge,
    TooManyPixels,
    clean_name,
    examine,
)
from tests.documents.files import bomb, package, pdf, photo, stream

LIMITS = Limits(file=2**20, unpacked=4 * 2**20, pixels=10_000, parts=50)


def looked_at(content: bytes, name: str) -> Examined:
    with examine(io.BytesIO(content), name, LIMITS) as examined:
        return replace(examined, content=io.BytesIO(examined.content.read()))


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (pdf(), "don.pdf", Form.PDF),
        (pdf(stream(b"BT (don) Tj ET")), "DON.PDF", Form.PDF),
        (photo(), "anh.jpeg", Form.JPEG),
        (photo("PNG"), "anh.png", Form.PNG),
        (photo("WEBP"), "anh.webp", Form.WEBP),
        (package({}), "don.docx", Form.DOCX),
        (package({}, "xl/workbook.xml"), "bang.xlsx", Form.XLSX),
        (photo(), "khong co duoi", Form.JPEG),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_known_by_its_content(content, name, form):
    assert looked_at(content, name).form is form


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_no_longer_tells_where_it_was_taken(form):
    came = photo(form)
    kept = looked_at(came, f"anh.{form.lower()}").content.read()

    assert b"nha rieng" in came
    assert b"nha rieng" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_a_photograph_taken_sideways_stands_upright():
    kept = Image.open(looked_at(photo(sideways=True), "anh.jpg").content)

    assert kept.size == (20, 40)


def test_what_hides_behind_the_end_of_a_picture_is_gone():
    kept = looked_at(photo() + b"PK\x03\x04 a program", "anh.jpg").content.read()

    assert b"a program" not in kept


@pytest.mark.parametrize(
    ("content", "name", "why", "words"),
    [
        (b"", "don.pdf", EmptyFile, "trống"),
        (photo("PNG"), "don.pdf", LiesAboutItself, "nói là PDF, nhưng bên trong là PNG"),
        (pdf(), "anh.jpg", LiesAboutItself, "bên trong là PDF"),
        (pdf(), "don.exe", LiesAboutItself, "đặt lại đuôi tệp"),
        (b"MZ\x90\0 a program", "don.pdf", NotTaken, "PDF, ảnh JPEG"),
        (b"<html><script>", "anh.jpg", NotTaken, "chụp ảnh"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", NotTaken, "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "don.doc", NotTaken, ".docx"),
        (b"x" * (2**20 + 1), "don.pdf", TooLarge, "lớn hơn 1 MB"),
        (photo(size=(200, 200)), "anh.jpg", TooManyPixels, "200 × 200"),
        (photo()[:200], "anh.jpg", NotWhole, "chụp lại"),
        (pdf()[:40], "don.pdf", NotWhole, "không trọn vẹn"),
        (pdf(trailer=b"/Encrypt 4 0 R"), "don.pdf", Locked, "mật khẩu"),
        (pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "don.pdf", ActiveContent, "JavaScript"),
        (pdf(b"<< /S /J#61vaScript >>"), "don.pdf", ActiveContent, "JavaScript"),
        (pdf(stream(b"<< /S /Launch >>", b"/Type /ObjStm")), "don.pdf", ActiveContent, "Launch"),
        (pdf(b"<< /Type /EmbeddedFile >>"), "don.pdf", ActiveContent, "EmbeddedFile"),
        (pdf(stream(b"\0" * 5 * 2**20)), "don.pdf", SwellsUp, "quá lớn"),
        (bomb(5), "don.docx", SwellsUp, "quá lớn"),
        (package({"word/vbaProject.bin": b"x"}), "don.docx", ActiveContent, "vbaProject"),
        (package({"word/embeddings/oleObject1.bin": b"x"}), "don.docx", ActiveContent, "oleObject"),
        (package({"../../etc/passwd": "x"}), "don.docx", NotWhole, "không trọn vẹn"),
        (package({"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]>'}), "don.docx", ActiveContent, "styles.xml"),
        (package({f"word/{n}.xml": "" for n in range(60)}), "don.docx", SwellsUp, "quá nhiều phần"),
        (package({})[:-30], "don.docx", NotWhole, "không trọn vẹn"),
        (package({}, "readme.txt"), "don.zip", NotTaken, "PDF"),
    ],
)  # fmt: skip
def test_refused_in_plain_words(content, name, why, words):
    with pytest.raises(why) as refused:
        looked_at(content, name)

    assert words in str(refused.value)


def test_a_locked_office_file_is_refused():
    content = bytearray(package({}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(mark)
        while at >= 0:
            content[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
            at = content.find(mark, at + 4)
    assert zipfile.ZipFile(io.BytesIO(bytes(content))).infolist()[0].flag_bits & 1

    with pytest.raises(Locked):
        looked_at(bytes(content), "don.docx")


class Endless:
    """A file that never ends, and counts what was taken of it."""

    def __init__(self):
        self.taken = 0

    def read(self, size, /):
        self.taken += size
        return b"\0" * size


def test_a_file_without_end_is_refused_when_the_limit_is_passed():
    endless = Endless()

    with pytest.raises(TooLarge), examine(endless, "don.pdf", LIMITS):
        pass

    assert endless.taken <= LIMITS.file + 2 * 2**16


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\an\đơn.pdf", "đơn.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("đơn\r\nSet-Cookie x.pdf", "đơnSet-Cookie x.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("e\u0302.pdf", "ê.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_what_it_could_do(name, shown):
    assert clean_name(name) == shown


def test_the_shown_name_ends_as_its_content_says():
    assert looked_at(photo(), "../ảnh thẻ").shown_name == "ảnh thẻ.jpg"
