"""Files of dossiers: asked for, made in the background, fetched by who asked for them."""

from datetime import date
from typing import Annotated, Literal

from django.http import FileResponse, HttpRequest
from ninja import Path, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.ground.documents import queries as documents
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import Wish

router = Router(tags=["exports"])
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_\-]{20,64}$", description="As `token` in the list.")]


class Export(BaseModel):
    """A file that was asked for."""

    token: str
    what: str = Field(description="dossiers, register (form 07) or portal (rows for the national portal).")
    form: str = Field(description="csv, xlsx or jsonl.")
    state: str = Field(description="waiting, running, ready, failed or erased.")
    rows_done: int = Field(description="How many rows are written so far.")
    rows_of: int | None = Field(description="How many rows it will have; null while that is not known.")
    size: int | None = Field(description="In bytes, once it is ready.")
    digest: str = Field(description="SHA-256 of the file.")
    trouble: str = Field(description="Why it failed, as a code.")
    asked_on: date = Field(description="The day on which it was asked for.")
    keep_until: date = Field(description="The last day on which it can be fetched.")

    @classmethod
    def of(cls, row: documents.ExportRow) -> "Export":
        names = ("token", "what", "form", "rows_done", "rows_of", "size", "digest", "trouble", "asked_on", "keep_until")
        return cls(state=row.state.value, **{name: getattr(row, name) for name in names})


class Exports(BaseModel):
    items: list[Export] = Field(description="The newest first.")


class Wanted(BaseModel):
    """What is to be in the file. Nothing said: all that the viewer may read."""

    what: Literal["dossiers", "register", "portal"]
    form: Literal["csv", "xlsx", "jsonl"]
    asked_at: asked.Code = Field(description="The unit from which it is asked for.")
    unit: asked.Code | None = None
    procedure: asked.Slug | None = None
    status: asked.Slug | None = Field(None, description="A state, or `open`.")
    since: asked.Day | None = Field(None, description="Received from that day on.")
    until: asked.Day | None = Field(None, description="Received until that day, included.")
    language: Literal["vi", "en"] = "vi"


@router.get("/exports", response=answers(Exports), summary="Files asked for")
def catalogue(request: HttpRequest, limit: asked.Limit = 50) -> Exports:
    """List the files that the viewer asked for.

    Who may: whoever is signed in; they see their own.
    """
    return Exports(items=[Export.of(row) for row in documents.exports(asked.viewer(request), asked.today(), limit=limit)])


@router.post("/exports", response={201: Export, **SAYS_NO}, summary="Ask for a file")
def ask(request: HttpRequest, wanted: Wanted) -> Status[Export]:
    """Ask for a file of dossiers, made in the background; look again until its state is ready.

    Who may: who reads dossiers (`read_dossiers`); the file holds those of their units.
    """
    wish = Wish(
        unit=wanted.unit or "",
        procedure=wanted.procedure or "",
        status=wanted.status or "",
        since=wanted.since,
        until=wanted.until,
    )
    made = operations.ask_export(
        what=wanted.what,
        form=wanted.form,
        wish=wish,
        unit=organisations.unit(wanted.asked_at),
        language=wanted.language,
        by=asked.viewer(request),
        on=asked.today(),
    )
    return Status(201, Export.of(documents.export(made.token, asked.viewer(request))))


@router.get("/exports/{token}", response=answers(Export), summary="How far a file is")
def one(request: HttpRequest, token: Token) -> Export:
    """Return a file's state.

    Who may: who asked for it.
    """
    return Export.of(documents.export(token, asked.viewer(request)))


@router.get("/exports/{token}/file", response={200: bytes, **SAYS_NO}, summary="The file itself")
def fetch(request: HttpRequest, token: Token) -> FileResponse:
    """Return the file.

    Who may: who asked for it, for as long as they still may read what is in it.
    """
    row, content = documents.fetch(token, asked.viewer(request), asked.today())
    return FileResponse(content, as_attachment=True, filename=f"{row.what}-{row.asked_on:%Y%m%d}-{row.id}.{row.form}")
