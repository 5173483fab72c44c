"""The channel's database as a file, and back. Rows leave in an order drawn anew each time: a dump tells no order of coming."""

import io
import os
import tarfile
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections
from psycopg import sql

from gandan.ground.ledger.rules import Refused, gettext_noop

OWNER = "tips_owner"
SHUFFLED = "COPY (SELECT * FROM {} ORDER BY gen_random_uuid()) TO STDOUT (FORMAT binary)"
BACK = "COPY {} FROM STDIN (FORMAT binary)"


class NotEmpty(Refused):
    """A dump goes into an empty database alone."""


def tables() -> list[str]:
    """Return the tables, each after those that it points to."""
    models = list(apps.get_app_config("tips").get_models())
    pointing = {model: {field.related_model for field in model._meta.fields if field.is_relation} for model in models}
    ordered: list[Any] = []
    while len(ordered) < len(models):
        ordered += [model for model in models if model not in ordered and pointing[model] <= {*ordered, model}]
    return [model._meta.db_table for model in ordered]


def dump(file: Path) -> int:
    """Write every table to a file that only its owner may read; return how many bytes."""
    beside = file.with_name(f"{file.name}.unfinished")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as written, tarfile.open(fileobj=written, mode="w") as kept, _owner().transaction():
        for table in tables():
            with _owner().cursor() as cursor, cursor.copy(sql.SQL(SHUFFLED).format(sql.Identifier(table))) as copy:
                content = b"".join(bytes(part) for part in copy)
            part = tarfile.TarInfo(table)
            part.size = len(content)
            kept.addfile(part, io.BytesIO(content))
    beside.replace(file)
    return file.stat().st_size


def restore(file: Path) -> None:
    """Fill an empty database from a file. What was erased since is removed by `erase_ended`, which asks the store of secrets.

    :raises NotEmpty: if there is something in it
    """
    with _owner().transaction(), _owner().cursor() as cursor, tarfile.open(file) as kept:
        for table in tables():
            if cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))).fetchone() == (True,):
                raise NotEmpty(gettext_noop("Cơ sở dữ liệu của kênh kín chưa trống."))
        for table in tables():
            content = kept.extractfile(table)
            assert content
            with cursor.copy(sql.SQL(BACK).format(sql.Identifier(table))) as copy:
                copy.write(content.read())


def _owner() -> psycopg.Connection[Any]:
    connections[OWNER].ensure_connection()
    connection: psycopg.Connection[Any] = connections[OWNER].connection
    return connection
