"""Recording an event beside a bare insert of the same row by the ORM, by one and by eight writers."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import django
from django.db import connections

from bench.rig import Row, in_turns, step

SECONDS = 3.0


def recording(full: bool) -> list[Row]:
    _make_bare()
    name = connections["default"].settings_dict["NAME"]
    rows = []
    cases = [("one writer", 1, False), ("eight writers", 8, False), ("eight writers on one unit", 8, True)]
    for words, writers, together in cases:
        with step(f"recording, {words}"):
            ours, bare = in_turns(
                lambda w=writers, t=together: _rate(name, "record", w, t),
                lambda w=writers, t=together: _rate(name, "bare", w, t),
                times=3,
            )
        rows.append(Row(f"recording an event, {words}", ours, "events/s", bare, "≥ 0.7", ours / bare >= 0.7 if full else None))
    return rows


def _make_bare() -> None:
    """Make a table like that of events, with its indexes and foreign keys, and none of the ledger behind it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_event")
        cursor.execute("CREATE TABLE bench_event (LIKE ledger_event INCLUDING ALL)")
        for column, table in [
            ("unit_id", "organisations_unit"),
            ("by_id", "organisations_person"),
            ("facet_set_id", "ledger_facetset"),
        ]:
            cursor.execute(f"ALTER TABLE bench_event ADD FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED")
        cursor.execute(
            "ALTER TABLE bench_event ADD FOREIGN KEY (corrects_id) REFERENCES ledger_event DEFERRABLE INITIALLY DEFERRED"
        )
        cursor.execute("GRANT ALL ON bench_event TO PUBLIC")


def _rate(name: str, how: str, writers: int, together: bool) -> float:
    """Return how many events a second `writers` processes record in all."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(writers), context.Queue()
    processes = [
        context.Process(target=_write, args=(name, how, n if not together else 0, start, results)) for n in range(writers)
    ]
    for process in processes:
        process.start()
    total = sum(results.get() for _ in processes)
    for process in processes:
        process.join()
    return total


@contextmanager
def busy_ledger(writers: int) -> Iterator[None]:
    """Have so many processes record at PA08 as fast as they can, and one post, while the block runs."""
    name = connections["default"].settings_dict["NAME"]
    context = multiprocessing.get_context("spawn")
    start, done = context.Barrier(writers + 2), context.Event()
    processes = [context.Process(target=_keep_busy, args=(name, n > 0, start, done)) for n in range(writers + 1)]
    for process in processes:
        process.start()
    start.wait()
    try:
        yield
    finally:
        done.set()
        for process in processes:
            process.join()


def _keep_busy(name: str, writes: bool, start, done) -> None:
    _set_up(name)
    from bench.bare import post_some, record_at_pa08

    act = record_at_pa08(date(2026, 11, 14)) if writes else post_some
    start.wait()
    while not done.is_set():
        act()


def _set_up(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
    django.setup()
    connections.settings["default"]["NAME"] = name
    connections.settings["default"]["OPTIONS"].pop("pool", None)


def _write(name: str, how: str, which: int, start, results) -> None:
    _set_up(name)
    from bench.bare import insert_one, record_one

    act = {"record": record_one, "bare": insert_one}[how](which, date(2026, 11, 10))
    act()
    start.wait()
    begun, count = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < SECONDS:
        act()
        count += 1
    results.put(count / spent)
