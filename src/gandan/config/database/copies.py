"""The database as a file, and back."""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gandan.config.database import binaries, server
from gandan.config.database.trouble import DatabaseTrouble
from gandan.config.database.urls import is_embedded, urls

ANY_TABLE = "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LIMIT 1"


def dump(file: Path) -> None:
    """Write the whole database to a file: whole, or not at all, and only for its owner to read."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}")
        unfinished.replace(file)
    except OSError as error:
        raise DatabaseTrouble(f"{file} can't be written: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def restore(file: Path) -> None:
    """Fill an empty database from a file: wholly, or not at all."""
    if not file.is_file():
        raise DatabaseTrouble(f"There is no file {file}.")
    with _owner() as connection:
        if connection.execute(ANY_TABLE).fetchone():
            raise DatabaseTrouble("The database is not empty. `gandan database reset` empties it, and nothing brings it back.")
    _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))
    with _owner() as connection:
        connection.execute("ANALYZE")


def empty() -> None:
    """Remove everything in the database."""
    with _owner() as connection:
        try:
            connection.execute("SET lock_timeout = '10s'")
            connection.execute("DROP SCHEMA public CASCADE")
        except psycopg.errors.LockNotAvailable:
            raise DatabaseTrouble("The database is in use. Stop what uses it, then try again.") from None
        connection.execute("CREATE SCHEMA public")
        connection.execute("COMMENT ON SCHEMA public IS 'standard public schema'")


def _owner() -> psycopg.Connection:
    return psycopg.connect(urls()[1], autocommit=True)


def _run(program: str, *arguments: str) -> None:
    parts = conninfo_to_dict(urls()[1])
    password = parts.pop("password", None)  # not on the command line, where everybody can read it
    programs = binaries.find(made_by=server.made_by() if is_embedded() else None)
    said = subprocess.run(
        [programs[program], f"--dbname={make_conninfo('', **parts)}", *arguments],
        env=os.environ | ({"PGPASSWORD": str(password)} if password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode != 0:
        raise DatabaseTrouble(f"{program} failed: {said.stderr.strip()}")
