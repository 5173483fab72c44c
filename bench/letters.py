"""Letters of apology: raised, set, numbered, kept; and the same with a seal. Two workers sign, each for a body of its own."""

import multiprocessing
import os
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connections

from bench.dossiers_import import fresh
from bench.rig import Row, seconds, step
from bench.signing import work
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.typesetting import Typesetter
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import clock, importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Apology, LetterBatch
from gandan.work.dossiers.operations import ask_to_sign, load_procedures, raise_letters, receive
from tests.cast import Cast, assemble

SIZES = {"small": 200, "full": 1000}  # letters of each of two bodies
RECEIVED, DAY = date(2026, 11, 2), date(2026, 11, 20)
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
BODIES = (("PA08", "passport", "alice"), ("PC08", "vehicle-registration", "phuc"))
PLAIN, SEALED = 150, 15
MOST = 500


def run(size: str) -> list[Row]:
    count = SIZES[size]
    rows = []
    with tempfile.TemporaryDirectory() as folder, fresh():
        os.environ["GANDAN_SIGNING_DIR"] = settings.SIGNING_DIR = folder
        cast = assemble()
        load_procedures(unit=cast.police, by=importer(), on=RECEIVED - timedelta(days=900))
        heads = [_head(cast, unit) for unit, _, _ in BODIES]
        for name, sealed, goal in (("set, numbered, kept", False, PLAIN), ("set, numbered, sealed (PAdES), kept", True, SEALED)):
            letters = count if not sealed else count // 4
            with step(f"receiving {2 * letters:,} dossiers"):
                _receive(cast, letters)
            raising = seconds(lambda: raise_letters(by=clock(), on=DAY, at_most=10_000))
            Apology.objects.filter(reason="").update(reason="partner")
            with step("signing"):
                signing = _signed(heads, sealed)
            rate = 2 * letters / (raising + signing)
            rows.append(Row(f"letters raised, {name}", rate, "letters/s", _bare(), f">= {goal}", rate >= goal))
            rows.append(Row("the raising alone", 2 * letters / raising, "letters/s"))
    return rows


def _head(cast: Cast, unit: str) -> Person:
    head = enrol(
        username=f"head-{unit.lower()}", name="Nguyễn Thị Phương Thảo", unit=cast.unit(unit), role=Role.UNIT_HEAD,
        line=Line.POLICE, by=importer(), on=RECEIVED,
    )  # fmt: skip
    make_key(head.username, head.name, unit, AT)
    return head


def _receive(cast: Cast, letters: int) -> None:
    for unit, procedure, officer in BODIES:
        for nth in range(letters):
            receive(
                procedure=procedure, unit=cast.unit(unit), applicant=f"Trần Thị {nth}", by=getattr(cast, officer), on=RECEIVED
            )


def _signed(heads: list[Person], sealed: bool) -> float:
    """Let a process for each head sign their letters, and return how long both took."""
    batches = []
    for head, (unit, _, _) in zip(heads, BODIES, strict=True):
        waiting = list(Apology.objects.filter(sent_on=None, dossier__unit__code=unit).values_list("pk", flat=True))
        for start in range(0, len(waiting), MOST):
            batches.append((head.username, ask_to_sign(letters=waiting[start : start + MOST], by=head, on=DAY).pk))
    name = str(connections.settings["default"]["NAME"])
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(heads) + 1)
    mine = [[batch for user, batch in batches if user == head.username] for head in heads]
    workers = [
        context.Process(target=work, args=(name, head.username, own, sealed, start))
        for head, own in zip(heads, mine, strict=True)
    ]
    for worker in workers:
        worker.start()
    start.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    assert not LetterBatch.objects.filter(letters__done_at=None).exists()
    assert not LetterBatch.objects.exclude(letters__refused="").exists()
    return time.perf_counter() - begun


def _bare() -> float:
    """Return how many of the same paper typst alone sets in a second, in one process."""
    sheet = sample_sheet("apology", DAY)
    setter = Typesetter(sheet.form)
    return 50 / seconds(lambda: [setter.set(sample_sheet("apology", DAY, applicant=f"Trần {nth}")) for nth in range(50)])
