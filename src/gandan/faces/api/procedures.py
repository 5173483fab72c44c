"""Procedures through time: what each asks, how long it may take, by which law; and a new rule, tried before it holds."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.calendar import Reckoned
from gandan.faces.api.dossier_steps import Paper, Short
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.ground.calendar.rules import Term, TermUnit
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.rules.papers import read_papers
from gandan.work.dossiers.rules.procedures import ProcedureData

router = Router(tags=["procedures"])


class Rule(BaseModel):
    """What a procedure is from a day until before another."""

    code: str
    name: str
    name_en: str
    field_code: str
    valid_from: date = Field(description="The first day on which it holds.")
    valid_to: date | None = Field(description="The first day on which it no longer holds; null while no end is known.")
    amount: int = Field(description="The term; 0 is at once, on the day of receipt.")
    unit: TermUnit
    roll: bool = Field(description="Whether an end on a day off moves to the next working day.")
    verify_days: int = Field(description="Calendar days of verification before the term begins.")
    post_days: int | None = Field(description="Working days the post has to bring the result.")
    fee: int | None = Field(description="In đồng; null where it isn't known.")
    fee_note: str
    legal_basis: str
    handled_by: list[str] = Field(description="Codes of units, or patterns of codes such as `CAP-*`.")
    decided_by: str
    papers: list[dict[str, Any]] = Field(description="What is handed in: name, and how many originals, certified copies, copies.")
    forms: list[str]
    delivery: bool = Field(description="Whether the post may bring the result.")
    online: bool = Field(description="Whether it can be handed in online.")
    source: str
    verified: bool = Field(description="Whether it was held against the law itself.")

    @classmethod
    def of(cls, rule: Any) -> "Rule":
        same = (
            "code", "name", "name_en", "field_code", "verify_days", "fee", "fee_note", "legal_basis", "handled_by", "decided_by",
            "papers", "forms", "source", "verified",
        )  # fmt: skip
        return cls(
            **{name: getattr(rule, name) for name in same},
            valid_from=rule.during.lower,
            valid_to=rule.during.upper,
            amount=rule.term_amount,
            unit=TermUnit(rule.term_unit),
            roll=rule.term_roll,
            post_days=rule.post_amount,
            delivery=rule.delivery_allowed,
            online=rule.online_allowed,
        )


class Procedures(BaseModel):
    items: list[Rule] = Field(description="By code, each rule in the order of its days.")


class NewRule(BaseModel):
    """A rule. One that begins on the day of another corrects it; on a later day it ends that one."""

    body: asked.Code = Field(description="The body in whose name it is set; the right must reach it.")
    code: asked.Slug = Field(max_length=40)
    name: Short = Field(min_length=1, max_length=200)
    name_en: Short = Field("", max_length=200)
    field_code: Short = Field("", max_length=40)
    valid_from: asked.Day = Field(description="The first day on which it holds.")
    valid_to: asked.Day | None = Field(None, description="The first day on which it no longer holds; null while no end is known.")
    amount: int = Field(ge=0, le=3660)
    unit: TermUnit = TermUnit.WORKING_DAYS
    roll: bool = False
    verify_days: int = Field(0, ge=0, le=365, description="Calendar days of verification before the term begins.")
    post_days: int | None = Field(None, ge=0, le=60, description="Working days the post has to bring the result.")
    fee: int | None = Field(None, ge=0, le=2_000_000_000, description="In đồng; null where it isn't known.")
    fee_note: Short = Field("", max_length=300)
    legal_basis: Short = Field(min_length=1, max_length=300)
    handled_by: list[Short] = Field(min_length=1, max_length=400)
    decided_by: Short = Field("", max_length=200)
    papers: list[Paper] = Field([], max_length=40)
    forms: list[Short] = Field([], max_length=40)
    delivery: bool = True
    online: bool = True
    source: Short = Field("", max_length=300)
    verified: bool = False

    def row(self) -> ProcedureData:
        """:raises BadTerm: if the term is longer than any"""
        given = self.model_dump(
            exclude={"body", "valid_from", "valid_to", "amount", "unit", "roll", "papers", "handled_by", "forms"}
        )
        return ProcedureData(
            **given,
            start=self.valid_from,
            end=self.valid_to,
            term=Term(self.amount, self.unit, self.roll),
            handled_by=tuple(code[:40] for code in self.handled_by),
            papers=tuple(read_papers([paper.plain() for paper in self.papers])),
            forms=tuple(self.forms),
        )


class Tried(BaseModel):
    """What a dossier received on a day is promised under a rule."""

    received_on: date
    due_on: date
    days: list[Reckoned]


@router.get("/procedures", response=answers(Procedures), summary="List procedures")
def procedures(
    request: HttpRequest,
    on: Annotated[asked.Day | None, Query(description="In force on that day (today).")] = None,
    ever: Annotated[bool, Query(description="All rules through time instead.")] = False,
) -> Procedures:
    """Return what is in force on a day, or all there ever was.

    Who may: whoever is signed in.
    """
    found = dossiers.procedures(None if ever else on or asked.today())
    return Procedures(items=[Rule.of(rule) for rule in found])


Code = Annotated[asked.Slug, Path(description="A procedure's code.")]


@router.get("/procedures/{code}", response=answers(Procedures), summary="A procedure through time")
def procedure(request: HttpRequest, code: Code) -> Procedures:
    """Return the rules of a procedure through time, the latest first.

    Who may: whoever is signed in.
    """
    return Procedures(items=[Rule.of(one.rule) for one in dossiers.rules_of(code)])


@router.get("/procedures/{code}/reckoning", response=answers(Tried), summary="What would be promised")
def reckoning(
    request: HttpRequest,
    code: Code,
    received: Annotated[asked.Day, Query(description="The day of receipt.")],
    unit: Annotated[asked.Code | None, Query(description="Where; by default by the calendar that holds for everybody.")] = None,
) -> Tried:
    """Reckon, day by day, what a dossier received on a day is promised.

    Who may: whoever is signed in.
    """
    rule = dossiers.procedure_on(code, received)
    where = organisations.unit_id(unit) if unit else None
    made = dossiers.tried(rule.term, rule.verify_days, received, where)
    return Tried(received_on=received, due_on=made.due, days=[Reckoned.of(day) for day in made.days])


@router.post("/procedures", response={201: Rule, **SAYS_NO}, summary="Set a rule")
def set_procedure(request: HttpRequest, given: NewRule) -> Status[Rule]:
    """Add a rule, or correct the one that begins on the same day. Dossiers that were received keep theirs.

    Who may: who looks after procedures at that body (`manage_procedures`).
    """
    rule = operations.set_procedure(
        row=given.row(), unit=organisations.unit(given.body), by=asked.viewer(request), on=asked.today()
    )
    return Status(201, Rule.of(rule))
