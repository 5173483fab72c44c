"""What the figures of a report are held against: the period before, targets, the units beside it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from gandan.ground.calendar.queries import period_rule
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period
from gandan.ground.calendar.rules import period_of as containing
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations.queries import row, rows, tree
from gandan.ground.organisations.rules import Line
from gandan.results.measures.queries import figures
from gandan.results.measures.rules import Cell
from gandan.results.programmes.queries import targets
from gandan.results.reports.models import Report
from gandan.results.reports.queries.periods import period_of, view_of
from gandan.results.reports.rules import Comparison, SheetMeasure, is_unusual, middle

LONGEST = timedelta(days=400)  # what is longer, as a closing report, has no period before it
FEWEST = 3


def before(report: Report) -> Period | None:
    """Return the period before that of a report: last quarter for a quarter, else as many days before."""
    period = period_of(report)
    if period.end - period.start > LONGEST:
        return None
    for grain in Grain:
        for rule in (period_rule(report.unit_id, grain), CALENDAR_PERIODS[grain]):
            found = containing(rule, period.start)
            if (found.start, found.end) == (period.start, period.end):
                return containing(rule, period.start - ONE_DAY)
    return Period(period.start - (period.end - period.start), period.start)


def sisters(report: Report) -> tuple[int, ...]:
    """Return the units of the same kind right below the same unit on the last day of the period."""
    line, last = Line(report.line), period_of(report).last
    parent = tree().parent(report.unit_id, line, last)
    if parent is None:
        return ()
    beside = rows(tree().children(parent, line, last), last)
    kind = row(report.unit_id, last).kind
    found = tuple(one.id for one in beside.values() if one.kind == kind and one.id != report.unit_id)
    return found if len(found) >= FEWEST else ()


def comparisons(
    report: Report, measures: Sequence[SheetMeasure], own: Mapping[str, Cell], *, as_of: int | None = None
) -> dict[str, Comparison]:
    """Return what each counted figure of the whole period is held against."""
    codes = [measure.code for measure in measures if measure.code in own and own[measure.code].counted]
    if not codes:
        return {}
    period, earlier, line, view = period_of(report), before(report), Line(report.line), view_of(report)
    beside = sisters(report) if earlier else ()  # a report of several years stands alone
    aims = targets(report.programme, report.unit_id, period.last.year) if report.programme else {}
    was = figures(codes, [report.unit_id], [earlier], line=line, view=view, as_of=as_of) if earlier else None
    theirs = figures(codes, list(beside), [period], line=line, view=view, as_of=as_of) if beside else None
    share = {measure.code: measure.suffix == "%" for measure in measures}
    found = {}
    for code in codes:
        last = was.cell(code, report.unit_id, earlier) if was and earlier else None
        value = last.value if last and last.counted else None
        others = [cell.value for _, _, cell in theirs.cells(code) if cell.counted and cell.value is not None] if theirs else []
        half, of = middle(others)
        made = Comparison(
            before=value, before_label=earlier.label if earlier and value is not None else "", target=aims.get(code),
            sisters=half, sisters_count=of, unusual=is_unusual(own[code].value, value, share=share[code]),
        )  # fmt: skip
        if made.anything:
            found[code] = made
    return found
