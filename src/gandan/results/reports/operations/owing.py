"""Reports that are owed: the rule, each one as its period ends, begun for one unit or for all at once, kept by approval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.calendar.queries import period_rule, working_calendar
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Period, shift
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require, rows, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about
from gandan.results.measures.queries import measure
from gandan.results.programmes.queries import programme as programme_named
from gandan.results.reports.models import ManyAsked, OwedReport, Report, ReportDuty
from gandan.results.reports.operations.drafting import draft
from gandan.results.reports.queries import template
from gandan.results.reports.rules import Every, due_periods

DUTIES = Path(__file__).parent.parent / "data" / "duties.yaml"
OWED = "reports.owedreport"
AGAIN = 3  # working days for a report that was sent back


class BadDuty(Refused):
    """A rule of owed reports can't be read, or contradicts itself."""


class AlreadyBegun(Refused):
    """The report that is owed has been begun."""


@dataclass(frozen=True)
class Begun:
    """What came of beginning many: how many were begun now, and how many of all have been."""

    now: int
    begun: int
    of: int


@operation
def set_duties(*, text: str, by: Person, on: date) -> list[ReportDuty]:
    """Take up rules of owed reports from their file. What it says anew of a rule holds for what is raised from then on.

    :raises BadDuty: if the file can't be read
    :raises NotAllowed: if `by` may not manage programmes over the unit that receives them
    """
    try:
        entries = yaml.safe_load(text)
        made = [_duty(dict(entry), by, on) for entry in entries]
    except (yaml.YAMLError, TypeError, KeyError, ValueError) as error:
        raise BadDuty(gettext_noop("Không đọc được quy định về báo cáo: {problem}."), problem=str(error)) from None
    if not made:
        unchanged()
    return made


def _duty(entry: dict[str, Any], by: Person, on: date) -> ReportDuty:
    superior = Unit.objects.get(code=str(entry["superior"]))
    require(Right.MANAGE_PROGRAMMES, by=by, unit=superior, on=on)
    named, under = entry.get("programme"), entry.get("under")
    by_template = str(entry.get("template", ""))
    if by_template:
        template(by_template, max(on, entry["valid_from"]))
    duty, _ = ReportDuty.objects.update_or_create(
        code=str(entry["code"]),
        defaults={
            "title": entry["title"], "title_en": entry.get("title_en", ""), "superior": superior,
            "line": Line(str(entry["line"])).value, "unit_kind": entry.get("unit_kind", ""),
            "every": Every(str(entry["every"])).value, "own_periods": bool(entry.get("own_periods", False)),
            "template": by_template, "under": Unit.objects.get(code=str(under)) if under else None,
            "programme": programme_named(str(named)) if named else None, "within": int(entry["within"]),
            "measures": [measure(str(code)).code for code in _list(entry.get("measures"))],
            "valid_from": entry["valid_from"], "valid_to": entry.get("valid_to"), "source": entry["source"],
        },
    )  # fmt: skip
    record(Kind.REPORT_DUTY_SET, about=duty, unit=superior, day=on, by=by)
    return duty


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


@operation
def raise_reports(*, by: Person, on: date) -> int:
    """Raise every report that is owed by now, however long ago it was last looked at, and return how many.

    A period that ended before a rule began to hold, or a unit that had ended by its due day, owes nothing.
    """
    unchanged()
    raised = 0
    for duty in ReportDuty.objects.select_related("superior", "programme").filter(valid_from__lte=on):
        for period in _periods(duty, on):
            there = set(OwedReport.objects.filter(duty=duty, during=_range(period)).values_list("unit_id", flat=True))
            units = Unit.objects.in_bulk([unit for unit in _owers(duty, period) if unit not in there])
            raised += sum(_raise(duty, unit, period, by, on) for unit in units.values())
    return raised


def _periods(duty: ReportDuty, on: date) -> Iterable[Period]:
    until = min(on, duty.valid_to) if duty.valid_to else on
    if duty.every == Every.CLOSING:
        assert duty.programme is not None
        whole = Period(duty.programme.during.lower, duty.programme.during.upper)
        return [whole] if duty.valid_from <= whole.end <= until else []
    grain = Every(duty.every).grain
    rule = period_rule(duty.superior_id, grain) if duty.own_periods else CALENDAR_PERIODS[grain]
    rule = template(duty.template, on).rule(grain) if duty.template else rule
    return due_periods(rule, duty.valid_from, until)


def _owers(duty: ReportDuty, period: Period) -> list[int]:
    """Return who owes the report: units of the kind right below, or the unit itself where no kind is named."""
    if not duty.unit_kind:
        return [duty.superior_id]
    known, line = tree(), Line(duty.line)
    if duty.under_id is None:
        near: Iterable[int] = known.children(duty.superior_id, line, period.last)
    else:
        near = dict.fromkeys(unit for unit, _, _ in known.below(duty.under_id, line, period.last, period.end))
    below = rows(near, period.last)
    return [one.id for one in below.values() if one.kind == duty.unit_kind]


def _raise(duty: ReportDuty, unit: Unit, period: Period, by: Person, on: date) -> bool:
    due_on = shift(period.last, duty.within, working_calendar(unit))
    made_on = min(max(period.end, duty.valid_from), on)
    if not unit.stands_on(made_on) or not unit.stands_on(on):
        return False
    owed = OwedReport.objects.create(duty=duty, unit=unit, during=_range(period), label=period.label, due_on=due_on)
    owe(
        kind="report.due", about=owed, label=f"{duty.title}, {period.label_vi}"[:200], owed_to=Receiver.SUPERIOR, unit=unit,
        due_on=due_on, by=by, on=made_on, subject=duty.code,
    )  # fmt: skip
    return True


def _range(period: Period) -> DateRange:
    return DateRange(period.start, period.end)


@operation
def begin_owed(*, owed: int, simulated: bool, by: Person, on: date) -> Report:
    """Begin the report that a unit owes, prefilled from the ledger.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyBegun: if it was begun already
    """
    found = (
        OwedReport.objects.select_for_update(of=("self",))
        .select_related("unit", "duty__programme", "duty__superior")
        .get(pk=owed)
    )
    require(Right.WRITE_REPORTS, by=by, unit=found.unit, on=on)
    if found.report_id:
        raise AlreadyBegun(gettext_noop("Báo cáo này đã được lập."))
    return _begin(found, simulated, by, on)


@operation
def ask_many(*, duty: str, label: str, by: Person, on: date) -> ManyAsked:
    """Ask that the owed reports of all units on a period be begun; a job does it.

    :param duty: the code of the rule
    :param label: the name of the period: 2026-Q3
    :raises NotAllowed: if `by` may not write reports at the unit that receives them
    :raises AlreadyBegun: if there is none that has not been begun
    """
    rule = ReportDuty.objects.select_related("superior").filter(code=duty).first()
    if rule is None or not OwedReport.objects.filter(duty=rule, label=label, report=None).exists():
        raise AlreadyBegun(gettext_noop("Không còn báo cáo nào chưa lập."))
    require(Right.WRITE_REPORTS, by=by, unit=rule.superior, on=on)
    asked = ManyAsked.objects.create(duty=rule, label=label, by=by, asked_on=on)
    record(Kind.REPORTS_ASKED, about=asked, unit=rule.superior, day=on, by=by)
    return asked


@operation
def begin_many(*, asked: ManyAsked, simulated: bool, by: Person, on: date, at_most: int = 20) -> Begun:
    """Begin some of the reports that were asked for, those at which who asked may write: call it until none is begun any more."""
    unchanged()
    wanted = OwedReport.objects.filter(duty=asked.duty, label=asked.label)
    waiting = wanted.filter(report=None).select_for_update(of=("self",), skip_locked=True)
    begun = 0
    for owed in waiting.select_related("unit", "duty__programme", "duty__superior").order_by("pk")[:at_most]:
        if may(Right.WRITE_REPORTS, by=by, unit=owed.unit, on=on):
            _begin(owed, simulated, by, on)
            begun += 1
    if not begun:
        ManyAsked.objects.filter(pk=asked.pk).update(finished_on=on)
    return Begun(begun, wanted.exclude(report=None).count(), wanted.count())


def _begin(owed: OwedReport, simulated: bool, by: Person, on: date) -> Report:
    duty, during = owed.duty, owed.during
    report = draft(
        unit=owed.unit, period=Period(during.lower, during.upper), programme=duty.programme, measures=duty.measures,
        title=duty.title, line=Line(duty.line), simulated=simulated, by=by, on=on, superior=duty.superior,
        template=template(duty.template, max(during.lower, duty.valid_from)) if duty.template else None,
    )  # fmt: skip
    owed.report = report
    owed.save(update_fields=["report"])
    return report


def settle(report: Report, by: Person, on: date) -> None:
    """Keep the promise of a report that has been approved."""
    owed = OwedReport.objects.filter(report=report).first()
    promise = open_about(OWED, [owed.pk], "report.due").get(owed.pk) if owed else None
    if promise is not None:
        keep(promise=promise, by=by, on=on)


def owe_again(report: Report, by: Person, on: date) -> None:
    """A report that was sent back is owed once more, some working days from now."""
    owed = OwedReport.objects.filter(report=report).select_related("unit", "duty").first()
    if owed is None:
        return
    due_on = shift(on, AGAIN, working_calendar(owed.unit))
    owe(
        kind="report.due", about=owed, label=f"Lập lại: {owed.duty.title}, {owed.label}"[:200], owed_to=Receiver.SUPERIOR,
        unit=owed.unit, due_on=due_on, by=by, on=on, subject=owed.duty.code,
    )  # fmt: skip


@operation
def excuse_report(*, owed: int, by: Person, on: date) -> OwedReport:
    """Say that a report is no longer owed.

    :raises NotAllowed: if `by` may not approve reports at the unit that receives it
    """
    found = OwedReport.objects.select_for_update(of=("self",)).select_related("duty__superior").get(pk=owed)
    require(Right.FREEZE_REPORTS, by=by, unit=found.duty.superior, on=on)
    promise = open_about(OWED, [found.pk], "report.due").get(found.pk)
    if promise is None:
        unchanged()
    else:
        drop(promise=promise, by=by, on=on)
    return found
