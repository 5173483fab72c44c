"""What was found out after a report was approved, list by list; and the paper of such a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.queries import pdf_of, signing_of
from gandan.ground.documents.rules import (
    Annex,
    Block,
    Column,
    LedgerStamp,
    Letterhead,
    Paragraph,
    ReportDocument,
    Row,
    Section,
    Table,
)
from gandan.ground.documents.typesetting import typeset_report
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.queries import rows
from gandan.ground.vietnam.numbers import number_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports.models import FrozenMeasure, Report, RestatedFigure, Restatement
from gandan.results.reports.queries.issuing import FORM, Issue, blocks, issuers, layout_of, place_of
from gandan.results.reports.queries.linking import report_address
from gandan.results.reports.queries.periods import period_of
from gandan.results.reports.rules import Change, Key, SheetCell, described, period_of_label, told_of


class UnknownRestatement(Refused):
    """The report has no such list of differences."""


@dataclass(frozen=True)
class RestatedRow:
    """A figure that is no longer what was said."""

    code: str
    unit_id: int
    label: str
    period: Period
    was: str
    now: str
    events: int
    reason: str


@dataclass(frozen=True)
class RestatementRow:
    """One list of differences."""

    id: int
    nth: int
    reason: str
    posting: int
    digest: str
    by_name: str
    on: date
    number_line: str
    signed_on: date | None
    figures: tuple[RestatedRow, ...]


def restatements(report: Report) -> list[RestatementRow]:
    """Return the lists of a report, the first one first."""
    found = Restatement.objects.filter(report=report).select_related("by").prefetch_related("figures")
    return [
        RestatementRow(
            one.pk, one.nth, one.reason, one.posting, one.digest, one.by.name, one.on, one.number_line, one.signed_on,
            tuple(
                RestatedRow(
                    each.code, each.unit_id, each.label, period_of_label(each.label, each.during.lower, each.during.upper),
                    each.was, each.now, each.events, each.reason,
                )
                for each in sorted(one.figures.all(), key=lambda each: each.pk)
            ),
        )
        for one in found
    ]  # fmt: skip


def restatement(report: Report, nth: int) -> Restatement:
    """:raises UnknownRestatement: if the report has no such list"""
    found = Restatement.objects.filter(report=report, nth=nth).select_related("report__unit", "report__programme").first()
    if found is None:
        raise UnknownRestatement(gettext_noop("Báo cáo {code} không có lần điều chỉnh thứ {nth}."), code=report.code, nth=nth)
    return found


def restated(report: Report) -> dict[Key, str]:
    """Return what was last said of each figure that has been restated."""
    found = RestatedFigure.objects.filter(restatement__report=report).order_by("restatement__nth")
    return {Key(one.code, one.unit_id, one.during.lower, one.during.upper): one.now for one in found}


def untold(report: Report, figures: Iterable[Change]) -> list[Change]:
    """Return those differences that no list has told yet."""
    said = restated(report)
    return [one for one in figures if said.get(one.key) != stated(one)[1]]


def stated(one: Change, language: str = "vi") -> tuple[str, str]:
    """Write both sides of a difference, with part and whole of a share."""
    return _written(one.signed, language), _written(one.now, language)


def _written(one: SheetCell | None, language: str) -> str:
    measure = CATALOGUE.get(one.key.code) if one else None
    if one is None or measure is None:
        return "–"
    text = told_of(one, described(measure), language)
    if one.cell.part is None or one.cell.whole is None:
        return text
    return f"{text} ({number_vi(one.cell.part)}/{number_vi(one.cell.whole)})"


def restatement_pdf(found: Restatement, *, base_url: str, made_at: datetime) -> bytes:
    """Return a list of differences as PDF: once it has its number, the paper that is being signed, or was."""
    signing = signing_of("reports.restatement", found.pk) if found.number_line else None
    if signing is not None:
        return pdf_of(signing.paper_id)
    return typeset_report(restatement_document(found, base_url=base_url, made_at=made_at))


def restatement_document(found: Restatement, *, base_url: str, made_at: datetime, issue: Issue | None = None) -> ReportDocument:
    """Return a list of differences as a document of those who issued the report."""
    report, on = found.report, issue.on if issue else found.on
    issuing, form = issuers(report, on), layout_of(report, on)
    bodies = " và ".join(unit.name for unit, _ in issuing)
    number = report.number_line.removeprefix("Số:").removeprefix("Số").strip() or report.code
    own, below = _of_the_unit(found)
    return ReportDocument(
        profile=form,
        letterheads=[Letterhead(body=unit.name) for unit, _ in issuing],
        number=issue.number if issue else number_line(form, None, FORM.sign, [unit.code for unit, _ in issuing]),
        place=place_of(report, on),
        signed_on=issue.on if issue else None,
        kind="Báo cáo",
        abstract=f"Điều chỉnh số liệu lần {found.nth} của Báo cáo số {number}: {report.title}",
        sections=[
            Section("Lý do", [Paragraph(found.reason)]),
            Section("Số liệu khác với báo cáo đã ký", _told(own, bool(below))),
        ],
        signatures=blocks(issuing, issue),
        recipients=[unit.name for unit, _ in issuing],
        made_at=found.at.replace(microsecond=0),
        opening=[
            Paragraph(
                f"Từ khi báo cáo được duyệt tại lần ghi sổ số {number_vi(report.posting or 0)} đến lần ghi sổ số "
                f"{number_vi(found.posting)}, sổ cái biết thêm những điều sau đây. {bodies} nêu từng số khác đi, kèm lý do."
            )
        ],
        closing="Trên đây là các số liệu được điều chỉnh",
        annexes=[Annex("Số liệu điều chỉnh của các đơn vị trực thuộc", [Table("", *below, small=True)], True)] if below else [],
        ledger=LedgerStamp(found.posting, found.digest, report.through or found.on, report_address(report, base_url)),
        simulated=report.simulated,
        signable=issue is not None,
    )


Told = tuple[list[Column], list[Row]]


def _told(own: Told | None, more: bool) -> list[Block]:
    said = "Số đã ký trong báo cáo giữ nguyên; số điều chỉnh đứng bên cạnh."
    of_others = " Số của từng đơn vị trực thuộc nêu ở phụ lục." if more else ""
    return [Paragraph(f"{said}{of_others}"), *([Table("Số liệu điều chỉnh", *own, small=True)] if own else [])]


def _of_the_unit(found: Restatement) -> tuple[Told | None, Told | None]:
    """Return the columns and rows of the unit's own figures, and those of the units below it."""
    figures = list(found.figures.order_by("pk"))
    own = [one for one in figures if one.unit_id == found.report.unit_id]
    below = [one for one in figures if one.unit_id != found.report.unit_id]
    return _table(found, own, units=False), _table(found, below, units=True)


def _table(found: Restatement, figures: list[RestatedFigure], *, units: bool) -> Told | None:
    if not figures:
        return None
    whole, names = period_of(found.report), _names(found.report)
    named = rows({one.unit_id for one in figures}, found.report.during.upper)
    reasons = any(one.reason != found.reason for one in figures)
    columns = [
        Column("TT", centred=True), Column("Chỉ tiêu", figures=False, width=2.2),
        *([Column("Đơn vị", figures=False, width=2)] if units else []), Column("Kỳ", figures=False), Column("Đã ký"),
        Column("Nay là"), Column("Lượt đến sau"), *([Column("Lý do riêng", figures=False, width=2)] if reasons else []),
    ]  # fmt: skip
    made = []
    for nth, one in enumerate(figures, start=1):
        period = period_of_label(one.label, one.during.lower, one.during.upper)
        unit = [named[one.unit_id].name] if units else []
        own = [one.reason if one.reason != found.reason else ""] if reasons else []
        when, came = "cả kỳ" if period == whole else period.label_vi, number_vi(one.events) if one.events else ""
        made.append(Row([str(nth), names.get(one.code, one.code), *unit, when, one.was, one.now, came, *own]))
    return columns, made


def _names(report: Report) -> dict[str, str]:
    return dict(FrozenMeasure.objects.filter(report=report).values_list("code", "name_vi"))
