"""Office files are packages of parts: no more of them than a reader expects, none that is a program, none that swells up."""

import re
import zipfile
import zlib
from typing import IO

from gandan.ground.documents.attachments.forms import Form, Limits
from gandan.ground.documents.attachments.refusals import ActiveContent, Locked, NotWhole, SwellsUp
from gandan.ground.ledger.rules import gettext_noop

CHUNK = 2**16
KNOWN_BY = {"word/document.xml": Form.DOCX, "xl/workbook.xml": Form.XLSX}
ODT = b"application/vnd.oasis.opendocument.text"
PROGRAM = re.compile(
    r"vbaproject|activex|macrosheets|/embeddings/|^basic/|^scripts/|\.(bin|exe|js|vbs|jar|dll|hta|scr)$", re.IGNORECASE
)
HARMLESS = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
ENCRYPTED = 0x1
OUTWARD = re.compile(rb'attachedTemplate"[^>]*TargetMode="External"|TargetMode="External"[^>]*attachedTemplate"')
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def form_of(content: IO[bytes], limits: Limits) -> Form | None:
    """Return which office file a package is, or None if it is something else (a plain archive, say)."""
    with _opened(content) as package:
        if len(package.infolist()) > limits.parts:
            raise SwellsUp(gettext_noop("Tệp này có quá nhiều phần bên trong nên không mở."))
        names = set(package.namelist())
        if "mimetype" in names:
            with package.open("mimetype") as part:
                return Form.ODT if part.read(len(ODT) + 1).strip() == ODT else None
        if "[Content_Types].xml" not in names:
            return None
        return next((form for name, form in KNOWN_BY.items() if name in names), None)


def check(content: IO[bytes], limits: Limits) -> None:
    """:raises Refused: if a part is a program, is locked, leads out, or all of them together unpack into something huge"""
    room = limits.unpacked
    with _opened(content) as package:
        for part in package.infolist():
            _check_name(part)
            room -= _read_through(package, part, room)


def _opened(content: IO[bytes]) -> zipfile.ZipFile:
    content.seek(0)
    try:
        return zipfile.ZipFile(content)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise _not_whole() from fault


def _check_name(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & ENCRYPTED:
        raise Locked(gettext_noop("Tệp này có mật khẩu nên cán bộ không mở được. Xin bỏ mật khẩu rồi gửi lại."))
    if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", part.filename):
        raise _not_whole()
    if PROGRAM.search(part.filename) and not HARMLESS.search(part.filename):
        raise _active(part.filename)


def _read_through(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Read a part to its end, however large it says it is, and return how large it was."""
    size, tail = 0, b""
    readable = part.filename.lower().endswith((".xml", ".rels"))
    try:
        with package.open(part) as opened:
            while piece := opened.read(CHUNK):
                size += len(piece)
                if size > room:
                    raise SwellsUp(gettext_noop("Tệp này bung ra quá lớn nên không mở. Xin lưu thành PDF rồi gửi."))
                if readable:
                    _check_text(tail + piece, part.filename)
                    tail = piece[-512:]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise _not_whole() from fault
    return size


def _check_text(text: bytes, name: str) -> None:
    if ENTITY.search(text) or OUTWARD.search(text):
        raise _active(name)


def _active(name: str) -> ActiveContent:
    return ActiveContent(
        gettext_noop("Tệp này có chương trình hoặc tệp khác bên trong ({what}). Xin lưu thành .docx thường hoặc PDF rồi gửi."),
        what=name.rpartition("/")[2][:60],
    )


def _not_whole() -> NotWhole:
    return NotWhole(gettext_noop("Tệp này không trọn vẹn: có thể tải lên chưa hết. Xin chọn lại."))
