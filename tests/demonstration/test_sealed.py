"""The sealed channel of the demonstration: threads in every state, keys that open in a browser, and never over a real root."""

import json

import pytest

from gandan.faces.cli.demonstration import accounts, sealed
from gandan.ground.ledger.models import Event
from gandan.ground.organisations.operations import enrol
from gandan.work.tips.door import House, follow
from gandan.work.tips.models import Claim, Extract, MemberKey, Opening, Tip
from gandan.work.tips.queries import late, tips
from gandan.work.tips.vault import Vault
from tests.cast import TODAY
from tests.tips.conftest import connected as connected
from tests.tips.conftest import sealed as empty_channel  # noqa: F401
from tests.tips.conftest import sealed_database as sealed_database

ACCOUNTS = tuple(one for one in accounts.ACCOUNTS if one.role in sealed.SEATS)


@pytest.fixture
def city(empty_channel, cast, tmp_path, settings, monkeypatch):  # noqa: F811
    settings.DATA_DIR, settings.TIPS_ROOT, settings.TIPS_VAULT = tmp_path, b"", [str(tmp_path / "vault.sqlite")]
    monkeypatch.setattr(sealed.people, "unit_id", lambda _code: cast.unit("CAP-W1").pk)
    for one in ACCOUNTS:
        enrol(
            username=one.username, name=one.name, unit=cast.unit(one.unit), role=one.role, line=one.line, by=cast.importer,
            on=TODAY - sealed.BACK,
        )  # fmt: skip
    return cast


def test_a_newcomer_finds_threads_in_every_state_and_keys_to_open_them(city, tmp_path, settings):
    folder = sealed.show_sealed(ACCOUNTS, password="mật khẩu trình diễn", on=TODAY)
    desk = sealed.people.person("bantin")

    assert {row.state.value for row in tips(desk, TODAY)} | {row.state.value for row in tips(desk, TODAY, closed=True)} == {
        "new", "acknowledged", "answered", "closed",
    }  # fmt: skip
    assert (Tip.objects.count(), Opening.objects.count(), Extract.objects.count(), Claim.objects.count()) == (7, 1, 1, 0)
    assert len(late(city.minh, TODAY)) >= 1
    assert sorted(MemberKey.objects.values_list("seat", flat=True)) == ["custodian", "custodian", "desk", "desk", "recovery"]
    assert "TRÌNH DIỄN" in (folder / "DOC-TRUOC.txt").read_text()
    assert set(json.loads((folder / "bantin.key.json").read_text())) == {"gandan", "holder", "salt", "nonce", "kept"}
    assert Event.objects.filter(facet_set__kind="tip.counted").count() > 1

    house = House(
        bytes.fromhex((tmp_path / "tips" / "pepper").read_text()), settings.TIPS_ROOT, Vault([tmp_path / "vault.sqlite"])
    )
    receipts = [line.split("  ")[1] for line in (folder / "DOC-TRUOC.txt").read_text().splitlines() if line.startswith("TK-")]
    asked = follow(house, receipt=receipts[3], on=TODAY)
    assert [one.mine for one in asked.said] == [True, False, True]
    assert not any(one.broken for one in asked.said)


def test_made_anew_it_is_the_same_and_never_over_a_real_root(city, tmp_path, settings):
    sealed.show_sealed(ACCOUNTS, password="một", on=TODAY)
    first = settings.TIPS_ROOT
    sealed.show_sealed(ACCOUNTS, password="hai", on=TODAY)
    assert Tip.objects.count() == 7
    assert first != settings.TIPS_ROOT

    settings.DATA_DIR, settings.TIPS_ROOT = tmp_path / "elsewhere", b"r" * 32
    assert sealed.show_sealed(ACCOUNTS, password="ba", on=TODAY) is None
    assert Tip.objects.count() == 7
