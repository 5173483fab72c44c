"""Databases of the benchmarks' own: filled by a benchmark, dropped after it, or kept for the next run, which migrates them."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from django.db import connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from gandan.config import database, prepare


@contextmanager
def filled(family: str, size: int, how: str, fill: Callable[[int], None], *, keep: bool = False) -> Iterator[str]:
    """Point Django at a database of this family and size, filling it if it isn't there yet; yield its name.

    :param how: all that says how it is filled; one filled otherwise is of no use and is dropped
    :param keep: leave it for the next run, which migrates it
    """
    fingerprint = hashlib.sha256(how.encode()).hexdigest()[:8]
    prefix = f"gandan_bench_{family}_"
    name = f"{prefix}{size}_{fingerprint}"
    app, owner = connections.settings["default"], connections.settings["owner"]
    before = app["NAME"], owner["NAME"], app["OPTIONS"].pop("pool", None)
    connections.close_all()
    with psycopg.connect(database.urls()[1], autocommit=True) as keeper:
        there = _is_filled(keeper, prefix, name, fingerprint)
        app["NAME"] = owner["NAME"] = name
        try:
            prepare.prepare()
            if not there:
                fill(size)
                _do(keeper, "COMMENT ON DATABASE {} IS 'filled'", name)
            yield name
        finally:
            connections.close_all()
            app["NAME"], owner["NAME"] = before[:2]
            if not keep:
                drop(keeper, name)


@contextmanager
def unindexed(cursor: CursorWrapper, *tables: str) -> Iterator[None]:
    """Take the indexes of tables away while they are filled, and the checks of their foreign keys; build them at the end."""
    listed = list(tables)
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))",
        [listed],
    )
    indexes = cursor.fetchall()
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        [listed],
    )
    ties = cursor.fetchall()
    for table, name, _how in ties:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _how in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _name, how in indexes:
        cursor.execute(how)
    for table, name, how in ties:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}')


def _is_filled(keeper: psycopg.Connection, prefix: str, name: str, fingerprint: str) -> bool:
    """Whether the database is there and full; an empty one is made if not, and what other fillings have left is dropped."""
    found = keeper.execute("SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database").fetchall()
    ours = {database: said == "filled" for database, said in found if database.startswith(prefix)}
    if ours.get(name):
        return True
    for old in ours:
        if old == name or not old.endswith(fingerprint):
            drop(keeper, old)
    _do(keeper, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
    return False


def drop(keeper: psycopg.Connection, name: str) -> None:
    """Drop a database. Who is still connected to it, as the thread that writes the log of readings, is sent away first."""
    with psycopg.connect(database.urls()[0], autocommit=True) as app:
        app.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = current_user AND datname = %s", [name]
        )
    for left in reversed(range(30)):
        try:
            _do(keeper, "DROP DATABASE {}", name)
            return
        except psycopg.errors.ObjectInUse:  # the server is tidying it up
            if not left:
                raise
            time.sleep(1)


def _do(keeper: psycopg.Connection, statement: LiteralString, name: str) -> None:
    keeper.execute(sql.SQL(statement).format(sql.Identifier(name)))
