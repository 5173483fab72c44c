"""The forms of files that are taken, how each is known by its first bytes, and what a shown name may hold."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

import puremagic

LONGEST_NAME = 120
HEAD = 8192  # bytes that are looked at to know a form
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Form(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"


@dataclass(frozen=True)
class FormSpec:
    """A form: what people call it, its type, and the endings that its names may have, the usual one first."""

    words: str
    media_type: str
    endings: tuple[str, ...]
    family: str  # picture, pdf, office: the facet of events


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMS: Mapping[Form, FormSpec] = {
    Form.PDF: FormSpec("PDF", "application/pdf", (".pdf",), "pdf"),
    Form.JPEG: FormSpec("JPEG", "image/jpeg", (".jpg", ".jpeg", ".jfif"), "picture"),
    Form.PNG: FormSpec("PNG", "image/png", (".png",), "picture"),
    Form.WEBP: FormSpec("WebP", "image/webp", (".webp",), "picture"),
    Form.DOCX: FormSpec("Word (.docx)", f"{_OFFICE}wordprocessingml.document", (".docx",), "office"),
    Form.XLSX: FormSpec("Excel (.xlsx)", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",), "office"),
    Form.ODT: FormSpec("OpenDocument (.odt)", "application/vnd.oasis.opendocument.text", (".odt",), "office"),
}


@dataclass(frozen=True)
class Limits:
    """How much is taken: bytes of a file, bytes it may unpack to, pixels of a picture, parts of a package."""

    file: int = 10 * 2**20
    unpacked: int = 200 * 2**20
    pixels: int = 50_000_000
    parts: int = 2_000
    in_memory: int = 2**20  # what is larger goes through a temporary file


def spec_of(form: Form | str) -> FormSpec:
    return FORMS[Form(form)]


def form_by_ending(name: str) -> Form | None:
    ending = PurePosixPath(name).suffix.lower()
    return next((form for form, spec in FORMS.items() if ending in spec.endings), None)


def form_by_content(head: bytes) -> Form | None:
    """Return the form that the first bytes show; a package of office files is told apart later, by its parts."""
    if head.startswith(b"%PDF-"):
        return Form.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Form.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Form.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Form.WEBP
    return None


def is_package(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def other_form(head: bytes) -> str:
    """Return what a file of a form that is not taken seems to be: its usual ending, or nothing."""
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        return ".heic"
    try:
        return next((found.extension for found in puremagic.magic_string(head) if found.extension), "")
    except (puremagic.PureError, ValueError):
        return ""


def clean_name(name: str, form: Form | None = None) -> str:
    """Return a name as it may be shown and offered for saving: the last part alone, printable, and of a length to read.

    A right-to-left override or a line end could make `exe.pdf` of `fdp.exe`; a path could lead elsewhere.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(c for c in last if unicodedata.category(c) not in _UNPRINTABLE)
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*;]', "_", printable)).strip(" .")
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    if form is not None and ending.lower() not in FORMS[form].endings:
        stem, ending = plain, FORMS[form].endings[0]
    return f"{(stem or 'tep')[: LONGEST_NAME - len(ending)]}{ending}"
