"""Two roles: the owner, who migrates, and the app's, who owns nothing and may not change what was recorded."""

from collections.abc import Iterable

import psycopg
from psycopg import sql

APPEND, CHANGE = sql.SQL("SELECT, INSERT"), sql.SQL("SELECT, INSERT, UPDATE, DELETE")
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
READ_ONLY = ("django_migrations",)
QUIET = {"log_min_messages": "panic", "log_min_error_statement": "panic", "track_counts": "off", "track_activities": "off"}


def establish(connection: psycopg.Connection, *, database: str, owner: tuple[str, str], app: tuple[str, str]) -> None:
    """Make the roles and the database where they are missing, and give each role its password."""
    for (name, password), may in ((owner, "CREATEDB"), (app, "NOCREATEDB")):
        role = sql.Identifier(name)
        if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            connection.execute(sql.SQL("CREATE ROLE {}").format(role))
        altered = sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
        connection.execute(altered.format(role, sql.SQL(may), sql.Literal(password)))
    if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        connection.execute(made.format(sql.Identifier(database), sql.Identifier(owner[0])))


def close(connection: psycopg.Connection, *, database: str, to: Iterable[str]) -> None:
    """Let nobody into a database but its owner and these roles."""
    name = sql.Identifier(database)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in to:
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def hush(connection: psycopg.Connection, *, role: str) -> None:
    """Have the server note nothing of what a role does: no line of its log, no moment of a table's last use."""
    for setting, value in QUIET.items():
        statement = sql.SQL("ALTER ROLE {} SET {} = {}")
        connection.execute(statement.format(sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)))


def grant_door(connection: psycopg.Connection, *, door: str, may_add_to: Iterable[str], may_call: str) -> None:
    """Give a role that stands at a door the right to add rows and to call one function, and no other."""
    role = sql.Identifier(door)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
    for table in _tables(connection):
        connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}, PUBLIC").format(sql.Identifier("public", table), role))
    for table in may_add_to:
        connection.execute(sql.SQL("GRANT INSERT ON {} TO {}").format(sql.Identifier("public", table), role))
    connection.execute("REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.Identifier("public", may_call), role))


def grant(connection: psycopg.Connection, *, app: str, append_only: Iterable[str]) -> None:
    """Give the app's role what it needs in this database, and no more. To be repeated after each migration."""
    role = sql.Identifier(app)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO {}",
    ):
        connection.execute(sql.SQL(statement).format(role))
    guarded = set(append_only)
    for table in _tables(connection):
        may = sql.SQL("SELECT") if table in READ_ONLY else APPEND if table in guarded else CHANGE
        connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier("public", table), role))
        connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(may, sql.Identifier("public", table), role))


def _tables(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES)]


def _exists(connection: psycopg.Connection, query: str, value: str) -> bool:
    return connection.execute(query, [value]).fetchone() is not None
