"""Community models: the same register as on the pages, and what everyone may read."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.community import queries
from gandan.work.community.rules import Field as ModelField
from gandan.work.community.rules import State

router = Router(tags=["models"])
FieldName = Literal["economy", "society", "security", "system", "self_managed", "safe_area"]
StateName = Literal["registered", "recognised", "lapsed"]


class CommunityModel(BaseModel):
    """A community model."""

    number: int
    unit: UnitName = Field(description="Who looks after it.")
    area: UnitName
    partner: UnitName | None = Field(description="The body of the other side.")
    field: FieldName
    name: str
    state: StateName
    registered_on: date = Field(description="The day on which it was registered.")
    recognised_on: date | None = Field(description="The day on which it was last recognised; null if it never was.")
    recognised_until: date | None = Field(description="Renewed by then, or it lapses on the day after.")
    copied_from: int | None = Field(description="The number of the model it was copied from; null if none.")

    @classmethod
    def of(cls, row: queries.ModelRow) -> "CommunityModel":
        return cls(**_said(row))


class CommunityModelPage(BaseModel):
    items: list[CommunityModel] = Field(description="The last registered first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class RoundTotal(BaseModel):
    """What one side's points came to in a round."""

    side: str = Field(description="self, police or civil.")
    total: float = Field(description="In points, with one decimal.")


class AssessmentRound(BaseModel):
    """One assessment, by the criteria in force on the day it began."""

    begun_on: date = Field(description="The day on which it began.")
    decided_on: date | None = Field(description="The day on which it was decided; null while it is open.")
    passed: bool | None
    criteria_from: date = Field(description="The day from which its criteria hold.")
    pass_mark: int = Field(description="The points needed to pass.")
    totals: list[RoundTotal]
    certificate: str = Field(description="The number of its certificate, or empty.")


class CommunityModelRead(CommunityModel):
    summary: str
    story: str
    rounds: list[AssessmentRound]
    copies: list[int] = Field(description="The numbers of models copied from it.")


def _said(row: queries.ModelRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "unit": UnitName.of(row.unit),
        "area": UnitName.of(row.area),
        "partner": UnitName.of(row.partner) if row.partner else None,
        "field": row.field.value,
        "name": row.name,
        "state": row.state.value,
        "registered_on": row.registered_on,
        "recognised_on": row.recognised_on,
        "recognised_until": row.recognised_until,
        "copied_from": row.copied_from,
    }


@router.get("/models", response=answers(CommunityModelPage), summary="Community models")
def catalogue(
    request: HttpRequest,
    unit: Annotated[asked.Code | None, Query(description="Only those that this unit looks after.")] = None,
    area: Annotated[asked.Code | None, Query(description="Only those in this ward.")] = None,
    field: Annotated[FieldName | None, Query(description="Only those of this field.")] = None,
    state: Annotated[StateName | None, Query(description="Only those in this state.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> CommunityModelPage:
    """Community models, the last registered first; of other units' there is no trace.

    Who may: who reads the work with people (`read_community`); they see those of their units.
    """
    filters = queries.ModelFilters(
        field=ModelField(field) if field else None,
        state=State(state) if state else None,
        unit=organisations.unit_id(unit) if unit else None,
        area=organisations.unit_id(area) if area else None,
    )
    page = queries.models(asked.viewer(request), asked.today(), filters, after=asked.read(cursor), limit=limit)
    return CommunityModelPage(items=[CommunityModel.of(row) for row in page.rows], next=asked.written(page.next))


@router.get("/models/{number}", response=answers(CommunityModelRead), summary="One community model")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> CommunityModelRead:
    """A model with its rounds of assessment. Who takes part in it is named to nobody here.

    Who may: who reads the work with people (`read_community`) at the unit that looks after it, or at its partner.
    """
    found = queries.model(number, asked.viewer(request), asked.today())
    rounds = [
        AssessmentRound(
            begun_on=each.begun_on, decided_on=each.decided_on, passed=each.passed, criteria_from=each.criteria_from,
            pass_mark=each.pass_mark, certificate=each.certificate.number_line if each.certificate else "",
            totals=[RoundTotal(side=side.value, total=float(given.total)) for side, given in each.assessments.items()],
        )
        for each in found.rounds
    ]  # fmt: skip
    copies = [copy.id for copy in found.copies]
    return CommunityModelRead(**_said(found.row), summary=found.row.summary, story=found.story, rounds=rounds, copies=copies)
