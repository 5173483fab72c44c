"""A freeze that is killed leaves nothing; the next one is whole. Nobody waits for a freeze but the poster."""

import signal
import subprocess
import sys
import time
from datetime import date

import pytest

from gandan.ground.ledger.models import Pending, Posting
from gandan.ground.ledger.operations import post_all
from gandan.ground.ledger.queries import verify
from gandan.results.reports import queries
from gandan.results.reports.models import FrozenCell, Report
from gandan.results.reports.operations import draft, freeze
from gandan.results.reports.rules import Key
from tests.cast import TODAY, assemble
from tests.measures.happening import overdue, receive
from tests.reports.conftest import FIRST_HALF, worked
from tests.reports.writing import written

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'reports_frozencell'::regclass"


@pytest.fixture
def city(committed):
    return assemble()


@pytest.fixture
def drafted(city):
    worked(city)
    overdue(city, "PA08", date(2026, 6, 20))
    report = draft(unit=city.city, period=FIRST_HALF, measures=["dossiers-received", "dossiers-open"], by=city.giang, on=TODAY)
    return written(report)


def started(committed, report):
    """Freeze in a process of its own, which comes as far as its cells and waits there."""
    command = [sys.executable, "-m", "gandan.config.main", "reports", "freeze", report.code]
    return subprocess.Popen(command, env=committed.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(holds):
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, "the other process did not come so far"
        time.sleep(0.05)


def test_a_freeze_killed_in_the_middle_leaves_a_draft_and_the_next_is_whole(committed, city, drafted):
    pending = Pending.objects.count()
    with committed.connect() as blocker, committed.connect(autocommit=True) as watcher:
        blocker.execute("LOCK TABLE reports_frozencell IN EXCLUSIVE MODE")
        process = started(committed, drafted)
        wait_for(lambda: watcher.execute(WAITING).fetchone()[0] == 1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        receive(city, "PA08", date(2023, 5, 6))  # writers never wait for a freeze, nor for one that died

    assert Report.objects.get().status == "draft"
    assert not FrozenCell.objects.exists()
    wait_for(lambda: Posting.objects.count() == 0 and Pending.objects.count() == pending + 1)

    frozen = freeze(report=drafted, by=city.khanh, on=TODAY)

    assert queries.as_signed(frozen).at("dossiers-received", FIRST_HALF).cell.value == 22
    assert queries.check(frozen) == ()
    assert queries.differences(frozen).none
    post_all()
    assert verify().holds


def test_what_is_written_while_a_report_freezes_is_known_later_and_not_signed(committed, city, drafted):
    with committed.connect() as blocker, committed.connect(autocommit=True) as watcher:
        blocker.execute("LOCK TABLE reports_frozencell IN EXCLUSIVE MODE")
        process = started(committed, drafted)
        wait_for(lambda: watcher.execute(WAITING).fetchone()[0] == 1)
        receive(city, "PA08", date(2023, 5, 6), times=3)
        blocker.rollback()
        assert process.wait(60) == 0

    frozen = Report.objects.get()
    wanted = {Key(code, city.city.pk, FIRST_HALF.start, FIRST_HALF.end) for code in frozen.measures}
    found = [change for change in queries.differences(frozen).figures if change.key in wanted]
    changed = {change.key.code: (change.signed.cell.value, change.now.cell.value) for change in found}
    assert changed == {"dossiers-received": (21, 24), "dossiers-open": (14, 17)}
    assert queries.check(frozen) == ()
