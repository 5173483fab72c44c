"""Letters with the real worker: whatever dies when, one letter, one message."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.utils.timezone import localdate, now

from gandan.faces.jobs.jobs import raise_letters, send_mail, sign_letters
from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.models import Stored
from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Apology, LetterToSign
from gandan.work.dossiers.operations import ask_to_sign, give_reason, load_procedures, note_contact, receive
from tests.cast import assemble
from tests.messages.conftest import MailServer, mail_server  # noqa: F401  # a fixture

LETTERS = 60
SIGNER = """
import django; django.setup()
from gandan.faces.jobs.jobs import sign_letters
print("begun", flush=True); sign_letters()
"""


@pytest.fixture
def asked(committed, settings, tmp_path):
    """Sixty letters before their head, who has asked to sign them all."""
    settings.SIGNING_DIR = str(tmp_path)
    cast, today = assemble(), localdate()
    then = today - timedelta(days=20)
    load_procedures(unit=cast.police, by=importer(), on=then)
    for nth in range(LETTERS):
        one = receive(procedure="passport", unit=cast.unit("PA08"), applicant=f"Lê Hoa {nth}", by=cast.alice, on=then)
        note_contact(dossier=one, email=f"hoa{nth}@example.com", by=cast.alice, on=then)
    assert raise_letters() == LETTERS
    for letter in Apology.objects.all():
        give_reason(letter=letter, reason="partner", by=cast.alice, on=today)
    head = enrol(
        username="thao", name="Nguyễn Thảo", unit=cast.unit("PA08"), role=Role.UNIT_HEAD, line=Line.POLICE, by=importer(), on=then
    )
    make_key("thao", head.name, "PA08", now())
    ask_to_sign(letters=list(Apology.objects.values_list("pk", flat=True)), by=head, on=today)
    return committed.env | {"GANDAN_SIGNING_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gandan.config.settings"}


def test_killed_between_letter_and_message_there_is_one_letter_and_one_message(asked, mail_server):  # noqa: F811
    connections.close_all()
    worker = subprocess.Popen([sys.executable, "-c", SIGNER], env=asked, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    worker.stdout.readline()
    until = time.monotonic() + 60
    while not (signed := LetterToSign.objects.exclude(done_at=None).count()) and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert signed > 0
    assert Stored.objects.count() == Message.objects.count() == Apology.objects.exclude(paper=None).count()

    sign_letters()
    while send_mail():
        pass

    assert Stored.objects.count() == Message.objects.filter(state="sent").count() == LETTERS
    assert sorted(Stored.objects.values_list("number", flat=True)) == list(range(1, LETTERS + 1))
    assert len({letter["Message-ID"] for letter in mail_server.letters}) == len(mail_server.letters) == LETTERS
    enclosed = next(mail_server.letters[0].iter_attachments())
    assert enclosed.get_content_type() == "application/pdf"
    assert bytes(enclosed.get_content())[:5] == b"%PDF-"
    assert isinstance(mail_server, MailServer)
