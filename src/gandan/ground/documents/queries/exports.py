"""The files that somebody asked for; only who asked sees them, and only while they still may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.core.files.storage import default_storage

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.documents.models import Export, ExportState
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right


class UnknownExport(Refused):
    """There is no such file, or it was somebody else who asked for it."""


class NotReady(Refused):
    """The file is not made yet, could not be made, or was erased."""


class NoLongerYours(NotAllowed):
    """The file holds records of units at which the right has ended since."""


@dataclass(frozen=True)
class ExportRow:
    """A file that somebody asked for, as a page shows it."""

    id: int
    token: str
    what: str
    form: str
    wanted: Mapping[str, str]
    state: ExportState
    rows_done: int
    rows_of: int | None
    size: int | None
    digest: str
    trouble: str
    asked_on: date
    keep_until: date
    shelf: str

    @property
    def moving(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.RUNNING}

    @property
    def percent(self) -> int | None:
        return min(100, self.rows_done * 100 // self.rows_of) if self.rows_of else None


def exports(viewer: Person, on: date, *, before: int | None = None, limit: int = 50) -> list[ExportRow]:
    """Return what the viewer asked for, the newest first."""
    found = Export.objects.visible_to(viewer, on)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [_row(each) for each in found.order_by("-pk")[:limit]]


def export(token: str, viewer: Person) -> ExportRow:
    """:raises UnknownExport: if the viewer asked for no such file"""
    return _row(_own(token, viewer))


def fetch(token: str, viewer: Person, on: date) -> tuple[ExportRow, IO[bytes]]:
    """Return a file with its content, to be sent piece by piece; that it was fetched is logged.

    :raises UnknownExport: if the viewer asked for no such file
    :raises NotReady: if there is nothing to fetch
    :raises NoLongerYours: if the viewer has lost the right at one of the units whose records it may hold
    """
    found = _own(token, viewer)
    if found.state != ExportState.READY.value or on > found.keep_until:
        raise NotReady(gettext_noop("Tệp này chưa làm xong, không làm được, hoặc đã hết hạn tải về."))
    if not set(found.units) <= visible_units(Right(found.right), viewer, on):
        raise NoLongerYours(
            gettext_noop("Tệp có hồ sơ của đơn vị mà Ông/Bà không còn quyền xem. Xin yêu cầu tệp mới trong phạm vi hiện nay.")
        )
    note(
        What.EXPORTED,
        by=viewer,
        about_type="documents.export",
        about_id=found.pk,
        detail=f"fetched {found.what} {found.rows_done}",
    )
    return _row(found), default_storage.open(found.shelf)


def _own(token: str, viewer: Person) -> Export:
    found = Export.objects.filter(token=token, by=viewer).first()
    if found is None:
        raise UnknownExport(gettext_noop("Không có tệp này, hoặc tệp do người khác yêu cầu."))
    return found


def _row(one: Export) -> ExportRow:
    return ExportRow(
        id=one.pk,
        token=one.token,
        what=one.what,
        form=one.form,
        wanted=one.wanted,
        state=ExportState(one.state),
        rows_done=one.rows_done,
        rows_of=one.rows_of,
        size=one.size,
        digest=one.digest,
        trouble=one.trouble,
        asked_on=one.asked_on,
        keep_until=one.keep_until,
        shelf=one.shelf,
    )
