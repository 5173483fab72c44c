"""A file of scans as the post's systems write it: CSV or XLSX, a row for each thing that happened to a parcel."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from gandan.ground.documents.tables_read import table_rows
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.parcels import Scanned

MOST_ROWS = 500
HEADS = {
    "tracking": ("ma buu gui", "so hieu buu gui", "tracking", "ma van don"),
    "what": ("tinh trang", "trang thai", "status", "what"),
    "at": ("thoi diem", "thoi gian", "ngay gio", "at", "time"),
    "reason": ("ly do", "reason"),
}
WORDS = {
    Scanned.IN_TRANSIT: ("dang chuyen", "da nhan", "dang van chuyen", "in_transit", "in transit", "accepted"),
    Scanned.DELIVERED: ("da phat", "phat thanh cong", "delivered"),
    Scanned.FAILED: ("phat khong thanh cong", "phat khong thanh", "khong gap", "failed"),
    Scanned.RETURNED: ("chuyen hoan", "hoan tra", "da hoan", "returned"),
}
MOMENTS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y",
    "%Y-%m-%d",
)


class UnreadableScans(Refused):
    """The file has no columns that we know, or too many rows."""


class UnreadableRow(Refused):
    """A row says something that can't be read."""


@dataclass(frozen=True)
class ScanRow:
    """A row that can be read, or why it can't."""

    line: int
    tracking: str
    what: Scanned | None = None
    at: datetime | None = None
    reason: str = ""
    refusal: Refused | None = None

    @property
    def reference(self) -> str:
        """The same row of the same file, sent twice, says the same thing once."""
        said = f"{self.tracking}|{self.what}|{self.at}"
        return "file:" + hashlib.sha256(said.encode()).hexdigest()[:32]


def read_scans(content: bytes, zone: tzinfo) -> list[ScanRow]:
    """Read a file of scans.

    :raises UnreadableScans: if the columns are not found, or there are too many rows
    """
    if not content:
        raise UnreadableScans(gettext_noop("Xin chọn một tệp CSV hoặc XLSX."))
    table = list(table_rows(content, MOST_ROWS))
    heads = [fold(cell) for cell in table[0]] if table else []
    places = {name: next((heads.index(one) for one in known if one in heads), None) for name, known in HEADS.items()}
    if None in (places["tracking"], places["what"], places["at"]):
        raise UnreadableScans(gettext_noop("Tệp cần các cột: Mã bưu gửi, Tình trạng, Thời điểm (và Lý do, nếu có)."))
    rows = [(line, row) for line, row in enumerate(table[1:], start=2) if any(cell.strip() for cell in row)]
    if len(rows) > MOST_ROWS:
        raise UnreadableScans(gettext_noop("Mỗi tệp không quá {most} dòng; xin chia tệp này ra."), most=MOST_ROWS)
    return [_row(line, row, places, zone) for line, row in rows]


def _row(line: int, row: Sequence[str], places: dict[str, int | None], zone: tzinfo) -> ScanRow:
    def cell(name: str) -> str:
        at = places[name]
        return row[at].strip() if at is not None and at < len(row) else ""

    try:
        return ScanRow(line, cell("tracking"), _what(cell("what")), _moment(cell("at"), zone), cell("reason")[:40])
    except UnreadableRow as refusal:
        return ScanRow(line, cell("tracking"), refusal=refusal)


def _what(said: str) -> Scanned:
    folded = fold(said)
    for what, words in WORDS.items():
        if folded in words:
            return what
    raise UnreadableRow(gettext_noop("Không hiểu tình trạng “{said}”."), said=said[:40])


def _moment(said: str, zone: tzinfo) -> datetime:
    for form in MOMENTS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise UnreadableRow(gettext_noop("Không đọc được thời điểm “{said}”. Xin ghi như 24/11/2026 09:30."), said=said[:40])
