"""What stood in the clear before its column was a sealed one: carried over, sealed in batches, found nowhere afterwards."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from gandan.config import prepare
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.fields import keyring
from gandan.ground.privacy.operations import seal_plain
from gandan.ground.privacy.operations import sealing as sealing_operations
from gandan.ground.privacy.queries import left_to_reseal, once_plain_columns
from gandan.ground.privacy.rules import SealBroken, made_key
from gandan.work.dossiers.models import Collector, Delivery
from gandan.work.dossiers.operations import authorise_collector, choose_post, load_procedures, receive
from gandan.work.dossiers.rules.holders import Checked
from tests.cast import assemble
from tests.privacy.conftest import MONDAY

BEFORE = {"delivery": ("recipient", "address", "phone"), "collector": ("name", "paper_tail")}
ADDRESS = r"Số 5\2 hẻm Cây Đa, tổ '7'"


def as_owner(statement, *parameters):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def stored():
    """Return everything that both tables hold, as the database holds it."""
    rows = [as_owner(f"SELECT {', '.join(columns)} FROM dossiers_{table}") for table, columns in BEFORE.items()]
    return [bytes(value) for table in rows for row in table for value in row]


@pytest.fixture
def from_before(committed):
    """Five dossiers with parcels, one with a collector, written before the columns were sealed."""
    cast = assemble()
    load_procedures(unit=cast.police, by=importer(), on=MONDAY)
    for nth in range(5):
        new = receive(procedure="passport", unit=cast.unit("PA08"), applicant=f"Người {nth}", by=cast.alice, on=MONDAY)
        choose_post(dossier=new, recipient="x", address="x", phone="", by=cast.alice, on=MONDAY)
    authorise_collector(dossier=new, name="x", checked=Checked.PASSPORT, paper_tail="4567", by=cast.alice, on=MONDAY)
    for table, columns in BEFORE.items():
        for column in columns:
            as_owner(f"ALTER TABLE dossiers_{table} ALTER {column} TYPE varchar(400) USING ''")
    as_owner("UPDATE dossiers_delivery SET recipient = 'Trần Bình ' || id, address = %s", ADDRESS)
    as_owner("UPDATE dossiers_collector SET name = E'\\x01Lê Thị Sáu', paper_tail = '4567'")
    as_owner("ALTER TABLE dossiers_ratingwords DROP COLUMN told")
    for name in ("0014_words_told_together", "0013_sorted_in_together", "0012_sealed_parcels"):
        MigrationRecorder(connections["owner"]).record_unapplied("dossiers", name)
    return cast


def test_an_upgrade_seals_what_stood_there_and_can_be_stopped_anywhere(from_before, monkeypatch):
    monkeypatch.setattr(sealing_operations, "AT_ONCE", 2)
    batches = []

    def stopped_after_two(**given):
        if len(batches) == 2:
            raise KeyboardInterrupt
        batches.append(seal_plain(**given))
        return batches[-1]

    with monkeypatch.context() as stopping:
        stopping.setattr(prepare, "seal_plain", stopped_after_two)
        with pytest.raises(KeyboardInterrupt):
            prepare.prepare()
    assert sum(batches) > 0
    assert any("Đa".encode() in value or "Bình".encode() in value for value in stored()), "nothing was left to do"

    prepare.prepare()

    assert not [value for value in stored() if value and value[0] != 1]
    rows = Delivery.objects.order_by("pk")
    assert [(row.recipient, row.address, row.phone) for row in rows] == [(f"Trần Bình {row.pk}", ADDRESS, "") for row in rows]
    assert list(Collector.objects.values_list("name", "paper_tail")) == [("Lê Thị Sáu", "4567")]
    assert sum(left_to_reseal(column) for column in once_plain_columns()) == 0


def test_until_it_is_sealed_it_is_not_taken_for_something_sealed(from_before, monkeypatch):
    monkeypatch.setattr(prepare, "seal_what_was_plain", lambda: None)
    prepare.prepare()

    with pytest.raises(SealBroken):
        Delivery.objects.first()


def test_its_keys_change_with_the_others(from_before, keys):
    keys(old := made_key())
    prepare.prepare()
    keys(made_key(), old)
    assert sum(left_to_reseal(column) for column in once_plain_columns()) > 0

    call_command("privacy", "rotate", "--json")

    assert sum(left_to_reseal(column) for column in once_plain_columns()) == 0
    assert keyring().newest.hex() == keyring().ids[0]
    assert set(Delivery.objects.values_list("address", flat=True)) == {ADDRESS}


def test_only_who_looks_after_the_keys_may(from_before):
    with pytest.raises(NotAllowed):
        seal_plain(column=once_plain_columns()[0], by=from_before.alice, on=MONDAY)
