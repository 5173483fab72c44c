"""The door as it is run: `gandan serve --tips` as a process, with a database server of its own, and somebody outside."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import requests

from gandan.work.tips.rules import Key, Seat, Side, proof, public_of
from tests.tips.conftest import certified

FORM = re.compile(r'<form method="post" action="([^"]+)".*?data-bits="(\d+)"', re.DOTALL)
RECEIPT = re.compile(r'id="receipt">([\d ]+)<')
SEATS = (
    (Seat.DESK, Side.POLICE, "thao"), (Seat.DESK, Side.POLICE, "vinh"), (Seat.CUSTODIAN, Side.POLICE, "an"),
    (Seat.CUSTODIAN, Side.CIVIL, "yen"), (Seat.RECOVERY, Side.POLICE, "recovery"),
)  # fmt: skip
ADD = (
    "INSERT INTO tips_memberkey (id, person, seat, side, holder, box, verify, since, until, signature) "
    "VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(environment: Mapping[str, str], log: Path, *more: str) -> Iterator[str]:
    """Run `gandan serve --tips` as whoever looks after it does, and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "gandan.config.main", "serve", "--tips", "--port", str(port), "--workers", "1", *more]
    with log.open("wb") as written:
        served = subprocess.Popen(command, env=dict(environment), stdout=written, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if served.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait(30)


@dataclass
class Standing:
    """A machine with the channel on it: its folders, its database server, the address of its door."""

    folder: Path  # the data folder, which is backed up
    store: Path  # pepper and secrets, which are not
    environment: dict[str, str]
    members: dict[str, tuple[Key, bytes]]
    address: str = ""
    log: Path = field(default_factory=Path)

    def gandan(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "gandan.config.main", *arguments]
        said = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        return said.stdout

    def connect(self, database: str = "gandan_tips") -> psycopg.Connection[Any]:
        """Connect as who made the cluster: what a thief has who has become root."""
        socket_dir = str(self.folder / "postgres" / "run")
        return psycopg.connect(host=socket_dir, user="gandan_admin", dbname=database, autocommit=True)

    def count(self, table: str) -> int:
        with self.connect() as connection:
            found = connection.execute(f"SELECT count(*) FROM tips_{table}").fetchone()  # type: ignore[arg-type]
        assert found
        return int(found[0])


@contextmanager
def standing() -> Iterator[Standing]:
    """Make a data folder, its server and databases, members' keys that a root has signed; run the door; remove all of it."""
    folder, store = (Path(tempfile.mkdtemp(prefix="gandan-")) for _ in range(2))
    folder.chmod(0o711)  # the server's user passes through
    root_seed = secrets.token_bytes(32)
    (store / "tmp").mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(store / "tmp"),
        "GANDAN_DATA_DIR": str(folder),
        "GANDAN_DATABASE_MEMORY": "128MB",
        "GANDAN_TIPS_ROOT": public_of(bytes(32) + root_seed)[1].hex(),
        "GANDAN_TIPS_VAULT": f"{store / 'a.sqlite'} {store / 'b.sqlite'}",
        "GANDAN_TIPS_PEPPER_FILE": str(store / "pepper"),
        "GANDAN_TIPS_EXIT": "http://127.0.0.1:9/",
    }
    keys = {name: certified(root_seed, seat, side, name) for seat, side, name in SEATS}
    made = Standing(folder, store, environment, keys, log=store / "door.log")
    try:
        made.gandan("database", "prepare", "--json")
        with made.connect() as connection:
            for nth, (key, _secret) in enumerate(keys.values(), start=1):
                person = None if key.seat == Seat.RECOVERY else nth
                row = (key.seat.value, key.side.value, key.holder, key.box, key.verify, key.since, key.until, key.signature)
                connection.execute(ADD, (person, *row))
        with serving(environment, made.log) as made.address:
            yield made
    finally:
        made.gandan("database", "stop", "--json")
        shutil.rmtree(folder)
        shutil.rmtree(store)


@dataclass
class Outsider:
    """Somebody outside without scripts, who works off the proof by hand or waits; with all that a browser tells of itself."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> requests.Response:
        return requests.get(self.address + path, headers=dict(self.headers), timeout=60, allow_redirects=False, **more)

    def post(self, path: str, **more: Any) -> requests.Response:
        return requests.post(self.address + path, headers=dict(self.headers), timeout=60, allow_redirects=False, **more)

    def form(self, path: str, *, proven: bool = True) -> str:
        found = FORM.search(self.get(path).text)
        assert found
        query = unescape(found[1])
        token = query.partition("t=")[2].partition("&")[0]
        return f"{path}{query}" + (f"&p={proof.solve(token, int(found[2]))}" if proven else "")

    def send(self, *, files: Mapping[str, Any] | None = None, form: str = "", **typed: str) -> requests.Response:
        asked = {"about": "crime", "text": "Tin thử", "pledge": "anonymous"} | typed
        return self.post(form or self.form("/a/"), data=asked, files=files)

    def receipt(self, **typed: Any) -> str:
        answer = self.send(**typed)
        found = RECEIPT.search(answer.text)
        assert found, answer.text
        return found[1]

    def follow(self, receipt: str, *, files: Mapping[str, Any] | None = None, **typed: str) -> requests.Response:
        return self.post(self.form("/b/"), data={"receipt": receipt} | typed, files=files)


@contextmanager
def robots(address: str, *, a_second: int, hands: int = 6) -> Iterator[list[int]]:
    """Knock so many times a second without a valid proof, for as long as the block lasts; yield what each was told."""
    told: list[int] = []
    ended = threading.Event()

    def knock(nth: int) -> None:
        robot, due = requests.Session(), time.monotonic()
        while not ended.is_set():
            query = f"/a/?t=robot{nth}&p={due}"
            told.append(robot.post(address + query, data={"about": "crime", "text": "x" * 2000}, timeout=60).status_code)
            due += hands / a_second
            ended.wait(max(0.0, due - time.monotonic()))

    threads = [threading.Thread(target=knock, args=(nth,)) for nth in range(hands)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        ended.set()
        for thread in threads:
            thread.join()
