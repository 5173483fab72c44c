"""What a file tells of its author beside what it shows: taken out by drawing it anew, or part by part in an office file."""

import io
import re
import zipfile
from collections.abc import Callable

import pypdfium2
from PIL import Image

from gandan.ground.documents.attachments import pictures
from gandan.ground.documents.attachments.forms import Form, Limits
from gandan.ground.documents.attachments.refusals import NotTaken, NotWhole
from gandan.ground.ledger.rules import gettext_noop

PAGES, DOTS = 60, 150
LONG_AGO = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = re.compile(
    r"^docProps/|^customXml/|thumbnail|^meta\.xml$|printersettings|^word/people\.xml|^xl/persons/", re.IGNORECASE
)
PICTURE = {".jpg": Form.JPEG, ".jpeg": Form.JPEG, ".png": Form.PNG, ".webp": Form.WEBP}
# Who wrote, changed or commented, when, in which session, and where on a disk it lay.
NAMED = re.compile(
    rb'\s(?:w:author|w:initials|w:date|w:rsid\w*|w15:\w*|userName|lastModifiedBy|lastEdited|lowestEdited|rupBuild|author)="[^"]*"(?=[^<>]*>)'
)
ELEMENTS = re.compile(
    rb"<(dc:creator|dc:date|meta:[\w-]+|x15ac:absPath|w:rsids?|loext:\w*|author)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL
)
AUTHORS = re.compile(rb"(<authors>).*?(</authors>)", re.DOTALL)


def without_traces(content: bytes, form: Form, limits: Limits) -> bytes:
    """Return a file as its pictures or its plain text show it, and nothing beside.

    :raises Refused: if it can't be read, or has too many pages
    """
    return _CLEANERS.get(form, _office)(content, form, limits)


def _as_it_is(content: bytes, form: Form, limits: Limits) -> bytes:
    return content  # `examine` has drawn it anew


def _pdf(content: bytes, form: Form, limits: Limits) -> bytes:
    """Draw each page: what lies behind, under or beside it (text, layers, forms, names, earlier versions) is gone."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = [page.render(scale=DOTS / 72).to_pil().convert("RGB") for page in list(document)[: PAGES + 1]]
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as fault:
        raise NotWhole(gettext_noop("Tệp PDF này không đọc được. Xin in lại thành PDF thường rồi gửi.")) from fault
    if not pages:
        raise NotWhole(gettext_noop("Tệp PDF này không đọc được. Xin in lại thành PDF thường rồi gửi."))
    if len(pages) > PAGES:
        raise NotTaken(gettext_noop("Tệp PDF quá {most} trang. Xin chia thành nhiều tệp."), most=PAGES)
    drawn = io.BytesIO()
    pages[0].save(
        drawn, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=80, creationDate=None, modDate=None
    )
    return drawn.getvalue()


def _office(content: bytes, form: Form, limits: Limits) -> bytes:
    """Copy a package part by part, without those that tell of its author, and without what others tell of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in given.infolist():
            if part.is_dir() or LEFT_OUT.search(part.filename):
                continue
            plain = zipfile.ZipInfo(part.filename, LONG_AGO)
            plain.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            kept.writestr(plain, _part(part.filename, given.read(part), limits))
    return made.getvalue()


def _part(name: str, content: bytes, limits: Limits) -> bytes:
    ending = name[name.rfind(".") :].lower()
    if ending in PICTURE:
        return _picture(content, PICTURE[ending], limits)
    if ending in {".xml", ".rels"}:
        content = AUTHORS.sub(rb"\1<author></author>\2", ELEMENTS.sub(b"", NAMED.sub(b"", content)))
    if name == "[Content_Types].xml" or ending == ".rels" or name.endswith("manifest.xml"):
        content = _REFERENCES.sub(b"", content)
    return content


_REFERENCES = re.compile(
    rb'<(?:Override|Relationship|manifest:file-entry)\b[^>]*(?:docProps/|customXml/|thumbnail|"meta\.xml"|printerSettings|people\.xml|persons/)'
    rb"[^>]*/>"
)


def _picture(content: bytes, form: Form, limits: Limits) -> bytes:
    try:
        return pictures.cleaned(io.BytesIO(content), form, limits).read()
    except NotWhole:
        blank = io.BytesIO()
        Image.new("RGB", (1, 1), "white").save(blank, "PNG")
        return blank.getvalue()


_CLEANERS: dict[Form, Callable[[bytes, Form, Limits], bytes]] = {
    Form.PDF: _pdf, Form.JPEG: _as_it_is, Form.PNG: _as_it_is, Form.WEBP: _as_it_is,
}  # fmt: skip
