"""Meetings for other programs: when, where, its papers, minutes and votes, what was concluded, and what became of it."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.work.meetings import queries
from gandan.work.meetings.flow import State

router = Router(tags=["meetings"])
StateName = Literal["planned", "open", "closed", "cancelled"]


class Meeting(BaseModel):
    """A conference or meeting."""

    number: int
    unit: UnitName = Field(description="Who holds it.")
    partner: UnitName | None = Field(description="The body of the other side.")
    series: str = Field(description="The series it belongs to, or empty.")
    title: str
    starts_at: AwareDatetime = Field(description="When it is to begin.")
    ends_at: AwareDatetime = Field(description="When it is to end.")
    place: str
    state: StateName
    paperless: bool = Field(description="Whether its papers are given out in digital form only.")
    pages_saved: int | None = Field(description="By the published formula; null before it is closed.")
    journeys_saved: int | None = Field(description="By the published formula; null before it is closed.")

    @classmethod
    def of(cls, row: queries.MeetingRow) -> "Meeting":
        return cls(**_said(row))


class MeetingConclusion(BaseModel):
    """What was concluded: who does it, until when."""

    position: int
    text: str
    owner: UnitName
    due_on: date
    programme: str = Field(description="The code of the programme to which it belongs, or empty.")
    open: bool
    late: bool
    done_on: date | None = Field(description="The day on which it was done; null while it is not.")
    outcome: str


class MeetingRead(Meeting):
    agenda: list[str] = Field(description="The titles of its points, in their order.")
    conclusions: list[MeetingConclusion]


class MeetingPaper(BaseModel):
    """A paper as it stands: a newer version takes the place of the one before."""

    position: int
    title: str
    item: int | None = Field(description="The position of its point of the agenda; null if it is of none.")
    version: int = Field(description="It rises by one with each version.")
    pages: int = Field(description="Pages.")
    put_at: AwareDatetime = Field(description="When this version was put.")
    readers: int = Field(description="How many of the invited have opened this version.")


class MeetingMinutes(BaseModel):
    """What was written down at one point of the agenda."""

    position: int
    title: str
    text: str
    version: int = Field(description="It rises by one with each saving.")
    both: bool = Field(description="Two wrote at once, and both stand; somebody still has to read it over.")


class MeetingVote(BaseModel):
    """What was put to the vote, and what it came to. How anybody voted is told to nobody."""

    question: str
    open: bool
    yes: int = Field(description="Votes.")
    no: int = Field(description="Votes.")
    abstain: int = Field(description="Votes.")
    present: int = Field(description="Of those who may vote, how many were there when it was closed; 0 while it is open.")
    entitled: int = Field(description="How many may vote.")
    outcome: str = Field(description="carried, rejected, tied, or void if it was broken off; empty while it is open.")


class MeetingParts(BaseModel):
    """What lies on the table of a meeting."""

    papers: list[MeetingPaper]
    minutes: list[MeetingMinutes]
    votes: list[MeetingVote]


class MeetingList(BaseModel):
    items: list[Meeting] = Field(description="The latest first, at most 200.")


def _said(row: queries.MeetingRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "unit": UnitName.of(row.unit),
        "partner": UnitName.of(row.partner) if row.partner else None,
        "series": row.series,
        "title": row.title,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "place": row.place,
        "state": row.state.value,
        "paperless": row.paperless,
        "pages_saved": row.pages_saved,
        "journeys_saved": row.journeys_saved,
    }


@router.get("/meetings", response=answers(MeetingList), summary="Meetings")
def catalogue(
    request: HttpRequest,
    state: Annotated[StateName | None, Query(description="Only those in this state.")] = None,
    limit: asked.Limit = 50,
) -> MeetingList:
    """Meetings, the latest first.

    Who may: everybody sees those to which they are invited; who reads meetings (`read_meetings`) those of their units too.
    """
    page = queries.meetings(asked.viewer(request), asked.today(), state=State(state) if state else None, limit=limit)
    return MeetingList(items=[Meeting.of(row) for row in page.rows])


@router.get("/meetings/{number}", response=answers(MeetingRead), summary="One meeting")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> MeetingRead:
    """A meeting with its agenda and conclusions.

    Who may: who is invited, and who reads meetings (`read_meetings`) of the unit that holds it or of its partner.
    """
    found = queries.meeting(number, asked.viewer(request), asked.today())
    conclusions = [
        MeetingConclusion(
            position=each.position, text=each.text, owner=UnitName.of(each.owner), due_on=each.due_on, programme=each.programme,
            open=each.open, late=each.late, done_on=each.done_on, outcome=each.outcome,
        )
        for each in found.conclusions
    ]  # fmt: skip
    return MeetingRead(**_said(found.row), agenda=[item.title for item in found.agenda], conclusions=conclusions)


@router.get("/meetings/{number}/parts", response=answers(MeetingParts), summary="Papers, minutes and votes of a meeting")
def parts(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> MeetingParts:
    """What lies on the table of a meeting. The files themselves are opened on the pages, where each reading is marked.

    Who may: who is invited, and who reads meetings (`read_meetings`) of the unit that holds it or of its partner.
    """
    found = queries.meeting(number, asked.viewer(request), asked.today())
    places = {item.id: item.position for item in found.agenda}
    papers = sorted((*found.papers, *(paper for item in found.agenda for paper in item.papers)), key=lambda one: one.position)
    return MeetingParts(
        papers=[
            MeetingPaper(
                position=one.position, title=one.title, item=places.get(one.item or 0), version=one.version, pages=one.pages,
                put_at=one.put_at, readers=one.readers,
            )
            for one in papers
        ],
        minutes=[
            MeetingMinutes(
                position=item.position, title=item.title, text=item.section.text, version=item.section.version,
                both=item.section.both,
            )
            for item in found.agenda
        ],
        votes=[
            MeetingVote(
                question=one.question, open=one.open, yes=one.yes, no=one.no, abstain=one.abstain, present=one.present,
                entitled=one.entitled, outcome=one.outcome,
            )
            for one in found.votes
        ],
    )  # fmt: skip
