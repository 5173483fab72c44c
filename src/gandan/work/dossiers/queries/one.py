"""One dossier: its data, how its due date was reckoned, and all that happened to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from gandan.ground.audit.noting import note_reading
from gandan.ground.audit.queries import opened
from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Pause, Reckoning, parse_term, reckon
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.prepared import Table, asked
from gandan.ground.ledger.queries import events_about
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import Held, UnitRow, outside, reaching, row, rows
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology, Delivery, Dossier, DueMove, Import, Procedure, Wait
from gandan.work.dossiers.queries.lists import DossierRow, as_row
from gandan.work.dossiers.queries.procedures import PROCEDURE

ABOUT = "dossiers.dossier"


class UnknownDossier(Refused):
    """No dossier has this number."""


class NotYours(NotAllowed):
    """The dossier belongs to a unit whose dossiers the viewer may not read."""


@dataclass(frozen=True)
class Happened:
    """Something that happened to a dossier, as the ledger has it."""

    event: int
    kind: Kind
    day: date
    unit: UnitRow
    facets: Mapping[str, str]
    reversed: bool  # taken back by a later correction, or such a correction itself
    sentence: str
    sentence_en: str


@dataclass(frozen=True)
class DossierShown:
    """A dossier with everything that its page shows."""

    row: DossierRow
    procedure: Procedure
    reckoning: Reckoning | None  # None: the source stated the day appointed
    timeline: Sequence[Happened]
    waits: Sequence[tuple[date, date | None]]  # since when the clock stood still, and until when
    apologies: Sequence[Apology]
    deliveries: Sequence[Delivery]
    due_moves: Sequence[DueMove]  # by a calendar that changed
    imported_from: str
    imported_line: int | None
    outside: bool = False  # opened for a reason by somebody of another unit
    papers: Sequence[Mapping[str, Any]] = ()


def dossier(number: str, viewer: Person, on: date) -> DossierShown:
    """Return a dossier by its number, or by the number it had in the system it came from.

    :raises UnknownDossier: if there is none
    :raises NotYours: if the viewer may not read it; names the unit and nothing else
    """
    wanted = number.strip()
    candidates = _read(_NUMBERED, wanted.upper()) or _read(_FOREIGN, wanted)
    if not candidates:
        raise UnknownDossier(gettext_noop("Không có hồ sơ số {number}."), number=wanted)
    found, held, with_reason = _first_readable(candidates, viewer, on)
    if found is None:
        raise NotYours(gettext_noop("Hồ sơ này thuộc {unit}."), unit=row(next(iter(candidates)).unit_id).name)
    note_reading(by=viewer, about_type=ABOUT, about_id=found.pk, unit=found.unit_id, held=held, outside=with_reason)
    return shown(found, on, outside=with_reason, lacking=candidates[found])


DOSSIER, _IMPORT = Table(Dossier, "d"), Table(Import, "i")
_BESIDE: Mapping[str, type[Model]] = {"waits": Wait, "apologies": Apology, "deliveries": Delivery, "due_moves": DueMove}
_READ = f"""
    SELECT {DOSSIER.columns}, {PROCEDURE.columns}, {_IMPORT.columns},
        {", ".join(f"EXISTS (SELECT FROM {model._meta.db_table} b WHERE b.dossier_id = d.id)" for model in _BESIDE.values())}
    FROM dossiers_dossier d JOIN dossiers_procedure p ON p.id = d.procedure_id
        LEFT JOIN dossiers_import i ON i.id = d.imported_id
"""
_NUMBERED = f"{_READ} WHERE d.number = %s"
_FOREIGN = f"{_READ} WHERE d.source <> '' AND d.source_number = %s ORDER BY d.received_on DESC, d.id DESC LIMIT 20"


def _read(statement: str, number: str) -> dict[Dossier, frozenset[str]]:
    """Return dossiers by a number of theirs, each with the names of what there is none of: it needn't be asked for."""
    found = {}
    for one in asked(statement, [number]):
        dossier, at = DOSSIER.record(one), DOSSIER.width
        dossier.procedure, at = PROCEDURE.record(one, at), at + PROCEDURE.width
        dossier.imported, at = _IMPORT.record(one, at) if dossier.imported_id else None, at + _IMPORT.width
        found[dossier] = frozenset(name for name, there in zip(_BESIDE, one[at:], strict=True) if not there)
    return found


def readable(found: Dossier, viewer: Person, on: date) -> Dossier:
    """:raises NotYours: if the viewer may not read it, and has opened it for no reason today"""
    if _first_readable([found], viewer, on)[0] is None:
        raise NotYours(gettext_noop("Hồ sơ này thuộc {unit}."), unit=row(found.unit_id).name)
    return found


def pk_of(number: str) -> int:
    """Return what operations know a dossier by.

    :raises UnknownDossier: if there is none of this number
    """
    found = asked("SELECT id FROM dossiers_dossier WHERE number = %s", [number.strip().upper()])
    if not found:
        raise UnknownDossier(gettext_noop("Không có hồ sơ số {number}."), number=number)
    return int(found[0][0])


def shown(found: Dossier, on: date, *, outside: bool = False, lacking: Collection[str] = ()) -> DossierShown:
    """Return a dossier with all that its page shows. Whoever calls has looked at the viewer's right.

    :param lacking: what it is known to have none of
    """
    waits = [] if "waits" in lacking else list(found.waits.order_by("since", "pk"))
    return DossierShown(
        row=as_row(found, row(found.unit_id), on),
        procedure=found.procedure,
        reckoning=None if found.due_stated else reckoned(found, waits),
        timeline=timeline(found.pk),
        waits=[(wait.since, wait.until) for wait in waits],
        apologies=[] if "apologies" in lacking else list(found.apologies.order_by("owed_on")),
        deliveries=[] if "deliveries" in lacking else list(found.deliveries.order_by("wanted_on", "pk")),
        due_moves=[] if "due_moves" in lacking else list(found.due_moves.order_by("pk")),
        imported_from=found.imported.file_name if found.imported else "",
        imported_line=found.imported_line,
        outside=outside,
        papers=found.papers,
    )


def _first_readable(candidates: Collection[Dossier], viewer: Person, on: date) -> tuple[Dossier | None, Held | None, bool]:
    """Return the first that the viewer may read, the role that lets them, and whether it is for a reason given today."""
    for each in candidates:
        if held := reaching(Right.READ_DOSSIERS, by=viewer, unit=each.unit_id, on=on):
            return each, held, False
    for each in candidates:
        if opened(viewer, ABOUT, [each.pk], on) and (held := outside(by=viewer, unit=each.unit_id, on=on)):
            return each, held, True
    return None, None, False


def reckoned(dossier: Dossier, waits: Sequence[Wait]) -> Reckoning:
    """Reckon a due date day by day, by the rule under which the dossier was received and today's knowledge of the calendar."""
    own = dossier.imported.mapping.get("term") if dossier.imported else None
    term = parse_term(own) if own else dossier.procedure.term
    return reckon(dossier.received_on, term, working_calendar(dossier.unit_id), _stood(dossier, waits))


def pauses(dossier: Dossier) -> tuple[Pause, ...]:
    """Return the times in which the clock of a dossier stood still, from the day of asking until before it ran again."""
    return _stood(dossier, list(dossier.waits.order_by("since", "pk")))


def _stood(dossier: Dossier, waits: Sequence[Wait]) -> tuple[Pause, ...]:
    stood = tuple(Pause(wait.since, wait.until) for wait in waits if wait.until is not None and wait.until > wait.since)
    return dossier.procedure.verification(dossier.received_on) + stood


def timeline(dossier_id: int) -> list[Happened]:
    """Return all that happened to a dossier, in the order in which it counts."""
    events = events_about(ABOUT, dossier_id)
    units = rows({event.unit_id for event in events})
    taken_back = {event.corrects_id for event in events if event.corrects_id}
    return [
        Happened(
            event=event.id,
            kind=Kind(event.kind),
            day=event.day,
            unit=units[event.unit_id],
            facets=event.facets,
            reversed=event.sign < 0 or event.id in taken_back,
            sentence=KINDS[Kind(event.kind)].sentence_vi,
            sentence_en=KINDS[Kind(event.kind)].sentence_en,
        )
        for event in events
    ]
