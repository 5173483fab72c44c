"""Bringing in a file: the simulated years of the demonstration, with every event, letter and delivery of theirs."""

import csv
import gzip
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import yaml
from django.db import connections
from psycopg import sql

from bench.kept import drop
from bench.rig import Row, seconds, step
from gandan.config import database, prepare
from gandan.faces.cli.demonstration import simulation, stage
from gandan.ground.calendar.operations import load_defaults
from gandan.ground.ledger.queries import state, verify
from gandan.ground.organisations.operations import load_city
from gandan.ground.organisations.queries import importer, unit
from gandan.work.dossiers.operations import Progress, Request, Run, load_procedures

SIZES = {"small": 10_000, "full": 100_000}
TODAY = date(2026, 11, 20)
WRITTEN = ("dossiers_dossier", "dossiers_apology", "dossiers_delivery", "promises_promise", "ledger_event", "ledger_entry")
GOAL = 3000
NUMBERS = itertools.count(1)
# An event log of another system: three rows for each dossier, those of one case far apart.
LOG = {
    "case": "case",
    "fields": {
        "source_number": "case",
        "procedure": {"value": "permit"},
        "unit": {"value": "PC08"},
        "received_on": {"column": "at", "take": "min"},
        "finished_on": {"column": "at", "take": "last", "where": {"column": "step", "in": ["sent"]}},
    },
}


def run(size: str) -> list[Row]:
    count = SIZES[size]
    with tempfile.TemporaryDirectory() as folder, fresh():
        with step("loading the city"):
            _load()
        file, log = Path(folder) / "simulated.csv.gz", Path(folder) / "log.csv.gz"
        with step(f"simulating {count:,} dossiers"):
            simulation.write(stage.scene(today=TODAY, size=count), file)
            _write_log(log, count // 5)
        mapping = yaml.safe_load(Path(simulation.__file__).with_name("mapping.yaml").read_text("utf-8"))
        before = state().events
        with step("bringing them in"):
            took, went = _timed(file, mapping, "bench")
        events = state().events - before
        with step("the same rows alone"):
            bare = seconds(_bare)
        with step("bringing them in again"):
            again, known = _timed(file, mapping, "bench")
        with step("bringing in a log of events"):
            grouped, cases = _timed(log, LOG, "log")
        verified = verify()
        assert (went.taken, went.refused, known.known, cases.refused) == (count, 0, count, 0), (went, known, cases)
        assert verified.holds, verified.faults
    return [
        Row(
            f"import of {count:,} dossiers with {events:,} events, posted",
            count / took, "dossiers/s", count / bare, f">= {GOAL}", count / took >= GOAL,
        ),
        Row("the same, in events", events / took, "events/s", events / bare),
        Row("the same file again: nothing new", count / again, "dossiers/s"),
        Row("import of an event log, three rows a case", 3 * cases.taken / grouped, "rows/s"),
    ]  # fmt: skip


@contextmanager
def fresh() -> Iterator[None]:
    """Point Django at an empty database of the benchmark's own, and drop it in the end."""
    name = f"gandan_bench_import_{os.getpid()}_{next(NUMBERS)}"  # ids of facet sets are remembered by the name
    app, owner = connections.settings["default"], connections.settings["owner"]
    kept = app["NAME"], owner["NAME"], app["OPTIONS"].pop("pool", None)
    connections.close_all()
    with psycopg.connect(database.urls()[1], autocommit=True) as keeper:
        keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        app["NAME"] = owner["NAME"] = name
        try:
            prepare.prepare()
            yield
        finally:
            connections.close_all()
            app["NAME"], owner["NAME"] = kept[:2]
            drop(keeper, name)


def _load() -> None:
    by = importer()
    load_city(by=by, on=TODAY)
    load_defaults(by=by, on=TODAY)
    load_procedures(unit=unit("CATP"), by=by, on=TODAY)


def _timed(file: Path, mapping: dict[str, object], source: str) -> tuple[float, Progress]:
    request = Request(file, mapping, source, TODAY, unit("79"), simulated=True)
    last: list[Progress] = []
    took = seconds(lambda: last.extend(list(Run(request, by=importer(), on=TODAY))[-1:]))
    return took, last[0]


def _bare() -> None:
    """Write the same rows into tables with the same indexes, straight from one table into the other."""
    with connections["owner"].cursor() as cursor:
        for table in WRITTEN:
            cursor.execute("""
                SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""", [table])  # fmt: skip
            given = cursor.fetchone()[0]
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO bench_{table} ({given}) SELECT {given} FROM {table}")


def _write_log(path: Path, cases: int) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "step", "at"))
        for name, month in (("check", 2), ("sent", 3), ("receive", 1)):
            writer.writerows((f"c{number}", name, f"{number % 28 + 1:02}/{month:02}/2024") for number in range(cases))
