"""Writing many dossiers at once, with all that happened to them: the same rows and events as one by one, by COPY."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations.recording import Row as EventRow
from gandan.ground.ledger.operations.recording import facet_set_id, record_rows
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import owe_many
from gandan.ground.promises.rules import Life, State
from gandan.ground.vietnam.text import person_sort_key, words_of
from gandan.work.dossiers.models import Apology, Delivery, Dossier, Import, ParcelState, Status, Wait
from gandan.work.dossiers.rules import Candidate, kept, punctuality
from gandan.work.dossiers.rules.candidates import LetterRow, ParcelRow
from gandan.work.dossiers.rules.parcels import late_by

ABOUT = Dossier._meta.label_lower
DOSSIER = (
    "id", "number", "source", "source_number", "procedure_id", "unit_id", "channel", "applicant", "applicant_key",
    "applicant_order", "status",
    "received_on", "due_on", "due_stated", "finished_on", "withdrawn_on", "imported_id", "imported_line", "fingerprint",
    "closed_on", "returned_on",
)  # fmt: skip
WAIT = ("dossier_id", "status", "came_from", "since", "until", "words", "papers")
APOLOGY = ("dossier_id", "appointed_on", "owed_on", "reason", "sent_on", "new_due_on", "facts")
NOTHING = b""  # an empty text is kept as it is, unsealed
DELIVERY = (
    "dossier_id", "state", "wanted_on", "handed_on", "due_on", "settled_on", "failed_on", "tracking",
    "recipient", "address", "phone",
)  # fmt: skip


class Batch:
    """Dossiers from a file, on their way into the tables and the ledger."""

    def __init__(self, into: Import, by: Person, on: date) -> None:
        self._into, self._by, self._on = into, by, on
        self._dossiers: list[tuple[object, ...]] = []
        self._apologies: list[tuple[object, ...]] = []
        self._deliveries: list[tuple[object, ...]] = []
        self._waits: list[tuple[object, ...]] = []
        self._events: list[EventRow] = []
        self._lives: list[Life] = []
        self._facets: dict[tuple[Kind | str, ...], int] = {}

    def write(self, numbered: Sequence[tuple[str, Candidate]]) -> None:
        """Write dossiers under the numbers given to them."""
        ids = _ids(Dossier._meta.db_table, len(numbered))
        for id_, (number, candidate) in zip(ids, numbered, strict=True):
            self._add(id_, number, candidate)
        _copy(Dossier._meta.db_table, DOSSIER, self._dossiers)
        _copy(Wait._meta.db_table, WAIT, self._waits)
        _copy(Apology._meta.db_table, APOLOGY, self._apologies)
        _copy(Delivery._meta.db_table, DELIVERY, self._deliveries)
        owe_many(lives=self._lives, go_live=self._into.go_live, by=self._by, on=self._on)
        record_rows(self._events, go_live=self._into.go_live)

    def _add(self, id_: int, number: str, new: Candidate) -> None:
        status = _status(new)
        self._dossiers.append(
            (
                id_, number, self._into.source, new.source_number, new.rule.id, new.last_unit, new.channel, new.applicant,
                " ".join(words_of(new.applicant)), person_sort_key(new.applicant), status.value, new.received_on, new.due_on,
                new.due_stated, new.finished_on, new.withdrawn_on, self._into.pk, new.line, new.fingerprint,
                new.steps.stopped_on or new.steps.refused_on, new.steps.returned_on,
            )
        )  # fmt: skip
        procedure, steps = new.rule.code, new.steps
        if steps.refused_on:
            self._tell(id_, Kind.DOSSIER_REFUSED, new.last_unit, steps.refused_on, procedure, channel=new.channel, why="other")
            return
        self._tell(id_, Kind.DOSSIER_RECEIVED, new.unit.id, new.received_on, procedure, channel=new.channel)
        for move in new.moves:
            self._tell(id_, Kind.DOSSIER_HANDED_OVER, move.old, move.on, procedure)
            self._tell(id_, Kind.DOSSIER_TAKEN_OVER, move.new, move.on, procedure)
        if new.finished_on:
            said = punctuality(new.due_on, new.finished_on)
            self._tell(id_, Kind.DOSSIER_FINISHED, new.last_unit, new.finished_on, procedure, punctuality=said.value)
        elif new.withdrawn_on:
            self._tell(id_, Kind.DOSSIER_WITHDRAWN, new.last_unit, new.withdrawn_on, procedure)
        elif steps.stopped_on:
            self._tell(id_, Kind.DOSSIER_STOPPED, new.last_unit, steps.stopped_on, procedure, why="other")
        self._step(id_, new)
        self._owe(id_, number, new)
        if new.letter:
            self._apologise(id_, number, new, new.letter)
        if new.parcel:
            self._post(id_, new, new.parcel)

    def _step(self, id_: int, new: Candidate) -> None:
        """Tell of the steps between receipt and end, each where the dossier was on that day."""
        steps, procedure = new.steps, new.rule.code
        ended_on = new.finished_on or new.withdrawn_on or steps.stopped_on
        if steps.started_on:
            self._tell(id_, Kind.DOSSIER_STARTED, _holder(new, steps.started_on), steps.started_on, procedure)
        came_from = Status.PROCESSING if steps.started_on else Status.RECEIVED
        for wait in steps.waits:
            self._waits.append((id_, wait.status, came_from.value, wait.since, wait.until or ended_on, "", "[]"))
        for kind, day in (
            (Kind.DOSSIER_SUPPLEMENT_ASKED, steps.asked_on),
            (Kind.DOSSIER_SUPPLEMENTED, steps.answered_on),
            (Kind.DOSSIER_PAYMENT_ASKED, steps.payment_on),
            (Kind.DOSSIER_PAID, steps.paid_on),
        ):
            if day:
                self._tell(id_, kind, _holder(new, day), day, procedure)
        if steps.returned_on:
            how = "post" if new.parcel and new.parcel.outcome == "delivered" else "counter"
            self._tell(id_, Kind.DOSSIER_RETURNED, new.last_unit, steps.returned_on, procedure, how=how)

    def _owe(self, id_: int, number: str, new: Candidate) -> None:
        steps = new.steps
        settled_on = new.finished_on or new.withdrawn_on or steps.stopped_on
        state = State.KEPT if new.finished_on else State.DROPPED if settled_on else State.OPEN
        self._lives.append(
            Life(
                kind="dossier.result",
                about_type=ABOUT,
                about_id=id_,
                label=number,
                owed_to=Receiver.CITIZEN,
                unit_id=new.unit.id,
                made_on=new.received_on,
                due_on=new.due_on,
                subject=new.rule.code,
                state=state,
                settled_on=settled_on,
                moves=tuple((move.on, move.new) for move in new.moves),
                first_due_on=new.first_due_on,
                waits=tuple((wait.since, wait.until) for wait in steps.waits),
            )
        )

    def _apologise(self, id_: int, number: str, new: Candidate, letter: LetterRow) -> None:
        self._apologies.append((id_, new.due_on, letter.owed_on, "", letter.sent_on, letter.new_due_on, NOTHING))
        self._tell(id_, Kind.LETTER_OWED, letter.owed_at, letter.owed_on, new.rule.code)
        ended_on = new.finished_on or new.withdrawn_on or new.steps.stopped_on
        due_on = max(new.due_on, letter.owed_on)
        state, settled_on = State.OPEN, None
        if letter.sent_on:
            state, settled_on = State.KEPT, letter.sent_on
            said = kept(due_on, letter.sent_on)
            self._tell(id_, Kind.LETTER_SENT, letter.sent_at, letter.sent_on, new.rule.code, punctuality=said)
        elif ended_on:  # nobody apologises any more once the result is there
            state, settled_on = State.DROPPED, max(ended_on, letter.owed_on)
        self._lives.append(
            Life(
                kind="apology.letter",
                about_type=ABOUT,
                about_id=id_,
                label=number,
                owed_to=Receiver.CITIZEN,
                unit_id=letter.owed_at,
                made_on=letter.owed_on,
                due_on=due_on,
                subject=new.rule.code,
                state=state,
                settled_on=settled_on,
                moves=tuple((move.on, move.new) for move in new.moves if letter.owed_on < move.on <= (settled_on or self._on)),
            )
        )

    def _post(self, id_: int, new: Candidate, parcel: ParcelRow) -> None:
        state = ParcelState(parcel.outcome) if parcel.outcome else ParcelState.HANDED
        failed_on = parcel.settled_on if state is ParcelState.FAILED else None
        settled_on = None if failed_on else parcel.settled_on
        self._deliveries.append(
            (
                id_, state.value, new.received_on, parcel.handed_on, parcel.due_on, settled_on, failed_on, parcel.tracking,
                NOTHING, NOTHING, NOTHING,
            )
        )  # fmt: skip
        handed = {"handed": kept(new.due_on, parcel.handed_on)}
        self._tell(id_, Kind.DELIVERY_HANDED, parcel.handed_at, parcel.handed_on, new.rule.code, **handed)
        if parcel.settled_on is None:
            return
        if state is ParcelState.DELIVERED:
            delivered = {
                "punctuality": kept(parcel.due_on or parcel.settled_on, parcel.settled_on),
                "late_by": late_by(due_on=parcel.due_on, delivered_on=parcel.settled_on, attempts=()).value,
            }
            self._tell(id_, Kind.DELIVERY_DELIVERED, parcel.settled_at, parcel.settled_on, new.rule.code, **delivered)
        else:
            kind = Kind.DELIVERY_FAILED if state is ParcelState.FAILED else Kind.DELIVERY_RETURNED
            self._tell(id_, kind, parcel.settled_at, parcel.settled_on, new.rule.code)

    def _tell(self, id_: int, kind: Kind, unit: int, day: date, procedure: str, **said: str) -> None:
        key = (kind, procedure, *said.values())
        facet_set = self._facets.get(key)
        if facet_set is None:
            facet_set = self._facets[key] = facet_set_id(kind, {"procedure": procedure, **said})
        self._events.append((ABOUT, id_, unit, day, self._by.pk, facet_set, None, ""))


def _status(new: Candidate) -> Status:
    """Return where the flow of a dossier has come to."""
    steps = new.steps
    reached = (
        (steps.refused_on, Status.REFUSED),
        (steps.returned_on, Status.RETURNED),
        (new.finished_on, Status.FINISHED),
        (new.withdrawn_on, Status.WITHDRAWN),
        (steps.stopped_on, Status.STOPPED),
        *((wait.since, Status(wait.status)) for wait in steps.waits[-1:] if wait.until is None),
        (steps.started_on, Status.PROCESSING),
    )
    return next((status for day, status in reached if day), Status.RECEIVED)


def _holder(new: Candidate, day: date) -> int:
    return next((move.new for move in reversed(new.moves) if move.on <= day), new.unit.id)


def _ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [id_ for (id_,) in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
