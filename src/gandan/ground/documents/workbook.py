"""Annexes as XLSX: each figure a number that opens its page, rows streamed to the file, nothing that a cell could execute."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gandan.ground.documents.composition import LEGEND, NO_DATA, SIMULATED
from gandan.ground.documents.numbering import grouped
from gandan.ground.documents.rules import Cell, Column, LedgerStamp, Level, Row, Status
from gandan.ground.vietnam.numbers import date_vi, number_vi
from gandan.ground.vietnam.text import nfc

MOST_LINKS = 65_530  # a worksheet holds no more
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "       ")
EXECUTABLE = ("=", "+", "-", "@", "\t", "\r", "\n")
A4 = 9
FONT = "Times New Roman"
JADE, BRICK, GREY = "#0F766E", "#B42318", "#52606D"


class TooManyLinks(ValueError):
    """A sheet would hold more links than the format allows."""


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook. `rows` may be an iterator: it is read once, row by row."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    unit: str = ""
    notes: Sequence[str] = ()
    frozen_columns: int = 2


@dataclass(frozen=True)
class Book:
    """A workbook: what it is, who issues it, the point of the ledger it was read at, and its sheets."""

    title: str
    author: str
    made_at: datetime
    sheets: Iterable[Sheet]
    ledger: LedgerStamp | None = None
    simulated: bool = False


def workbook(book: Book) -> bytes:
    """Return a workbook as XLSX; the same book gives the same bytes."""
    buffer = BytesIO()
    write_workbook(book, buffer)
    return buffer.getvalue()


def write_workbook(book: Book, target: Path | IO[bytes]) -> None:
    """Write a workbook, one row in memory at a time.

    :raises TooManyLinks: if a sheet would hold more than 65,530 links
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as made:
        _properties(made, book)
        formats = _Formats(made)
        names: set[str] = set()
        _about(made.add_worksheet(sheet_name("Thông tin", names)), book, formats)
        for sheet in book.sheets:
            _SheetWriter(made.add_worksheet(sheet_name(sheet.name, names)), sheet, book, formats).write()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts (31 letters, no []:*?/\\, no quote at its ends) and that is not taken; take it."""
    bare = " ".join(nfc(wanted).translate(FORBIDDEN_IN_NAMES).split()).strip("' ") or "Bảng"
    for nth in range(1, 1000):
        tail = "" if nth == 1 else f" ({nth})"
        name = bare[: LONGEST_NAME - len(tail)].rstrip("' ") + tail
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
    raise ValueError(f"A workbook can't hold a thousand sheets named {wanted!r}.")


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, made: xlsxwriter.Workbook) -> None:
        self._made = made
        self.get = cache(self._get)

    def figure(self, decimals: int, suffix: str, total: bool, link: bool) -> Format:
        number = "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{suffix}"' if suffix else "")
        return self.get(num_format=number, align="right", border=1, bold=total, font_color=JADE if link else "#000000")

    def text(self, text: str, **looks: Any) -> Format:
        # A text that could be taken for a formula carries Excel's own mark of text, which survives editing and saving.
        return self.get(quote_prefix=text.startswith(EXECUTABLE), **looks)

    def _get(self, **looks: Any) -> Format:
        return self._made.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **looks})


class _SheetWriter:
    """Writes one sheet from its first row to its last; a row that is left is never seen again."""

    def __init__(self, paper: Worksheet, sheet: Sheet, book: Book, formats: _Formats) -> None:
        self.paper, self.sheet, self.book, self.formats = paper, sheet, book, formats
        self.at = 0
        self.links = 0

    def write(self) -> None:
        self._head()
        header = self.at - 1
        for row in self.sheet.rows:
            self._row(row)
        last = len(self.sheet.columns)
        self.paper.autofilter(header, 0, max(self.at - 1, header), last)
        self._print(header)
        self.at += 1
        for note in self.sheet.notes:
            self._line(note, italic=True, font_color=GREY)

    def _head(self) -> None:
        if self.book.simulated:
            self._line(f"{SIMULATED} - không phải số liệu thật", bold=True, font_color=BRICK)
        self._line(self.sheet.title, bold=True, font_size=13)
        for line in (self.sheet.unit, _ledger_line(self.book.ledger)):
            if line:
                self._line(line, italic=True, font_color=GREY)
        titles = [f"{column.group} - {column.title}" if column.group else column.title for column in self.sheet.columns]
        for at, title in enumerate([*titles, "Ghi chú"]):
            looks = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#EEEEEE"}
            self.paper.write_string(self.at, at, nfc(title), self.formats.text(title, **looks))
        self.paper.set_row(self.at, 45)
        for at, column in enumerate(self.sheet.columns):
            self.paper.set_column(at, at, _width(column))
        self.paper.set_column(len(titles), len(titles), 48)
        self.at += 1
        self.paper.freeze_panes(self.at, min(self.sheet.frozen_columns, len(titles)))

    def _line(self, text: str, **looks: Any) -> None:
        self.paper.write_string(self.at, 0, nfc(text), self.formats.text(text, **looks))
        self.at += 1

    def _row(self, row: Row) -> None:
        if row.level is not Level.GROUP and len(row.cells) != len(self.sheet.columns):
            said = f"{len(row.cells)} cells in a sheet of {len(self.sheet.columns)} columns"
            raise ValueError(f"Row {self.at + 1} of “{self.sheet.name}” has {said}.")
        for at, given in enumerate(row.cells):
            cell = given if isinstance(given, Cell) else Cell(given)
            self._cell(at, cell, total=row.level is not Level.ROW, figures=self.sheet.columns[at].figures)
        note = "; ".join([*_remarks(row, self.sheet.columns), *([row.note] if row.note else [])])
        if note:
            looks = {"italic": True, "font_color": GREY, "border": 1, "text_wrap": False}
            self.paper.write_string(self.at, len(self.sheet.columns), nfc(note), self.formats.text(note, **looks))
        self.at += 1

    def _cell(self, at: int, cell: Cell, *, total: bool, figures: bool) -> None:
        if cell.link:
            self._link(at, cell.link)
        if cell.status is Status.NO_DATA or cell.value is None:
            looks = {"italic": True, "font_color": GREY, "align": "center", "border": 1}
            self.paper.write_string(self.at, at, NO_DATA, self.formats.text(NO_DATA, **looks))
        elif isinstance(cell.value, str):
            text = nfc(cell.value)
            looks = {"bold": total, "border": 1, "align": "right" if figures else "left"}
            if cell.link:
                looks["font_color"] = JADE
            self.paper.write_string(self.at, at, text, self.formats.text(text, **looks))
        else:
            look = self.formats.figure(cell.decimals, cell.suffix, total, bool(cell.link))
            self.paper.write_number(self.at, at, float(cell.value), look)

    def _link(self, at: int, link: str) -> None:
        """Put the link; what is written next in the same cell keeps it."""
        self.links += 1
        if self.links > MOST_LINKS:
            raise TooManyLinks(f"“{self.sheet.name}” has more than {MOST_LINKS:,} links: divide it into several sheets.")
        if self.paper.write_url(self.at, at, link, self.formats.get(), string=" ") != 0:
            raise ValueError(f"“{self.sheet.name}” can't hold the link {link!r}.")

    def _print(self, header: int) -> None:
        paper = self.paper
        paper.set_paper(A4)
        paper.set_landscape()
        paper.set_margins(left=0.6, right=0.5, top=0.8, bottom=0.8)
        paper.repeat_rows(header)
        paper.fit_to_pages(1, 0)
        mark = SIMULATED if self.book.simulated else ""
        paper.set_header(f"&L{_plain(self.sheet.title, 120)}&R{mark}")
        paper.set_footer(f"&L{_plain(_ledger_line(self.book.ledger), 160)}&RTrang &P/&N")


def _about(paper: Worksheet, book: Book, formats: _Formats) -> None:
    """Write the first sheet: what this is, how to hold it against the ledger, what the marks mean."""
    lines: list[tuple[str, str]] = [("Tên", book.title), ("Cơ quan lập", book.author)]
    if book.simulated:
        lines.insert(0, ("Lưu ý", f"{SIMULATED} - không phải số liệu thật"))
    if book.ledger:
        lines += [
            ("Số liệu đến hết", date_vi(book.ledger.through)),
            ("Lần ghi sổ", number_vi(book.ledger.posting, 0)),
            ("Mã đối chiếu (SHA-256)", grouped(book.ledger.digest)),
        ]
    lines.append(("Mở số liệu", "Bấm vào một số liệu để mở các lượt ghi nhận làm nên số đó."))
    lines += [("Ghi chú" if nth == 0 else "", text) for nth, text in enumerate(LEGEND.values())]
    paper.set_column(0, 0, 26)
    paper.set_column(1, 1, 100)
    for at, (label, text) in enumerate(lines):
        mark = {"font_color": BRICK, "bold": True} if label == "Lưu ý" else {}
        paper.write_string(at, 0, label, formats.text(label, bold=True))
        paper.write_string(at, 1, nfc(text), formats.text(text, **mark))
    if book.ledger and book.ledger.verify_url:
        paper.write_string(len(lines), 0, "Kiểm tra", formats.get(bold=True))
        paper.write_url(len(lines), 1, book.ledger.verify_url, formats.get(font_color=JADE))
    paper.set_paper(A4)
    paper.set_landscape()
    paper.fit_to_pages(1, 0)
    paper.set_header(f"&R{SIMULATED}" if book.simulated else "")


def _properties(made: xlsxwriter.Workbook, book: Book) -> None:
    made.set_properties(
        {
            "title": nfc(book.title),
            "author": nfc(book.author),
            "keywords": SIMULATED if book.simulated else "",
            "comments": _ledger_line(book.ledger),
            # A moment without its zone, as the format keeps it; never the clock's, or no two files would be alike.
            "created": book.made_at.replace(tzinfo=None),
        }
    )
    if book.ledger:
        made.set_custom_property("Lần ghi sổ", book.ledger.posting, "number_int")
        made.set_custom_property("Mã đối chiếu", book.ledger.digest, "text")


def _ledger_line(stamp: LedgerStamp | None) -> str:
    if stamp is None:
        return ""
    counted = f"Số liệu đến hết {date_vi(stamp.through)} · Lần ghi sổ {number_vi(stamp.posting, 0)}"
    return f"{counted} · Mã đối chiếu {grouped(stamp.digest, 16)} …"


def _remarks(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    """Yield what the marked figures of a row need said: "2016: số nêu …"."""
    for cell, column in zip(row.cells, columns, strict=False):
        if isinstance(cell, Cell) and cell.value is not None and cell.status in (Status.STATED, Status.PARTIAL, Status.CHECKING):
            name = f"{column.group} {column.title}".strip()
            yield f"{name}: {LEGEND[cell.status]}"


def _width(column: Column) -> float:
    return 13 if column.figures else 40


def _plain(text: str, longest: int) -> str:
    """Return a text for a printed margin, where "&" begins a command."""
    return nfc(text).replace("&", "&&")[:longest]
