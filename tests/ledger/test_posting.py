"""The chain: numbered without gaps, whoever posts, whatever breaks in between."""

import subprocess
import sys
from datetime import date, timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, connections

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Entry, Event, Pending, Posting, Tally
from gandan.ground.ledger.operations import check_cells, freezing, post, post_all, rebuild_tallies, record, walk
from gandan.ground.ledger.queries import facet_sets, recount, snapshot, state, sums, verify
from gandan.ground.ledger.rules import Span
from tests.ledger.conftest import settle

NEW_YEAR = date(2024, 1, 1)


def some(place, count, *, unit=None, start=NEW_YEAR):
    return [
        record(
            Kind.DOSSIER_RECEIVED,
            unit=unit or place.north,
            day=start + timedelta(days=n % 300),
            by=place.hoa,
            procedure="passport",
            channel="counter",
        )
        for n in range(count)
    ]


def as_owner(statement, *parameters):
    """Do what no application can: change the book behind the triggers' back."""
    with connections["owner"].cursor() as cursor:
        for table in ("ledger_event", "ledger_entry", "ledger_posting"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        for table in ("ledger_event", "ledger_entry", "ledger_posting"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_postings_are_numbered_without_gaps_and_each_carries_the_digest_before(place):
    numbers = some(place, 25)
    while post(limit=10):
        pass

    postings = list(Posting.objects.order_by("number"))
    assert [(p.number, p.events) for p in postings] == [(1, 10), (2, 10), (3, 5)]
    assert [bytes(p.previous) for p in postings] == [bytes(32), bytes(postings[0].digest), bytes(postings[1].digest)]
    assert list(Entry.objects.order_by("event_id").values_list("event_id", flat=True)) == numbers
    assert not Pending.objects.exists()
    assert verify(postings=2).holds


def test_posting_nothing_writes_nothing(place):
    assert post() == 0
    assert not Posting.objects.exists()
    with freezing() as position:
        assert (position.number, position.digest) == (0, bytes(32))


def test_freezing_posts_what_waits_and_says_where_the_ledger_stands(place):
    some(place, 12)
    with freezing(limit=5) as position:
        assert position.number == 3
        assert position.digest == bytes(Posting.objects.get(number=3).digest)
    assert state().pending == 0


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param("UPDATE ledger_event SET day = day + 1 WHERE id = %s", {("digest", 2)}, id="a day was changed"),
        pytest.param(
            "UPDATE ledger_event SET by_id = 1 WHERE id = %s", {("digest", 2)}, id="somebody else is said to have done it"
        ),
        pytest.param("DELETE FROM ledger_entry WHERE event_id = %s", {("events", 2), ("unposted", None)}, id="an entry is gone"),
        pytest.param(
            "UPDATE ledger_posting SET digest = sha256('x') WHERE number = 2 AND %s > 0",
            {("digest", 2), ("previous", 3)},
            id="a digest was changed",
        ),
        pytest.param(
            "DELETE FROM ledger_posting WHERE number = 2 AND %s > 0", {("gap", 2), ("previous", 3)}, id="a posting is gone"
        ),
    ],
)
def test_what_was_tampered_with_is_found_and_named(committed, change, faults):
    numbers = some(settle(), 30)
    while post(limit=10):
        pass
    as_owner(change, numbers[15])

    found = verify()

    assert not found.holds
    assert {(fault.what, fault.posting) for fault in found.faults} == faults


def test_a_tally_that_drifted_is_found_by_recounting_and_mended_by_rebuilding(place):
    some(place, 40)
    post()
    Tally.objects.filter(start=NEW_YEAR, unit_id=place.north.pk).update(count=99)

    (found,) = check_cells(cells=10_000)
    assert (found.start, found.tallied, found.recounted) == (NEW_YEAR, 99, 14)

    rebuild_tallies()
    assert check_cells(cells=10_000) == []


def test_rebuilding_gives_the_same_tallies(place):
    some(place, 60)
    post_all(limit=7)
    before = sorted(Tally.objects.values_list("start", "unit_id", "facet_set_id", "count", "amount"))

    assert rebuild_tallies() == len(before)
    assert sorted(Tally.objects.values_list("start", "unit_id", "facet_set_id", "count", "amount")) == before


def in_threads(*functions):
    """Run functions at once, each on a connection of its own, and raise what any of them raised."""
    failures = []

    def guarded(function):
        try:
            function()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=guarded, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_many_posters_writers_and_a_reader_at_once_agree_to_the_last_event(committed):
    place = settle()
    some(place, 5)
    done = Signal()

    def write(unit):
        return lambda: some(place, 150, unit=unit)

    def keep_posting():
        while not done.is_set():
            post(limit=17)

    def keep_reading():
        spans = [
            Span(0, place.north.pk, date.min, date(2024, 5, 20)),
            Span(1, place.south.pk, date(2024, 1, 9), date(2024, 9, 2)),
            Span(2, place.north.pk, date(2023, 12, 15), date(2024, 12, 15)),
        ]
        while not done.is_set():
            with snapshot():
                ids = {row.id for row in facet_sets()}
                assert {k: v for k, v in sums(ids, spans).items() if v[0]} == recount(ids, spans)

    def write_all():
        try:
            in_threads(*[write(unit) for unit in (place.north, place.north, place.south, place.north)])
        finally:
            done.set()

    in_threads(write_all, keep_posting, keep_posting, keep_reading)
    post_all()

    assert Event.objects.count() == Entry.objects.count() == 605
    assert verify().holds
    assert check_cells(cells=10_000) == []


def test_what_follows_from_an_event_follows_once_and_in_order(committed):
    place = settle()
    numbers = some(place, 20)
    while post(limit=6):
        pass
    seen = []

    def react(events):
        seen.extend(event.id for event in events)

    in_threads(*[lambda: [None for _ in iter(lambda: walk("test", react, postings=1), 0)]] * 2)

    assert seen == numbers


def test_a_reaction_that_fails_moves_nothing(place):
    some(place, 3)
    post()

    def fail(events):
        raise RuntimeError("the gateway is down")

    with pytest.raises(RuntimeError):
        walk("test", fail)
    seen = []
    walk("test", seen.extend)
    assert len(seen) == 3


def test_dumped_and_restored_the_chain_still_holds(committed, tmp_path):
    some(settle(), 30)
    post_all(limit=8)
    before = state()

    connections.close_all()

    gandan(committed, "database", "dump", tmp_path / "copy")
    run(committed, "-c", "from gandan.config.database import copies; copies.empty()")
    gandan(committed, "database", "restore", tmp_path / "copy")

    assert state() == before
    assert verify().holds
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"append-only|permission denied"):
        cursor.execute("DELETE FROM ledger_event")


def test_a_poster_killed_in_the_middle_loses_nothing_and_counts_nothing_twice(committed):
    place = settle()
    some(place, 400)
    with subprocess.Popen([sys.executable, "-c", SLOW_POSTER], env=committed.env, stdout=subprocess.PIPE) as killed:
        assert killed.stdout.readline() == b"posting\n"
        killed.kill()

    gandan(committed, "ledger", "post")

    found = verify()
    assert (found.holds, found.events) == (True, 400)
    assert check_cells(cells=10_000) == []
    spans = [Span(0, place.north.pk, date.min, date.max)]
    assert sum(count for count, _ in sums({row.id for row in facet_sets()}, spans).values()) == 400


def gandan(committed, *arguments):
    """Run the command as an administrator would, and return what it printed."""
    return run(committed, "-m", "gandan.config.main", *map(str, arguments))


def run(committed, *arguments):
    return subprocess.run([sys.executable, *arguments], env=committed.env, check=True, stdout=subprocess.PIPE, text=True).stdout


SLOW_POSTER = """
import django
django.setup()
from django.db import transaction
from gandan.ground.ledger.operations import post
post(limit=50)
with transaction.atomic():
    post(limit=50)
    print("posting", flush=True)
    import time
    time.sleep(60)
"""
