"""The store of secrets: several copies, and what is erased stays erased."""

from uuid import uuid4

import pytest

from gandan.work.tips.vault import Vault, VaultAway


@pytest.fixture
def vault(tmp_path):
    return Vault([tmp_path / "a" / "v.sqlite", tmp_path / "b" / "v.sqlite"])


def test_a_secret_is_in_every_copy(vault):
    tip = uuid4()
    secret = vault.new(tip)

    assert [Vault([copy]).secret(tip) for copy in vault.copies] == [secret, secret]


def test_what_is_erased_is_in_no_page_of_any_copy(vault):
    tip, other = uuid4(), uuid4()
    secret, kept = vault.new(tip), vault.new(other)
    vault.erase([tip])

    assert vault.secret(tip) is None
    assert vault.secret(other) == kept
    assert [secret in copy.read_bytes() for copy in vault.copies] == [False, False]
    assert vault.erased([tip, other]) == [tip]
    assert [path.name for copy in vault.copies for path in copy.parent.iterdir()] == ["v.sqlite", "v.sqlite"]


def test_a_copy_that_was_away_learns_what_was_erased(vault, tmp_path):
    tip, other = uuid4(), uuid4()
    vault.new(tip)
    away = vault.copies[1].rename(tmp_path / "away")
    (tmp_path / "b").rmdir()
    (tmp_path / "b").write_text("not a folder")
    with pytest.raises(VaultAway):
        vault.erase([tip])
    with pytest.raises(VaultAway):
        vault.new(other)

    assert vault.secret(tip) is None
    (tmp_path / "b").unlink()
    (tmp_path / "b").mkdir()
    away.rename(vault.copies[1])
    assert Vault([vault.copies[1]]).secret(tip) is not None
    vault.level()
    assert Vault([vault.copies[1]]).secret(tip) is None


def test_without_any_copy_nobody_is_told_that_nothing_is_there(tmp_path):
    (tmp_path / "x").write_text("not a folder")
    with pytest.raises(VaultAway):
        Vault([tmp_path / "x" / "v.sqlite"]).secret(uuid4())
