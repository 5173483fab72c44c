"""A made-up sheet of each form, to preview a layout with: long names, long addresses, every field filled."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gandan.ground.documents.forms import Sheet, form
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.rules import Letterhead, SignatureBlock

DATA = Path(__file__).parent / "forms_sample.yaml"
DECREE = date(2020, 3, 5)  # older forms are laid out by it too
BODY = Letterhead("Phòng Quản lý xuất nhập cảnh", "Công an Thành phố Hồ Chí Minh")
HEAD = SignatureBlock("Phó Trưởng phòng", "Nguyễn Hoàng Thị Phương Thảo", "KT. Trưởng phòng", rank="Thượng tá")
UNNUMBERED = {"receipt", "register"}


def sample_sheet(kind: str, on: date, *, letterhead: Letterhead = BODY, seal: Sequence[str] | None = None, **more: Any) -> Sheet:
    """Return the sheet of a kind as it would be on a day; `more` are fields that differ."""
    one = form(kind, on)
    return Sheet(
        form=one,
        profile=profile("police", max(on, DECREE)),
        letterhead=letterhead,
        number="" if kind in UNNUMBERED else f"Số: 05/{one.sign}-PA08",
        place="Thành phố Hồ Chí Minh",
        signed_on=on,
        fields=_fields()[kind] | more,
        made_at=datetime.combine(on, time(2, 30), UTC),
        signatures=[HEAD],
        recipients=["Như trên", "Bộ phận Tiếp nhận và Trả kết quả"],
        seal=seal,
    )


@cache
def _fields() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return read
