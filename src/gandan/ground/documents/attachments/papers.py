"""PDF: whole, not locked, without a program inside, and no bomb. Read as bytes; no reader of PDF has to trust it first."""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from gandan.ground.documents.attachments.forms import Limits
from gandan.ground.documents.attachments.refusals import ActiveContent, Locked, NotWhole, SwellsUp
from gandan.ground.ledger.rules import gettext_noop

END = 2048
CHUNK = 2**16
LOCK = b"Encrypt"
PROGRAMS = (
    b"JavaScript", b"Launch", b"EmbeddedFiles?", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData", b"GoTo[ER]", b"Movie",
    b"Rendition",
)  # fmt: skip
_NAMED = re.compile(rb"/(?:(" + LOCK + rb")|(" + b"|".join(PROGRAMS) + rb"))(?![A-Za-z0-9])")
_DISGUISED = re.compile(rb"/[A-Za-z]*(?:#[0-9A-Fa-f]{2}[A-Za-z]*)+")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z])")


def check(content: IO[bytes], limits: Limits) -> None:
    """:raises Refused: if it breaks off, is locked, carries a program, or unpacks into something huge"""
    content.seek(0)
    whole = content.read()
    if b"startxref" not in whole[-END:] or b"%%EOF" not in whole[-END:]:
        raise NotWhole(gettext_noop("Tệp PDF này không trọn vẹn: có thể tải lên chưa hết. Xin chọn lại."))
    _check_names(whole)
    room = limits.unpacked
    for described, packed in _streams(whole):
        room = _check_stream(packed, room, of_objects=bool(_OBJECTS.search(described)))


def _streams(whole: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what stands before each stream, and the stream."""
    at = 0
    while begun := _STREAM.search(whole, at):
        ended = whole.find(b"endstream", begun.end())
        until = ended if ended >= 0 else len(whole)
        yield whole[at : begun.start()], whole[begun.end() : until]
        at = until + len(b"endstream")


def _check_names(text: bytes) -> None:
    """A name may be written in disguise: `/J#61vaScript` is `/JavaScript`."""
    plain = (_ESCAPED.sub(lambda escaped: bytes([int(escaped[1], 16)]), name) for name in _DISGUISED.findall(text))
    for found in filter(None, (_NAMED.search(text), *map(_NAMED.match, plain))):
        if found[1]:
            raise Locked(gettext_noop("Tệp PDF này có mật khẩu nên cán bộ không mở được. Xin bỏ mật khẩu rồi gửi lại."))
        raise ActiveContent(
            gettext_noop("Tệp PDF này có chương trình hoặc tệp khác bên trong ({what}). Xin in lại thành PDF thường rồi gửi."),
            what=found[2].decode(),
        )


def _check_stream(packed: bytes, room: int, *, of_objects: bool) -> int:
    """Unpack a stream piece by piece, look for names in it, and return how much may still be unpacked."""
    inflate, rest, tail = zlib.decompressobj(), packed, b""
    try:
        while rest and not inflate.eof:
            piece = inflate.decompress(rest, CHUNK)
            rest = inflate.unconsumed_tail
            room -= len(piece)
            if room < 0:
                raise SwellsUp(gettext_noop("Tệp này bung ra quá lớn nên không mở. Xin in lại thành PDF thường rồi gửi."))
            _check_names(tail + piece)
            tail = piece[-64:]
    except zlib.error as fault:  # a picture, say, that is packed in another way
        if of_objects:
            raise NotWhole(gettext_noop("Tệp PDF này không đọc được. Xin in lại thành PDF thường rồi gửi.")) from fault
    return room
