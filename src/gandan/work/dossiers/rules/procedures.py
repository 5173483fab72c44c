"""Procedures as a data file writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gandan.ground.calendar.rules import Pause, Term, parse_term
from gandan.ground.ledger.rules import CODE, Refused, gettext_noop
from gandan.work.dossiers.rules.papers import read_papers

NEEDED = ("code", "name", "from", "term", "legal_basis", "handled_by")
OPTIONAL = (
    "name_en", "field_code", "to", "post_days", "fee", "fee_note", "source", "verified", "verify_days", "papers", "decided_by",
    "forms", "delivery", "online",
)  # fmt: skip


def verification(received_on: date, days: int) -> tuple[Pause, ...]:
    """Return the calendar days of verification after receipt, in which the term has not begun."""
    since = received_on + timedelta(days=1)
    return (Pause(since, since + timedelta(days=days)),) if days else ()


class BadProcedure(Refused):
    """A row of the data file that can't be used; says which."""


@dataclass(frozen=True)
class ProcedureData:
    """What one procedure is, from a day until before another."""

    code: str
    name: str
    start: date
    term: Term
    legal_basis: str
    handled_by: tuple[str, ...]
    end: date | None = None
    name_en: str = ""
    field_code: str = ""
    post_days: int | None = None
    fee: int | None = None
    fee_note: str = ""
    source: str = ""
    verified: bool = False
    verify_days: int = 0  # calendar days of verification before the term begins
    papers: tuple[Mapping[str, Any], ...] = ()
    decided_by: str = ""
    forms: tuple[str, ...] = ()
    delivery: bool = True
    online: bool = True


def read_procedures(data: Any) -> list[ProcedureData]:
    """Read the rows of a YAML file: `procedures:` with a list.

    :raises BadProcedure: naming the row and what is wrong with it
    """
    rows = data.get("procedures") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not rows:
        raise BadProcedure(gettext_noop("Tệp thủ tục phải có danh sách “procedures”."))
    read = [_read(nth, row) for nth, row in enumerate(rows, start=1)]
    _check_apart(read)
    return read


def _read(nth: int, row: Any) -> ProcedureData:
    if not isinstance(row, dict):
        raise _bad(nth, "", gettext_noop("Thủ tục thứ {nth} ({code}): không phải là một bảng."))
    code = str(row.get("code", ""))
    for key in NEEDED:
        if not row.get(key):
            raise _bad(nth, code, gettext_noop("Thủ tục thứ {nth} ({code}): thiếu mục {what}."), key)
    for key in row:
        if key not in NEEDED + OPTIONAL:
            raise _bad(nth, code, gettext_noop("Thủ tục thứ {nth} ({code}): có mục lạ {what}."), str(key))
    if not CODE.match(code):
        raise _bad(nth, code, gettext_noop("Thủ tục thứ {nth} ({code}): mã chỉ gồm a–z, 0–9, dấu chấm, gạch."))
    start, end = _day(nth, row, "from"), _day(nth, row, "to") if "to" in row else None
    if end is not None and end <= start:
        raise _bad(nth, code, gettext_noop("Thủ tục thứ {nth} ({code}): hết hiệu lực trước khi có hiệu lực ({what})."), str(end))
    if not isinstance(row["handled_by"], list):
        raise _bad(nth, code, gettext_noop("Thủ tục thứ {nth} ({code}): {what} phải là một danh sách."), "handled_by")
    return ProcedureData(
        code=code,
        name=str(row["name"]),
        start=start,
        end=end,
        term=parse_term(str(row["term"])),
        legal_basis=str(row["legal_basis"]),
        handled_by=tuple(str(each) for each in row["handled_by"]),
        name_en=str(row.get("name_en", "")),
        field_code=str(row.get("field_code", "")),
        post_days=_amount(nth, row, "post_days"),
        fee=_amount(nth, row, "fee"),
        fee_note=str(row.get("fee_note", "")),
        source=str(row.get("source", "")),
        verified=row.get("verified") is True,
        verify_days=_amount(nth, row, "verify_days") or 0,
        papers=tuple(read_papers(_listed(nth, row, "papers"))),
        decided_by=str(row.get("decided_by", "")),
        forms=tuple(str(each) for each in _listed(nth, row, "forms")),
        delivery=row.get("delivery", True) is not False,
        online=row.get("online", True) is not False,
    )


def _listed(nth: int, row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key) or []
    if not isinstance(value, list) or (key == "papers" and not all(isinstance(each, dict) for each in value)):
        raise _bad(nth, str(row.get("code", "")), gettext_noop("Thủ tục thứ {nth} ({code}): {what} phải là một danh sách."), key)
    return value


def _check_apart(rows: list[ProcedureData]) -> None:
    last: dict[str, ProcedureData] = {}
    for row in sorted(rows, key=lambda row: (row.code, row.start)):
        before = last.get(row.code)
        if before is not None and (before.end is None or before.end > row.start):
            raise BadProcedure(
                gettext_noop("Thủ tục {code}: quy định từ {start} chồng lên quy định từ {before}."),
                code=row.code,
                start=f"{row.start:%d/%m/%Y}",
                before=f"{before.start:%d/%m/%Y}",
            )
        last[row.code] = row


def _day(nth: int, row: Mapping[str, Any], key: str) -> date:
    day = row[key]
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        wrong = gettext_noop("Thủ tục thứ {nth} ({code}): {what} không phải là ngày (2024-12-31).")
        raise _bad(nth, str(row.get("code", "")), wrong, f"{key}: {day}") from None


def _amount(nth: int, row: Mapping[str, Any], key: str) -> int | None:
    amount = row.get(key)
    if amount is None:
        return None
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        wrong = gettext_noop("Thủ tục thứ {nth} ({code}): {what} không phải là số nguyên.")
        raise _bad(nth, str(row.get("code", "")), wrong, f"{key}: {amount}")
    return amount


def _bad(nth: int, code: str, wrong: str, what: str = "") -> BadProcedure:
    return BadProcedure(wrong, nth=nth, code=code or "?", what=what)
