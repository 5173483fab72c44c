"""Democracy at the grassroots, for other programs: what must be published, what people are asked about, what households decided.

Rolls, codes and ballots have no address here: whoever keeps them does so on the pages.
"""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.work.democracy import operations, queries
from gandan.work.democracy.flow import Step
from gandan.work.democracy.rules.dated import Place

router = Router(tags=["democracy"])
PlaceName = Literal["board", "page", "speaker", "home"]


class DutyProof(BaseModel):
    """That it hangs in one place."""

    place: PlaceName
    posted_on: date = Field(description="Since when it hangs there.")
    until: date = Field(description="The last day on which it hangs.")
    address: str = Field(description="Of the page where it is; empty if a photograph proves it.")


class DutyToPublish(BaseModel):
    """Something that a unit must publish."""

    number: int
    unit: UnitName
    area: UnitName = Field(description="The ward whose people it concerns.")
    rule: str
    title: str
    born_on: date = Field(description="Since when it is there to be published.")
    due_on: date
    days: int = Field(description="For how many days it hangs.")
    posted_on: date | None = Field(description="When it was in every place; null while it is not.")
    dropped_on: date | None = Field(description="When it was said that it need not be published after all.")
    overdue: bool
    missing: list[PlaceName]
    proofs: list[DutyProof]

    @classmethod
    def of(cls, row: queries.DutyRow) -> "DutyToPublish":
        return cls(
            number=row.id, unit=UnitName.of(row.unit), area=UnitName.of(row.area), rule=row.rule, title=row.title,
            born_on=row.born_on, due_on=row.due_on, days=row.days, posted_on=row.posted_on, dropped_on=row.dropped_on,
            overdue=row.overdue, missing=[one.value for one in row.missing],
            proofs=[
                DutyProof(place=one.place.value, posted_on=one.posted_on, until=one.until, address=one.address)
                for one in row.proofs
            ],
        )  # fmt: skip


class NewProof(BaseModel):
    """That it hangs in one place, with the page to look at."""

    place: PlaceName
    posted_on: Annotated[asked.Day, Field(description="Since when it hangs there.")]
    address: str = Field(max_length=500, pattern=r"^https?://\S+$")


class ConsultationSaid(BaseModel):
    """A text on which people are or were asked."""

    number: int
    unit: UnitName
    area: UnitName
    title: str
    stage: Literal["open", "answered"]
    opened_on: date | None = Field(description="Since when people are asked.")
    closes_on: date | None = Field(description="The last day on which it takes comments.")
    answer_by: date | None = Field(description="The last day on which it may be answered in time.")
    answered_on: date | None = Field(description="When it was answered; null while it is not.")
    summary: str


class VoteSaid(BaseModel):
    """A vote of households. Until it is closed nobody sees what was chosen."""

    number: int
    unit: UnitName
    area: UnitName
    neighbourhood: str
    title: str
    step: Literal["open", "decided", "annulled"]
    closes_on: date = Field(description="The last day on which ballots are taken.")
    households: int = Field(description="On the roll when it was frozen.")
    voted: int = Field(description="How many households have used their ballot.")
    needed: int = Field(description="How many households in favour carry it.")
    in_favour: int = Field(description="0 until it is decided.")
    against: int = Field(description="Households against; 0 until it is decided.")
    neither: int = Field(description="Blank ballots; 0 until it is decided.")
    outcome: str | None = Field(description="carried or not_carried; null until it is decided.")
    digest: str = Field(description="SHA-256 of the published list of ballots; empty until it is decided.")


Before = Annotated[asked.Number | None, Query(description="Only those with a smaller number: the next page.")]
Which = Annotated[asked.Number, Path(description="Its number.")]


@router.get("/duties", response=answers(list[DutyToPublish]), summary="What must be published")
def duties(
    request: HttpRequest,
    only_open: Annotated[bool, Query(alias="open", description="Only what is not published yet.")] = False,
    before: Before = None,
) -> list[DutyToPublish]:
    """What your units must publish, the last entered first, 50 at a time.

    Who may: who writes what a unit publishes (`write_notices`); they see those of their units.
    """
    found = queries.duties_at_desk(asked.viewer(request), asked.today(), only_open=only_open, before=before)
    return [DutyToPublish.of(row) for row in found]


@router.post("/duties/{number}/proofs", response={201: DutyToPublish, **SAYS_NO}, summary="Prove that it is published")
def prove(request: HttpRequest, number: Which, proof: NewProof) -> Status[DutyToPublish]:
    """Say that it hangs in one of its places. With the last of them the duty is done.

    Who may: who writes what the unit publishes (`write_notices`).
    """
    viewer, today = asked.viewer(request), asked.today()
    row = queries.duty_at_desk(number, viewer, today)
    operations.prove(duty=row.id, place=Place(proof.place), posted_on=proof.posted_on, address=proof.address, by=viewer, on=today)
    return Status(201, DutyToPublish.of(queries.duty_at_desk(number, viewer, today)))


@router.get("/consultations", response=answers(list[ConsultationSaid]), summary="Texts on which people are asked")
def consultations(request: HttpRequest, before: Before = None) -> list[ConsultationSaid]:
    """Consultations that are or were open, the last opened first, 50 at a time, as everyone reads them.

    Who may: whoever is signed in.
    """
    return [
        ConsultationSaid(
            number=row.id, unit=UnitName.of(row.unit), area=UnitName.of(row.area), title=row.title,
            stage="answered" if row.answered_on else "open", opened_on=row.opened_on, closes_on=row.closes_on,
            answer_by=row.answer_by, answered_on=row.answered_on, summary=row.summary,
        )
        for row in queries.consultations(asked.today(), before=before)
    ]  # fmt: skip


@router.get("/household-votes", response=answers(list[VoteSaid]), summary="Votes of households")
def votes(request: HttpRequest, before: Before = None) -> list[VoteSaid]:
    """Votes that are or were open, the last prepared first, 50 at a time, as everyone reads them.

    Who may: whoever is signed in.
    """
    return [_vote(row) for row in queries.polls(asked.today(), before=before)]


STEPS: dict[Step, Literal["open", "decided", "annulled"]] = {
    Step.OPEN: "open", Step.DECIDED: "decided", Step.ANNULLED: "annulled",
}  # fmt: skip


def _vote(row: queries.PollRow) -> VoteSaid:
    return VoteSaid(
        number=row.id, unit=UnitName.of(row.unit), area=UnitName.of(row.area), neighbourhood=row.neighbourhood, title=row.title,
        step=STEPS[row.step], closes_on=row.closes_on, households=row.count.households, voted=row.voted, needed=row.needed,
        in_favour=row.count.in_favour, against=row.count.against, neither=row.count.neither,
        outcome=row.outcome.value if row.outcome else None, digest=row.digest,
    )  # fmt: skip
