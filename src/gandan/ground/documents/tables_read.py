"""Tables that others send: CSV with whatever delimiter, or the first sheet of an XLSX."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from openpyxl import load_workbook

from gandan.ground.ledger.rules import Refused, gettext_noop

MOST_COLUMNS = 60


class Unreadable(Refused):
    """The file is no table that can be read."""


def table_rows(content: bytes, most: int) -> Iterator[list[str]]:
    """Return the rows of a table, its head first; of a sheet no more than two past `most`.

    :raises Unreadable: if it can't be read
    """
    return _sheet(content, most) if content.startswith(b"PK") else _csv(content)


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(gettext_noop("Tệp CSV cần mã hoá UTF-8.")) from fault
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(content: bytes, most: int) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as fault:
        raise Unreadable(gettext_noop("Không mở được tệp XLSX này.")) from fault
    try:
        for row in book.worksheets[0].iter_rows(max_row=most + 2, max_col=MOST_COLUMNS, values_only=True):
            yield [
                f"{cell:%d/%m/%Y %H:%M:%S}" if isinstance(cell, datetime) else "" if cell is None else str(cell) for cell in row
            ]
    finally:
        book.close()
