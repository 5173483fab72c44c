"""What is noted is written in sealed batches, stays as it is, and ends by whole months."""

import os
import subprocess
import sys
from datetime import date
from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections

from gandan.ground.audit import noting
from gandan.ground.audit.models import MonthEnd, Seal, Trace
from gandan.ground.audit.noting import NotWritten, came, flush, note, note_reading
from gandan.ground.audit.operations import TooYoung, drop_ended
from gandan.ground.audit.queries import months, verify
from gandan.ground.audit.rules import What
from gandan.ground.organisations.queries import clock
from tests.cast import TODAY


@pytest.fixture
def behind(settings):
    """Written behind the answer, as in a process of the site."""
    settings.AUDIT_AT_ONCE = False


def as_owner(*statements):
    """Do what no application can: change the log behind the triggers' back."""
    with connections["owner"].cursor() as cursor:
        for table in ("audit_trace", "audit_seal", "audit_monthend"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("audit_trace", "audit_seal", "audit_monthend"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_reading_is_one_line(db):
    with came(channel="api", key=7):
        note_reading(by=clock(), about_type="dossiers.dossier", about_id=12, unit=3, outside=True)

    (trace,) = Trace.objects.all()
    assert (trace.what, trace.by_id, trace.about_type, trace.about_id, trace.unit_id) == (
        "read",
        clock().pk,
        "dossiers.dossier",
        12,
        3,
    )
    assert (trace.outside, trace.channel, trace.key_id, trace.month) == (True, "api", 7, trace.at.date().replace(day=1))
    assert verify().holds


def test_nothing_gets_into_a_line_that_looks_like_another(db):
    note(What.REFUSED, by=None, detail="a|b\nc" + "x" * 500)
    assert Trace.objects.get().detail.startswith("a b cx")
    assert len(Trace.objects.get().detail) == 160


def test_a_process_writes_what_it_noted_together(committed, behind):
    who = clock()
    for nth in range(500):
        note(What.READ, by=who, about_type="dossiers.dossier", about_id=nth)
    flush()

    assert list(Trace.objects.order_by("id").values_list("about_id", flat=True)) == list(range(500))
    assert Seal.objects.count() < 100
    assert verify().holds


def test_writers_side_by_side_make_one_chain(committed, behind):
    def work():
        for nth in range(50):
            noting.write([(noting.monotonic(), noting.Noted(What.READ, nth))])
        connection.close()

    writers = [Thread(target=work) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    found = verify()
    assert (found.holds, found.seals, found.traces) == (True, 150, 150)


def test_a_process_that_stops_writes_what_it_has(committed):
    program = (
        "import django; django.setup()\n"
        "from gandan.ground.audit.noting import note\nfrom gandan.ground.audit.rules import What\n"
        "for n in range(300): note(What.READ, by=None, about_id=n)\n"
    )
    env = committed.env | {"DJANGO_SETTINGS_MODULE": "gandan.config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True, timeout=60)

    assert Trace.objects.count() == 300
    assert verify().holds


def test_while_it_can_t_be_written_nothing_is_thrown_away(committed, behind, monkeypatch):
    monkeypatch.setattr(noting, "FULL", 2)
    monkeypatch.setattr(noting, "PATIENCE", 0.05)
    writer = noting.Writer()
    monkeypatch.setattr(noting, "_writer", writer)
    monkeypatch.setattr(writer, "_run", lambda: None)
    note(What.READ, by=None, about_id=1)
    note(What.READ, by=None, about_id=2)
    with pytest.raises(NotWritten):
        note(What.READ, by=None, about_id=3)

    flush()
    assert sorted(Trace.objects.values_list("about_id", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE audit_trace SET by_id = 99 WHERE id = (SELECT max(id) FROM audit_trace)", "digest"),
        ("DELETE FROM audit_trace WHERE id = (SELECT min(id) FROM audit_trace)", "traces"),
        ("DELETE FROM audit_seal WHERE number = 2", "gap"),
        ("UPDATE audit_seal SET digest = previous WHERE number = 1", "previous"),
    ],
    ids=["changed", "deleted", "a batch deleted", "the chain cut"],
)
def test_who_changes_the_log_behind_our_back_is_found_out(committed, change, fault):
    for nth in range(3):
        note(What.READ, by=None, about_id=nth)
    as_owner(change)
    assert fault in {one.what for one in verify().faults}


def test_not_even_the_owner_deletes_a_line(committed):
    note(What.READ, by=None)
    with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_trace")


def test_a_month_is_dropped_when_its_time_is_up_and_its_end_stays(committed):
    note(What.READ, by=None, about_id=1)
    as_owner(*(f"UPDATE audit_{table} SET month = '2024-10-01'" for table in ("trace", "seal")))
    as_owner("UPDATE audit_trace SET at = '2024-10-05 08:00+07'")
    end = Seal.objects.get()
    note(What.READ, by=None, about_id=2)

    assert drop_ended(months=24, by=clock(), on=date(2026, 10, 31)) == []
    assert drop_ended(months=24, by=clock(), on=TODAY) == [date(2024, 10, 1)]

    kept = MonthEnd.objects.get()
    assert (kept.traces, kept.last_seal, bytes(kept.digest), kept.dropped_by_id) == (1, 1, bytes(end.digest), clock().pk)
    assert sorted(Trace.objects.values_list("what", "about_id")) == [("month_dropped", None), ("read", 2)]
    assert [one.dropped for one in months()] == [True, False]
    assert verify().holds


def test_a_young_month_can_t_be_dropped(committed):
    note(What.READ, by=None)
    with pytest.raises(TooYoung):
        drop_ended(months=6, by=clock(), on=TODAY)
    with pytest.raises(DatabaseError, match="twelve months"), connection.cursor() as cursor:
        cursor.execute("SELECT audit_drop_month(month, 1) FROM audit_seal")
    assert Trace.objects.count() == 1
