"""The way of a report: its sections written together, submitted, sent back, numbered, signed, published, restated."""

from datetime import date, datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localtime, now
from ninja import Path, Router
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.reports import ReportCode, seen
from gandan.ground.documents import queries as documents
from gandan.ground.organisations import queries as organisations
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import ReportStatus, WayStep

router = Router(tags=["reports"])
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)]
Prose = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=100_000)]
User = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=150)]
Position = Annotated[int, Path(ge=1, le=200, description="The number of the section.")]


class SectionText(BaseModel):
    """What somebody has written of a section, and the version that they had before them."""

    model_config = ConfigDict(extra="forbid")

    text: Prose
    base: int = Field(ge=1, le=1_000_000, description="The version that was read; what others saved since is joined in.")


class SectionSaved(BaseModel):
    sent: int = Field(description="The version that holds what was sent.")
    version: int = Field(description="The newest version.")
    text: str = Field(description="The text of the newest version.")
    merged: bool = Field(description="Whether others' words were joined in.")
    both: int = Field(description="In how many places two wordings were kept beside each other.")


class Reason(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Words


class Signers(BaseModel):
    """Who signs, in the order of the parties."""

    model_config = ConfigDict(extra="forbid")

    signers: list[User] = Field(max_length=10, description="User names, one for each party.")


class Restating(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Words = Field(description="In a sentence, for the whole list.")
    reasons: dict[str, Words] = Field(default={}, description="By the code of a measure, where it differs.")


class StepTaken(BaseModel):
    step: WayStep
    reason: str
    on: date
    at: datetime


class Signature(BaseModel):
    position: int
    signs_as: str
    person: str
    signed_at: datetime | None = Field(description="When they signed; null while they have not.")


class Cites(BaseModel):
    """A report of a unit below that this one rests on."""

    report: str
    posting: int | None = Field(description="The posting as of which its figures were frozen; null if none.")
    differences: list[str] = Field(description="Codes of the measures that were no longer so.")


class RestatedFigure(BaseModel):
    measure: str
    unit: str
    period: str
    was: str
    now: str
    events: int = Field(description="How many events came since.")
    reason: str


class Restated(BaseModel):
    nth: int = Field(description="Which restatement of the report it is, from 1.")
    reason: str
    posting: int = Field(description="The posting as of which the figures are restated.")
    digest: str
    on: date
    number: str
    signed_on: date | None
    figures: list[RestatedFigure]


class Way(BaseModel):
    """How far a report has come."""

    report: str
    status: ReportStatus
    number: str
    signed_on: date | None
    published_on: date | None = Field(description="The day on which it was published; null while it is not.")
    replaces: str | None = Field(description="The report that was sent back and is written anew in this one.")
    steps: list[StepTaken] = Field(description="The newest first.")
    signatures: list[Signature]
    cites: list[Cites]
    restatements: list[Restated]


@router.get("/reports/{code}/way", response=answers(Way), summary="How far a report has come")
def way(request: HttpRequest, code: ReportCode) -> Way:
    """Its steps, signatures, the reports it cites, and the lists of what was restated.

    Who may: who reads figures at its unit (`read_figures`).
    """
    return _way(seen(request, code).code)


@router.put("/reports/{code}/sections/{position}", response=answers(SectionSaved), summary="Write a section of a draft")
def write(request: HttpRequest, code: ReportCode, position: Position, body: SectionText) -> SectionSaved:
    """Keep what was written, joined with what others have saved since the version `base`; no word of either is lost.

    Who may: who writes reports at its unit (`write_reports`).
    """
    saved = operations.autosave_section(
        report=seen(request, code), position=position, text=body.text, base=body.base, by=asked.viewer(request), on=asked.today()
    )
    section = saved.section
    return SectionSaved(sent=saved.sent, version=section.version, text=section.text, merged=saved.merged, both=saved.both)


@router.post("/reports/{code}/submit", response=answers(Way), summary="Submit a report")
def submit(request: HttpRequest, code: ReportCode) -> Way:
    """Lay a draft before the head of the unit. 409 (`still_to_write`) names the sections in which something is to be written.

    Who may: who writes reports at its unit (`write_reports`).
    """
    operations.submit(report=seen(request, code), by=asked.viewer(request), on=asked.today())
    return _way(code)


@router.post("/reports/{code}/give-back", response=answers(Way), summary="Give a submitted report back")
def give_back(request: HttpRequest, code: ReportCode, body: Reason) -> Way:
    """To those who write it, with a reason.

    Who may: who approves reports at its unit (`freeze_reports`).
    """
    operations.give_back(report=seen(request, code), reason=body.reason, by=asked.viewer(request), on=asked.today())
    return _way(code)


@router.post("/reports/{code}/send-back", response=answers(Way), summary="Send an approved report back to the unit below")
def send_back(request: HttpRequest, code: ReportCode, body: Reason) -> Way:
    """Its figures stay as they were frozen; it is not cited any more.

    Who may: who approves reports at the unit right above (`freeze_reports`).
    """
    operations.send_back(report=seen(request, code), reason=body.reason, by=asked.viewer(request), on=asked.today())
    return _way(code)


@router.post("/reports/{code}/number", response=answers(Way), summary="Lay an approved report before its signatories")
def number(request: HttpRequest, code: ReportCode, body: Signers) -> Way:
    """Give it its number from the register of the first party.

    Who may: who writes reports at its unit (`write_reports`).
    """
    people = [organisations.person(name) for name in body.signers]
    operations.put_to_sign(
        report=seen(request, code), people=people, base_url=settings.BASE_URL, at=now(), by=asked.viewer(request),
        on=asked.today(),
    )  # fmt: skip
    return _way(code)


@router.post("/reports/{code}/publish", response=answers(Way), summary="Publish a signed report")
def publish(request: HttpRequest, code: ReportCode) -> Way:
    """Have everybody read it, in the name of those who signed it.

    Who may: who publishes reports of its unit (`publish_reports`).
    """
    operations.publish(report=seen(request, code), by=asked.viewer(request), on=asked.today())
    return _way(code)


@router.post("/reports/{code}/restatements", response=answers(Way), summary="Restate a report")
def restate(request: HttpRequest, code: ReportCode, body: Restating) -> Way:
    """List what of it is no longer so, each figure with its reason. 409 (`nothing_differs`) if all is still so.

    Who may: who approves reports at its unit (`freeze_reports`).
    """
    operations.restate(
        report=seen(request, code), reason=body.reason, reasons=body.reasons, by=asked.viewer(request), on=asked.today()
    )
    return _way(code)


def _way(code: str) -> Way:
    found = reports.report(code)
    signing, restated = documents.signing_of("reports.report", found.pk), reports.restatements(found)
    units = organisations.rows({each.unit_id for one in restated for each in one.figures})
    return Way(
        report=found.code,
        status=ReportStatus(found.status),
        number=found.number_line,
        signed_on=found.signed_on,
        published_on=found.published_on,
        replaces=found.replaces.code if found.replaces else None,
        steps=[StepTaken(step=one.step, reason=one.reason, on=one.on, at=localtime(one.at)) for one in reports.steps(found)],
        signatures=[
            Signature(position=one.position, signs_as=one.signs_as, person=one.person_name, signed_at=one.signed_at)
            for one in (signing.parts if signing else ())
        ],
        cites=[
            Cites(report=one.code, posting=one.posting, differences=[each.code for each in one.differences])
            for one in reports.cited(found)
        ],
        restatements=[
            Restated(
                nth=one.nth, reason=one.reason, posting=one.posting, digest=one.digest, on=one.on, number=one.number_line,
                signed_on=one.signed_on,
                figures=[
                    RestatedFigure(
                        measure=each.code, unit=units[each.unit_id].code, period=each.label, was=each.was, now=each.now,
                        events=each.events, reason=each.reason,
                    )
                    for each in one.figures
                ],
            )
            for one in restated
        ],
    )  # fmt: skip
