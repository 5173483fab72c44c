"""`gandan demo`, as a whole, in a database of its own."""

import json
import subprocess
import sys
from datetime import timedelta

from gandan.faces.cli.demonstration.booked import AHEAD, EACH_DAY, MORE
from gandan.faces.cli.demonstration.chain import LATER
from gandan.faces.cli.demonstration.weeks import COUNTERS, LIVES, ROUNDS
from gandan.ground.ledger.operations import check_cells
from gandan.ground.ledger.queries import state, verify
from gandan.ground.organisations.queries import person
from gandan.results.reports.models import Report
from gandan.work.community.models import Activity
from gandan.work.community.queries import twins
from gandan.work.dossiers.models import Booking, Dossier, Import, Opening
from tests.cast import TODAY

WEEKS = len(LIVES) * ROUNDS * len(COUNTERS)
COMMAND = [sys.executable, "-m", "gandan.config.main", "demo", "--size", "small", "--today", "2026-11-20", "--no-serve"]


def test_of_two_starts_at_once_one_loads_and_both_tell(committed, tmp_path):
    settings = committed.env | {"GANDAN_DATA_DIR": str(tmp_path)}
    starts = [
        subprocess.Popen(COMMAND, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [start.communicate(timeout=300) for start in starts]

    assert [start.returncode for start in starts] == [0, 0], said
    assert all("All figures are simulated, as of 2026-11-20." in out for out, _ in said)
    assert Dossier.objects.count() == 5000 + WEEKS + LATER
    assert Import.objects.count() == 2  # the city's past, and what a paper book gave up after the report was signed
    assert Report.objects.filter(code__startswith="2016-2021").count() == 1
    assert Opening.objects.values("unit").distinct().count() == len(COUNTERS) + len(MORE)
    assert Booking.objects.filter(day__gte=TODAY).count() == EACH_DAY * AHEAD * (len(COUNTERS) + len(MORE))
    assert (state().pending, verify().holds, check_cells(cells=20_000)) == (0, True, [])

    head = person("truongbenthanh")
    (pair,) = twins(head, TODAY, TODAY - timedelta(7))
    assert [one.offline for one in (pair.one, pair.other)] == [False, True]
    held, kept = Activity.objects.count(), tmp_path / "demonstration" / "memory.json"
    earlier = {name: value for name, value in json.loads(kept.read_text()).items() if name not in {"paired", "ordered"}}
    kept.write_text(json.dumps({**earlier, "ordered": True, "of_another_version": True}))
    again = subprocess.run(COMMAND, env=settings, capture_output=True, text=True, timeout=300, check=False)
    assert (again.returncode, "A forum that two phones noted" in again.stderr) == (0, True), again.stderr
    assert (Activity.objects.count(), Dossier.objects.count()) == (held, 5000 + WEEKS + LATER)
