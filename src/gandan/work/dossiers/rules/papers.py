"""Papers: what a procedure asks for, what was handed in, what is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from gandan.ground.ledger.rules import Refused, gettext_noop

MOST = 40
LONGEST = 300
COUNTS = ("original", "certified", "copy")  # bản chính, bản chứng thực, bản sao


class BadPapers(Refused):
    """A list of papers that can't be used; says which line."""


def read_papers(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the papers of a list: `name` and how many of each sort; lines without a name are left out.

    :raises BadPapers: if there are too many, a name is too long, or a count is none
    """
    if len(rows) > MOST:
        raise BadPapers(gettext_noop("Danh sách có quá {most} giấy tờ."), most=MOST)
    return [paper for nth, row in enumerate(rows, start=1) if (paper := _paper(nth, row))]


def _paper(nth: int, row: Mapping[str, Any]) -> dict[str, Any] | None:
    name = " ".join(str(row.get("name", "")).split())
    if not name:
        return None
    if len(name) > LONGEST:
        raise BadPapers(gettext_noop("Giấy tờ thứ {nth}: tên dài quá {most} chữ."), nth=nth, most=LONGEST)
    paper: dict[str, Any] = {"name": name}
    if code := str(row.get("code", "")):
        paper["code"] = code[:40]
    for count in COUNTS:
        given = row.get(count, 0) or 0
        if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= 99:
            raise BadPapers(gettext_noop("Giấy tờ thứ {nth}: số lượng từ 0 đến 99."), nth=nth)
        paper[count] = given
    return paper
