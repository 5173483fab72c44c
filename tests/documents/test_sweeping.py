"""A machine that dies between a file and its record leaves a file that is nobody's: it is swept, and nothing else is."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils.timezone import now

from gandan.faces.jobs.jobs import sweep_shelf
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach, erase_attachment
from gandan.ground.documents.queries import attachment, content_of
from tests.cast import TODAY, assemble
from tests.documents.files import pdf

UNTIL = TODAY + timedelta(days=400)
GIVER = """
import io, sys, django; django.setup()
from datetime import date
from django.db import transaction
from django.core.files.storage import default_storage
from gandan.ground.documents.operations import attach
from gandan.ground.organisations.queries import person, unit
office, day = unit("PA08"), date.fromisoformat(sys.argv[1])
with transaction.atomic():
    attach(about=office, unit=office, source=open(sys.argv[2], "rb"), name="don.pdf", keep_until=date(2100, 1, 1),
           by=person("alice"), on=day)
    print("on the shelf", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def shelf(tmp_path, settings) -> Path:
    there = {"OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], **there}}
    return tmp_path / "files"


def on_shelf(shelf: Path) -> list[Path]:
    return sorted(path for path in shelf.rglob("*") if path.is_file())


def aged(path: Path, days: int = 2) -> None:
    then = (now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_killed_between_a_file_and_its_record_the_file_is_swept(committed, shelf, tmp_path):
    assemble()
    given = tmp_path / "given.pdf"
    given.write_bytes(pdf())
    connections.close_all()
    env = committed.env | {"DJANGO_SETTINGS_MODULE": "gandan.config.settings", "GANDAN_DATA_DIR": str(tmp_path)}
    giving = [sys.executable, "-c", GIVER, TODAY.isoformat(), str(given)]
    with subprocess.Popen(giving, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as giver:
        assert giver.stdout is not None
        assert giver.stdout.readline() == b"on the shelf\n"
        os.kill(giver.pid, signal.SIGKILL)
    (left,) = on_shelf(shelf)
    assert not Attachment.objects.exists()

    assert sweep_shelf() == 0, "it is young: its record might be on its way"
    aged(left)
    assert sweep_shelf() == 1
    assert on_shelf(shelf) == []


@pytest.fixture
def kept(cast, shelf) -> Attachment:
    office = cast.unit("PA08")
    return attach(about=office, unit=office, source=io.BytesIO(pdf()), name="đơn.pdf", keep_until=UNTIL, by=cast.alice, on=TODAY)


def test_what_has_a_record_stays_however_old(kept, shelf):
    (file,) = on_shelf(shelf)
    aged(file, days=4000)

    assert sweep_shelf() == 0
    with content_of(attachment(kept.token)) as content:
        assert content.read() == pdf()


def test_what_was_erased_while_the_machine_died_is_swept(cast, kept, shelf):
    erase_attachment(attachment=kept, by=cast.alice, on=TODAY)  # within the test's transaction: the file is still there
    (file,) = on_shelf(shelf)
    aged(file)

    assert sweep_shelf() == 1
    assert on_shelf(shelf) == []


def test_what_lies_elsewhere_is_not_ours_to_sweep(cast, kept, shelf):
    for name in ("notes.txt", "other/ab/x", "attachments/loose"):
        (shelf / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_text("x")
        aged(shelf / name)

    assert sweep_shelf() == 0
    assert len(on_shelf(shelf)) == 4
