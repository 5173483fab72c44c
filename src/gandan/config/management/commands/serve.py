"""Serve the site and work in the background, until stopped."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.config.fresh import unprepared
from gandan.config.serving import DOOR, SITE, Ended, add_where, answering, keep_running, taken
from gandan.ground.accounts.queries import nobody_yet


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        add_where(parser)
        parser.add_argument("--no-jobs", action="store_true", help="only the site; jobs run elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options["host"], options["port"])
        where = {name: options[name] for name in ("host", "port", "workers")}
        commands = [answering(DOOR if options["tips"] else SITE, **where)]
        if not options["tips"]:
            if not settings.DEBUG:
                call_command("collectstatic", interactive=False, verbosity=0)
            if nobody_yet():
                call_command("accounts", "code", stdout=self.stdout)
            if not options["no_jobs"]:
                commands.append([sys.executable, "-m", "gandan.config.main", "jobs", "run"])
        try:
            keep_running(commands)
        except Ended as ended:
            raise CommandError(str(ended)) from None

    def _check(self, host: str, port: int) -> None:
        """Say at once what would be found out only later: the processes of two sites can share a port without a word."""
        if unprepared():
            raise CommandError("The database isn't prepared for this version. Run: gandan database prepare")
        if taken(host, port):
            raise CommandError(f"Another program listens at {host}:{port}. Choose another with --port.")
