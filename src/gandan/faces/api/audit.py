"""The log: who looked at what, signed in, was refused, changed a right; for those who read it."""

import base64
from binascii import Error as NotBase64
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.audit import queries as audit
from gandan.ground.audit.rules import Channel, What
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import queries as dossiers

router = Router(tags=["log"])
DOSSIER = "dossiers.dossier"
Key = tuple[datetime, int]


class LogLine(BaseModel):
    """One thing that somebody did. Codes and numbers alone: nothing that is known about a person."""

    id: int = Field(description="The number of the line.")
    at: datetime
    what: What
    by: str = Field(description="The user name; empty if nobody was signed in.")
    acting_for: str = Field(description="The name of the person they stood in for; empty if they acted as themselves.")
    about_type: str
    about_id: int | None = Field(description="The number of the record it is about, of the kind `about_type`; null if none.")
    unit: UnitName | None = Field(description="The unit concerned.")
    from_unit: UnitName | None = Field(description="Where the role is held that let them.")
    outside: bool = Field(description="Whether a reason had to be given first.")
    detail: str
    channel: Channel | None
    key: int | None = Field(description="The key of the program they came with.")

    @classmethod
    def of(cls, row: audit.TraceRow) -> "LogLine":
        return cls(
            id=row.id,
            at=row.at,
            what=row.what,
            by=row.username,
            acting_for=row.acting_for,
            about_type=row.about_type,
            about_id=row.about_id,
            unit=UnitName.of(row.unit) if row.unit else None,
            from_unit=UnitName.of(row.from_unit) if row.from_unit else None,
            outside=row.outside,
            detail=row.detail,
            channel=Channel(row.channel) if row.channel else None,
            key=row.key,
        )


class LogPage(BaseModel):
    items: list[LogLine] = Field(description="The newest first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


@router.get("/log", response=answers(LogPage), summary="The log")
def lines(
    request: HttpRequest,
    what: Annotated[What | None, Query(description="Only lines of this kind.")] = None,
    who: Annotated[asked.Slug | None, Query(description="Only what this user name did.")] = None,
    unit: Annotated[asked.Code | None, Query(description="Only what concerns this unit.")] = None,
    dossier: Annotated[asked.Text | None, Query(description="Only what concerns the dossier of this number.")] = None,
    since: asked.From = None,
    until: asked.To = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> LogPage:
    """What was done that changes no record, or that the ledger doesn't tell. That it was read is a line of its own.

    Who may: who reads the log (`read_log`: auditor, inspectorate); they see that of their units and of the people there.
    """
    asking = audit.Asking(
        username=organisations.person(who).username if who else "",
        what=what,
        about_type=DOSSIER if dossier else "",
        about_id=dossiers.pk_of(dossier) if dossier else None,
        unit=organisations.unit_id(unit) if unit else None,
        since=since,
        until=until,
    )
    found = audit.traces(asked.viewer(request), asked.today(), asking, before=read(cursor), limit=limit + 1)
    page = found[:limit]
    return LogPage(items=[LogLine.of(row) for row in page], next=written(page[-1].after) if len(found) > limit else None)


def written(key: Key) -> str:
    return base64.urlsafe_b64encode(f"{key[0].isoformat()}~{key[1]}".encode()).decode().rstrip("=")


def read(cursor: str | None) -> Key | None:
    """:raises BadCursor: if it isn't one of ours"""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        moment, _tilde, number = text.partition("~")
        at = datetime.fromisoformat(moment)
        if at.tzinfo and number.isascii() and number.isdigit() and len(number) < 19:
            return at, int(number)
    except (NotBase64, ValueError):
        pass
    raise asked.BadCursor(gettext_noop("Không đọc được “cursor”. Hãy dùng nguyên giá trị “next” của trang trước."))
