"""Reading an event log in XES as a stream: one event at a time, whatever the size of the file.

What a log may hold beside plain attributes is flattened: a nested attribute is `outer/inner`, and what stands several times
in a list is joined by semicolons. A document type is refused, so that no entity can be defined and blown up.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from gandan.ground.ledger.rules import gettext_noop
from gandan.work.dossiers.rules.reading import BrokenFile, guarded, opened

CHUNK = 1 << 16
LONGEST_TOKEN = 1 << 23  # a single mark-up longer than this is no log
LONGEST_VALUE = 2_000
DEEPEST = 8
HELD = 10_000  # events of a trace that wait for its attributes, where those come after them
VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})
NESTS = frozenset({"list", "container"})
MARKS = frozenset({"extension", "global", "classifier"})

Attributes = dict[str, str]


class Happening(NamedTuple):
    """One event with its trace; `event` is None for a trace in which nothing happened."""

    trace: int  # counted from 1
    case: Attributes
    event: Attributes | None


class Marks:
    """What the head of a log declares, and the kind of each attribute: (of the event?, key) → tags."""

    def __init__(self) -> None:
        self.extensions: list[str] = []
        self.classifiers: dict[str, str] = {}
        self.globals: list[str] = []
        self.tags: dict[tuple[bool, str], set[str]] = {}
        self.too_deep = 0
        self.nameless = 0
        self.loose = 0  # events that stand in no trace: the standard allows them, but they tell of no case
        self.shortened = 0


def happenings(path: Path, marks: Marks | None = None) -> Iterator[Happening]:
    """Yield what happened, in the order of the file.

    :raises BrokenFile: if it is no XML, is cut off, or defines a document type
    """
    reader = _Reader(marks or Marks())
    with guarded(path), opened(path) as stream:
        fed = 0
        while chunk := stream.read(CHUNK):
            fed += len(chunk)
            reader.feed(chunk, path.name)
            if fed - reader.position > LONGEST_TOKEN:
                raise BrokenFile(gettext_noop("Tệp {file} không phải là nhật ký sự kiện XES."), file=path.name)
            yield from reader.taken()
        reader.feed(b"", path.name, last=True)
        yield from reader.taken()
    if not reader.is_log:
        raise BrokenFile(gettext_noop("Tệp {file} không phải là nhật ký sự kiện XES."), file=path.name)


class _Reader:
    """Turns mark-up into happenings."""

    def __init__(self, marks: Marks) -> None:
        self._marks, self._ready = marks, list[Happening]()
        self._path: list[str] = []
        self._into: Attributes | None = None
        self._of_event = False
        self._case: Attributes = {}
        self._events: list[Attributes] = []
        self._trace = self._flushed = 0
        self._in_trace = False
        self._scope = ""
        self.is_log = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    @property
    def position(self) -> int:
        return max(self._parser.CurrentByteIndex, 0)

    def feed(self, chunk: bytes, name: str, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except _Doctype:
            raise BrokenFile(
                gettext_noop("Tệp {file} khai báo DOCTYPE nên không được nhận. Xin xuất lại tệp không có khai báo đó."),
                file=name,
            ) from None
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise BrokenFile(
                gettext_noop("Tệp {file} không đọc được từ dòng {line}: XML hỏng hoặc bị cắt giữa chừng. Xin chép lại tệp."),
                file=name,
                line=getattr(error, "lineno", self._parser.CurrentLineNumber),
            ) from None

    def taken(self) -> list[Happening]:
        ready, self._ready = self._ready, []
        return ready

    def _doctype(self, *_: object) -> None:
        raise _Doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag in VALUES:
            self._value(tag, attributes)
        elif tag == "event":
            self._path = []
            if self._in_trace:
                self._into, self._of_event = {}, True
            else:
                self._marks.loose += 1
        elif tag == "trace":
            self._trace += 1
            self._in_trace = True
            self._case, self._events, self._flushed, self._path = {}, [], 0, []
            self._into, self._of_event = self._case, False
        elif tag in NESTS:
            self._path.append(attributes.get("key", ""))
        elif tag == "log":
            self.is_log = True
        elif tag in MARKS:
            self._mark(tag, attributes)

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag in VALUES or tag in NESTS:
            if self._path:
                self._path.pop()
        elif tag == "event":
            self._path = []
            if self._into is None:
                return
            if self._of_event:
                self._events.append(self._into)
            self._into, self._of_event = self._case, False
            if len(self._events) >= HELD:
                self._flush()
        elif tag == "trace":
            if not self._events and not self._flushed:
                self._ready.append(Happening(self._trace, self._case, None))
            self._flush()
            self._into, self._in_trace = None, False
        elif tag == "global":
            self._scope = ""

    def _flush(self) -> None:
        self._ready.extend(Happening(self._trace, self._case, event) for event in self._events)
        self._flushed += len(self._events)
        self._events = []

    def _value(self, tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key", "")
        self._path.append(key)
        if self._scope:
            self._marks.globals.append(f"{self._scope}:{key}")
        if self._into is None:
            return
        if not key:
            self._marks.nameless += 1
            return
        if len(self._path) > 1:
            if len(self._path) > DEEPEST:
                self._marks.too_deep += 1
                return
            key = "/".join(filter(None, self._path))
        value = attributes.get("value", "")
        before = self._into.get(key)
        if before and value and before != value:
            value = f"{before}; {value}"
        self._marks.shortened += len(value) > LONGEST_VALUE
        self._into[key] = value[:LONGEST_VALUE]
        tags = self._marks.tags.get((self._of_event, key))
        if tags is None:
            self._marks.tags[self._of_event, key] = {tag}
        elif tag not in tags:
            tags.add(tag)

    def _mark(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "extension":
            self._marks.extensions.append(attributes.get("name", attributes.get("prefix", "")))
        elif tag == "classifier":
            self._marks.classifiers[attributes.get("name", "")] = attributes.get("keys", "")
        else:
            self._scope = attributes.get("scope", "event")


class _Doctype(Exception):
    """The file defines a document type."""
