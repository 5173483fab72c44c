"""Reading a workbook (XLSX) that nobody prepared: the first sheet that holds a table, row by row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gandan.ground.ledger.rules import gettext_noop
from gandan.work.dossiers.rules.reading import MAX_CELL, BrokenFile, NoSuchFile, Record, Shape, tidy

KIND = "xlsx"
LOOKED_OVER = 30  # rows in which a header is looked for
MOST_COLUMNS = 400
LARGEST = 2 << 30  # bytes of all parts unpacked


def sheet_shape(path: Path, wanted: str = "") -> Shape:
    """Find the table of a workbook: the sheet of that name, or the first with a row of at least two titles.

    :raises NoSuchFile: if it isn't there
    :raises BrokenFile: if it is no workbook, or holds no table
    """
    with _book(path) as book:
        names = [wanted] if wanted else list(book.sheetnames)
        for name in names:
            if name not in book.sheetnames:
                break
            for line, cells in enumerate(islice(_rows(book[name]), LOOKED_OVER), start=1):
                titles = [tidy(cell) for cell in cells]
                if sum(map(bool, titles)) > 1:
                    while titles and not titles[-1]:
                        titles.pop()
                    return Shape(KIND, "", tuple(titles), line + 1, KIND, name, rows=book[name].max_row or 0)
    raise BrokenFile(gettext_noop("Tệp {file} không có trang tính nào chứa bảng."), file=path.name)


def sheet_records(path: Path, form: Shape, *, after_line: int = 0) -> Iterator[Record]:
    """Yield the rows below the header, beginning after `after_line`; rows without anything in them are passed over."""
    width = len(form.header)
    with _book(path) as book:
        for line, cells in enumerate(_rows(book[form.sheet]), start=1):
            if line < max(form.first_line, after_line + 1):
                continue
            full = [*cells[:width], *[""] * (width - len(cells))]
            if not any(full):
                continue
            problem = "cells" if any(cells[width:]) else "too_long" if sum(map(len, full)) > MAX_CELL else ""
            yield Record(line, line, list(cells) if problem == "cells" else full, problem)


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """Write a cell as people read it: a day as 2024-12-31, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "")


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    if not path.is_file():
        raise NoSuchFile(gettext_noop("Không thấy tệp {file}."), file=str(path))
    try:
        with ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise BrokenFile(gettext_noop("Tệp {file} quá lớn sau khi giải nén."), file=path.name)
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        raise BrokenFile(gettext_noop("Tệp {file} không phải là sổ tính XLSX, hoặc bị hỏng."), file=path.name) from error
    try:
        yield book
    finally:
        book.close()
