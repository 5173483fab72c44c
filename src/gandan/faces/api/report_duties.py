"""Reports that are owed, the templates of superiors, and a unit's monthly reports beside each other."""

from datetime import date
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Stage

router = Router(tags=["reports"])
OwedNumber = Annotated[asked.Number, Path(description="The number of a report that is owed, as its list tells it.")]


class ReportOwed(BaseModel):
    """A report that a unit owes on a period."""

    number: int
    duty: str = Field(description="The code of the rule by which it is owed.")
    title: str
    title_en: str
    unit: UnitName
    superior: UnitName
    period: str = Field(description="The period, as the superior cuts it.")
    due_on: date
    stage: Stage
    late: bool
    report: str | None = Field(description="The report's code, once it is begun.")


class ReportsOwed(BaseModel):
    items: list[ReportOwed] = Field(description="The most pressing first.")


class BegunReport(BaseModel):
    report: str


class MonthlyFigure(BaseModel):
    measure: str
    words: str = Field(description="In the words of the superior.")
    heading: str
    value: float | None = Field(description="What stands in the table: counted, or stated where nothing is counted.")
    stated: bool


class Monthly(ReportOwed):
    """A unit's last monthly report to one superior, with the figures of its table once it is begun."""

    figures: list[MonthlyFigure]


class MonthlyReports(BaseModel):
    items: list[Monthly] = Field(description="One for each superior.")


class SuperiorsRow(BaseModel):
    measure: str
    words: str = Field(description="In the words of the superior; empty for the catalogue's.")
    heading: str


class SuperiorsTemplate(BaseModel):
    """A superior's template as it holds today."""

    code: str
    title: str
    title_en: str
    layout: str = Field(description="state, police or party.")
    first_day: int = Field(description="On which day its months begin.")
    addressed_to: str
    rows: list[SuperiorsRow]
    sections: list[str] = Field(description="The titles of its sections.")
    valid_from: date = Field(description="The first day it counts from.")
    source: str


class SuperiorsTemplates(BaseModel):
    items: list[SuperiorsTemplate]


@router.get("/owed-reports", response=answers(ReportsOwed), summary="Reports that are owed")
def owed(
    request: HttpRequest,
    duty: Annotated[asked.Slug | None, Query(description="Only by this rule.")] = None,
    period: Annotated[asked.PeriodText | None, Query(description="Only on this period.")] = None,
    settled: Annotated[bool, Query(description="Also those that are approved.")] = False,
) -> ReportsOwed:
    """At most 400 reports of the units whose figures the viewer may read.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    seen = organisations.visible_units(Right.READ_FIGURES, asked.viewer(request), asked.today())
    found = reports.owed_reports(seen, duty=duty or "", label=period or "", open_only=not settled)
    return ReportsOwed(items=_several(found))


@router.post("/owed-reports/{number}/begin", response={201: BegunReport, **SAYS_NO}, summary="Begin an owed report")
def begin(request: HttpRequest, number: OwedNumber) -> Status[BegunReport]:
    """Begin the report that a unit owes, prefilled from the ledger. 409 (`already_begun`) if it is.

    Who may: who writes reports at the unit (`write_reports`).
    """
    row = reports.owed_one(number)
    made = operations.begin_owed(owed=row.id, simulated=settings.SIMULATED, by=asked.viewer(request), on=asked.today())
    return Status(201, BegunReport(report=made.code))


@router.get("/monthly-reports", response=answers(MonthlyReports), summary="A unit's monthly reports")
def monthly(request: HttpRequest, unit: Annotated[asked.Code, Query(description="The unit's code.")]) -> MonthlyReports:
    """The last monthly report that a unit owes to each superior, from one ledger.

    Who may: who reads figures at the unit (`read_figures`).
    """
    number = organisations.unit_id(unit)
    asked.readable([number], request)
    found = reports.monthly([number], asked.today())
    return MonthlyReports(
        items=[
            Monthly(**said.model_dump(), figures=_figures(one))
            for one, said in zip(found, _several([one.owed for one in found]), strict=True)
        ]
    )


@router.get("/report-templates", response=answers(SuperiorsTemplates), summary="Templates of superiors")
def templates(request: HttpRequest) -> SuperiorsTemplates:
    """Each superior's template as it holds today: its rows, words, sections and the day on which its months begin.

    Who may: anyone signed in.
    """
    return SuperiorsTemplates(
        items=[
            SuperiorsTemplate(
                code=one.code, title=one.title, title_en=one.title_en, layout=one.layout, first_day=one.first_day,
                addressed_to=one.addressed_to,
                rows=[SuperiorsRow(measure=row.measure, words=row.words, heading=row.heading) for row in one.rows],
                sections=[section.title for section in one.sections], valid_from=one.valid_from, source=one.source,
            )
            for one in reports.templates(asked.today())
        ]
    )  # fmt: skip


def _several(found: list[reports.OwedRow]) -> list[ReportOwed]:
    units = organisations.rows({number for one in found for number in (one.unit_id, one.superior_id)})
    return [
        ReportOwed(
            number=one.id, duty=one.duty, title=one.title, title_en=one.title_en, unit=UnitName.of(units[one.unit_id]),
            superior=UnitName.of(units[one.superior_id]), period=one.label, due_on=one.due_on, stage=one.stage,
            late=one.late(asked.today()), report=one.report or None,
        )
        for one in found
    ]  # fmt: skip


def _figures(one: reports.MonthlyReport) -> list[MonthlyFigure]:
    if one.sheet is None:
        return []
    told = [(measure, one.sheet.at(measure.code, one.sheet.period)) for measure in one.sheet.table()]
    return [
        MonthlyFigure(
            measure=measure.code, words=measure.name.vi, heading=measure.heading,
            value=None if cell is None or cell.value is None else float(cell.value), stated=bool(cell and cell.stated),
        )
        for measure, cell in told
    ]  # fmt: skip
