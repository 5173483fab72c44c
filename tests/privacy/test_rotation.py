"""Keys change while people work: everything is put under the newest, a batch at a time, and is read and found all along."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from gandan.faces.cli.management.commands.privacy import add_key
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.fields import keyring
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.operations import StillUnderOldKeys, ask, finish_resealing, reseal
from gandan.ground.privacy.operations import sealing as sealing_operations
from gandan.ground.privacy.queries import left_to_reseal, sealed_columns
from gandan.ground.privacy.rules import made_key
from tests.privacy.conftest import MONDAY

OLD, NEW = made_key(), made_key()


@pytest.fixture
def asked(office, dossier, keys):
    """Five requests, sealed with the old key."""
    keys(OLD)
    about = {"about": dossier, "label": dossier.number, "unit": dossier.unit}
    for wish in (Wish.SEE, Wish.CORRECT, Wish.ERASE, Wish.OBJECT, Wish.WITHDRAW):
        ask(**about, wish=wish, text=f"Xin {wish}", by=office.alice, on=MONDAY)
    keys(NEW, OLD)


def column(name):
    return next(one for one in sealed_columns() if one.name == name)


def texts():
    return sorted(Request.objects.values_list("text", flat=True))


def test_batches_go_on_where_they_were_stopped(asked, keys, monkeypatch):
    before = texts()
    monkeypatch.setattr(sealing_operations, "AT_ONCE", 2)
    text = column("privacy_request.text")

    first = reseal(column=text, by=importer(), on=MONDAY)
    assert (first.values, left_to_reseal(text)) == (2, 3)
    assert texts() == before
    with pytest.raises(StillUnderOldKeys):
        finish_resealing(by=importer(), on=MONDAY)
    assert reseal(column=text, by=importer(), on=MONDAY).values == 2  # stopped and begun anew: what is done isn't done twice
    assert reseal(column=text, by=importer(), on=MONDAY).values == 1
    assert left_to_reseal(text) == 0
    keys(NEW)
    assert texts() == before


def test_the_command_puts_everything_under_the_newest_key_and_says_so(asked, keys, capsys):
    call_command("privacy", "rotate", "--json")

    assert json.loads(capsys.readouterr().out)["privacy_request.text"] == 5
    assert Event.objects.filter(facet_set__kind="privacy.resealed").count() == 1
    keys(NEW)
    assert len(texts()) == 5
    call_command("privacy", "keys", "--json")
    told = json.loads(capsys.readouterr().out)
    assert {one["old"] for one in told["columns"]} == {0}
    assert NEW not in json.dumps(told)


def test_a_key_is_added_to_the_file_and_stays_nobody_elses(keys, settings, tmp_path):
    file = settings.FIELD_KEYS_FILE = tmp_path / "keys"
    file.write_text(f"{OLD}\n")
    keys()

    add_key(file)

    keyring.cache_clear()
    assert len(keyring().ids) == 2
    assert file.read_text().splitlines()[1] == OLD
    assert file.stat().st_mode & 0o777 == 0o600


def test_only_who_looks_after_the_keys_may(asked, office):
    with pytest.raises(NotAllowed):
        reseal(column=column("privacy_request.text"), by=office.alice, on=MONDAY)
    with pytest.raises(NotAllowed):
        finish_resealing(by=office.oanh, on=MONDAY)


def test_what_the_table_holds_gives_nothing_away(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM privacy_request")
        stored = [bytes(row[0]) for row in cursor.fetchall()]

    assert len(set(stored)) == 5
    assert not [value for value in stored if b"Xin" in value]
