"""Beginning reports, and throwing drafts away."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, standing_heir
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import AsWas, Line, View
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import measure, recorded
from gandan.results.measures.rules import view_text
from gandan.results.programmes.models import Programme
from gandan.results.programmes.queries import contents
from gandan.results.reports.models import OwedReport, Report, ReportSection, SectionVersion
from gandan.results.reports.operations.taking import WrongStep, taken, taken_draft
from gandan.results.reports.rules import ReportKind, ReportStatus, Template, default_sections

AS_WAS = AsWas()


class OutsideProgramme(Refused):
    """A programme's report lies within the programme."""


@operation
def draft(
    *,
    unit: Unit,
    period: Period,
    by: Person,
    on: date,
    programme: Programme | None = None,
    measures: Iterable[str] = (),
    title: str = "",
    line: Line = Line.ADMINISTRATION,
    view: View = AS_WAS,
    own_periods: bool = False,
    simulated: bool = False,
    template: Template | None = None,
    superior: Unit | None = None,
) -> Report:
    """Begin a report of a unit over a period, with the text that such a report begins with.

    :param measures: what its tables show; by default the programme's indicators, or all that is recorded
    :param template: the superior's, whose rows, words, text and layout it takes
    :param own_periods: cut its years by the unit's reporting periods instead of calendar years
    :raises NotAllowed: if `by` may not write reports at the unit
    :raises UnknownMeasure: if the catalogue lacks one of the measures
    :raises OutsideProgramme: if the period reaches beyond the programme
    """
    require(Right.WRITE_REPORTS, by=by, unit=unit, on=on)
    kind = kind_within(programme, period)
    report = Report.objects.create(
        code=_next_code(unit, programme), kind=kind.value, title=title or _title(kind, programme, unit), programme=programme,
        unit=unit, line=line.value, view=view_text(view), during=DateRange(period.start, period.end), own_periods=own_periods,
        measures=[measure(code).code for code in _asked(measures, template)] or _default_measures(programme),
        rows=[asdict(row) for row in template.rows] if template else [], layout=template.layout if template else "",
        superior=superior,
        simulated=simulated, drafted_on=on, drafted_by=by,
    )  # fmt: skip
    ReportSection.objects.bulk_create(
        ReportSection(report=report, position=nth, title=section.title, text=section.text)
        for nth, section in enumerate((template and template.sections) or default_sections(kind), start=1)
    )
    begin_versions(report, by, on)
    record(Kind.REPORT_DRAFTED, about=report, unit=standing_heir(unit, on), day=on, by=by)
    return report


@operation
def discard_draft(*, report: Report, by: Person, on: date) -> None:
    """Throw a draft away.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    record(Kind.REPORT_DISCARDED, about=report, unit=standing_heir(report.unit, on), day=on, by=by)
    report.delete()


@operation
def redraft(*, report: Report, by: Person, on: date) -> Report:
    """Write a report anew that the unit above has sent back: the same text, to be changed and approved again.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises WrongStep: if it was not sent back, or is being written anew already
    """
    old = taken(report, Right.WRITE_REPORTS, by, on)
    if old.status != ReportStatus.RETURNED or Report.objects.filter(replaces=old).exists():
        raise WrongStep(gettext_noop("Báo cáo {code} không chờ lập lại."), code=old.code)
    made = Report.objects.create(
        code=_next_code(old.unit, old.programme), kind=old.kind, title=old.title, programme=old.programme, unit=old.unit,
        line=old.line, view=old.view, during=old.during, own_periods=old.own_periods, measures=old.measures, rows=old.rows,
        layout=old.layout, superior=old.superior,
        simulated=old.simulated, drafted_on=on, drafted_by=by, replaces=old,
    )  # fmt: skip
    ReportSection.objects.bulk_create(
        ReportSection(report=made, position=one.position, title=one.title, text=one.text) for one in old.sections.all()
    )
    begin_versions(made, by, on)
    OwedReport.objects.filter(report=old).update(report=made)  # what was owed by it is owed by this one
    record(Kind.REPORT_DRAFTED, about=made, unit=standing_heir(made.unit, on), day=on, by=by)
    return made


def _asked(measures: Iterable[str], template: Template | None) -> Iterable[str]:
    return [row.measure for row in template.rows] if template else measures


def begin_versions(report: Report, by: Person, on: date) -> None:
    SectionVersion.objects.bulk_create(
        SectionVersion(section=one, number=1, base=0, text=one.text, by=by, on=on) for one in report.sections.all()
    )


def kind_within(programme: Programme | None, period: Period) -> ReportKind:
    """Return which kind of report a period makes, as the days of its programme are now.

    :raises OutsideProgramme: if the period reaches beyond the programme
    """
    if programme is None:
        return ReportKind.PERIODIC
    if not programme.during.lower <= period.start < period.end <= programme.during.upper:
        raise OutsideProgramme(
            gettext_noop("Kỳ báo cáo {period} nằm ngoài chương trình {programme}."),
            period=period.label_vi, programme=programme.code,
        )  # fmt: skip
    whole = (programme.during.lower, programme.during.upper) == (period.start, period.end)
    return ReportKind.CLOSING if whole else ReportKind.INTERIM


def _title(kind: ReportKind, programme: Programme | None, unit: Unit) -> str:
    match kind:
        case ReportKind.CLOSING if programme:
            return f"Tổng kết {programme.title[0].lower()}{programme.title[1:]}"
        case ReportKind.INTERIM if programme:
            return f"Sơ kết {programme.title[0].lower()}{programme.title[1:]}"
        case _:
            return f"Kết quả công tác của {unit.name}"


def _default_measures(programme: Programme | None) -> list[str]:
    if programme is None:
        return [code for code, one in CATALOGUE.items() if recorded(one)]
    return list(dict.fromkeys(one.measure for content in contents(programme) for one in content.indicators.all()))


def _next_code(unit: Unit, programme: Programme | None) -> str:
    stem = f"{programme.code}-{unit.code}".lower() if programme else f"bc-{unit.code}".lower()
    Unit.objects.select_for_update().get(pk=unit.pk)  # two drafts at once take two numbers
    taken = Report.objects.filter(code__startswith=f"{stem}-").values_list("code", flat=True)
    numbers = [int(code.rsplit("-", 1)[1]) for code in taken if code.rsplit("-", 1)[0] == stem]
    return f"{stem}-{max(numbers, default=0) + 1}"
