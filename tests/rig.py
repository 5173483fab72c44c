"""Databases for tests: a migrated template, kept between runs, and clones of it.

Each database of a run is held by an advisory lock on a connection that the run keeps open. A run that died has let go of
its locks, so the next one removes what it left; runs side by side never touch each other's.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
import procrastinate
import psycopg
from django.apps import apps
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from gandan.config import database, fresh, prepare
from gandan.config.database import roles
from gandan.config.prepare import APPEND_ONLY

OURS = "hashtext('gandan tests'), hashtext(%s)"
LEAVE = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
TEMPLATE, CLONE = "gandan_template_", "gandan_test_"
KEPT_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Committed:
    """A database of a test's own, where commits are real."""

    name: str
    url: str
    owner_url: str

    @property
    def env(self) -> dict[str, str]:
        """Return the environment of a process that is to work in this database."""
        return os.environ | {"GANDAN_DATABASE_URL": self.url, "GANDAN_OWNER_DATABASE_URL": self.owner_url}

    def connect(self, *, owner: bool = False, autocommit: bool = False) -> psycopg.Connection:
        """Open a further connection, for what happens side by side."""
        return psycopg.connect(self.owner_url if owner else self.url, autocommit=autocommit)


class Rig:
    def __init__(self) -> None:
        database.ensure_running()
        self.urls = database.urls()
        self.keeper = psycopg.connect(self.urls[1], autocommit=True)
        try:
            self._sweep()
            self.template = self._template()
        except BaseException:
            self.keeper.close()
            raise

    @contextmanager
    def database(self) -> Iterator[Committed]:
        """Clone the template, point Django's connections at the clone, and drop it in the end."""
        with self.clone() as database, pointed_at(database.name):
            yield database

    @contextmanager
    def clone(self) -> Iterator[Committed]:
        """Clone the template, for who points Django's connections at the clone now and then, and drop it in the end."""
        with self._made("CREATE DATABASE {} TEMPLATE {}", self.template) as database:
            yield database

    @contextmanager
    def empty(self) -> Iterator[Committed]:
        """The same with a database in which nothing is yet."""
        with self._made("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'") as database, pointed_at(database.name):
            yield database

    @contextmanager
    def _made(self, statement: str, *of: str) -> Iterator[Committed]:
        name = f"{CLONE}{os.getpid()}_{secrets.token_hex(4)}"
        self._lock(name)
        self._do(statement, name, *of)
        try:
            yield Committed(name, *(make_conninfo(url, dbname=name) for url in self.urls))
        finally:
            self._drop(name)
            self.keeper.execute(f"SELECT pg_advisory_unlock({OURS})", [name])

    def close(self) -> None:
        self.keeper.close()

    def _template(self) -> str:
        """Return the name of a database with all migrations done, made by whichever run comes first."""
        name = TEMPLATE + fingerprint()
        self._lock(name)
        if not self._exists(name):
            unfinished = f"{name}_unfinished"
            self._drop(unfinished)
            self._do("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", unfinished)
            with pointed_at(unfinished):
                prepare.prepare()
            self._do("ALTER DATABASE {} ALLOW_CONNECTIONS false", unfinished)
            self._do("ALTER DATABASE {} RENAME TO {}", unfinished, name)
        used = sql.Literal(datetime.now(UTC).isoformat())
        self.keeper.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), used))
        self.keeper.execute(f"SELECT pg_advisory_unlock({OURS})", [name])
        return name

    def _sweep(self) -> None:
        """Drop the clones of runs that died, and templates that nobody has used for days."""
        of_us = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datdba = current_user::regrole"
        oldest = (datetime.now(UTC) - KEPT_FOR).isoformat()
        for name, used in self.keeper.execute(of_us).fetchall():
            stale = name.startswith(CLONE) or (name.startswith(TEMPLATE) and used is not None and used < oldest)
            if stale and self._holds(f"SELECT pg_try_advisory_lock({OURS})", name):
                self._drop(name)
                self.keeper.execute(f"SELECT pg_advisory_unlock({OURS})", [name])

    def _lock(self, name: str) -> None:
        self.keeper.execute(f"SELECT pg_advisory_lock({OURS})", [name])

    def _exists(self, name: str) -> bool:
        return self._holds("SELECT count(*) > 0 FROM pg_database WHERE datname = %s", name)

    def _holds(self, query: str, name: str) -> bool:
        row = self.keeper.execute(query, [name]).fetchone()
        return bool(row and row[0])

    def _drop(self, name: str) -> None:
        """Drop a database and end who is still connected to it; each role may end only its own."""
        if self._exists(name):
            with psycopg.connect(self.urls[0], autocommit=True) as app:
                app.execute(LEAVE, [name])
            self.keeper.execute(LEAVE, [name])
        # Not WITH (FORCE): that may not end an autovacuum worker, while a plain drop asks it to leave and waits.
        self._do("DROP DATABASE IF EXISTS {}", name)

    def _do(self, statement: str, *names: str) -> None:
        self.keeper.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Have both of Django's connections lead to the database `name`, without a pool."""
    app, owner = connections.settings["default"], connections.settings["owner"]
    before = app["NAME"], owner["NAME"], app["OPTIONS"].pop("pool", None)
    connections.close_all()
    app["NAME"] = owner["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        app["NAME"], owner["NAME"] = before[:2]


def fingerprint() -> str:
    """Return a hash of all that makes a fresh database what it is."""
    digest = hashlib.sha256(f"{django.__version__} {procrastinate.__version__} {APPEND_ONLY}".encode())
    digest.update(str(connections.settings["default"]["USER"]).encode())
    for module in (roles.__file__, prepare.__file__, fresh.__file__):
        digest.update(Path(module).read_bytes())
    for app in apps.get_app_configs():
        for file in sorted((Path(app.path) / "migrations").rglob("*.[ps][yq]*")):
            if file.suffix in {".py", ".sql"}:
                digest.update(f"{app.label} {file.name} ".encode() + file.read_bytes())
    return digest.hexdigest()[:16]
