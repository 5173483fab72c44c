"""The text of a section: plain words with figures bound in, so that it can't say another number than the table.

    ## A heading
    - an item
    A paragraph with {{ measure dossiers-received }} dossiers, {{ measure dossiers-received period=2024 unit=PC08 }} of
    them at one place in one year, in {{ period }}; {{ measure dossiers-received show=change }} than the period before.
    {{ write What only people can judge, and nobody has written yet. }}

Nothing else is understood: no markup, no code. Headings and items are one line each; an empty line ends a paragraph.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from gandan.ground.ledger.rules import Refused, gettext_noop

NAMES = frozenset({"unit", "period", "programme", "through", "posting"})
COMPARED = frozenset({"before", "change", "target", "sisters"})  # of the report's own figure over its whole period
SHOWN = frozenset({"value", "part", "whole", "unit"}) | COMPARED
BINDING = re.compile(r"\{\{(.*?)\}\}")
LOOSE = re.compile(r"\{\{|\}\}")
GAP = re.compile(r"\{\{\s*write\s+(.*?)\s*\}\}")


class BrokenText(Refused):
    """A section's text can't be read. Says at which line, and what to do."""


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Name:
    """`{{ unit }}`, `{{ period }}`: something the report itself is called by."""

    name: str


@dataclass(frozen=True)
class Bound:
    """`{{ measure CODE }}`: one cell of the ledger. Without a unit or period, those of the report."""

    line: int
    code: str
    unit: str = ""
    period: str = ""
    show: str = "value"


@dataclass(frozen=True)
class Gap:
    """`{{ write … }}`: a place that is still to be written, and what is to stand there."""

    asked: str


Piece = Words | Name | Bound | Gap


@dataclass(frozen=True)
class Block:
    """One heading, item or paragraph."""

    kind: str  # heading | item | paragraph
    pieces: tuple[Piece, ...]


def read(text: str, measures: Collection[str]) -> tuple[Block, ...]:
    """Read a section.

    :param measures: the codes that may be bound
    :raises BrokenText: at the first line that can't be read
    """
    return tuple(_blocks(text, measures))


def bound(blocks: Collection[Block]) -> list[Bound]:
    """Return every figure that a text binds."""
    return [piece for block in blocks for piece in block.pieces if isinstance(piece, Bound)]


def is_unwritten(blocks: Collection[Block]) -> bool:
    """Say whether a text has no words at all, or a place that is still to be written."""
    return not blocks or any(isinstance(piece, Gap) for block in blocks for piece in block.pieces)


def filled(text: str, words: Callable[[str], str]) -> str:
    """Return a text with words in each place that was still to be written.

    :param words: what to write, by what is asked for there
    """
    return GAP.sub(lambda found: words(found[1]), text)


def _blocks(text: str, measures: Collection[str]) -> Iterator[Block]:
    open_lines: list[tuple[Piece, ...]] = []
    for nth, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        stripped = line.strip()
        kind, said = _kind(stripped)
        if open_lines and kind != "paragraph":
            yield Block("paragraph", _joined(open_lines))
            open_lines = []
        if kind == "paragraph":
            open_lines.append(tuple(_pieces(said, nth, measures)))
        elif kind:
            yield Block(kind, tuple(_pieces(said, nth, measures)))
    if open_lines:
        yield Block("paragraph", _joined(open_lines))


def _kind(line: str) -> tuple[str, str]:
    if not line:
        return "", ""
    for mark, kind in (("## ", "heading"), ("- ", "item")):
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    return "paragraph", line


def _joined(lines: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for nth, line in enumerate(lines):
        pieces.extend([Words(" ")] if nth else [])
        pieces.extend(line)
    return tuple(pieces)


def _pieces(line: str, nth: int, measures: Collection[str]) -> Iterator[Piece]:
    end = 0
    for found in BINDING.finditer(line):
        if words := _words(line[end : found.start()], nth):
            yield words
        yield _binding(found[1].strip(), nth, measures)
        end = found.end()
    if words := _words(line[end:], nth):
        yield words


def _words(text: str, nth: int) -> Words | None:
    if LOOSE.search(text):
        raise BrokenText(gettext_noop("Dòng {line}: dấu {{{{ hoặc }}}} không có cặp. Viết {{{{ measure mã }}}}."), line=nth)
    return Words(text) if text else None


def _binding(inside: str, nth: int, measures: Collection[str]) -> Piece:
    words = inside.split()
    if words and words[0] == "write":
        if len(words) < 2:
            raise BrokenText(gettext_noop("Dòng {line}: sau write cần lời nhắc phải viết gì."), line=nth)
        return Gap(" ".join(words[1:]))
    if words and words[0] != "measure":
        if len(words) > 1 or words[0] not in NAMES:
            raise BrokenText(
                gettext_noop("Dòng {line}: không hiểu “{text}”. Chỉ có measure, write, {names}."),
                line=nth, text=inside, names=", ".join(sorted(NAMES)),
            )  # fmt: skip
        return Name(words[0])
    if len(words) < 2 or "=" in words[1]:
        raise BrokenText(gettext_noop("Dòng {line}: thiếu mã chỉ tiêu. Viết {{{{ measure mã }}}}."), line=nth)
    code = words[1]
    if code not in measures:
        raise BrokenText(gettext_noop("Dòng {line}: không có chỉ tiêu “{code}”."), line=nth, code=code)
    return Bound(nth, code, **_options(words[2:], nth))


def _options(words: list[str], nth: int) -> dict[str, str]:
    options: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value or name not in {"unit", "period", "show"} or name in options:
            raise BrokenText(
                gettext_noop("Dòng {line}: không hiểu “{text}”. Chỉ có unit=…, period=…, show=…, mỗi thứ một lần."),
                line=nth, text=word,
            )  # fmt: skip
        if name == "show" and value not in SHOWN:
            raise BrokenText(
                gettext_noop("Dòng {line}: show là một trong {shown}, không phải “{text}”."),
                line=nth, text=value, shown=", ".join(sorted(SHOWN)),
            )  # fmt: skip
        options[name] = value
    if options.get("show") in COMPARED and options.keys() != {"show"}:
        raise BrokenText(
            gettext_noop("Dòng {line}: show={text} so sánh số của chính báo cáo, không ghi unit=… hay period=…."),
            line=nth, text=options["show"],
        )  # fmt: skip
    return options
