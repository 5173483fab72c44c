"""The figures of an answer: counted now, stated where nothing is counted, or as they were frozen."""

from dataclasses import dataclass
from decimal import Decimal

from gandan.ground.calendar.rules import Period
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import figures
from gandan.results.reports.rules import period_of_label
from gandan.results.requests.models import Answer, ReportRequest
from gandan.results.requests.rules import FilledHow
from gandan.results.statements.queries import elsewhere, stated


@dataclass(frozen=True)
class AnsweredFigure:
    """A figure of an answer, and where it comes from."""

    words: str
    measure: str
    unit: str
    how: FilledHow
    value: Decimal | None = None
    part: int | None = None
    whole: int | None = None
    source: str = ""
    systems: str = ""


def period_of(request: ReportRequest) -> Period:
    return period_of_label(request.label, request.during.lower, request.during.upper)


def prefilled(answer: Answer, *, as_of: int | None = None) -> list[AnsweredFigure]:
    """Return the figures of an answer as the ledger has them now, or as of a posting; what no measure fills as it was typed."""
    request, unit = answer.request, answer.unit_id
    period, line = period_of(request), Line(request.line)
    codes = list(dict.fromkeys(row["measure"] for row in request.rows if row["measure"]))
    read = figures(codes, [unit], [period], line=line, as_of=as_of) if codes else None
    sums = stated(codes, [unit], [period])
    others = elsewhere(codes, [unit], period, line=line)
    found = []
    for nth, row in enumerate(request.rows):
        code = row["measure"]
        said = (row["words"], code, _unit(row))
        typed = answer.typed.get(str(nth))
        if not code or read is None:
            found.append(AnsweredFigure(*said, FilledHow.STATED, Decimal(typed[0]), source=typed[1]) if typed else
                         AnsweredFigure(*said, FilledHow.NONE))  # fmt: skip
            continue
        cell, total = read.cell(code, unit, period), sums.get((code, unit, period))
        systems = ", ".join(others[code, unit].systems) if (code, unit) in others else ""
        if total is not None and (cell.value is None or not cell.count):
            found.append(AnsweredFigure(*said, FilledHow.STATED, total.value, source=total.source, systems=systems))
        elif cell.value is None:
            found.append(AnsweredFigure(*said, FilledHow.NONE, systems=systems))
        else:
            value = Decimal(cell.value)
            found.append(AnsweredFigure(*said, FilledHow.COUNTED, value, cell.part, cell.whole, systems=systems))
    return found


def figures_of(answer: Answer) -> list[AnsweredFigure]:
    """Return the figures of an answer as they were frozen; of one that was not given, as they are now."""
    if answer.posting is None or answer.stage != "answered":
        return prefilled(answer)
    kept = {one.position: one for one in answer.figures.all()}
    return [
        AnsweredFigure(
            row["words"], row["measure"], _unit(row), FilledHow(one.how), one.value, one.part, one.whole, one.source, one.systems
        )
        for nth, row in enumerate(answer.request.rows)
        if (one := kept.get(nth))
    ]


def _unit(row: dict[str, str]) -> str:
    return CATALOGUE[row["measure"]].unit.vi if row["measure"] in CATALOGUE else row["unit"]
