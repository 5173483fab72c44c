"""Serve the site and work in the background, until stopped."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.ground.accounts.queries import nobody_yet


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
        parser.add_argument("--workers", type=int, default=2, help="processes that answer (%(default)s)")
        parser.add_argument("--tips", action="store_true", help="only the door of the sealed channel, in a process of its own")
        parser.add_argument("--no-jobs", action="store_true", help="only the site; jobs run elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["tips"]:
            keep_running([self._site(options, "gandan.config.door_wsgi:application")])
            return
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        if nobody_yet():
            call_command("accounts", "code", stdout=self.stdout)
        commands = [self._site(options)]
        if not options["no_jobs"]:
            commands.append([sys.executable, "-m", "gandan.config.main", "jobs", "run"])
        keep_running(commands)

    def _site(self, options: dict[str, Any], application: str = "gandan.config.wsgi:application") -> list[str]:
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi", application,
            "--host", options["host"], "--port", str(options["port"]), "--workers", str(options["workers"]),
            "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        ]  # fmt: skip


def keep_running(commands: Sequence[Sequence[str]]) -> None:
    """Run commands side by side. When one ends, or we are told to stop, all are stopped.

    :raises CommandError: if one ended by itself
    """
    running = [subprocess.Popen(command) for command in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        ended = next(process for process in running if process.poll() is not None)
        raise CommandError(f"{' '.join(map(str, ended.args))} ended with {ended.returncode}.")  # type: ignore[arg-type]
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
