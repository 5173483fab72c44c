"""What can't be, said so that the reader knows what to do, and with nothing damaged."""

import os
import socket
import sys

import psycopg
import pytest
from django.db import ProgrammingError

from gandan.config import database, main, serving
from gandan.config.database import tuning
from gandan.config.environment import BadSetting
from tests.database.conftest import House


def test_a_cluster_of_an_unknown_version_is_left_alone(house: House):
    database.stop()
    version = house.cluster / "PG_VERSION"
    version.write_text("9\n")
    before = {path: path.stat().st_mtime_ns for path in house.cluster.iterdir()}

    with pytest.raises(database.DatabaseTrouble, match=r"made by PostgreSQL 9.*Nothing was touched.*restore"):
        database.ensure_running()

    assert {path: path.stat().st_mtime_ns for path in house.cluster.iterdir()} == before


def test_a_damaged_cluster_says_its_last_words(house: House):
    database.stop()
    (house.cluster / "global" / "pg_control").unlink()

    with pytest.raises(database.DatabaseTrouble, match="pg_control"):
        database.ensure_running()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("GANDAN_POSTGRES_BIN", "/nowhere", "no program `postgres` in it"),
        ("GANDAN_DATABASE_MEMORY", "much", "GANDAN_DATABASE_MEMORY: 'much' is not a size such as 256MB"),
        ("GANDAN_DATABASE_PORT", "five", "GANDAN_DATABASE_PORT must be a whole number"),
        ("GANDAN_DATA_DIR", "/proc/nowhere", "GANDAN_DATA_DIR"),
    ],
)
def test_a_wrong_setting_is_named(bare: House, monkeypatch, setting, value, said):
    monkeypatch.setenv(setting, value)

    with pytest.raises((BadSetting, database.DatabaseTrouble), match=said):
        database.ensure_running()


@pytest.mark.parametrize("url", ["postgresql://an:secret@[bad/gandan", "postgresql://an:secret@localhost", "host=x sslmode"])
def test_a_wrong_url_is_named_and_its_password_is_not(bare: House, monkeypatch, url):
    monkeypatch.setenv("GANDAN_DATABASE_URL", url)

    with pytest.raises(BadSetting, match="GANDAN_DATABASE_URL") as refused:
        database.django_databases(pool_size=0)

    assert "secret" not in str(refused.value)


def test_an_owner_without_an_app_is_refused(bare: House, monkeypatch):
    monkeypatch.setenv("GANDAN_OWNER_DATABASE_URL", "postgresql://owner@localhost/gandan")

    with pytest.raises(BadSetting, match="GANDAN_DATABASE_URL is not"):
        database.urls()


def test_a_server_with_one_role_for_both_is_warned_of(house: House, monkeypatch):
    monkeypatch.setenv("GANDAN_DATABASE_URL", database.urls()[0])

    status = database.status()

    assert not status["embedded"]
    assert status["running"]
    assert "only a trigger keeps it" in status["warnings"][0]


def test_a_server_that_does_not_answer_is_told_of(bare: House, monkeypatch):
    monkeypatch.setenv("GANDAN_DATABASE_URL", f"postgresql://an:secret@/gandan?host={bare.folder}")

    status = database.status()

    assert not status["running"]
    assert "doesn't answer" in status["warnings"][0]
    assert "secret" not in str(status)


def test_a_command_ends_with_a_sentence_and_not_with_a_trace(bare: House, monkeypatch):
    monkeypatch.setenv("GANDAN_POSTGRES_BIN", "/nowhere")
    monkeypatch.setattr(sys, "argv", ["gandan", "migrate"])

    with pytest.raises(SystemExit) as ended:
        main.main()

    assert str(ended.value).startswith("GANDAN_POSTGRES_BIN is /nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_is_closed_to_us_is_named(monkeypatch, tmp_path):
    tmp_path.chmod(0o500)
    monkeypatch.setenv("GANDAN_DATA_DIR", str(tmp_path / "data"))

    with pytest.raises(database.DatabaseTrouble, match="GANDAN_DATA_DIR"):
        database.local_secret()


@pytest.mark.parametrize(("arguments", "needs"), [
    ([], False), (["--help"], False), (["database", "status"], False), (["units", "--help"], False), (["units", "list"], True),
])  # fmt: skip
def test_the_server_is_started_for_what_needs_it(arguments, needs):
    assert main.needs_database(arguments) == needs


@pytest.mark.parametrize("memory", ["64MB", "256MB", "4GB", "24GB", "512GB"])
def test_settings_fit_the_memory(memory):
    settings = tuning.settings(memory=tuning.size(memory), cores=2, socket_dir="x", port=None, small_shared_memory=False)

    assert 32 * tuning.MB <= tuning.size(settings["shared_buffers"]) <= 4 * tuning.GB
    assert 4 * tuning.MB <= tuning.size(settings["work_mem"]) <= 64 * tuning.MB
    assert (settings["fsync"], settings["synchronous_commit"], settings["jit"]) == ("on", "on", "off")


@pytest.mark.parametrize(("written", "bytes_"), [("256MB", 2**28), ("4 gb", 2**32), ("1kB", 1024)])
def test_a_size_is_read(written, bytes_):
    assert tuning.size(written) == bytes_


def test_two_sites_do_not_share_a_port_without_a_word():
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as other:
        port = other.getsockname()[1]
        assert serving.taken("127.0.0.1", port)
    assert not serving.taken("127.0.0.1", port)


def test_an_unprepared_database_is_named(monkeypatch, bare: House):
    def ask(_arguments: list[str]) -> None:
        raise ProgrammingError("relation does not exist") from psycopg.errors.UndefinedTable()

    monkeypatch.setattr(sys, "argv", ["gandan", "help"])
    monkeypatch.setattr(main, "execute_from_command_line", ask)
    monkeypatch.setattr(main, "unprepared", lambda: True)
    with pytest.raises(SystemExit, match="gandan database prepare"):
        main.main()
    monkeypatch.setattr(main, "unprepared", lambda: False)
    with pytest.raises(ProgrammingError):  # a fault of ours
        main.main()
