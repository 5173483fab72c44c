"""Files of other channels: rows read by a saved mapping into what somebody brings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gandan.ground.documents.tables_read import Unreadable, table_rows
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import fold
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought, tidy

MOST_ROWS = 5000
NUMBER, TEXT = "number", "text"
FIELDS = (NUMBER, TEXT, "service", "place", "ward", "latitude", "longitude", "name", "phone", "email")
OTHER = "other"  # the service of what fits no other


class BadMapping(Refused):
    """A mapping that reads nothing."""


@dataclass(frozen=True)
class Row:
    """One row of a file: its line, the channel's own number, and what it brings."""

    line: int
    number: str
    brought: Brought


def check_mapping(columns: Mapping[str, str]) -> dict[str, str]:
    """:raises BadMapping: if their number or the words are not among the columns"""
    kept = {field: tidy(column, 100) for field, column in columns.items() if field in FIELDS and column.strip()}
    if NUMBER not in kept or TEXT not in kept:
        raise BadMapping(gettext_noop("Phải chỉ rõ cột số việc và cột nội dung của kênh."))
    return kept


def rows_of(content: bytes, columns: Mapping[str, str], services: Mapping[str, str]) -> list[Row]:
    """Read a file: CSV, XLSX, or JSON (a list of objects, or `{"items": […]}`).

    :raises Unreadable: if it can't be read, lacks a column, or has too many rows
    """
    if not content.strip():
        raise Unreadable(gettext_noop("Xin chọn một tệp CSV, XLSX hoặc JSON."))
    found = list(_objects(content, columns) if content.lstrip()[:1] in b"[{" else _table(content, columns))
    if len(found) > MOST_ROWS:
        raise Unreadable(gettext_noop("Mỗi tệp không quá {most} dòng; xin chia tệp này ra."), most=MOST_ROWS)
    words = {fold(theirs): ours for theirs, ours in services.items()}
    return [_row(line, said, words) for line, said in found]


def _objects(content: bytes, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        data: Any = json.loads(content)
    except ValueError as fault:
        raise Unreadable(gettext_noop("Không đọc được tệp JSON này.")) from fault
    items = data.get("items", data.get("requests")) if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Unreadable(gettext_noop("Tệp JSON phải là một danh sách việc."))
    for line, one in enumerate(items, start=1):
        yield line, {field: str(one.get(column) or "") for field, column in columns.items()}


def _table(content: bytes, columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = table_rows(content, MOST_ROWS)
    heads: Sequence[str] = [fold(cell) for cell in next(rows, [])]
    missing = [column for column in columns.values() if fold(column) not in heads]
    if missing:
        raise Unreadable(gettext_noop("Tệp thiếu cột “{column}”."), column=missing[0])
    at = {field: heads.index(fold(column)) for field, column in columns.items()}
    for line, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            yield line, {field: row[place].strip() if place < len(row) else "" for field, place in at.items()}


def _row(line: int, said: Mapping[str, str], services: Mapping[str, str]) -> Row:
    latitude, longitude = _number(said.get("latitude", "")), _number(said.get("longitude", ""))
    whole = latitude is not None and longitude is not None
    brought = Brought(
        kind=CaseKind.REPORT,
        text=tidy(said.get(TEXT, ""), 8000),
        service=services.get(fold(said.get("service", "")), OTHER),
        place=tidy(said.get("place", ""), 400),
        ward=said.get("ward", "").strip()[:30],
        latitude=latitude if whole else None,
        longitude=longitude if whole else None,
        name=tidy(said.get("name", ""), 200),
        phone=said.get("phone", "")[:30],
        email=said.get("email", "")[:254],
    )
    return Row(line, said.get(NUMBER, "").strip()[:80], brought)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
