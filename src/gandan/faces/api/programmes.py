"""Programmes that bodies sign together, and how their indicators stand."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import MeasureName, Period, UnitName, Value, beside, number
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.results.programmes import queries as programmes
from gandan.results.programmes.rules import Standing

router = Router(tags=["programmes"])
ProgrammeCode = Annotated[asked.Code, Path(description="A programme's code, such as `2022-2026`.")]


class Party(BaseModel):
    """A body that signed."""

    unit: UnitName
    signs_as: str


class Programme(BaseModel):
    code: str
    title: str
    title_en: str
    unit: UnitName = Field(description="It covers this unit and all below it.")
    line: Line
    first: date = Field(description="Its first day, included.")
    last: date = Field(description="Its last day, included.")
    signed_on: date | None
    closed_on: date | None = Field(description="The day on which its closing report was frozen.")
    follows: str | None = Field(description="The code of the programme before it.")
    parties: list[Party]
    source: str
    verified: bool


class ProgrammeList(BaseModel):
    items: list[Programme] = Field(description="The latest first.")


class Task(BaseModel):
    text: str
    text_en: str
    due_on: date | None
    units: list[UnitName]


class Content(BaseModel):
    """One of the numbered contents."""

    number: int
    title: str
    title_en: str
    text: str
    tasks: list[Task]
    indicators: list[str] = Field(description="Codes of measures.")


class ProgrammeRead(Programme):
    basis: list[str] = Field(description="The documents it stands on.")
    contents: list[Content]


class Year(Value):
    """An indicator in one year, against its target."""

    period: Period
    target: float | int | None = Field(description="What it is to reach that year, in the measure's unit; null without one.")
    simulated_target: bool = Field(description="True where the target is made up for the demonstration.")
    standing: Standing = Field(description="met, at_risk, missed, no_target or no_data.")


class Indicator(BaseModel):
    content: int = Field(description="The number of the content it belongs to.")
    measure: MeasureName
    whole: Value = Field(description="Over the whole programme, as far as it has come.")
    years: list[Year]


class Progress(BaseModel):
    """How a programme's indicators stand."""

    programme: str
    unit: UnitName
    line: Line
    view: str
    as_of: int | None = Field(description="The posting as of which they are told; null: all that is known now.")
    simulated: bool = Field(description="True where the demonstration was loaded: then no figure is real.")
    period: Period
    indicators: list[Indicator]


@router.get("/programmes", response=answers(ProgrammeList), summary="Programmes")
def catalogue(request: HttpRequest) -> ProgrammeList:
    """Every programme with its parties.

    Who may: anyone signed in.
    """
    found = programmes.programmes()
    rows = organisations.rows({unit for one in found for unit in (one.unit_id, *(party.unit_id for party in one.parties.all()))})
    return ProgrammeList(items=[Programme(**_said(one, rows)) for one in found])


@router.get("/programmes/{code}", response=answers(ProgrammeRead), summary="One programme")
def one(request: HttpRequest, code: ProgrammeCode) -> ProgrammeRead:
    """A programme with its contents, tasks and indicators.

    Who may: anyone signed in.
    """
    found = programmes.programme(code)
    contents = programmes.contents(found)
    tasks = {task.pk: [unit.pk for unit in task.units.all()] for content in contents for task in content.tasks.all()}
    named = {
        found.unit_id,
        *(party.unit_id for party in found.parties.all()),
        *(unit for units in tasks.values() for unit in units),
    }
    rows = organisations.rows(named)
    return ProgrammeRead(
        **_said(found, rows),
        basis=found.basis,
        contents=[
            Content(
                number=content.number,
                title=content.title,
                title_en=content.title_en,
                text=content.text,
                tasks=[
                    Task(
                        text=task.text,
                        text_en=task.text_en,
                        due_on=task.due_on,
                        units=[UnitName.of(rows[unit]) for unit in tasks[task.pk]],
                    )
                    for task in content.tasks.all()
                ],
                indicators=[indicator.measure for indicator in content.indicators.all()],
            )
            for content in contents
        ],
    )


@router.get("/programmes/{code}/progress", response=answers(Progress), summary="A programme's indicators")
def progress(
    request: HttpRequest,
    code: ProgrammeCode,
    unit: Annotated[asked.Code | None, Query(description="A unit that it covers. By default the unit of the programme.")] = None,
    line: Annotated[Line | None, Query(description="By default the programme's own line.")] = None,
    view: asked.AsView = "as-was",
    as_of: asked.AsOf = None,
) -> Progress:
    """Each indicator over the whole programme and year by year (calendar years), against its targets.

    Who may: who reads figures at the unit (`read_figures`).
    """
    found = programmes.programme(code)
    at = organisations.unit_id(unit) if unit else found.unit_id
    asked.readable([at], request)
    day = asked.today()
    along, seen = line or Line(found.line), asked.view(view)
    read = programmes.progress(code, today=day, unit=at, line=along, view=seen, as_of=as_of)
    cells = [cell for part in read.contents for row in part.rows for cell in (row.whole, *(year.cell for year in row.years))]
    rows = organisations.rows({at, *beside(cells)})
    return Progress(
        programme=found.code,
        unit=UnitName.of(rows[at]),
        line=along,
        view=view,
        as_of=as_of,
        simulated=settings.SIMULATED,
        period=Period.of(read.period),
        indicators=[
            Indicator(
                content=part.content.number,
                measure=MeasureName.of(row.measure),
                whole=Value(**Value.said(row.whole, rows)),
                years=[
                    Year(
                        **Value.said(year.cell, rows),
                        period=Period.of(year.period),
                        target=number(year.target),
                        simulated_target=year.simulated,
                        standing=year.standing,
                    )
                    for year in row.years
                ],
            )
            for part in read.contents
            for row in part.rows
        ],
    )


def _said(one: Any, rows: Mapping[int, organisations.UnitRow]) -> dict[str, Any]:  # `one`: faces don't name records
    return {
        "code": one.code,
        "title": one.title,
        "title_en": one.title_en,
        "unit": UnitName.of(rows[one.unit_id]),
        "line": one.line,
        "first": one.during.lower,
        "last": one.during.upper - ONE_DAY,
        "signed_on": one.signed_on,
        "closed_on": one.closed_on,
        "follows": one.follows.code if one.follows else None,
        "parties": [Party(unit=UnitName.of(rows[party.unit_id]), signs_as=party.signs_as) for party in one.parties.all()],
        "source": one.source,
        "verified": one.verified,
    }
