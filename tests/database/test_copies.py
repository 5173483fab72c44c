"""The database as a file, and back."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gandan.config import database
from gandan.config.database import copies


@pytest.fixture
def here(committed, monkeypatch):
    """Have `gandan database` work in the test's own database."""
    monkeypatch.setenv("GANDAN_DATABASE_URL", committed.url)
    monkeypatch.setenv("GANDAN_OWNER_DATABASE_URL", committed.owner_url)
    with committed.connect() as app:
        app.execute("INSERT INTO django_session VALUES ('key', 'data', now())")
    return committed


def sessions(committed) -> int:
    with committed.connect() as app:
        return app.execute("SELECT count(*) FROM django_session").fetchone()[0]


def gandan_database(*arguments: str) -> dict:
    said = StringIO()
    call_command("database", *arguments, "--json", stdout=said)
    return json.loads(said.getvalue())


def test_what_was_dumped_is_restored_with_the_rights_of_the_app(here, tmp_path):
    file = tmp_path / "all.dump"
    gandan_database("dump", str(file))
    gandan_database("reset", "--yes")
    assert sessions(here) == 0
    copies.empty()

    gandan_database("restore", str(file))

    assert sessions(here) == 1
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_is_restored_over_what_is_there(here, tmp_path):
    file = tmp_path / "all.dump"
    copies.dump(file)

    with pytest.raises(database.DatabaseTrouble, match="not empty"):
        copies.restore(file)

    assert sessions(here) == 1


def test_half_a_dump_restores_nothing(here, tmp_path):
    file = tmp_path / "all.dump"
    copies.dump(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    copies.empty()

    with pytest.raises(database.DatabaseTrouble, match="pg_restore failed"):
        copies.restore(file)

    with here.connect(owner=True) as owner:
        assert owner.execute(copies.ANY_TABLE).fetchone() is None


def test_a_dump_that_fails_leaves_no_file(here, tmp_path, monkeypatch):
    monkeypatch.setenv("GANDAN_OWNER_DATABASE_URL", f"{here.owner_url} options='-c search_path=x' dbname=gandan_nowhere")

    with pytest.raises(database.DatabaseTrouble, match="gandan_nowhere"):
        copies.dump(tmp_path / "all.dump")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["/nowhere/all.dump"])
def test_a_file_that_is_not_there_is_named(here, file):
    with pytest.raises(database.DatabaseTrouble, match=file):
        copies.restore(Path(file))
    with pytest.raises(database.DatabaseTrouble, match=file):
        copies.dump(Path(file))


def test_nothing_is_emptied_without_being_asked(here):
    with pytest.raises(CommandError, match="--yes"):
        call_command("database", "reset")

    assert sessions(here) == 1
