"""Dossiers taken out: asked for by who may read them, written to a file row by row, with its progress."""

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.documents import operations as documents
from gandan.ground.documents.models import Export
from gandan.ground.documents.tables import TooManyRows, write_csv, write_lines, write_xlsx
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import row, unit_id, visible_units
from gandan.work.dossiers.queries import exporting
from gandan.work.dossiers.queries.exporting import COLUMNS, PORTAL, REGISTER, REGISTER_COLUMNS, RIGHT, Wish

Said = Callable[[str], str]


class NothingToReach(Refused):
    """There is no unit whose dossiers may be read."""


@operation
def ask_export(*, what: str, form: str, wish: Wish, unit: Unit, language: str, by: Person, on: date) -> Export:
    """Ask for a file of dossiers, made in the background.

    :param unit: the unit from which it is asked for
    :raises NotAllowed: if `by` may read dossiers nowhere
    :raises BadWish: if there is no such file
    :raises NothingToReach: if `by` may read none of the dossiers that are wanted
    """
    exporting.check_wish(what, form, wish)
    units = exporting.reach(wish, by, on)
    if not units:
        unchanged()
        raise NothingToReach(gettext_noop("Ông/Bà không có quyền xem hồ sơ của đơn vị này."))
    return documents.ask_export(
        what=what, form=form, wanted=wish.kept(), right=RIGHT, units=units, unit=unit, language=language, by=by, on=on
    )


class Making:
    """An export under way. What its maker may read no more by now is left out."""

    def __init__(self, export: Export, *, by: Person, on: date, said: Said) -> None:
        """:param said: puts a word of a heading into the language that was asked for"""
        self._export, self._by, self._on, self._said = export, by, on, said
        self._wish = Wish.read(export.wanted)
        self._of: int | None = None

    def make(self) -> None:
        """Write the file and put it on the shelf; what goes wrong stands with the export."""
        export = self._export
        units = frozenset(export.units) & visible_units(RIGHT, export.by, self._on)
        found = exporting.wished(units, self._wish, export.by, self._on)
        self._of = found.count()
        self._moved(0)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export"
            try:
                count = self._write(path, units)
            except TooManyRows:
                documents.fail_export(export=export, trouble="too_many_rows", by=self._by, on=self._on)
                return
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            documents.complete_export(export=export, path=path, digest=digest, rows=count, by=self._by, on=self._on)
        note(What.EXPORTED, by=export.by, about_type="documents.export", about_id=export.pk, detail=f"made {export.what} {count}")

    def _write(self, path: Path, units: frozenset[int]) -> int:
        found = exporting.wished(units, self._wish, self._export.by, self._on)
        if self._export.what == PORTAL:
            return write_lines(path, exporting.portal_rows(found), self._moved)
        if self._export.what == REGISTER:
            header = [self._said(each) for each in REGISTER_COLUMNS]
            return write_xlsx(path, header, exporting.register_rows(found), self._moved, title=self._title(), name="So theo doi")
        header, rows = [self._said(each) for each in COLUMNS], exporting.table_rows(found, self._on)
        if self._export.form == "csv":
            return write_csv(path, header, rows, self._moved)
        return write_xlsx(path, header, rows, self._moved, name="Ho so")

    def _title(self) -> tuple[str, ...]:
        since, until = self._wish.since, self._wish.until or self._on
        form = "07" if until >= exporting.DAY_OF_FORM_07 else "06"
        whose = row(unit_id(self._wish.unit)).name if self._wish.unit else ""
        days = f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}" if since else ""
        return (f"SỔ THEO DÕI HỒ SƠ (Mẫu số {form})", whose, days)

    def _moved(self, done: int) -> None:
        documents.move_export(export=self._export, done=done, of=self._of, by=self._by, on=self._on)
