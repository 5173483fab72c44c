"""All answers in one table, and as a document and a workbook, with who has not answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gandan.ground.documents.numbering import number_line
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.rules import (
    Annex,
    Block,
    Cell,
    Clause,
    Column,
    Level,
    Paragraph,
    Point,
    ReportDocument,
    Row,
    Run,
    Section,
    SignatureBlock,
    Status,
    Table,
)
from gandan.ground.documents.rules import Letterhead as Head
from gandan.ground.documents.typesetting import typeset_report
from gandan.ground.documents.wordprocessing import docx_of
from gandan.ground.documents.workbook import Book, Sheet, workbook
from gandan.ground.organisations.queries import UnitRow, line_of, row, rows, tree
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.numbers import date_vi, number_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Share
from gandan.results.programmes.queries.issuing import PROFILES
from gandan.results.reports.queries import FORM
from gandan.results.requests.models import Answer, ReportRequest
from gandan.results.requests.queries.prefilling import AnsweredFigure, figures_of, period_of
from gandan.results.requests.rules import AnswerStage, AskedRow, FilledHow, added

ON_PAPER = 8  # columns of figures that a page holds; the workbook has all


@dataclass(frozen=True)
class GatheredRow:
    """What one unit has answered."""

    unit: UnitRow
    answer: Answer
    figures: list[AnsweredFigure]


@dataclass(frozen=True)
class Gathered:
    """All that came: the rows, what each column comes to, and who has not answered."""

    asked: list[AskedRow]
    rows: list[GatheredRow]
    totals: list[Decimal | None]  # of what is counted
    stated: list[Decimal | None]  # of what is stated, never added to it
    silent: list[UnitRow]
    excused: list[UnitRow]


def gathered(request: ReportRequest) -> Gathered:
    """Return the answers that were given, as they were frozen, with sums of what is counted and of what is stated apart."""
    several = list(Answer.objects.filter(request=request).select_related("request").prefetch_related("figures"))
    named = rows({one.unit_id for one in several}, request.asked_on)
    ordered = sorted(several, key=lambda one: (named[one.unit_id].sort_key, named[one.unit_id].code))
    given = [one for one in ordered if one.stage == AnswerStage.ANSWERED]
    found = [GatheredRow(named[one.unit_id], one, figures_of(one)) for one in given]
    asked = [AskedRow(**one) for one in request.rows]
    columns = [[one.figures[nth] for one in found] for nth in range(len(asked))]
    sums = [[added((f.value, f.part, f.whole) for f in column if f.how is how) for column in columns]
            for how in (FilledHow.COUNTED, FilledHow.STATED)]  # fmt: skip
    return Gathered(
        asked, found, sums[0], sums[1],
        [named[one.unit_id] for one in ordered if one.stage not in {AnswerStage.ANSWERED, AnswerStage.EXCUSED}],
        [named[one.unit_id] for one in ordered if one.stage == AnswerStage.EXCUSED],
    )  # fmt: skip


def request_xlsx(request: ReportRequest, *, made_at: datetime) -> bytes:
    """Return the gathered answers as a workbook: figures, words to each point, who has not answered."""
    found = gathered(request)
    return workbook(
        Book(
            title=request.title, author=row(request.superior_id, request.asked_on).name, made_at=made_at,
            sheets=list(_sheets(request, found)), simulated=request.simulated,
        )
    )  # fmt: skip


def _sheets(request: ReportRequest, found: Gathered) -> Iterator[Sheet]:
    if found.asked:
        columns = [Column("TT", centred=True), Column("Đơn vị", figures=False), *(Column(one.words) for one in found.asked)]
        yield Sheet("Biểu tổng hợp", f"{request.title}, {period_of(request).label_vi}", columns, list(_rows(found)))
    if request.points:
        heads = [Column("TT", centred=True), Column("Đơn vị", figures=False)]
        heads += [Column(point, figures=False) for point in request.points]
        said = [
            Row([str(nth), one.unit.name, *(one.answer.words.get(str(at), "") for at in range(len(request.points)))])
            for nth, one in enumerate(found.rows, start=1)
        ]
        yield Sheet("Nội dung", "Nội dung theo đề cương", heads, said)
    heads = [Column("TT", centred=True), Column("Đơn vị", figures=False), Column("Tình trạng", figures=False)]
    late = [Row([str(nth), one.name, "chưa trả lời"]) for nth, one in enumerate(found.silent, start=1)]
    late += [Row([str(nth), one.name, "được cho khỏi trả lời"]) for nth, one in enumerate(found.excused, start=len(late) + 1)]
    yield Sheet("Chưa trả lời", f"Đến hạn {date_vi(request.due_on)}", heads, late)


def _rows(found: Gathered) -> Iterator[Row]:
    for nth, one in enumerate(found.rows, start=1):
        systems = sorted({figure.systems for figure in one.figures if figure.systems})
        sources = sorted({figure.source for figure in one.figures if figure.source})
        said = [*(f"nêu theo {source}" for source in sources), *(f"việc làm ở {system}, nhập bằng tệp" for system in systems)]
        yield Row([str(nth), one.unit.name, *(_cell(figure) for figure in one.figures)], note="; ".join(said))
    yield Row(["", "Cộng số đếm được", *_sums(found.asked, found.totals, Status.COUNTED)], Level.TOTAL)
    if any(one is not None for one in found.stated):
        yield Row(["", "Cộng số nêu", *_sums(found.asked, found.stated, Status.STATED)], Level.TOTAL)


def _cell(figure: AnsweredFigure) -> Cell:
    if figure.value is None:
        return Cell(status=Status.NO_DATA)
    share = isinstance(CATALOGUE.get(figure.measure), Share)
    status = Status.STATED if figure.how is FilledHow.STATED else Status.COUNTED
    return Cell(figure.value, status, 1 if share else 0, "%" if share else "")


def _sums(asked: list[AskedRow], sums: list[Decimal | None], status: Status) -> Iterator[Cell]:
    for one, value in zip(asked, sums, strict=True):
        share = isinstance(CATALOGUE.get(one.measure), Share)
        yield Cell("–") if value is None else Cell(value, status, 1 if share else 0, "%" if share else "")


def request_docx(request: ReportRequest, *, made_at: datetime) -> bytes:
    return docx_of(_document(request, made_at))


def request_pdf(request: ReportRequest, *, made_at: datetime) -> bytes:
    return typeset_report(_document(request, made_at))


def _document(request: ReportRequest, made_at: datetime) -> ReportDocument:
    found, on = gathered(request), request.gathered_on or request.asked_on
    body = row(request.superior_id, on)
    form = profile(PROFILES[line_of(request.superior_id, on)], on)
    path = tree().path(request.superior_id, Line.ADMINISTRATION, on) or (request.superior_id,)
    of = len(found.rows) + len(found.silent) + len(found.excused)
    opening = (
        f"Thực hiện {request.paper}, {number_vi(len(found.rows))} trên {number_vi(of)} đơn vị được yêu cầu đã trả lời, "
        f"kỳ {period_of(request).label_vi}. {body.name} tổng hợp như sau:"
    )
    return ReportDocument(
        profile=form,
        letterheads=[Head(body=body.name)],
        number=number_line(form, None, FORM.sign, [body.code]),
        place=row(path[0], on).name,
        signed_on=None,
        kind="Báo cáo",
        abstract=f"Tổng hợp: {request.title}",
        sections=list(_sections(request, found)),
        signatures=[SignatureBlock(position="Thủ trưởng đơn vị", name="")],
        recipients=[body.name],
        made_at=made_at,
        opening=[Paragraph(opening)],
        closing=f"Trên đây là báo cáo tổng hợp của {body.name}",
        annexes=list(_annexes(found)),
        simulated=request.simulated,
        draft=request.gathered_on is None,
    )


def _sections(request: ReportRequest, found: Gathered) -> Iterator[Section]:
    silent = ", ".join(one.name for one in found.silent)
    excused = ", ".join(one.name for one in found.excused)
    told: list[Block] = [Paragraph(f"Chưa trả lời: {silent}." if silent else "Mọi đơn vị được yêu cầu đã trả lời.")]
    told += [Paragraph(f"Được cho khỏi trả lời: {excused}.")] if excused else []
    yield Section("Tình hình trả lời", told)
    if request.points:
        clauses: list[Block] = []
        for nth, point in enumerate(request.points):
            said = [(one.unit.name, one.answer.words.get(str(nth), "").strip()) for one in found.rows]
            clauses.append(Clause(point, [Point([Run(f"{name}: ", bold=True), Run(text)]) for name, text in said if text]))
        yield Section("Nội dung theo đề cương", clauses)
    if found.asked:
        yield Section("Số liệu", [_overall(found)])


def _overall(found: Gathered) -> Table:
    columns = [Column("TT", centred=True), Column("Dòng", figures=False, width=1), Column("Đơn vị tính", figures=False),
               Column("Đếm được"), Column("Số nêu")]  # fmt: skip
    counted, stated = (
        list(_sums(found.asked, found.totals, Status.COUNTED)),
        list(_sums(found.asked, found.stated, Status.STATED)),
    )
    rows = [
        Row([str(nth + 1), one.words, CATALOGUE[one.measure].unit.vi if one.measure else one.unit, counted[nth], stated[nth]])
        for nth, one in enumerate(found.asked)
    ]
    return Table("Tổng hợp các đơn vị đã trả lời", columns, rows, notes=["Số nêu đứng riêng, không cộng vào số đếm được."])


def _annexes(found: Gathered) -> Iterator[Annex]:
    if not found.asked or not found.rows:
        return
    shown = found.asked[:ON_PAPER]
    columns = [
        Column("TT", centred=True),
        Column("Đơn vị", figures=False, width=4),
        *(Column(one.words, width=1.4) for one in shown),
    ]
    rows = [Row(list(one.cells)[: 2 + ON_PAPER], one.level, one.note) for one in _rows(found)]
    yield Annex("Số liệu của từng đơn vị", [Table("", columns, rows, small=True)], landscape=True)
