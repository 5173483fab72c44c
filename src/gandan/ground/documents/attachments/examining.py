"""One file from hand to shelf: copied no further than the limit, known by its content, checked, cleaned, digested."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, Protocol

from gandan.ground.documents.attachments import packages, papers, pictures
from gandan.ground.documents.attachments.forms import (
    FORMS,
    HEAD,
    Form,
    Limits,
    clean_name,
    form_by_content,
    form_by_ending,
    is_package,
    other_form,
)
from gandan.ground.documents.attachments.refusals import EmptyFile, LiesAboutItself, NotTaken, TooLarge
from gandan.ground.ledger.rules import gettext_noop

CHUNK = 2**16
ASK = {
    ".heic": gettext_noop(
        "Ảnh HEIC chưa đọc được ở đây. Xin chụp lại với định dạng “Tương thích nhất” (JPEG), hoặc chụp màn hình rồi gửi ảnh đó."
    ),
    ".doc": gettext_noop("Tệp Word đời cũ (.doc, .xls) không nhận. Xin lưu thành .docx, .xlsx hoặc PDF rồi gửi lại."),
}
OTHERWISE = gettext_noop("Tệp này không phải PDF, ảnh JPEG, PNG, WebP, hay tệp Word, Excel. Xin chụp ảnh hoặc lưu thành PDF.")


class Readable(Protocol):
    """Something that gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its content as it will be kept, which is not always as it came."""

    content: IO[bytes]
    form: Form
    shown_name: str
    size: int
    digest: str


@contextmanager
def examine(source: Readable, name: str, limits: Limits) -> Iterator[Examined]:
    """Look at a file and hold it open as it may be kept.

    :raises Refused: in plain words, by the reasons of `refusals.py`
    """
    with ExitStack() as opened:
        copied = opened.enter_context(tempfile.SpooledTemporaryFile(max_size=limits.in_memory))
        _copy(source, copied, limits)
        form = _form(copied, name, limits)
        _hold_to_its_name(name, form)
        kept = opened.enter_context(_checked(copied, form, limits))
        digest, size = _digest(kept)
        yield Examined(kept, form, clean_name(name, form), size, digest)


def _copy(source: Readable, copy: IO[bytes], limits: Limits) -> None:
    taken = 0
    while chunk := source.read(CHUNK):
        taken += len(chunk)
        if taken > limits.file:
            raise TooLarge(
                gettext_noop("Tệp lớn hơn {most} MB. Xin chụp lại với kích thước nhỏ hơn, hoặc chia thành nhiều tệp."),
                most=limits.file // 2**20,
            )
        copy.write(chunk)
    copy.seek(0)


def _form(copied: IO[bytes], name: str, limits: Limits) -> Form:
    head = copied.read(HEAD)
    copied.seek(0)
    if not head:
        raise EmptyFile(gettext_noop("Tệp “{name}” trống. Xin chọn lại."), name=clean_name(name))
    form = packages.form_of(copied, limits) if is_package(head) else form_by_content(head)
    if form is None:
        raise NotTaken(_what_to_do(head))
    return form


def _what_to_do(head: bytes) -> str:
    ending = ".doc" if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") else other_form(head)
    return ASK.get(ending, OTHERWISE)


def _hold_to_its_name(name: str, form: Form) -> None:
    said = form_by_ending(clean_name(name))
    if said is None and "." in clean_name(name).strip("."):
        raise LiesAboutItself(
            gettext_noop("Tên tệp “{name}” không phải tên của tệp {form}, là nội dung bên trong. Xin đặt lại đuôi tệp cho đúng."),
            name=clean_name(name),
            form=FORMS[form].words,
        )
    if said is not None and said is not form:
        raise LiesAboutItself(
            gettext_noop("Tên tệp “{name}” nói là {said}, nhưng bên trong là {form}. Xin đặt lại đuôi tệp cho đúng."),
            name=clean_name(name),
            said=FORMS[said].words,
            form=FORMS[form].words,
        )


def _checked(copied: IO[bytes], form: Form, limits: Limits) -> IO[bytes]:
    match FORMS[form].family:
        case "picture":
            return pictures.cleaned(copied, form, limits)
        case "pdf":
            papers.check(copied, limits)
        case "office":
            packages.check(copied, limits)
    copied.seek(0)
    return copied


def _digest(content: IO[bytes]) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size
