"""Reports of the city: drafted, approved, written out, signed; all wards in one go, while events come in; five who write."""

import os
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from django.conf import settings
from django.db import connections

from bench.city import city
from bench.rig import Row, seconds, step
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, PeriodName
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.verifying import verify_pdf
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer, unit
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import programme, shipped
from gandan.results.reports import operations, queries
from gandan.results.reports.models import OwedReport, Report, ReportDuty
from gandan.results.reports.rules import filled

SIZES = {"small": (20_000, 12), "full": (20_000_000, 168)}  # events; wards that are approved at once
TODAY, AT = date(2026, 11, 20), datetime(2026, 11, 20, 2, tzinfo=UTC)
SITE = "http://gandan.example"
THIRD = CALENDAR_PERIODS[Grain.QUARTER].period(PeriodName(2026, Grain.QUARTER, 3))
DUTY = """
- {code: wards, title: Báo cáo quý, superior: CATP, line: police, unit_kind: station, every: quarter, within: 5,
   measures: [dossiers-received, dossiers-finished, dossiers-on-time-share, letters-owed, letters-sent], valid_from: 2026-07-01,
   source: bench}
"""
WRITERS, SAVES = 5, 12


def run(size: str) -> list[Row]:
    events, wards = SIZES[size]
    with tempfile.TemporaryDirectory() as folder, city(events):
        os.environ["GANDAN_SIGNING_DIR"] = settings.SIGNING_DIR = folder
        by = importer()
        for file in shipped():
            load_programme(text=file.read_text("utf-8"), by=by, on=TODAY)
        people = _people()
        return [*_closing(people), *_wards(wards, people), *_writing(people["police"])]


def _people() -> dict[str, Person]:
    made = {}
    for name, code, line in (("civil", "BTGDVTU", Line.CIVIL), ("police", "CATP", Line.POLICE)):
        made[name] = enrol(
            username=f"bench-{name}", name=f"Nguyễn Văn {name.title()}", unit=unit(code), role=Role.UNIT_HEAD, line=line,
            by=importer(), on=date(2026, 1, 5),
        )  # fmt: skip
        make_key(made[name].username, made[name].name, code, AT - timedelta(days=1))
    return made


def _closing(people: dict[str, Person]) -> list[Row]:
    """The whole way of the closing report, from nothing to three files; then its two signatures, and looking at them."""
    made: dict[str, Any] = {}
    by, found = importer(), programme("2022-2026")
    period = Period(found.during.lower, date(2026, 11, 1))

    def whole() -> None:
        report = operations.draft(unit=found.unit, period=period, programme=found, by=by, on=TODAY)
        report = operations.freeze(report=_written(report, by), by=by, on=TODAY)
        made["report"] = report
        for name, make in (("pdf", queries.pdf), ("docx", queries.docx), ("xlsx", queries.xlsx)):
            made[name] = make(report, base_url=SITE, made_at=AT)

    taken = seconds(whole)
    sheet = openpyxl.load_workbook(BytesIO(made["xlsx"]), read_only=True)
    cells = sum((one.max_row or 0) * (one.max_column or 0) for one in sheet.worksheets)
    both, report = [people["civil"], people["police"]], made["report"]

    def signing() -> None:
        operations.put_to_sign(report=report, people=both, base_url=SITE, at=AT, by=by, on=TODAY)
        for one in both:
            operations.sign_report(report=report, by=one, on=TODAY, at=AT)
        made["signed"] = queries.pdf(Report.objects.get(pk=report.pk), base_url=SITE, made_at=AT)
        assert verify_pdf(made["signed"]).intact

    signed = seconds(signing)
    return [
        Row("closing report: drafted, frozen, PDF, DOCX, annex of wards", taken, "s", None, "< 8", taken < 8),
        Row("cells of the annex", cells, "cells"),
        Row("numbered, signed by two and validated", signed, "s", None, "< 2", signed < 2),
    ]


def _wards(count: int, people: dict[str, Person]) -> list[Row]:
    by, head = importer(), people["police"]
    operations.set_duties(text=DUTY, by=by, on=TODAY)
    operations.raise_reports(by=by, on=TODAY)
    duty = ReportDuty.objects.get(code="wards")
    few = OwedReport.objects.filter(duty=duty).order_by("pk")[:count].values_list("pk", flat=True)
    OwedReport.objects.filter(duty=duty).exclude(pk__in=list(few)).delete()
    asked = operations.ask_many(duty="wards", label=THIRD.label, by=head, on=TODAY)

    def begin() -> None:
        while operations.begin_many(asked=asked, simulated=True, by=head, on=TODAY).now:
            pass

    begun = seconds(begin)
    for one in Report.objects.filter(owed__duty=duty).prefetch_related("sections"):
        _written(one, head)
    with step("approving while events come in"):
        waits, approved = _approve(head)
    parent = operations.draft(unit=unit("CATP"), period=THIRD, measures=duty.measures, line=Line.POLICE, by=head, on=TODAY)
    parent = operations.freeze(report=_written(parent, head), by=head, on=TODAY)
    holds = all(not queries.check(one) for one in Report.objects.filter(owed__duty=duty).select_related("unit", "programme"))
    return [
        Row(f"{count} wards' quarterly reports begun in one go", begun, "s", None, "< 60", begun < 60),
        Row(f"{count} approved, with events coming in", approved, "s"),
        Row("the longest wait of who writes meanwhile", max(waits, default=0), "s", None, "< 1", max(waits, default=0) < 1),
        Row("reports that equal their posting", 1.0 if holds else 0.0, "all", None, "1", holds),
        Row("parent = cited + listed differences", 1.0 if _adds_up(parent) else 0.0, "all", None, "1", _adds_up(parent)),
    ]


def _approve(head: Person) -> tuple[list[float], float]:
    """Approve every ward's report while another thread records late events; return how long each of its writes took."""
    waits: list[float] = []
    done = threading.Event()

    def write() -> None:
        late, actor = Unit.objects.get(code="CAP-W26740"), importer()
        while not done.is_set():
            waits.append(seconds(lambda: _late(unit=late, by=actor, on=TODAY)))
            time.sleep(0.01)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        owed = OwedReport.objects.filter(duty__code="wards").select_related("report")
        taken = seconds(lambda: [operations.freeze(report=one.report, by=head, on=TODAY) for one in owed if one.report])
    finally:
        done.set()
        writer.join()
    return waits, taken


@operation
def _late(*, unit: Unit, by: Person, on: date) -> None:
    """Record a dossier of the quarter that comes late.

    :raises Undeclared: never
    """
    record(Kind.DOSSIER_RECEIVED, unit=unit, day=date(2026, 8, 12), by=by, procedure="identity-card", channel="counter")


def _adds_up(parent: Report) -> bool:
    """Whether each unit's figure in the parent is what its own report says, plus the difference that is listed."""
    sheet = queries.as_signed(parent)
    for one in queries.cited(parent):
        below = queries.as_signed(queries.report(one.code))
        listed = {each.code: each for each in one.differences}
        for measure in below.table():
            own, above = below.at(measure.code, THIRD), sheet.at(measure.code, THIRD, one.unit_id)
            if own is None or above is None or own.cell.value == above.cell.value:
                continue
            if measure.code not in listed or listed[measure.code].now != above.cell.value:
                return False
    return True


def _written(report: Report, by: Person) -> Report:
    """Write what is still to be written of a report."""
    for section in report.sections.all():
        text = filled(section.text, lambda asked: "Không có.")
        operations.write_section(report=report, position=section.position, text=text, by=by, on=TODAY)
    return report


def _writing(head: Person) -> list[Row]:
    """Five write one section at once, each from the version they last saw; one of them loses the answers to half their saves."""
    report = operations.draft(unit=unit("CATP"), period=THIRD, line=Line.POLICE, by=head, on=TODAY)
    operations.write_section(report=report, position=1, text="Mở đầu.", by=head, on=TODAY)
    section = report.sections.get(position=1)
    threads = [
        threading.Thread(target=_writer, args=(report, head, nth, section.version, section.text)) for nth in range(WRITERS)
    ]
    taken = seconds(lambda: [*(one.start() for one in threads), *(one.join() for one in threads)])
    text = report.sections.get(position=1).text
    lost = sum(f"w{writer}s{save}" not in text.split() for writer in range(WRITERS) for save in range(SAVES))
    return [
        Row(f"{WRITERS} write at once, {SAVES} saves each", taken, "s"),
        Row("words lost", lost, "words", None, "0", lost == 0),
    ]


def _writer(report: Report, by: Person, nth: int, base: int, text: str) -> None:
    for save in range(SAVES):
        text = f"{text} w{nth}s{save}"
        saved = operations.autosave_section(report=report, position=1, text=text, base=base, by=by, on=TODAY)
        if nth == 0 and save % 2:
            continue  # the answer was lost on its way: they go on from what they had
        base, text = saved.section.version, saved.section.text
    connections.close_all()
