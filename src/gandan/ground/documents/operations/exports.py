"""Exports: asked for, made once by whoever takes them in hand, erased when their time is up."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from gandan.ground.documents.models import Export, ExportState
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import if_undone, operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right

KEPT = timedelta(days=7)
MOST_WAITING = 5
SILENT = "2 minutes"  # without a sign of life; then somebody else makes it from the beginning
AT_ONCE = 200


class TooManyExports(Refused):
    """Somebody has asked for more files than can be made at once."""


@operation
def ask_export(
    *,
    what: str,
    form: str,
    wanted: Mapping[str, str],
    right: Right,
    units: Collection[int],
    unit: Unit,
    language: str,
    by: Person,
    on: date,
) -> Export:
    """Ask for a file; it is made in the background.

    :param units: whose records it may hold: those at which `by` has the right today
    :raises NotAllowed: if `by` has the right nowhere
    :raises TooManyExports: if too many of theirs are still to be made
    """
    require_anywhere(right, by=by, on=on)
    if Export.objects.filter(by=by, state__in=[ExportState.WAITING.value, ExportState.RUNNING.value]).count() >= MOST_WAITING:
        raise TooManyExports(
            gettext_noop("Ông/Bà đang có {most} tệp chưa làm xong. Xin chờ xong rồi yêu cầu tiếp."), most=MOST_WAITING
        )
    asked = Export.objects.create(
        token=secrets.token_urlsafe(32),
        by=by,
        unit=unit,
        what=what,
        form=form,
        wanted=dict(wanted),
        language=language,
        right=right.value,
        units=sorted(units),
        asked_on=on,
        keep_until=on + KEPT,
    )
    record(Kind.EXPORT_ASKED, unit=unit, day=on, by=by, about=asked, form=form)
    return asked


@operation
def take_export(*, by: Person, on: date, export: Export | None = None) -> Export | None:
    """Take the next export in hand, or this one: one that waits, or one whose maker gave no sign of life for a while."""
    unchanged()
    silent = Q(state=ExportState.RUNNING.value, moved_at__lt=RawSQL("now() - %s::interval", [SILENT]))
    found = Export.objects.select_for_update(skip_locked=True).filter(Q(state=ExportState.WAITING.value) | silent)
    taken = (found.filter(pk=export.pk) if export else found).order_by("pk").first()
    if taken is not None:
        taken.state, taken.rows_done, taken.rows_of = ExportState.RUNNING.value, 0, None
        taken.moved_at = Now()
        taken.save(update_fields=["state", "rows_done", "rows_of", "moved_at"])
        taken = Export.objects.select_related("by").get(pk=taken.pk)
    return taken


@operation
def move_export(*, export: Export, done: int, of: int | None, by: Person, on: date) -> None:
    """Say how far an export is."""
    unchanged()
    Export.objects.filter(pk=export.pk).update(rows_done=done, rows_of=of, moved_at=Now())


@operation
def complete_export(*, export: Export, path: Path, digest: str, rows: int, by: Person, on: date) -> None:
    """Put the file that was made on the shelf."""
    unchanged()
    held = Export.objects.select_for_update().get(pk=export.pk)
    if held.state != ExportState.RUNNING.value:
        return
    default_storage.delete(held.shelf)  # of one that died in the middle
    if_undone(lambda: default_storage.delete(held.shelf))
    with path.open("rb") as content:
        default_storage.save(held.shelf, File(content))
    held.state, held.digest, held.size = ExportState.READY.value, digest, path.stat().st_size
    held.rows_done = held.rows_of = rows
    held.save(update_fields=["state", "digest", "size", "rows_done", "rows_of"])


@operation
def fail_export(*, export: Export, trouble: str, by: Person, on: date) -> None:
    """Note that an export can't be made."""
    unchanged()
    Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED.value, trouble=trouble[:200])


@operation
def erase_exports(*, by: Person, on: date) -> list[int]:
    """Erase the files whose time is up, and return their numbers; the rest comes at the next call."""
    unchanged()
    ended = list(
        Export.objects.select_for_update(skip_locked=True)
        .filter(keep_until__lt=on)
        .exclude(state=ExportState.ERASED.value)
        .order_by("keep_until", "pk")[:AT_ONCE]
    )
    for one in ended:
        one.state, one.wanted = ExportState.ERASED.value, {}
        one.save(update_fields=["state", "wanted"])
        transaction.on_commit(lambda shelf=one.shelf: default_storage.delete(shelf))  # type: ignore[misc]  # bound at once
    return [one.pk for one in ended]
