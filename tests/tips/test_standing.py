"""`gandan serve --tips` as it is run, and everything on its machine's disk searched for what a sender leaves behind."""

import re
import subprocess
import tarfile
import time
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gandan.config.database import binaries
from gandan.faces.pages.tips.frame import HEADERS
from gandan.work.tips.canary import Canary
from tests.documents.files import photo
from tests.tips.standing import Outsider, Standing, robots, standing
from tests.tips.test_canaries import ADDRESS, AGENT, CAME_FROM, CANARIES, FILE, NAME, TEXT, found_in

PLANTED = "Bexolaqi Dumotera"  # what is put in the clear beside them, so that finding nothing means something
TOLD = {
    "User-Agent": AGENT, "X-Forwarded-For": ADDRESS, "X-Real-IP": ADDRESS, "Forwarded": f"for={ADDRESS}",
    "Referer": f"https://{CAME_FROM}/", "Cookie": f"a={NAME.split()[0]}", "Accept-Language": "xh-ZA",
}  # fmt: skip
HELD_UP = "SELECT datname, usename FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
SESSIONS = "SELECT sessions FROM pg_stat_database WHERE datname = 'gandan'"
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def there():
    with standing() as made:
        yield made


def test_it_knows_its_own_database_and_no_other(there: Standing):
    """Who asks the database for a page is held up and looked at: one role, one database; the site's has no visitor."""
    with there.connect() as holding, there.connect() as looking, ThreadPoolExecutor(1) as beside:
        before = looking.execute(SESSIONS).fetchone()
        with holding.transaction():
            holding.execute("LOCK TABLE tips_memberkey")
            asked = beside.submit(Outsider(there.address).get, "/a/")
            until = time.monotonic() + 30
            while not (held_up := looking.execute(HELD_UP).fetchall()) and time.monotonic() < until:
                time.sleep(0.05)
        assert asked.result().status_code == 200
        assert held_up == [("gandan_tips", "gandan_tips_door")]
        assert looking.execute(SESSIONS).fetchone() == before


def test_it_answers_to_its_own_name_alone(there: Standing):
    away = Outsider(there.address, {"Host": "gandan.example.vn"}).get("/a/")
    assert (away.status_code, away.cookies.get_dict()) == (400, {})
    assert "gandan.example.vn" not in away.text


@pytest.mark.parametrize("path", ["/", "/a/", "/b/", "/c/", "/d/", "/nowhere/", "/s/door.css"])
def test_what_it_says_of_itself_is_what_is_needed(there: Standing, path):
    answer = Outsider(there.address).get(path)

    assert answer.cookies.get_dict() == {}
    assert not {"Set-Cookie", "ETag", "Last-Modified", "X-Powered-By", "Vary"} & set(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_nothing_of_the_site_is_behind_it(there: Standing):
    assert {Outsider(there.address).get(path).status_code for path in ("/sign-in/", "/api/v1/dossiers", "/tips/")} == {404}


def test_a_canary_sings(there: Standing):
    Canary(there.address).sing()


def test_without_scripts_one_waits_and_is_let_in(there: Standing):
    """Without a proof, in real time; meanwhile robots knock who have neither proof nor patience, and somebody with a proof."""
    outsider, tips = Outsider(there.address), there.count("tip")
    form, begun = outsider.form("/a/", proven=False), time.monotonic()
    assert outsider.send(form=form).status_code == 429
    with robots(there.address, a_second=167) as told:
        time.sleep(3)
        sending = time.monotonic()
        proven = outsider.send(text="Giữa đám đông")
        took = time.monotonic() - sending

    assert len(told) > 200
    assert set(told) == {429}
    assert (proven.status_code, took < 5) == (200, True)
    time.sleep(max(0.0, 46 - (time.monotonic() - begun)))
    assert outsider.send(form=form).status_code == 200
    assert there.count("tip") == tips + 2, "nothing of the robots' is in the desk's list"


@pytest.fixture(scope="module")
def searched(there: Standing):
    """Send by every way that a sender has, and wrongly too; then write all to the disk, dump it, copy it, stop it."""
    with there.connect() as connection:  # pages go into the write-ahead log as they are, so that nothing hides in a packed one
        connection.execute("ALTER SYSTEM SET wal_compression = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE TABLE planted AS SELECT %s::text AS word", [PLANTED])
        oid = connection.execute("SELECT oid FROM pg_database WHERE datname = 'gandan_tips'").fetchone()[0]
    since = datetime.now(UTC)
    outsider = Outsider(there.address, TOLD)
    large = photo(size=(2600, 2600)) + b"\0" * 3_000_000
    receipt = outsider.receipt(
        text=TEXT, pledge="confidential", identity=NAME, evidence="on", files={"files": (f"{FILE}.jpg", large)}
    )
    assert TEXT in outsider.follow(receipt, step="reply", text=TEXT, files={"files": (f"{FILE}.jpg", photo())}).text
    form = outsider.form("/a/")
    assert [outsider.send(form=form, text=TEXT).status_code for _ in range(3)] == [200, 429, 429]
    assert outsider.follow(f"{TEXT} {NAME}").status_code == 404
    assert outsider.send(text=TEXT, about=NAME).status_code == 422
    assert outsider.send(text=TEXT, files={"files": (f"{FILE}.docx", b"no document")}).status_code == 422
    outsider.post(f"/a/?t={TEXT}&p={NAME}", data={"text": TEXT})
    outsider.post("/a/", data=TEXT.encode())
    outsider.get(f"/{FILE}/?{NAME}")
    until = datetime.now(UTC)
    with there.connect() as connection:
        connection.execute("CHECKPOINT")
        used = connection.execute(
            "SELECT max(greatest(last_seq_scan, last_idx_scan)), sum(n_tup_ins) FILTER (WHERE relname <> 'tips_memberkey') "
            "FROM pg_stat_user_tables WHERE relname LIKE 'tips%'"
        ).fetchone()
        program = binaries.find(made_by=None)["pg_dump"]
        run = there.folder / "postgres" / "run"
        pg_dump = [program, "-h", run, "-U", "gandan_admin", "gandan_tips"]
        dump = subprocess.run(pg_dump, capture_output=True, check=True).stdout
        connection.execute("DROP TABLE planted")
    there.gandan("tips", "dump", str(there.store / "kept.tar"), "--json")
    there.gandan("database", "stop", "--json")
    copy = there.store / "backup.tar"
    with tarfile.open(copy, "w") as kept:
        kept.add(there.folder)
    heap = there.folder / "postgres" / "cluster" / "base" / str(oid)
    return {"dump": dump, "used": used, "since": since, "until": until, "heap": heap, "receipt": receipt.replace(" ", "")}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_file_of_its_machine_tells_of_a_sender(there: Standing, searched):
    """The cluster with its write-ahead log and its own log, secrets, door's log, both dumps, a copy of the whole folder."""
    files = contents(there.folder) | contents(there.store)
    wal = [name for name in files if "/pg_wal/0" in name]
    heap = [name for name in files if name.startswith(str(searched["heap"].relative_to(there.folder)))]

    assert {name: found for name, data in files.items() if (found := found_in(data, (*CANARIES, searched["receipt"])))} == {}
    assert found_in(searched["dump"], (*CANARIES, searched["receipt"])) == []
    assert len(wal) >= 1
    assert len(heap) > 100
    assert sum(len(files[name]) for name in heap) > 5_000_000, "the file is there, sealed"
    assert list((there.store / "tmp").iterdir()) == []


def test_what_is_planted_is_found_by_the_same_search(there: Standing, searched):
    wal = {name: data for name, data in contents(there.folder).items() if "/pg_wal/0" in name}

    assert any(found_in(data, (PLANTED,)) for data in wal.values())
    assert found_in(searched["dump"], (PLANTED,)) == [PLANTED]
    assert found_in((there.store / "backup.tar").read_bytes(), (PLANTED,)) == [PLANTED]


def test_no_log_has_a_line_of_theirs(there: Standing, searched):
    logs = [data.decode() for name, data in contents(there.folder).items() if "/log/" in name]

    assert there.log.read_text() == ""
    assert len(logs) >= 1
    assert not [line for log in logs for line in log.splitlines() if "gandan_tips_door" in line or "tips_" in line]


def test_no_time_of_day_is_kept(there: Standing, searched):
    """Neither as a moment in a page of the database, nor as words, nor in what the server counts, nor on the store's files."""
    since, until = (round((searched[one] - POSTGRES_EPOCH).total_seconds() * 1e6) for one in ("since", "until"))
    kept = [path for path in searched["heap"].iterdir() if path.is_file()]
    moments = {path.name for path in kept if any(since <= one <= until for one in eights(path.read_bytes()))}
    minutes = {f"{moment:%H:%M}:" for moment in (searched["since"], searched["until"])}
    installed = re.search(rb"COPY public\.django_migrations .*?\n\\\.\n", searched["dump"], re.DOTALL)
    assert installed, "when the tables were made is no sender's moment, though it may have been the same minute"
    of_people = searched["dump"].replace(installed[0], b"")

    assert moments == set()
    assert [one for one in minutes if one.encode() in of_people] == []
    assert re.findall(rb"\b\d\d:\d\d:\d\d\b", searched["dump"].partition(b"COPY public.tips_memberkey")[2]) == []
    assert searched["used"][0] is None or searched["used"][0] < searched["since"]
    assert not searched["used"][1], "nor how many rows came"
    assert {path.stat().st_mtime for path in there.store.glob("*.sqlite")} == {0}


def eights(data: bytes) -> Sequence[int]:
    return array("q", data[: len(data) // 8 * 8])
