"""Templates of superiors as they hold on a day; and the reports that somebody owes this month, beside each other."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import yaml

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may
from gandan.ground.organisations.rights import Right
from gandan.results.reports.models import OwedReport, Report, ReportTemplate
from gandan.results.reports.queries.document import sheet_of
from gandan.results.reports.queries.owing import OwedRow, owed_one
from gandan.results.reports.queries.signed import report as report_of
from gandan.results.reports.rules import FROZEN_ONCE, Section, Sheet, Template, TemplateRow

RECENT = timedelta(days=62)


class UnknownTemplate(Refused):
    """There is no such template."""


def template(code: str, on: date) -> Template:
    """Return a template as it holds on a day.

    :raises UnknownTemplate: if there is none
    """
    found = ReportTemplate.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from").first()
    if found is None:
        raise UnknownTemplate(gettext_noop("Không có mẫu báo cáo {code}."), code=code[:40])
    return as_template(found)


def templates(on: date) -> list[Template]:
    """Return every template as it holds on a day, by code."""
    codes = ReportTemplate.objects.filter(valid_from__lte=on).order_by("code").values_list("code", flat=True).distinct()
    return [template(code, on) for code in codes]


def as_template(found: ReportTemplate) -> Template:
    return Template(
        found.code, found.title, found.title_en, found.layout, found.first_day, found.addressed_to,
        tuple(TemplateRow(**row) for row in found.rows), tuple(Section(**one) for one in found.sections), found.valid_from,
        found.source,
    )  # fmt: skip


def template_text(one: Template) -> str:
    """Return a template as its file says it, to be written on."""
    entry = {
        "code": one.code, "title": one.title, "title_en": one.title_en, "layout": one.layout, "first_day": one.first_day,
        "addressed_to": one.addressed_to, "rows": [{k: v for k, v in asdict(row).items() if v} for row in one.rows],
        "sections": [asdict(section) for section in one.sections], "valid_from": one.valid_from, "source": one.source,
    }  # fmt: skip
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=120)


@dataclass(frozen=True)
class MonthlyReport:
    """A monthly report of a unit to one superior: how it stands, and once it is begun, its figures."""

    owed: OwedRow
    report: Report | None
    sheet: Sheet | None


def monthly(units: Collection[int], on: date) -> list[MonthlyReport]:
    """Return the last monthly report that each of these units owes to each superior, by unit and superior."""
    found = OwedReport.objects.filter(unit__in=list(units), duty__every="month", due_on__gte=on - RECENT)
    last: dict[tuple[int, int], int] = {}
    for pk, unit, duty in found.order_by("during").values_list("pk", "unit", "duty"):
        last[unit, duty] = pk
    rows = [owed_one(pk) for pk in last.values()]
    made = []
    for row in sorted(rows, key=lambda one: (one.unit_name, one.superior, one.title)):
        begun = report_of(row.report) if row.report else None
        made.append(MonthlyReport(row, begun, sheet_of(begun) if begun else None))
    return made


def read_by_superior(report: Report, viewer: Person, on: date) -> bool:
    """Say whether the reader reads figures at the superior to whom the report was given."""
    superior = report.superior
    given = superior is not None and report.status in FROZEN_ONCE
    return given and superior is not None and may(Right.READ_FIGURES, by=viewer, unit=superior, on=on)
