"""Drafting reports, writing their text, freezing them at a point of the ledger."""

from collections.abc import Iterable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import AsWas, Line, View
from gandan.ground.promises.operations import sweep
from gandan.ground.promises.queries import last_swept
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import measure, recorded
from gandan.results.measures.rules import view_text
from gandan.results.programmes.models import Programme
from gandan.results.programmes.operations import close_programme
from gandan.results.programmes.queries import contents
from gandan.results.reports.models import FrozenCell, FrozenMeasure, Report, ReportSection
from gandan.results.reports.queries import compiled, period_of, resolved
from gandan.results.reports.rules import ReportKind, ReportStatus, Sheet, bound, default_sections, read

AS_WAS = AsWas()


class AlreadyFrozen(Refused):
    """A frozen report is never changed; what has become known since is told beside it."""


class PeriodNotOver(Refused):
    """A report is frozen once the last of its days is over."""


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
) -> Report:
    """Begin a report of a unit over a period, with the text that such a report begins with.

    :param measures: what its tables show; by default the programme's indicators, or all that is recorded
    :param own_periods: cut its years by the unit's reporting periods instead of calendar years
    :raises NotAllowed: if `by` may not write reports at the unit
    :raises UnknownMeasure: if the catalogue lacks one of the measures
    :raises OutsideProgramme: if the period reaches beyond the programme
    """
    require(Right.WRITE_REPORTS, by=by, unit=unit, on=on)
    if programme and not programme.during.lower <= period.start < period.end <= programme.during.upper:
        raise OutsideProgramme(
            gettext_noop("Kỳ báo cáo {period} nằm ngoài chương trình {programme}."),
            period=period.label_vi, programme=programme.code,
        )  # fmt: skip
    kind = _kind(programme, period)
    report = Report.objects.create(
        code=_next_code(unit, programme), kind=kind.value, title=title or _title(kind, programme, unit), programme=programme,
        unit=unit, line=line.value, view=view_text(view), during=DateRange(period.start, period.end), own_periods=own_periods,
        measures=[measure(code).code for code in measures] or _default_measures(programme),
        simulated=simulated, drafted_on=on, drafted_by=by,
    )  # fmt: skip
    ReportSection.objects.bulk_create(
        ReportSection(report=report, position=nth, title=section.title, text=section.text)
        for nth, section in enumerate(default_sections(kind), start=1)
    )
    record(Kind.REPORT_DRAFTED, about=report, unit=_standing(unit, on), day=on, by=by)
    return report


@operation
def write_section(*, report: Report, position: int, text: str, by: Person, on: date, title: str = "") -> ReportSection:
    """Write a section of a draft; one that is not there yet is added.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    :raises BrokenText: if the text can't be read, naming the line
    :raises BadReference: if it binds a unit or a period that does not exist, naming the line
    """
    report = _draft(report, Right.WRITE_REPORTS, by, on)
    for _ in resolved(report, bound(read(text, CATALOGUE))):
        pass
    section = ReportSection.objects.filter(report=report, position=position).first()
    if section and section.text == text and title in {"", section.title}:
        unchanged()
        return section
    section = section or ReportSection(report=report, position=position)
    section.text, section.title = text, title or section.title
    section.save()
    record(Kind.REPORT_EDITED, about=report, unit=_standing(report.unit, on), day=on, by=by)
    return section


@operation
def freeze(*, report: Report, by: Person, on: date) -> Report:
    """Freeze a report: notice all that is overdue, post all that waits, and store every figure as of that posting.

    A closing report closes its programme.

    :raises NotAllowed: if `by` may not freeze reports at the unit
    :raises AlreadyFrozen: if it is frozen already
    :raises PeriodNotOver: if a day of its period is not over
    :raises BrokenText: if its text can't be read
    """
    report = _draft(report, Right.FREEZE_REPORTS, by, on)
    period = period_of(report)
    if period.end > on:
        raise PeriodNotOver(
            gettext_noop("Kỳ báo cáo còn đến hết ngày {last}; chốt được từ ngày {first}."),
            last=date_vi(period.last), first=date_vi(period.end),
        )  # fmt: skip
    sweep(on=on, by=by, wait=True)
    with freezing() as position:
        _store(report, compiled(report, as_of=position.number))
        report.status, report.posting, report.digest = ReportStatus.FROZEN.value, position.number, position.digest.hex()
        report.through = min(period.last, last_swept() or period.last)
        report.frozen_on, report.frozen_by, report.frozen_at = on, by, Now()
        report.save()
        record(Kind.REPORT_FROZEN, about=report, unit=_standing(report.unit, on), day=on, by=by)
    programme = report.programme
    if report.kind == ReportKind.CLOSING and programme and programme.closed_on is None:
        close_programme(programme=programme, by=by, on=on)
    return Report.objects.select_related("unit", "programme").get(pk=report.pk)


@operation
def discard_draft(*, report: Report, by: Person, on: date) -> None:
    """Throw a draft away.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if the report is frozen
    """
    report = _draft(report, Right.WRITE_REPORTS, by, on)
    record(Kind.REPORT_DISCARDED, about=report, unit=_standing(report.unit, on), day=on, by=by)
    report.delete()


def _draft(report: Report, right: Right, by: Person, on: date) -> Report:
    """Take a draft to change it. Who has no right to it isn't told whether it is still one."""
    found = Report.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=report.pk)
    require(right, by=by, unit=found.unit, on=on)
    if found.status == ReportStatus.FROZEN:
        raise AlreadyFrozen(gettext_noop("Báo cáo {code} đã chốt, không sửa được nữa."), code=found.code)
    return found


def _kind(programme: Programme | None, period: Period) -> ReportKind:
    if programme is None:
        return ReportKind.PERIODIC
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


def _standing(unit: Unit, on: date) -> Unit:
    """A report of a unit that has ended is told at its main heir."""
    return unit if unit.stands_on(on) else Unit.objects.get(pk=tree().main_heir(unit.pk, on))


def _store(report: Report, sheet: Sheet) -> None:
    measures = FrozenMeasure.objects.bulk_create(
        FrozenMeasure(
            report=report, position=one.position, heading=one.heading, code=one.code,
            name_vi=one.name.vi, name_en=one.name.en, definition_vi=one.definition.vi, definition_en=one.definition.en,
            unit_vi=one.unit.vi, unit_en=one.unit.en, source=one.source, formula=one.formula,
        )
        for one in sheet.measures
    )  # fmt: skip
    ids = {one.code: one.pk for one in measures}
    FrozenCell.objects.bulk_create(
        (
            FrozenCell(
                measure_id=ids[key.code], unit_id=key.unit, unit_path=one.unit_path, during=(key.start, key.end),
                label=one.period.label, place=one.place.value, status=one.cell.status.value, value=one.cell.value,
                part=one.cell.part, whole=one.cell.whole, count=one.cell.count, through=one.cell.through,
                partial=list(one.cell.partial), later=one.cell.later,
            )
            for key, one in sheet.cells.items()
        ),
        batch_size=2000,
    )  # fmt: skip
