"""Tables written row by row to a file, whatever their length, with nothing in them that a spreadsheet would run."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from gandan.ground.documents.workbook import EXECUTABLE

MOST_ROWS = 1_048_576 - 10  # a worksheet holds no more
WIDTH = 18
Value = str | int | Decimal | date | None
Moved = Callable[[int], None]
EVERY = 1_000


class TooManyRows(ValueError):
    """A worksheet can't hold so many rows."""


def defused(text: str) -> str:
    """Keep a spreadsheet from running what stands in a cell: it is shown with an apostrophe before it."""
    return f"'{text}" if text.startswith(EXECUTABLE) else text


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]], moved: Moved) -> int:
    """Write a table as CSV in UTF-8 with a mark, days as 31/12/2024; return how many rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for count, row in enumerate(rows, start=1):
            writer.writerow([_written(cell) for cell in row])
            if count % EVERY == 0:
                moved(count)
    return count


def write_xlsx(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]], moved: Moved, *, title: Sequence[str] = (), name: str = ""
) -> int:
    """Write a table as XLSX, texts as texts and days as days; return how many rows.

    :param title: lines above the table
    :raises TooManyRows: if a worksheet can't hold them
    """
    count = 0
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(name or None)
        bold, day = book.add_format({"bold": True, "text_wrap": True, "border": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
        heading = book.add_format({"bold": True, "font_size": 13})
        sheet.set_column(0, len(header) - 1, WIDTH)
        for line, text in enumerate(title):
            sheet.write_string(line, 0, text, heading)
        top = len(title)
        for place, text in enumerate(header):
            sheet.write_string(top, place, text, bold)
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise TooManyRows(count)
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(top + count, place, cell, day)
                elif isinstance(cell, int | Decimal):
                    sheet.write_number(top + count, place, cell)
                elif cell:
                    sheet.write_string(top + count, place, cell)
            if count % EVERY == 0:
                moved(count)
    return count


def write_lines(path: Path, rows: Iterable[Mapping[str, object]], moved: Moved) -> int:
    """Write each row as a line of JSON; return how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, row in enumerate(rows, start=1):
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            if count % EVERY == 0:
                moved(count)
    return count


def _written(cell: Value) -> str | int | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return cell if isinstance(cell, int | Decimal) else defused(cell)
