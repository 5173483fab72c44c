"""Run what works in the background: the poster, reactions, the schedule and the jobs themselves."""

import logging
from threading import Event as Signal
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app

from gandan.faces.jobs.posting import EVERY, keep_posting


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        run = verbs.add_parser("run", help="work until stopped; Ctrl-C lets the job at hand end")
        run.add_argument("--concurrency", type=int, default=2, help="how many jobs at once (%(default)s)")
        run.add_argument("--every", type=float, default=EVERY, help="seconds between two postings (%(default)s)")
        run.add_argument("--until-idle", action="store_true", help="stop when nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        stop = Signal()
        poster = Thread(target=keep_posting, args=[stop], kwargs={"every": options["every"]}, name="poster")
        poster.start()
        try:
            worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's has one
            worker.run_worker(
                concurrency=options["concurrency"],
                wait=not options["until_idle"],
                install_signal_handlers=True,
                listen_notify=True,
                delete_jobs="successful",
            )
        finally:
            stop.set()
            poster.join()
