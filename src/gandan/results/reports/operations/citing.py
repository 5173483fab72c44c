"""A report rests on the frozen reports of the units below, and says what of them is no longer so."""

from decimal import Decimal

from django.db.models import Max, Q

from gandan.ground.ledger.queries import since
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import reach
from gandan.results.reports.models import Citation, CitedDifference, FrozenCell, Report
from gandan.results.reports.queries import period_of, view_of
from gandan.results.reports.rules import Key, Place, ReportStatus, Sheet

MOST = 5000  # events that are counted for one difference


def cite(report: Report, sheet: Sheet) -> None:
    """Cite the latest frozen report of each unit right below over the same days, and store what differs."""
    below = {one.key.unit for one in sheet.cells.values() if one.place is Place.UNITS and one.period == sheet.period}
    if not below:
        return
    same = Report.objects.filter(
        unit__in=below, during=report.during, line=report.line, programme=report.programme, status=ReportStatus.FROZEN.value
    )
    same = same.filter(Q(superior=None) | Q(superior=report.unit_id))  # not what the unit told somebody else
    latest = same.values("unit").annotate(last=Max("pk")).values_list("last", flat=True)
    citations = Citation.objects.bulk_create(Citation(report=report, cited_id=pk) for pk in sorted(latest))
    cells = FrozenCell.objects.filter(
        measure__report__in=[one.cited_id for one in citations], place=Place.YEARS.value, during=report.during
    )
    stored: dict[int, list[tuple[str, int, Decimal | None]]] = {}
    for cited, code, unit, value in cells.values_list("measure__report", "measure__code", "unit", "value"):
        stored.setdefault(cited, []).append((code, unit, value))
    for citation in citations:
        _compare(report, sheet, citation, stored.get(citation.cited_id, []))


def _compare(report: Report, sheet: Sheet, citation: Citation, cells: list[tuple[str, int, Decimal | None]]) -> None:
    made = []
    for code, unit, value in cells:
        now = sheet.cells.get(Key(code, unit, sheet.period.start, sheet.period.end))
        if now is not None and now.place is Place.UNITS and now.cell.value != value:
            made.append(CitedDifference(citation=citation, code=code, cited=value, now=now.cell.value))
    if made:
        posting = Report.objects.values_list("posting", flat=True).get(pk=citation.cited_id)
        assert posting is not None
        _count(report, made, cells[0][1], posting)
        CitedDifference.objects.bulk_create(made)


def _count(report: Report, made: list[CitedDifference], unit: int, posting: int) -> None:
    """Note how many events have come since the cited report was frozen, measure by measure."""
    codes = [one.code for one in made if one.code in CATALOGUE]
    reached = reach(codes, [unit], [period_of(report)], line=Line(report.line), view=view_of(report))
    for event in since(posting, reached.facet_sets, reached.spans(), limit=MOST):
        for code in reached.codes(event):
            for one in made:
                one.events += one.code == code
