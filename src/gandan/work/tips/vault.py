"""The secrets that wrap each tip's keys, in a store of several copies outside every backup. Erasing one erases the tip for good.

Each copy is one small SQLite file: the digest of a tip's number and its secret, in the order of the digests, with no time.
What was erased stays as a digest without a secret, so that a copy that was away, or a database brought back, learns of it.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from nacl.utils import random

from gandan.work.tips.rules.sealing import KEY, digest

TABLE = "CREATE TABLE IF NOT EXISTS secret (name BLOB PRIMARY KEY, secret BLOB) WITHOUT ROWID"
PUT = "INSERT INTO secret (name, secret) VALUES (?, ?)"
END = "INSERT INTO secret (name, secret) VALUES (?, NULL) ON CONFLICT (name) DO UPDATE SET secret = NULL"


class VaultAway(Exception):
    """No copy of the secrets can be reached, or not all can be written."""


class Vault:
    """All copies together: written to each, read from the first that has it."""

    def __init__(self, copies: Sequence[Path]) -> None:
        self.copies = tuple(copies)

    def new(self, tip: UUID) -> bytes:
        """Make up a tip's secret and keep it in every copy.

        :raises VaultAway: if one of them can't be written
        """
        secret = random(KEY)
        for copy in self.copies:
            with _opened(copy) as store:
                store.execute(PUT, (_name(tip), secret))
        return secret

    def secret(self, tip: UUID) -> bytes | None:
        """Return a tip's secret; None if it was erased, or never was.

        :raises VaultAway: if no copy answers
        """
        answered, found = False, None
        for copy in self.copies:
            try:
                with _opened(copy) as store:
                    row = store.execute("SELECT secret FROM secret WHERE name = ?", (_name(tip),)).fetchone()
            except VaultAway:
                continue
            answered = True
            if row and row[0] is None:
                return None
            found = found or (bytes(row[0]) if row else None)
        if not answered:
            raise VaultAway("no copy answers")
        return found

    def erase(self, tips: Iterable[UUID]) -> None:
        """Destroy secrets in every copy.

        :raises VaultAway: if one can't be reached; what was destroyed in the others stays destroyed, and nothing opens
        """
        names = [(_name(tip),) for tip in tips]
        away = []
        for copy in self.copies:
            try:
                with _opened(copy) as store:
                    store.executemany(END, names)
            except VaultAway as fault:
                away.append(fault)
        if away:
            raise VaultAway(str(away[0]))

    def erased(self, tips: Iterable[UUID]) -> list[UUID]:
        """Return those of the tips that were erased, wherever that is known: what a restored backup must not bring back."""
        ended: set[bytes] = set()
        for copy in self.copies:
            with _opened(copy) as store:
                ended |= {bytes(name) for (name,) in store.execute("SELECT name FROM secret WHERE secret IS NULL")}
        return [tip for tip in tips if _name(tip) in ended]

    def level(self) -> int:
        """Bring all copies to the same state; what is erased in one is erased in all. Return how many rows were written."""
        rows: dict[bytes, bytes | None] = {}
        for copy in self.copies:
            with _opened(copy) as store:
                for name, secret in store.execute("SELECT name, secret FROM secret"):
                    rows[name] = None if secret is None or rows.get(name, b"") is None else secret
        written = 0
        for copy in self.copies:
            with _opened(copy) as store:
                there = dict(store.execute("SELECT name, secret FROM secret"))
                behind = [(name, secret) for name, secret in rows.items() if name not in there or there[name] != secret]
                store.executemany("INSERT OR REPLACE INTO secret (name, secret) VALUES (?, ?)", behind)
                written += len(behind)
        return written


def _name(tip: UUID) -> bytes:
    return digest(b"vault" + tip.bytes, 16)


@contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy for one transaction. Nothing of an erased row is left in its pages, no journal beside it, no time on it."""
    try:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not copy.exists():
            os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
        store = sqlite3.connect(copy, timeout=20, isolation_level=None)
        try:
            store.execute("PRAGMA journal_mode = MEMORY")
            store.execute("PRAGMA secure_delete = ON")
            store.execute("PRAGMA synchronous = FULL")
            store.execute("BEGIN IMMEDIATE")
            store.execute(TABLE)
            yield store
            store.execute("COMMIT")
        finally:
            store.close()
            os.utime(copy, (0, 0))  # the file's own time would be that of the last tip
    except (OSError, sqlite3.Error) as fault:
        raise VaultAway(f"{copy.name}: {type(fault).__name__}") from fault
