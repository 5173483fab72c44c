"""The sealed channel: can receipts that open nothing be told apart by time; what a sending costs, and what a robot's costs us."""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

import psycopg
from django.db import connections
from psycopg import sql

from bench.kept import drop
from bench.load import Ask, asked
from bench.rig import Row, step
from bench.rig import seconds as once
from gandan.config import database, prepare
from gandan.config.database.routing import DESK, DOOR, OWNER
from gandan.ground.accounts.gate import Bucket
from gandan.work.tips.canary import Canary
from gandan.work.tips.door import Gate, House, Upload, follow, send
from gandan.work.tips.models import MemberKey, Tip
from gandan.work.tips.rules import About, Costs, Key, Pledge, Seat, Side, Unproven, certify, proof, public_of
from gandan.work.tips.vault import Vault

DAY, END = date(2026, 11, 20), date(2031, 1, 1)
USERS = 8
CHEAP = Costs(passes=1, memory=8 * 1024)
TRIES, SECONDS = {"small": 1200, "full": 6000}, {"small": 10.0, "full": 60.0}


def run(size: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, channel() as root_seed:
        house = the_house(Path(folder), root_seed, CHEAP)
        with step(f"{TRIES[size]} receipts of each kind"):
            never, erased, mistyped = times_of(house, TRIES[size])
        rows = [
            apart("receipt: never was against erased", never, erased),
            apart("receipt: never was against mistyped", never, mistyped),
            apart("receipt: erased against mistyped", erased, mistyped),
        ]
        real = the_house(Path(folder), root_seed, Costs())
        return [*rows, *costs(real), *robots(house), *flood(Path(folder), house.root, SECONDS[size])]


@contextmanager
def channel():
    """A database of the channel's own, with a member's key and one of recovery in it; dropped in the end."""
    name = f"gandan_bench_tips_{os.getpid()}"
    connections.settings[DOOR] = connections.configure_settings({"default": {}, **database.tips_databases(DOOR)})[DOOR]
    with psycopg.connect(database.urls()[1], autocommit=True) as keeper:
        keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        for alias in (DESK, OWNER, DOOR):
            connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name
        try:
            prepare.prepare_tips()
            yield members()
        finally:
            connections.close_all()
            drop(keeper, name)


def members() -> bytes:
    root_seed = secrets.token_bytes(32)
    for seat, holder in ((Seat.DESK, "thao"), (Seat.DESK, "vinh"), (Seat.RECOVERY, "recovery")):
        box, verify = public_of(secrets.token_bytes(64))
        bare = Key(seat, Side.POLICE, holder, box, verify, date(2026, 1, 1), END)
        MemberKey.objects.create(
            person=None if seat == Seat.RECOVERY else 1, seat=seat.value, side="police", holder=holder, box=box, verify=verify,
            since=bare.since, until=bare.until, signature=certify(bare, root_seed),
        )  # fmt: skip
    return root_seed


def the_house(folder: Path, root_seed: bytes, costs: Costs) -> House:
    return House(b"p" * 32, public_of(bytes(32) + root_seed)[1], Vault([folder / "vault.sqlite"]), costs)


def tip(house: House, **more):
    return send(house, about=About.CRIME, pledge=Pledge.ANONYMOUS, text="Tin thử", on=DAY, **more)


def times_of(house: House, tries: int) -> list[list[float]]:
    """Return how long each of many look-ups took, of three kinds in turns, with drawing made cheap so that it hides nothing."""
    there, gone = [tip(house).receipt for _ in range(60)], [tip(house) for _ in range(60)]
    ended = Tip.objects.filter(number__in=[one.number for one in gone])
    house.vault.erase([one.pk for one in ended])
    ended.delete()
    makers: Sequence[Callable[[], str]] = (
        lambda: f"{secrets.randbelow(10**16):016}",
        lambda: secrets.choice(gone).receipt,
        lambda: mistype(secrets.choice(there)),
    )
    taken: list[list[float]] = [[], [], []]
    for nth in range(3 * tries + 300):
        which = secrets.randbelow(3)
        receipt = makers[which]()
        begun = time.perf_counter()
        assert follow(house, receipt=receipt, on=DAY) is None
        if nth >= 300:
            taken[which].append(time.perf_counter() - begun)
    return taken


def mistype(receipt: str) -> str:
    at = secrets.randbelow(16)
    return f"{receipt[:at]}{(int(receipt[at]) + 1 + secrets.randbelow(9)) % 10}{receipt[at + 1 :]}"


def apart(name: str, one: list[float], other: list[float]) -> Row:
    """How often one is slower than the other, drawn at random (the area under the curve): 0.5 tells nothing."""
    ranked = sorted([(t, 0) for t in one] + [(t, 1) for t in other])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, start=1) if which)
    auc = (ranks - len(other) * (len(other) + 1) / 2) / (len(one) * len(other))
    return Row(name, auc, "AUC", 0.5, "0.5 ± 0.05", abs(auc - 0.5) <= 0.05)


def costs(house: House) -> list[Row]:
    """What an honest sender waits for, with drawing at its real cost."""

    def median(act: Callable[[], object], times: int) -> float:
        return statistics.median(once(act) for _ in range(times))

    drawing = median(lambda: house.draw("1234567812345678"), 5)
    file = Upload("a.jpg", "image/jpeg", secrets.token_bytes(5 * 2**20))
    return [
        Row("drawing a thread from a receipt (Argon2id)", drawing, "s", None, "about 0.5"),
        Row("sending a tip", median(lambda: tip(house), 5), "s", drawing, "< 5", median(lambda: tip(house), 3) < 5),
        Row("sending a tip with a file of 5 MB", median(lambda: tip(house, uploads=[file]), 3), "s", drawing),
    ]


def flood(folder: Path, root: bytes, seconds: float) -> list[Row]:
    """The door as it is run, robots knocking without a valid proof, an honest sender every few seconds, the desk at its list."""
    before = Tip.objects.count()
    with tempfile.TemporaryFile() as said, door(folder, root, said) as port, ThreadPoolExecutor(1) as beside:
        honest = Canary(f"http://127.0.0.1:{port}")
        alone = once(honest.sing)
        typed = (("Content-Type", "application/x-www-form-urlencoded"),)
        knock = Ask("/a/?t=robot&p=1", "POST", b"about=crime&text=" + b"x" * 2000, typed)
        knocking = beside.submit(asked, port, [knock], users=USERS, seconds=seconds, expect=429)
        sent, listed = [], []
        while not knocking.done():
            sent.append(once(honest.sing))
            listed.append(once(lambda: list(Tip.objects.order_by("-received_on", "id")[:50])))
        heard = knocking.result()
    came = Tip.objects.count() - before - len(sent) - 1
    a_minute, cut_off = heard.rate * 60, heard.wrong.pop(0, 0)  # whoever still sends when the refusal is there may be cut off
    turned_away = a_minute > 10_000 and not heard.wrong
    return [
        Row("robots over HTTP, all turned away", a_minute, "a minute", None, "10,000", turned_away),
        Row("robots: cut off before they had read the 429", cut_off, "robots"),
        Row("robots: of theirs in the desk's list", came, "tips", None, "0", came == 0),
        Row("robots: an honest sender sends and follows, the slowest", max(sent), "s", alone, "< 5", max(sent) < 5),
        Row("robots: the desk's list, the slowest", max(listed) * 1000, "ms", None, "usable", max(listed) < 1),
    ]


@contextmanager
def door(folder: Path, root: bytes, said: IO[bytes]) -> Iterator[int]:
    """Run `gandan serve --tips` on the benchmark's database; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    parts = connections[DOOR].settings_dict
    host = parts["OPTIONS"].get("host") or parts["HOST"]
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={host}&port={parts['PORT'] or 5432}"
    own = {
        "PATH": os.environ["PATH"], "GANDAN_DATA_DIR": str(folder), "GANDAN_TIPS_DOOR_DATABASE_URL": url,
        "GANDAN_TIPS_ROOT": root.hex(), "GANDAN_TIPS_VAULT": str(folder / "vault.sqlite"),
    }  # fmt: skip
    command = [sys.executable, "-m", "gandan.config.main", "serve", "--tips", "--port", str(port)]
    running = subprocess.Popen(command, env=own, stdout=said, stderr=said)
    try:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=20)


def robots(house: House) -> list[Row]:
    """What is spent on a sending without proof, beside checking one with; and how even the work is."""
    gate, secret = Gate(house.token_secret, Bucket(10**6, 10**6)), house.token_secret
    begun = time.perf_counter()
    for nth in range(10_000):
        try:
            gate.admit(secrets.token_urlsafe(27), str(nth), 1000)
        except Unproven:
            continue
    refused = (time.perf_counter() - begun) / 10_000
    token = proof.issue(secret, at=1000, bits=8)
    solved = proof.solve(token, 8)
    begun = time.perf_counter()
    for _ in range(1000):
        proof.check(secret, token, solved, at=1000)
    checked = (time.perf_counter() - begun) / 1000
    tried = [sum(int(n) + 1 for n in proof.solve(proof.issue(secret, at=1000, bits=8), 8).split(".")) for _ in range(60)]
    worst = max(tried) / statistics.mean(tried)
    return [
        Row("refusing what has no proof", refused * 1e6, "µs", checked * 1e6, "10,000 a minute", refused * 10_000 < 6),
        Row("the most work of 60 tokens, beside the mean", worst, "×", None, "< 2", worst < 2),
    ]
