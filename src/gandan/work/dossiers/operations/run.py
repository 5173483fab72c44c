"""A whole file, from its first line to its last: read, held against the rules, taken in batch by batch, posted as it goes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

from django.db import connection
from django.utils.timezone import get_default_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Pause, Term, WorkingCalendar, due_date
from gandan.ground.ledger.operations import post, post_all
from gandan.ground.organisations.models import Person, Unit
from gandan.work.dossiers import queries
from gandan.work.dossiers.models import Import
from gandan.work.dossiers.operations.importing import StagedLine, close_import, open_import, set_aside, take
from gandan.work.dossiers.rules import (
    Bound,
    Candidate,
    Checker,
    Place,
    Record,
    Refusal,
    Shape,
    as_kept,
    bind,
    count_records,
    digest,
    join,
    narrowed,
    read_mapping,
    records,
    shape,
    values_of,
)

BATCH = 2_000
Row = TypeVar("Row")
IDLE = 0.05  # seconds that the poster rests when nothing waits


@dataclass(frozen=True)
class Request:
    """A file that somebody wants to bring in."""

    path: Path
    mapping: dict[str, Any]
    source: str
    go_live: date
    unit: Unit  # under which the import is told of
    encoding: str = ""
    simulated: bool = False
    form: Shape | None = None  # of a file that has been looked at before


@dataclass(frozen=True)
class Progress:
    """How far an import is."""

    import_id: int
    lines: int
    of_lines: int
    taken: int
    known: int
    refused: int
    staging: bool = False
    finished: bool = False


class Run:
    """An import under way. Iterate over it to go on; stop, or be killed, and the same request goes on where it was."""

    def __init__(self, request: Request, *, by: Person, on: date, batch: int = BATCH) -> None:
        """:raises Refused: if the file, the mapping or the right to bring it in is missing"""
        mapping = read_mapping(request.mapping)
        self._request, self._by, self._on, self._batch = request, by, on, batch
        self._form = request.form or shape(request.path, request.encoding or mapping.encoding, mapping.delimiter, mapping.sheet)
        self._form = narrowed(self._form, mapping)
        self._bound: Bound = bind(mapping, self._form.header)
        self._zone = mapping.time_zone or get_default_timezone()
        self._lines = count_records(request.path, self._form)
        self._import: Import = open_import(
            source=request.source,
            file_name=request.path.name,
            digest=digest(request.path),
            mapping=as_kept(request.mapping),
            shape=self._form,
            go_live=request.go_live,
            simulated=request.simulated,
            by=by,
            on=on,
        )
        self._checker = Checker(
            self._bound,
            gazetteer=queries.gazetteer(),
            rulebook=queries.rulebook(),
            due=_due(),
            zone=get_default_timezone(),
            today=on,
        )
        self._values = values_of(self._bound)

    @property
    def resumed(self) -> bool:
        return self._import.done_to > 0 or self._import.staged_to > 0

    def __iter__(self) -> Iterator[Progress]:
        yield self._progress()
        with posting_alongside():
            if self._bound.case < 0:
                yield from self._take_rows()
            elif self._form.header[self._bound.case] == self._form.together:
                yield from self._take_traces()
            else:
                yield from self._set_aside()
                yield from self._take_cases()
            self._import = close_import(into=self._import, unit=self._request.unit, by=self._by, on=self._on)
        post_all()
        yield self._progress(finished=True)

    def _take_rows(self) -> Iterator[Progress]:
        for block in _blocks(records(self._request.path, self._form, after_line=self._import.done_to), self._batch):
            checked = [self._checked(record) for record in block]
            self._take(checked, block[-1].end)
            yield self._progress()

    def _set_aside(self) -> Iterator[Progress]:
        reading = records(self._request.path, self._form, after_line=self._import.staged_to)
        for block in _blocks(reading, 2 * self._batch):
            sound = [record for record in block if not record.problem]
            cases = [self._values_of_case(record) for record in sound]
            set_aside(
                into=self._import,
                rows=[StagedLine(record.line, case, record.cells) for record, case in zip(sound, cases, strict=True) if case],
                refusals=[self._unsound(record) for record in block if record.problem]
                + [
                    self._checker.refuse(record.line, record.cells, "missing", "source_number")
                    for record, case in zip(sound, cases, strict=True)
                    if not case
                ],
                after=self._import.staged_to,
                upto=block[-1].end,
                by=self._by,
                on=self._on,
            )
            self._import.refresh_from_db()
            yield self._progress(staging=True)

    def _take_cases(self) -> Iterator[Progress]:
        while cases := queries.next_cases(self._import.pk, self._import.done_to, self._batch):
            self._take([self._joined(case.line, case.rows) for case in cases], cases[-1].line)
            yield self._progress()

    def _take_traces(self) -> Iterator[Progress]:
        """Take the cases of a log in which each stands together, without setting anything aside."""
        at = self._bound.case
        reading = records(self._request.path, self._form, after_line=self._import.done_to)
        cases = (list(case) for _, case in groupby(reading, key=lambda record: record.cells[at]))
        for block in _blocks(cases, self._batch):
            self._take([self._joined(case[0].line, [record.cells for record in case]) for case in block], block[-1][-1].end)
            yield self._progress()

    def _joined(self, line: int, rows: Sequence[Sequence[str]]) -> Candidate | Refusal:
        values, problems = join(self._bound, rows, self._zone)
        return Refusal(line, rows[0], tuple(problems)) if problems else self._checker.check(line, rows[0], values)

    def _take(self, checked: Sequence[Candidate | Refusal], upto: int) -> None:
        self._import = take(
            into=self._import,
            candidates=[each for each in checked if isinstance(each, Candidate)],
            refusals=[each for each in checked if isinstance(each, Refusal)],
            after=self._import.done_to,
            upto=upto,
            by=self._by,
            on=self._on,
        )

    def _checked(self, record: Record) -> Candidate | Refusal:
        if record.problem:
            return self._unsound(record)
        return self._checker.check(record.line, record.cells, self._values(record.cells))

    def _values_of_case(self, record: Record) -> str:
        return record.cells[self._bound.case].strip()[:200]

    def _unsound(self, record: Record) -> Refusal:
        params = {
            "found": str(len(record.cells)) if record.problem == "cells" else str(sum(map(len, record.cells))),
            "expected": str(len(self._form.header)),
            "allowed": "20000",
            "encoding": self._form.encoding,
        }
        cells = [cell.replace("\x00", "") for cell in record.cells]
        return self._checker.refuse(record.line, cells, record.problem, "", **params)

    def _progress(self, *, staging: bool = False, finished: bool = False) -> Progress:
        now = self._import
        lines = self._lines if finished else now.staged_to if staging else now.done_to
        return Progress(now.pk, lines, self._lines, now.taken, now.known, now.refused, staging, finished)


@contextmanager
def posting_alongside() -> Iterator[None]:
    """Post in a thread of its own for as long as the block takes, so that the queue of events stays short."""
    if connection.in_atomic_block:  # nothing is committed in here, so another connection would see nothing
        yield
        return
    stop, trouble = Event(), list[BaseException]()
    thread = Thread(target=_post_until, args=(stop, trouble), name="poster", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if trouble:
        raise trouble[0]


def _post_until(stop: Event, trouble: list[BaseException]) -> None:
    try:
        while not stop.is_set():
            if not post():
                stop.wait(IDLE)
    except Exception as error:
        trouble.append(error)
    finally:
        connection.close()


def _due() -> Callable[..., date]:
    calendars: dict[int, WorkingCalendar] = {}

    def due(day: date, term: Term, place: Place, pauses: Sequence[Pause] = ()) -> date:
        if place.id not in calendars:
            calendars[place.id] = working_calendar(place.id)
        return due_date(day, term, calendars[place.id], pauses)

    return due


def _blocks(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block
