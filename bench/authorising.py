"""What it costs to know who may see, on a list of fifty out of a million, beside the same list with nobody asked."""

import statistics
import time
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rig import Row, step
from bench.town import HEAD, OFFICER, town
from gandan.ground.organisations.queries import person
from gandan.work.dossiers.models import Dossier

SIZES = {"small": 10_000, "full": 1_000_000}


def run(size: str) -> list[Row]:
    with town(SIZES[size]), step("authorisation"):
        return authorising(size == "full")


def authorising(full: bool) -> list[Row]:
    """What it costs to know who may see: the first fifty of all dossiers, as the head of the city's police and as nobody asks."""
    today, newest = date(2026, 11, 20), ("-received_on", "-id")
    rows = []
    for name in (HEAD, OFFICER):
        viewer = person(name)
        times: dict[str, list[float]] = {"deciding": [], "list": [], "bare": []}
        for _ in range(200):
            began = time.perf_counter()
            seen = Dossier.objects.visible_to(viewer, today)
            decided = time.perf_counter()
            found = len(seen.order_by(*newest)[:50])
            listed = time.perf_counter()
            bare = len(Dossier.objects.order_by(*newest)[:50])
            ended = time.perf_counter()
            assert found == bare == 50
            for what, took in (("deciding", decided - began), ("list", listed - decided), ("bare", ended - listed)):
                times[what].append(took * 1000)
        half = {what: statistics.median(taken) for what, taken in times.items()}
        cost = half["deciding"] + half["list"] - half["bare"]
        with CaptureQueriesContext(connection) as asked_of:
            Dossier.objects.visible_to(viewer, today)
        kept = cost < 3 and len(asked_of) == 1 if full else None
        rows.append(Row(f"authorisation of a list of 50, {name}", cost, "ms", half["bare"], "< 3 ms, one statement", kept))
    return rows
