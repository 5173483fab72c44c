"""Serving: the processes side by side, and the door of the sealed channel in one that knows nothing of the rest."""

import argparse
import ctypes
import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

from gandan.config import database
from gandan.config.database import is_embedded
from gandan.config.environment import text

THREADS = 2  # of a process, that answer side by side: see docs/decisions/the-hot-paths.md
SITE, DOOR = "gandan.config.wsgi:application", "gandan.config.door_wsgi:application"


class Ended(Exception):
    """One of the processes ended by itself."""


def add_where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer (%(default)s)")
    parser.add_argument("--tips", action="store_true", help="only the door of the sealed channel, in a process of its own")


def is_door(arguments: Sequence[str]) -> bool:
    return arguments[:1] == ["serve"] and "--tips" in arguments and not {"-h", "--help"} & set(arguments)


def serve_door(arguments: Sequence[str]) -> None:
    """Serve the door until stopped. Neither this process nor those it starts read the settings of the site.

    :raises Ended: if it ended by itself
    """
    parser = argparse.ArgumentParser(prog="gandan serve")
    add_where(parser)
    asked = parser.parse_args(arguments)
    if is_embedded() and not text("GANDAN_TIPS_DOOR_DATABASE_URL", default=""):
        database.ensure_running()
    keep_running([answering(DOOR, host=asked.host, port=asked.port, workers=asked.workers)])


def answering(application: str, *, host: str, port: int, workers: int) -> list[str]:
    """Return the command that answers with an application. It keeps no log of who asks."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", application, "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


def taken(host: str, port: int) -> bool:
    """Whether somebody listens there. Asked by listening ourselves, without the sharing that the processes of one site need."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def keep_running(commands: Sequence[Sequence[str]]) -> None:
    """Run commands side by side. When one ends, or we are told to stop, all are stopped.

    :raises Ended: if one ended by itself
    """
    running = [subprocess.Popen(command, preexec_fn=_end_with_parent) for command in commands]
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, lambda *_: sys.exit(0))
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        ended = next(nth for nth, process in enumerate(running) if process.poll() is not None)
        raise Ended(f"{' '.join(commands[ended])} ended with {running[ended].returncode}.")
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()


def _end_with_parent() -> None:
    """Have Linux stop this process when the one that started it is killed: nobody else would, and it would go on answering."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG, prctl(2)
