"""Noting what the ledger doesn't tell: cheap for whoever answers, written behind the answer in sealed batches.

A process keeps what is noted for a quarter of a second and writes it by one statement, so that a crash loses less than a
second and nobody waits for a disk. A process that stops writes what it has. While the database is away nothing is thrown
away: what doesn't fit any more is refused, and with it the answer that should have been noted.
"""

import atexit
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from threading import Condition, Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction

from gandan.ground.audit.chain import FIRST_DIGEST, WRITE, WRITER
from gandan.ground.audit.rules import Noted, What, plain
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import Held

EVERY = 0.25  # seconds that a note waits for others
FULL = 20_000  # notes that a process holds at most
PATIENCE = 5.0  # seconds that one more note waits for room
FIELDS = ("what", "by", "acting_for", "about_type", "about_id", "unit", "from_unit", "outside", "detail", "channel", "key")

log = logging.getLogger(__name__)


class NotWritten(Exception):
    """The log can't be written, so what should have been noted must not happen."""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody reached us: through a page, a program's key, a command."""

    channel: str = ""
    key: int | None = None


UNKNOWN = Way()
_way: ContextVar[Way] = ContextVar("way")


@contextmanager
def came(*, channel: str, key: int | None = None) -> Iterator[None]:
    """Say how those come whose doings are noted inside the block."""
    token = _way.set(Way(channel, key))
    try:
        yield
    finally:
        _way.reset(token)


def came_with_key(key: int) -> None:
    """Add the number of a program's key to what is noted from here on, in this request."""
    _way.set(replace(_way.get(UNKNOWN), key=key))


def note_reading(
    *,
    by: Person,
    about_type: str,
    about_id: int,
    unit: int,
    held: Held | None = None,
    outside: bool = False,
    what: What = What.READ,
    detail: str = "",
) -> None:
    """Note that `by` looked at a record about people.

    :param unit: the unit whose record it is
    :param held: the role that let them (`organisations.queries.reaching`)
    :param outside: whether they had to give a reason first
    """
    note(what, by=by, about_type=about_type, about_id=about_id, unit=unit, held=held, outside=outside, detail=detail)


def note(
    what: What,
    *,
    by: Person | None,
    about_type: str = "",
    about_id: int | None = None,
    unit: int | None = None,
    held: Held | None = None,
    outside: bool = False,
    detail: str = "",
) -> None:
    """Note anything else that the ledger doesn't tell: a sign-in, an export, a refusal, a change of a setting.

    :param detail: a code, a number of rows, the name of an address; nothing about a person
    :raises NotWritten: if the log has had no room for some seconds
    """
    way = _way.get(UNKNOWN)
    noted = Noted(
        what,
        by.pk if by is not None else None,
        held.acting_for if held else None,
        about_type,
        about_id,
        unit,
        held.unit if held else None,
        outside,
        plain(detail),
        way.channel,
        way.key,
    )
    if settings.AUDIT_AT_ONCE:
        write([(monotonic(), noted)])
    else:
        _writer.add(noted)


def flush() -> None:
    """Write all that this process has noted so far."""
    _writer.flush()


def write(noted: Sequence[tuple[float, Noted]]) -> None:
    """Write a batch as the next link of the chain."""
    now = monotonic()
    columns: dict[str, Any] = {name: [getattr(one, name) for _, one in noted] for name in FIELDS}
    columns |= {"age": [now - at for at, _ in noted], "first": FIRST_DIGEST, "zone": settings.TIME_ZONE}
    columns["what"] = [one.what.value for _, one in noted]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        cursor.execute(WRITE, columns)


class Writer:
    """What waits to be written, and the thread that writes it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, Noted]] = []
        self._changed = Condition()
        self._writing = Condition()  # held by whoever writes, so that batches go out in order
        self._thread: Thread | None = None

    @property
    def has_begun(self) -> bool:
        return self._thread is not None

    def add(self, noted: Noted) -> None:
        with self._changed:
            if len(self._waiting) >= FULL and not self._changed.wait_for(lambda: len(self._waiting) < FULL, PATIENCE):
                raise NotWritten(f"{FULL} notes wait to be written.")
            self._waiting.append((monotonic(), noted))
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()
            elif len(self._waiting) == 1:
                self._changed.notify_all()

    def flush(self) -> None:
        with self._writing:
            with self._changed:
                batch, self._waiting = self._waiting, []
                self._changed.notify_all()
            if not batch:
                return
            try:
                write(batch)
            except BaseException:
                with self._changed:
                    self._waiting = batch + self._waiting
                raise

    def _run(self) -> None:
        pause = Condition()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting))
            with pause:
                pause.wait(EVERY)
            try:
                self.flush()
            except Error:
                log.exception("The log of readings could not be written; it is tried again in a second.")
                connection.close()
                with pause:
                    pause.wait(1)


_writer = Writer()


def _begin_anew() -> None:
    """A child process has its parent's notes, which the parent writes, and none of its threads."""
    global _writer
    _writer = Writer()


def _stop() -> None:
    if _writer.has_begun:
        flush()


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(_stop)
Finalize(None, _stop, exitpriority=10)  # a worker process of the server leaves without the interpreter's farewell
