"""The outline and annex of a request, as they are written; how far an answer has come; the sum of a row."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.results.measures.rules import percent

MOST_ROWS, MOST_POINTS = 60, 20


class BadRequest(Refused):
    """A request can't be asked so, or an answer can't be given so."""


class UnwrittenPoint(BadRequest):
    """An answer can't be given before something is written to each point."""


class AnswerStage(StrEnum):
    OPEN = "open"
    DRAFT = "draft"
    ANSWERED = "answered"  # its figures are frozen
    RETURNED = "returned"  # with a reason; to be answered again
    EXCUSED = "excused"


class FilledHow(StrEnum):
    """Where a figure of an answer comes from."""

    COUNTED = "counted"
    STATED = "stated"  # by the unit, with a source, or approved by the other side where nothing is counted
    NONE = "none"


@dataclass(frozen=True)
class AskedRow:
    """A row of the annex: in the words of who asks; the measure that fills it, or none where units state it."""

    words: str
    measure: str = ""
    unit: str = ""


def read_rows(text: str, measures: Collection[str]) -> list[AskedRow]:
    """Read the annex, a row to a line: `words | measure`, or `words | | unit of measure` for what no measure fills.

    :raises BadRequest: at the first line that can't be read
    """
    rows = []
    for nth, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in line.split("|")]
        if not any(parts):
            continue
        words, measure, unit = [*parts, "", ""][:3]
        if not words or len(parts) > 3:
            raise BadRequest(gettext_noop("Biểu, dòng {nth}: viết “tên dòng | mã chỉ tiêu”."), nth=nth)
        if measure and measure not in measures:
            raise BadRequest(gettext_noop("Biểu, dòng {nth}: không có chỉ tiêu “{measure}”."), nth=nth, measure=measure[:60])
        rows.append(AskedRow(words[:200], measure, unit[:40]))
    if len(rows) > MOST_ROWS:
        raise BadRequest(gettext_noop("Biểu có tối đa {most} dòng."), most=MOST_ROWS)
    return rows


def read_points(text: str) -> list[str]:
    """Read the outline, a point to a line.

    :raises BadRequest: if it has too many
    """
    points = [line.strip()[:300] for line in text.splitlines() if line.strip()]
    if len(points) > MOST_POINTS:
        raise BadRequest(gettext_noop("Đề cương có tối đa {most} mục."), most=MOST_POINTS)
    return points


def stage_of(stage: str, *, late: bool) -> str:
    """Return the stage for a mark: what is not answered by its day is late."""
    waits = stage in {AnswerStage.OPEN, AnswerStage.DRAFT, AnswerStage.RETURNED}
    return "late" if waits and late else stage


def added(values: Iterable[tuple[Decimal | None, int | None, int | None]]) -> Decimal | None:
    """Return the sum of a row over its answers; of a share its parts over its wholes; none where there is nothing to add.

    :param values: for each answer its value, and of a share its part and whole
    """
    known = [one for one in values if one[0] is not None]
    if not known:
        return None
    if any(whole is not None for _, _, whole in known):
        part, whole = (sum(int(one[at] or 0) for one in known) for at in (1, 2))
        return Decimal(percent(part, whole)) if whole else None
    return sum((value for value, _, _ in known if value is not None), Decimal(0))
