"""A server of two processes, and so many users who ask it from a process of their own."""

import http.client
import itertools
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.management import call_command

from gandan.config import database
from gandan.config.serving import THREADS


@dataclass(frozen=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Heard:
    """What came of many requests: how many a second, and how long 95 of 100 took at most."""

    rate: float
    p95: float  # milliseconds
    median: float
    wrong: dict[int, int]


@contextmanager
def server(name: str, workers: int = 2) -> Iterator[int]:
    """Serve a database by its name; yield the port."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app, owner = (_for(url, name) for url in database.urls())
    environment = os.environ | {"GANDAN_DATABASE_URL": app, "GANDAN_OWNER_DATABASE_URL": owner, "GANDAN_DEBUG": "0"}
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "bench.served:application", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            _wait_for(port, running)
            yield port
        finally:
            running.terminate()
            running.wait(timeout=20)


def _for(url: str, name: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=f"/{name}").geturl()


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if running.poll() is not None:
            raise RuntimeError("The server ended.")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server doesn't answer.")


def asked(port: int, asks: Sequence[Ask], *, users: int = 8, seconds: float = 4.0, expect: int = 200) -> Heard:
    """Let so many users ask for a while, each from where the last one stopped, and return what they heard."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_load, args=(port, list(asks), users, seconds, results))
    process.start()
    times, statuses, took = results.get()
    process.join()
    times.sort()
    wrong = {status: count for status, count in statuses.items() if status != expect}
    return Heard(len(times) / took, 1000 * times[int(len(times) * 0.95)], 1000 * times[len(times) // 2], wrong)


def _status(connection: http.client.HTTPConnection, ask: Ask) -> int:
    """Ask, and return the status of the answer; 0 if there was none."""
    with suppress(BrokenPipeError, ConnectionResetError):  # a refusal may come before all has been sent
        connection.request(ask.method, ask.path, body=ask.body, headers=dict(ask.headers))
    try:
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()  # the next one opens it again
        return 0
    return answer.status


def _load(port: int, asks: list[Ask], users: int, seconds: float, results) -> None:
    turn = itertools.count()
    times: list[float] = []
    statuses: dict[int, int] = {}
    lock = threading.Lock()
    begun = time.perf_counter()

    def user() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() - begun < seconds:
            ask = asks[next(turn) % len(asks)]
            start = time.perf_counter()
            status = _status(connection, ask)
            took = time.perf_counter() - start
            with lock:
                times.append(took)
                statuses[status] = statuses.get(status, 0) + 1

    threads = [threading.Thread(target=user) for _ in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((times, statuses, time.perf_counter() - begun))
