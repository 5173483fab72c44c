"""Migrate as the owner, then give the app's role what it needs and no more, and seal what isn't yet."""

import psycopg
from django.core.management import call_command
from django.db import connections
from django.utils.timezone import localdate

from gandan.config import database, fresh
from gandan.config.database import roles
from gandan.config.database.binaries import OLDEST
from gandan.config.database.routing import DESK, DOOR, OWNER
from gandan.ground.audit.models import APPEND_ONLY as LOG
from gandan.ground.ledger.models import APPEND_ONLY as BOOK
from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.operations import seal_plain
from gandan.ground.privacy.queries import holds_plain, once_plain_columns
from gandan.work.tips.door import LOOK_UP, TAKES

APPEND_ONLY = (*BOOK, *LOG)  # what the app's role adds to and never changes

ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtext('gandan prepare'))"
NEXT_ONE = "SELECT pg_advisory_unlock(hashtext('gandan prepare'))"


def prepare(*, verbosity: int = 0) -> None:
    """Bring the schema and the grants up to date. To be run at every upgrade; harmless when there is nothing to do."""
    with connections["owner"].cursor() as cursor:
        if owner_connection().info.server_version < OLDEST * 10_000:
            raise database.DatabaseTrouble(f"The server is older than PostgreSQL {OLDEST}, the oldest that serves.")
        cursor.execute(ONE_AT_A_TIME)
        try:
            if fresh.is_new(connections["owner"]):
                fresh.make(connections["owner"])
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
            grant()
            seal_what_was_plain()
            prepare_tips(verbosity=verbosity)
        finally:
            cursor.execute(NEXT_ONE)


def seal_what_was_plain() -> None:
    """Seal what stands in a column from before it was a sealed one. Stopped anywhere, the rest is done at the next call."""
    for column in once_plain_columns():
        if holds_plain(column):
            while seal_plain(column=column, by=importer(), on=localdate()):
                pass


def prepare_tips(*, verbosity: int = 0) -> None:
    """Do the same in the database of the sealed channel, if there is one: its desk changes, its door adds and looks up."""
    if OWNER not in connections.settings:
        return
    call_command("migrate", "tips", database=OWNER, interactive=False, verbosity=verbosity)
    desk, door, owner = (database.tips_databases(alias).get(alias, {}).get("USER") for alias in (DESK, DOOR, OWNER))
    connection = owner_connection(OWNER)
    with connection.transaction():
        if desk and desk != owner:
            roles.grant(connection, app=desk, append_only=())
        if door and door != owner:
            roles.grant_door(connection, door=door, may_add_to=TAKES, may_call=LOOK_UP)


def owner_connection(alias: str = "owner") -> psycopg.Connection:
    connections[alias].ensure_connection()
    connection: psycopg.Connection = connections[alias].connection
    return connection


def grant() -> None:
    """Restrict the app's role, unless it is the owner itself: then only a trigger guards what was recorded."""
    app, owner = (connections[alias].settings_dict for alias in ("default", "owner"))
    if app["USER"] == owner["USER"]:
        return
    connection = owner_connection()
    with connection.transaction():
        roles.grant(connection, app=app["USER"], append_only=APPEND_ONLY)
