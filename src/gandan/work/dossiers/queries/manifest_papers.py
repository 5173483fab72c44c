"""A list of parcels as a file: for the post's system (CSV, XLSX), and on paper for both signatures (PDF)."""

import csv
import io
from datetime import datetime

from django.conf import settings
from django.utils.timezone import get_default_timezone

from gandan.ground.documents.barcodes import code128
from gandan.ground.documents.rules import Column, Row
from gandan.ground.documents.tables import defused
from gandan.ground.documents.typesetting import typeset
from gandan.ground.documents.workbook import Book, Sheet, workbook
from gandan.ground.vietnam.numbers import long_date_vi
from gandan.work.dossiers.queries.post import ManifestShown
from gandan.work.dossiers.rules.parcels import Direction

HEADS = ("TT", "Mã bưu gửi", "Người nhận", "Địa chỉ")
TITLE = "Biên bản giao nhận bưu gửi"


def manifest_csv(shown: ManifestShown) -> bytes:
    """Return a list as CSV that opens in a spreadsheet with its accents; nothing in it runs there."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for item in shown.items:
        writer.writerow([str(item.position), *(defused(text) for text in (item.tracking, item.recipient, item.address))])
    return ("\ufeff" + out.getvalue()).encode()


def manifest_xlsx(shown: ManifestShown, made_at: datetime) -> bytes:
    """Return a list as a workbook."""
    columns = tuple(Column(head, figures=False) for head in HEADS)
    rows = [Row((str(item.position), item.tracking, item.recipient, item.address)) for item in shown.items]
    sheet = Sheet(name=shown.row.number, title=f"{TITLE} {shown.row.number}", columns=columns, rows=rows)
    book = Book(
        title=f"{TITLE} {shown.row.number}",
        author=shown.row.unit.name,
        made_at=made_at,
        sheets=[sheet],
        simulated=settings.SIMULATED,
    )
    return workbook(book)


def manifest_pdf(shown: ManifestShown, made_at: datetime) -> bytes:
    """Return a list on paper: bar codes to scan, and room for both signatures."""
    office, post = shown.row.unit.name, shown.row.partner.name
    out = shown.row.direction is Direction.OUT
    sides = [
        {"side": f"ĐẠI DIỆN {office.upper()}", "name": shown.row.office_name, "at": _moment(shown.row.office_signed_at)},
        {"side": f"ĐẠI DIỆN {post.upper()}", "name": shown.row.post_name, "at": _moment(shown.row.post_signed_at)},
    ]
    return typeset(
        "manifest",
        {
            "made_at": made_at.isoformat(),
            "title": TITLE,
            "number": shown.row.number,
            "office": office,
            "made": long_date_vi(shown.row.made_on).capitalize(),
            "simulated": settings.SIMULATED,
            "giver": office if out else post,
            "taker": post if out else office,
            "count": len(shown.items),
            "header": ["TT", "Mã bưu gửi", "Người nhận, địa chỉ", "Ghi chú"],
            "rows": [
                {
                    "position": item.position,
                    "tracking": item.tracking,
                    "code": code128(item.tracking) if item.tracking else "",
                    "recipient": item.recipient,
                    "address": item.address,
                }
                for item in shown.items
            ],
            "signatures": sides,
        },
    )


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(get_default_timezone()):%H:%M %d/%m/%Y}" if at else ""
