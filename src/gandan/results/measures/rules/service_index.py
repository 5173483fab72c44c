"""The index of service of Decision 766/QĐ-TTg, as far as our own figures reach: the group of progress, as an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass

from gandan.results.measures.rules.cell import Cell
from gandan.results.measures.rules.measure import Worded

PROGRESS = "dossiers-honest-on-time-share"  # an open dossier past its day counts against it, as on the portal


@dataclass(frozen=True)
class IndexGroup:
    """One group of the index: what it is called, and the most it gives."""

    code: str
    name: Worded
    most: int


# Five groups, 100 points. Their weights are verified; how each is reckoned inside is the portal's own, and not published whole.
GROUPS: tuple[IndexGroup, ...] = (
    IndexGroup("openness", Worded("Công khai, minh bạch", "Openness"), 18),
    IndexGroup("progress", Worded("Tiến độ, kết quả giải quyết", "Progress and results"), 20),
    IndexGroup("digitising", Worded("Số hoá hồ sơ", "Digitised dossiers"), 22),
    IndexGroup("online", Worded("Cung cấp dịch vụ trực tuyến", "Services online"), 22),
    IndexGroup("satisfaction", Worded("Mức độ hài lòng", "Satisfaction"), 18),
)


@dataclass(frozen=True)
class IndexLine:
    """A group with its points; None where nothing here records it."""

    group: IndexGroup
    points: float | None


def service_index(progress: Cell) -> Sequence[IndexLine]:
    """Return the groups with the points that our own figures give.

    :param progress: the share of dossiers answered by their day, in percent, of `PROGRESS`
    """
    known = progress.counted and progress.value is not None
    points = {"progress": _points(float(progress.value or 0), 20)} if known else {}
    return [IndexLine(group, points.get(group.code)) for group in GROUPS]


def _points(percent: float, most: int) -> float:
    return round(max(0.0, min(percent, 100.0)) * most / 100, 2)
