"""Directives, tasks of programmes, and the plans that units derive from them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.programmes import ProgrammeCode
from gandan.faces.api.shapes import MeasureName, UnitName, number
from gandan.ground.organisations import queries as organisations
from gandan.results.programmes import operations, queries
from gandan.results.programmes.rules import Course, DirectiveKind, PartKind, TurnState

router = Router(tags=["programmes"])
TaskNumber = Annotated[asked.Number, Path(description="The number of a task at a unit.")]
DirectiveCode = Annotated[asked.Code, Path(description="A directive's code, such as `nq-dai-hoi-xi`.")]
StateName = Literal["open", "done", "dropped"]


class DirectiveTask(BaseModel):
    """A task that answers a point of a directive."""

    programme: str
    number: str = Field(description="As it is numbered in the programme's text; empty if it was given beside it.")
    text: str
    in_force: bool = Field(description="False if an amendment has left it.")


class DirectivePoint(BaseModel):
    """One point of a directive; open if neither a task answers it nor a reason sets it aside."""

    position: int
    text: str
    open: bool
    aside: str = Field(description="Why it needs no task, or empty.")
    tasks: list[DirectiveTask]


class Directive(BaseModel):
    """What those above have laid down."""

    code: str
    kind: DirectiveKind
    number: str = Field(description="As printed, or empty where it is not known.")
    body: str = Field(description="Who issued it.")
    dated: date | None = Field(description="The day it bears; null where it is not known.")
    title: str
    source: str = Field(description="Where its words are from.")
    simulated: bool = Field(description="Whether it is made up for the demonstration.")
    points: int = Field(description="How many points it has.")
    unanswered: int = Field(description="How many of them nothing answers.")


class DirectiveRead(Directive):
    rows: list[DirectivePoint] = Field(description="Its points, in their order.")


class DirectiveList(BaseModel):
    items: list[Directive] = Field(description="The newest first.")


class TaskTurn(BaseModel):
    """A task at one unit, by one day."""

    task: int = Field(description="Its number.")
    programme: str = Field(description="The code of the programme or plan.")
    number: str = Field(description="As it is numbered in the text; empty if it was given beside it.")
    text: str
    unit: UnitName = Field(description="Who is responsible.")
    period: str = Field(description="Of a recurring task: for which period; else empty.")
    due_on: date = Field(description="Its last day.")
    done_on: date | None = Field(description="The day it was done; null while it is not.")
    course: Course = Field(description="open, begun, at_risk, late, done, done_late or dropped.")
    steps: int = Field(description="How many steps it was divided into.")
    steps_done: int = Field(description="How many of them are done.")
    evidence: int = Field(description="How many pieces of evidence it has.")


class TaskStep(BaseModel):
    position: int
    text: str
    done_on: date | None = Field(description="The day it was done; null while it is not.")


class TaskEvidence(BaseModel):
    """What shows that a task was done."""

    note: str
    added_on: date = Field(description="The day it was added.")
    file: str = Field(description="The name of the file, or empty.")
    event: int | None = Field(description="The number of an event of the ledger, if it is one.")


class TaskTurnRead(TaskTurn):
    outcome: str
    step_rows: list[TaskStep] = Field(description="Its steps, in their order.")
    evidence_rows: list[TaskEvidence] = Field(description="Its evidence, the oldest first.")


class TaskTurnList(BaseModel):
    items: list[TaskTurn] = Field(description="The earliest due first.")
    next: str | None = Field(description="The `cursor` of the following page; null on the last.")


class TaskDone(BaseModel):
    """What came of a task."""

    model_config = ConfigDict(extra="forbid")
    outcome: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(description="In a few words.")
    evidence: Annotated[str, StringConstraints(max_length=300)] = Field(default="", description="Where it can be seen, or empty.")
    event: int | None = Field(default=None, description="The number of an event of the ledger that shows it.")


class UnitPlan(BaseModel):
    """A unit and its own plan."""

    unit: UnitName
    plan: str = Field(description="The code of its plan; empty if it has none.")
    in_force: bool
    since: date | None = Field(description="The day it was issued.")
    open: int = Field(description="Tasks still to do, in time.")
    late: int = Field(description="Tasks past their day.")
    done: int = Field(description="Tasks done.")


class UnitTargets(BaseModel):
    """What units aim at, beside the programme's own target."""

    measure: MeasureName
    year: int = Field(description="A calendar year.")
    programme: float | int | None = Field(description="The programme's target; null without one.")
    units: int = Field(description="How many units have one.")
    total: float | int | None = Field(description="The sum of what adds up; null for a share.")
    lowest: float | int | None = Field(description="The lowest of the units' targets.")
    highest: float | int | None = Field(description="The highest of the units' targets.")
    short: list[UnitName] = Field(description="Units that aim at less than the programme does.")


class UnitPlans(BaseModel):
    items: list[UnitPlan] = Field(description="Those without a plan first.")
    without: int = Field(description="How many have none in force.")
    targets: list[UnitTargets]


class TextPart(BaseModel):
    """One part of a text."""

    key: str = Field(description="It stays through all texts of the programme.")
    kind: PartKind
    number: str
    text: str
    facts: dict[str, Any] = Field(description="Units, days, measure, targets, as the text has them.")


class ProgrammeText(BaseModel):
    """A text that came into force."""

    programme: str
    number: int = Field(description="1 is the first; each amendment adds one.")
    in_force_from: date = Field(description="The first day on which this text holds.")
    number_line: str = Field(description="As printed on the signed paper; empty if it was read from a file.")
    why: str
    digest: str
    parts: list[TextPart]


@router.get("/directives", response=answers(DirectiveList), summary="Directives")
def directives(
    request: HttpRequest,
    kind: Annotated[DirectiveKind | None, Query(description="Only those of this kind.")] = None,
    open: Annotated[bool, Query(description="Only those with a point that nothing answers.")] = False,
) -> DirectiveList:
    """What those above have laid down, with how many of its points nothing answers.

    Who may: anyone signed in.
    """
    return DirectiveList(items=[Directive(**_directive(row)) for row in queries.directives(kind=kind, open_only=open)])


@router.get("/directives/{code}", response=answers(DirectiveRead), summary="One directive")
def directive(request: HttpRequest, code: DirectiveCode) -> DirectiveRead:
    """A directive point by point, each with the tasks that answer it.

    Who may: anyone signed in.
    """
    row = queries.directive(code)
    points = [
        DirectivePoint(
            position=point.position, text=point.text, open=point.open, aside=point.aside,
            tasks=[
                DirectiveTask(programme=task.programme, number=task.number, text=task.text, in_force=not task.left)
                for task in point.tasks
            ],
        )
        for point in row.rows
    ]  # fmt: skip
    return DirectiveRead(**_directive(row), rows=points)


@router.get("/tasks", response=answers(TaskTurnList), summary="Tasks")
def tasks(
    request: HttpRequest,
    programme: Annotated[asked.Code | None, Query(description="Only of this programme and plans derived from it.")] = None,
    unit: Annotated[asked.Code | None, Query(description="Only those of this unit.")] = None,
    state: Annotated[StateName | None, Query(description="Only those in this state.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> TaskTurnList:
    """Tasks of programmes, each at one unit by one day; the earliest due first.

    Who may: who reads figures (`read_figures`) sees those of their units.
    """
    page = queries.turns(
        asked.viewer(request), asked.today(), units=[organisations.unit_id(unit)] if unit else None, programme=programme or "",
        state=TurnState(state) if state else None, after=asked.read(cursor), limit=limit,
    )  # fmt: skip
    rows = organisations.rows({row.unit for row in page.rows})
    return TaskTurnList(items=[TaskTurn(**_turn(row, rows)) for row in page.rows], next=asked.written(page.next))


@router.get("/tasks/{number}", response=answers(TaskTurnRead), summary="One task")
def task(request: HttpRequest, number: TaskNumber) -> TaskTurnRead:
    """A task at one unit, with its steps and evidence.

    Who may: who reads figures at the unit (`read_figures`).
    """
    return _read(request, number)


@router.post("/tasks/{number}/done", response=answers(TaskTurnRead), summary="Say that a task is done")
def done(request: HttpRequest, number: TaskNumber, body: TaskDone) -> TaskTurnRead:
    """With what came of it, and perhaps what shows it; the promise is kept.

    Who may: who does tasks at the unit (`do_tasks`).
    """
    given: dict[str, Any] = {
        "turn": queries.turn_of(number, asked.viewer(request), asked.today()), "by": asked.viewer(request), "on": asked.today()
    }  # fmt: skip
    if body.evidence or body.event is not None:
        operations.show(note=body.evidence or body.outcome, event=body.event, **given)
    operations.finish(outcome=body.outcome, **given)
    return _read(request, number)


@router.get("/programmes/{code}/plans", response=answers(UnitPlans), summary="The plans of units")
def plans(request: HttpRequest, code: ProgrammeCode) -> UnitPlans:
    """Which units have a plan of their own, which have not, and how their targets stand beside the programme's.

    Who may: anyone signed in.
    """
    seen = queries.cascade(queries.programme(code), asked.today())
    short = organisations.rows({unit for one in seen.targets for unit in one.short})
    return UnitPlans(
        items=[
            UnitPlan(
                unit=UnitName.of(row.unit), plan=row.code, in_force=row.in_force, since=row.since, open=row.open, late=row.late,
                done=row.done,
            )
            for row in seen.rows
        ],
        without=seen.without,
        targets=[
            UnitTargets(
                measure=MeasureName.of(one.measure), year=one.year, programme=number(one.whole), units=one.units,
                total=number(one.total), lowest=number(one.lowest), highest=number(one.highest),
                short=[UnitName.of(short[unit]) for unit in one.short],
            )
            for one in seen.targets
        ],
    )  # fmt: skip


@router.get("/programmes/{code}/texts/{number}", response=answers(ProgrammeText), summary="A text of a programme")
def text(
    request: HttpRequest, code: ProgrammeCode, number: Annotated[asked.Number, Path(description="1 is the first.")]
) -> ProgrammeText:
    """The programme as it was signed, or as an amendment left it: what no longer holds stays readable.

    Who may: anyone signed in.
    """
    programme = queries.programme(code)
    parts = queries.edition_rows(programme, number)
    told = next(one for one in queries.editions(programme) if one.number == number)
    return ProgrammeText(
        programme=code, number=number, in_force_from=told.on, number_line=told.number_line, why=told.why, digest=told.digest,
        parts=[
            TextPart(key=part.key, kind=part.kind, number=part.number, text=part.text, facts=dict(part.facts)) for part in parts
        ],
    )  # fmt: skip


def _directive(row: queries.DirectiveRow) -> dict[str, Any]:
    return {
        "code": row.code, "kind": row.kind, "number": row.number, "body": row.body, "dated": row.dated, "title": row.title,
        "source": row.source, "simulated": row.simulated, "points": row.points, "unanswered": row.unanswered,
    }  # fmt: skip


def _turn(row: queries.TurnRow, rows: dict[int, organisations.UnitRow]) -> dict[str, Any]:
    return {
        "task": row.id, "programme": row.programme, "number": row.number, "text": row.text, "unit": UnitName.of(rows[row.unit]),
        "period": row.label, "due_on": row.due_on, "done_on": row.done_on, "course": row.course, "steps": row.steps,
        "steps_done": row.steps_done, "evidence": row.evidence,
    }  # fmt: skip


def _read(request: HttpRequest, number: int) -> TaskTurnRead:
    shown = queries.turn(number, asked.viewer(request), asked.today())
    return TaskTurnRead(
        **_turn(shown.row, organisations.rows({shown.row.unit})),
        outcome=shown.outcome,
        step_rows=[TaskStep(position=one.position, text=one.text, done_on=one.done_on) for one in shown.steps],
        evidence_rows=[
            TaskEvidence(note=one.note, added_on=one.added_on, file=one.file.name if one.file else "", event=one.event)
            for one in shown.evidence
        ],
    )
