"""What follows by itself, with the real worker in a real database."""

import subprocess
import sys
from datetime import date, timedelta
from threading import Event as Signal
from threading import Thread

from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from gandan.faces.jobs.jobs import recount_tallies, sweep_promises, verify_ledger
from gandan.faces.jobs.posting import keep_posting
from gandan.faces.jobs.reactions import REACTIONS, defer_what_follows, react
from gandan.faces.jobs.schedule import SCHEDULE
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Tally
from gandan.ground.ledger.operations import post_all, record
from gandan.ground.ledger.queries import state
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import owe
from tests.cast import assemble

LONG_AGO = date(2026, 1, 5)


def waiting(name):
    return ProcrastinateJob.objects.filter(task_name=name, status="todo")


def test_a_succession_is_followed_by_a_job_on_its_day_and_once(cast):
    unit, day = cast.unit("CAP-W1"), date(2027, 1, 1)
    event = record(Kind.UNIT_SUCCEEDED, unit=unit, day=day, by=cast.importer, about=unit, how="whole")
    post_all()
    while react():
        pass

    (job,) = waiting("follow_succession")
    assert job.args == {"event": event}
    assert job.scheduled_at.isoformat() == "2026-12-31T17:00:00+00:00"  # midnight in Ho Chi Minh City
    assert react() == 0


def test_nothing_follows_from_history(cast):
    post_all()  # the cast's own tree was brought in, with a succession for each old ward
    while react():
        pass

    assert state().events > 50
    assert not waiting("follow_succession").exists()


def test_the_worker_does_what_waits_and_stops_when_idle(committed):
    cast = assemble()
    owe(
        kind="report.due", about=cast.police, label="Báo cáo", owed_to=Receiver.SUPERIOR, unit=cast.police,
        due_on=LONG_AGO, by=cast.importer, on=LONG_AGO,
    )  # fmt: skip
    number = sweep_promises.defer(timestamp=0)

    connections.close_all()
    subprocess.run([sys.executable, "-m", "gandan.config.main", "jobs", "run", "--until-idle"], env=committed.env, check=True)

    promise = Promise.objects.get()
    assert promise.overdue_on == LONG_AGO + timedelta(days=1)
    assert not ProcrastinateJob.objects.filter(pk=number).exists()  # done, and not kept


def test_the_poster_posts_by_itself(committed):
    cast = assemble()
    record(Kind.UNIT_RENAMED, unit=cast.police, day=LONG_AGO, by=cast.importer, about=cast.police)
    stop, posted = Signal(), state().pending
    poster = Thread(target=keep_posting, args=[stop], kwargs={"every": 0.05})
    poster.start()
    try:
        for _ in range(200):
            if not state().pending:
                break
            stop.wait(0.05)
    finally:
        stop.set()
        poster.join()

    assert posted > 0
    assert (state().pending, state().last.number) == (0, 1)


def test_a_tally_that_differs_is_an_alarm(cast, caplog):
    post_all()
    assert recount_tallies() == 0
    Tally.objects.filter(start=Tally.objects.order_by("start").first().start).update(count=77)

    assert recount_tallies() > 0
    assert "A tally differs from its events" in caplog.text


def test_the_chain_is_verified(cast, caplog):
    post_all()
    assert verify_ledger() is True
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_posting (number, events, previous, digest) VALUES (99, 3, ''::bytea, ''::bytea)")
    assert verify_ledger() is False
    assert "gap at posting" in caplog.text


def test_the_tables_name_real_jobs_and_kinds():
    assert set(REACTIONS) <= set(Kind)
    assert {"sweep_promises", "recount_tallies", "verify_ledger", "send_mail"} <= {job.name for job in SCHEDULE}
    assert defer_what_follows([]) is None
