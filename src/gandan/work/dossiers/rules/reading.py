"""Reading a CSV file that nobody prepared: whatever its encoding, its delimiter, its quotes. One record at a time."""

import codecs
import csv
import gzip
import hashlib
import io
import unicodedata
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple, cast

from gandan.ground.ledger.rules import Refused, gettext_noop

SAMPLE = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
MAX_LINES = 40  # a record over more lines than this is an unclosed quote
MAX_CELL = 20_000
MAX_HEADER = 100_000
UNREADABLE = "\ufffd"


class NoSuchFile(Refused):
    """There is nothing to read at that path."""


class BrokenFile(Refused):
    """The file as a whole can't be read: it is empty, cut off, or no text."""


class UnknownEncoding(Refused):
    """There is no encoding of that name."""


class Record(NamedTuple):
    """One record of the file: the lines it begins and ends on, and its cells, or what is wrong with it (see `problems.py`)."""

    line: int
    end: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Shape:
    """How a file is written."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_line: int  # the first line after the header
    kind: str = "csv"  # or xlsx, or xes
    sheet: str = ""  # of a workbook
    together: str = ""  # the column whose cases are known to stand together, each once
    rows: int = 0  # about how many, where looking at it has told


def digest(path: Path) -> str:
    """Return the SHA-256 of the file as it lies there, by which it is known again."""
    with _found(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_lines(path: Path) -> int:
    """Return about how many lines the file has, for a progress bar."""
    with guarded(path), opened(path) as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(SAMPLE), b""))


def detect_encoding(sample: bytes) -> str:
    """Tell the encoding by its mark, else by what the bytes can be: UTF-8 if they are, else Windows-1258."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample and sample.count(0) > len(sample) // 5:
        return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def shape(path: Path, encoding: str = "", delimiter: str = "") -> Shape:
    """Look at the beginning of a file and tell how it is written.

    :raises NoSuchFile: if it isn't there
    :raises BrokenFile: if it is empty or no text
    :raises UnknownEncoding: if the encoding that was named is none
    """
    with guarded(path), opened(path) as stream:
        sample = stream.read(SAMPLE)
    if not sample.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise BrokenFile(gettext_noop("Tệp {file} không có nội dung."), file=path.name)
    encoding = _known_encoding(encoding) or detect_encoding(sample)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample).lstrip("\ufeff")
    lines = list(io.StringIO(text, newline=""))
    skip, delimiter = _declared(lines, delimiter)
    while skip < len(lines) and not lines[skip].strip():
        skip += 1
    if skip == len(lines) or "\x00" in lines[skip] or len(lines[skip]) > MAX_HEADER:
        raise BrokenFile(gettext_noop("Tệp {file} không phải là tệp văn bản CSV."), file=path.name)
    delimiter = delimiter or max(DELIMITERS, key=lambda each: len(_split(lines[skip], each)))
    header = tuple(unicodedata.normalize("NFC", cell).strip() for cell in _split(lines[skip], delimiter))
    return Shape(encoding, delimiter, header, skip + 2)


def records(path: Path, form: Shape, *, after_line: int = 0) -> Iterator[Record]:
    """Yield the records below the header, beginning after `after_line`.

    A broken quote costs the line it stands on and no more: reading goes on at the next line. A record over several lines that
    has not as many cells as the header was held together by such a quote.

    :raises BrokenFile: if the file ends in the middle (a transfer that was cut off)
    """
    with guarded(path), opened(path) as stream:
        text = io.TextIOWrapper(stream, encoding=form.encoding, errors="replace", newline="")
        lines = _Lines(text)
        width = len(form.header)
        reader = csv.reader(lines, delimiter=form.delimiter, strict=True)
        for _ in range(max(form.first_line - 1, after_line)):
            lines.skip()
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield _broken(lines)
                continue
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            if len(cells) != width and lines.read > lines.at:
                yield _broken(lines)
                continue
            yield Record(lines.at, lines.read, cells, _trouble(cells, width))


def tidy(text: str) -> str:
    """Return the text composed (NFC), without blanks around it or doubled inside."""
    if text.isascii():
        return " ".join(text.split()) if "  " in text or text != text.strip() else text
    return " ".join(unicodedata.normalize("NFC", text).split())


def _broken(lines: "_Lines") -> Record:
    line = lines.give_back()
    return Record(lines.at, lines.at, [line], "too_long" if len(line) > MAX_CELL else "quotes")


def _trouble(cells: list[str], width: int) -> str:
    if len(cells) != width:
        return "cells"
    joined = "".join(cells)
    if UNREADABLE in joined:
        return "encoding"
    if len(joined) > MAX_CELL:
        return "too_long"
    return "control" if "\x00" in joined else ""


class _Lines:
    """The lines of a file; those that a record has used can be given back but for the first."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source, self._again, self._used = source, deque[str](), list[str]()
        self.at = 1
        self.read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self._used) >= MAX_LINES:
            raise csv.Error("unclosed quote")
        line = self._again.popleft() if self._again else next(self._source)
        self.read += 1
        self._used.append(line)
        return line

    def begin(self) -> None:
        self._used.clear()
        self.at = self.read + 1

    def skip(self) -> None:
        next(self._source, None)
        self.read += 1

    def give_back(self) -> str:
        first, *rest = self._used
        self._again.extendleft(reversed(rest))
        self.read -= len(rest)
        return first.rstrip("\r\n")


def _declared(lines: list[str], delimiter: str) -> tuple[int, str]:
    """Excel writes `sep=;` into the first line."""
    first = lines[0].strip("\r\n").strip('"').lower() if lines else ""
    if first.startswith("sep=") and first[4:] in DELIMITERS:
        return 1, first[4]
    return 0, delimiter


def _known_encoding(name: str) -> str:
    try:
        b"-".decode(name or "utf-8", "replace")
    except (LookupError, ValueError):
        raise UnknownEncoding(gettext_noop("Không có bảng mã “{name}”. Dùng utf-8, utf-16 hoặc cp1258."), name=name) from None
    return name


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _found(path: Path) -> Path:
    if not path.is_file():
        raise NoSuchFile(gettext_noop("Không thấy tệp {file}."), file=str(path))
    return path


def opened(path: Path) -> IO[bytes]:
    if _found(path).suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BrokenFile(
            gettext_noop("Tệp nén {file} bị hỏng hoặc bị cắt giữa chừng. Xin chép lại tệp rồi nhập lại; phần đã nhập được giữ."),
            file=path.name,
        ) from None
