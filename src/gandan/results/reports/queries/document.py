"""A report as a document of state or Party, ready to be typeset."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.charts import Frame, Look, Spot, svg, trend
from gandan.ground.documents.charts import Line as ChartLine
from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.queries import pdf_of, signing_of
from gandan.ground.documents.rules import (
    Block,
    Chart,
    Clause,
    LedgerStamp,
    Letterhead,
    Paragraph,
    Point,
    ReportDocument,
    Run,
    Section,
)
from gandan.ground.documents.typesetting import typeset_report
from gandan.ground.documents.wordprocessing import docx_of
from gandan.ground.organisations.queries import row
from gandan.ground.vietnam.numbers import date_vi, number_vi
from gandan.results.reports.models import Report
from gandan.results.reports.queries.beside import cited_annex, comparison_table
from gandan.results.reports.queries.compiling import compiled, resolved
from gandan.results.reports.queries.issuing import FORM, Issue, issued, issuers, layout_of, place_of
from gandan.results.reports.queries.issuing import blocks as signature_blocks
from gandan.results.reports.queries.linking import Link, linking, report_address
from gandan.results.reports.queries.periods import period_of
from gandan.results.reports.queries.signed import as_signed
from gandan.results.reports.queries.tables import by_heading, definitions, units_annex, year_label
from gandan.results.reports.queries.writing import explanations
from gandan.results.reports.rules import FROZEN_ONCE, RESULTS, Bound, Gap, Name, Sheet, Words, bound, read, told
from gandan.results.reports.rules import Block as TextBlock

KINDS = {"closing": "tổng kết", "interim": "sơ kết", "periodic": ""}
NUMBERED = re.compile(r"^\d+\.\s+")

# The pictures: which measures, under the heading of the first of them, and what they show.
CHARTS = (
    (("dossiers-received", "dossiers-finished"), "Hồ sơ đã tiếp nhận và đã giải quyết theo năm", "hồ sơ"),
    (("dossiers-on-time-share", "dossiers-honest-on-time-share"), "Tỷ lệ giải quyết đúng hạn theo năm", "% hồ sơ"),
)


def sheet_of(report: Report) -> Sheet:
    """Return a report's figures: as signed, or of a draft as known now."""
    return as_signed(report) if report.status in FROZEN_ONCE else compiled(report)


def pdf(report: Report, *, base_url: str, made_at: datetime) -> bytes:
    """Return a report as PDF. One that has its number is the paper that is being signed, or was, byte by byte.

    A frozen one is dated by the moment of its freezing, so it is the same each time.
    """
    signing = signing_of("reports.report", report.pk) if report.number_line else None
    if signing is not None:
        return pdf_of(signing.paper_id)
    return typeset_report(document(report, base_url=base_url, made_at=made_at))


def docx(report: Report, *, base_url: str, made_at: datetime) -> bytes:
    """Return a report as DOCX, to be written on: what it says, without signatures."""
    return docx_of(document(report, base_url=base_url, made_at=made_at, issue=issued(report)))


def document(report: Report, *, base_url: str, made_at: datetime, issue: Issue | None = None) -> ReportDocument:
    """Return a report in the layout of who issues it.

    :param base_url: where the site is, so that each figure leads to its page
    :param made_at: the moment of making; that of freezing takes its place
    :param issue: its number, day and signatories, once it has them
    """
    return _Writing(report, sheet_of(report), base_url, made_at, issue).document()


class _Writing:
    """A report on its way to paper."""

    def __init__(self, report: Report, sheet: Sheet, base_url: str, made_at: datetime, issue: Issue | None) -> None:
        self.report, self.sheet, self.base_url, self.issue = report, sheet, base_url, issue
        self.made_at = (report.frozen_at or made_at).replace(microsecond=0)
        self.day = issue.on if issue else report.frozen_on or report.drafted_on
        self.period = period_of(report)
        self.link: Link = linking(report, base_url)
        self.issuers = issuers(report, self.day)

    def document(self) -> ReportDocument:
        report, issue, form = self.report, self.issue, layout_of(self.report, self.day)
        sections = [
            Section(section.title, [*self._text(section.text), *(self._results() if section.position == RESULTS else ())])
            for section in report.sections.all()
        ]
        basis = report.programme.basis if report.programme else ()
        return ReportDocument(
            profile=form,
            letterheads=[Letterhead(body=unit.name) for unit, _ in self.issuers],
            number=issue.number if issue else number_line(form, None, FORM.sign, [unit.code for unit, _ in self.issuers]),
            place=place_of(report, self.day),
            signed_on=issue.on if issue else None,
            kind="Báo cáo",
            abstract=report.title,
            sections=sections,
            signatures=signature_blocks(self.issuers, issue),
            recipients=[*self._superior(), *self._each_other()],
            addressed_to=self._superior(),
            made_at=self.made_at,
            grounds=[f"Căn cứ {one[0].lower()}{one[1:]}" for one in basis],
            opening=[Paragraph(self._opening())],
            closing=f"Trên đây là báo cáo {KINDS[report.kind]} của {self._bodies()}".replace("  ", " "),
            annexes=[*units_annex(self.sheet, self.link), *cited_annex(self.report, self.sheet), definitions(self.sheet)],
            ledger=self._stamp(),
            simulated=report.simulated,
            draft=report.status not in FROZEN_ONCE,
            signable=issue is not None,
        )

    def _superior(self) -> list[str]:
        of = self.report.superior_id
        return [row(of, self.day).name] if of and of != self.report.unit_id else []

    def _each_other(self) -> list[str]:
        """The parties of a joint report; who issues one alone keeps it on file, and that is said anyway."""
        return [unit.name for unit, _ in self.issuers] if len(self.issuers) > 1 else []

    def _bodies(self) -> str:
        return " và ".join(unit.name for unit, _ in self.issuers)

    def _opening(self) -> str:
        what = f"kết quả thực hiện {_small(self.report.programme.title)}" if self.report.programme else "kết quả công tác"
        return f"{self._bodies()} báo cáo {what}, kỳ {self.period.label_vi}, như sau:"

    def _stamp(self) -> LedgerStamp | None:
        report = self.report
        if report.posting is None or report.through is None:
            return None
        return LedgerStamp(report.posting, report.digest, report.through, report_address(report, self.base_url))

    # The text

    def _text(self, text: str) -> list[Block]:
        blocks = read(text, {measure.code for measure in self.sheet.measures})
        asked = {one: (unit, period) for one, unit, period in resolved(self.report, bound(blocks))}
        made: list[Block] = []
        clause: list[Block] = made
        for block in blocks:
            runs = list(self._runs(block, asked))
            if block.kind == "heading":
                clause = []
                made.append(Clause("".join(run.text for run in runs), clause))
            else:
                clause.append(Point(runs) if block.kind == "item" else Paragraph(runs))
        return made

    def _runs(self, block: TextBlock, asked: dict[Bound, tuple[int, Period]]) -> Iterator[Run]:
        for piece in block.pieces:
            match piece:
                case Words(text):
                    yield Run(text)
                case Gap(text):
                    yield Run(f"[Còn phải viết: {text}]", bold=True)
                case Name(name):
                    yield Run(self._named(name))
                case Bound():
                    unit, period = asked[piece]
                    one = self.sheet.at(piece.code, period, unit)
                    if one is None:
                        yield Run("…")
                    else:
                        yield Run(told(piece, one, self.sheet), bold=True, link=self.link(one))

    def _named(self, name: str) -> str:
        match name:
            case "unit":
                return row(self.report.unit_id, self.period.last).name
            case "period":
                return f"từ {date_vi(self.period.start)} đến hết {date_vi(self.period.last)}"
            case "programme":
                return self.report.programme.title if self.report.programme else "Chương trình"
            case "through":
                return date_vi(self.report.through or self.period.last)
            case _:
                return str(self.report.posting or "…")

    # The figures

    def _results(self) -> Iterator[Block]:
        for heading, table in by_heading(self.sheet, self.link):
            yield Clause(NUMBERED.sub("", heading), [table, *self._charts(heading)])
        compared = comparison_table(self.sheet, explanations(self.report))
        if compared is not None:
            yield Clause("So sánh", [compared])

    def _charts(self, heading: str) -> Iterator[Chart]:
        standing = {measure.code: measure for measure in self.sheet.table()}
        for codes, caption, measured_in in CHARTS:
            shown = [standing[code] for code in codes if code in standing]
            if not self.sheet.years or not shown or shown[0].heading != heading:
                continue
            lines = tuple(ChartLine(measure.name.vi, tuple(self._spots(measure.code))) for measure in shown)
            if not any(spot.value is not None for line in lines for spot in line.spots):
                continue
            frame = Frame(measured_in, decimals=shown[0].decimals, suffix=shown[0].suffix, look=Look.PAPER)
            yield Chart(_drawn(lines, frame), caption, self._alt(lines, shown[0].decimals, shown[0].suffix))

    def _spots(self, code: str) -> Iterator[Spot]:
        for year in self.sheet.years:
            one = self.sheet.at(code, year)
            value = one.value if one else None
            yield Spot(year_label(year), None if value is None else float(value))

    def _alt(self, lines: Sequence[ChartLine], decimals: int, suffix: str) -> str:
        return "; ".join(
            f"{line.name}: "
            + ", ".join(
                f"{spot.period} {number_vi(spot.value, decimals)}{suffix}" for spot in line.spots if spot.value is not None
            )
            for line in lines
        )


@lru_cache(maxsize=64)
def _drawn(lines: tuple[ChartLine, ...], frame: Frame) -> str:
    """Draw a picture once: a report's PDF, DOCX and the one that is signed show the same."""
    return svg(trend(lines, frame))


def _small(title: str) -> str:
    return title[0].lower() + title[1:]
