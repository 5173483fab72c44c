"""Load the city and a simulated past, close the first programme with its report, and serve the site."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from rich.console import Console

from gandan.faces.cli import console
from gandan.faces.cli.bringing import bring_in
from gandan.faces.cli.demonstration import (
    booked,
    chain,
    formal,
    grassroots,
    memory,
    outside,
    planned,
    simulation,
    speaking,
    stage,
    thinking,
    told,
    weeks,
)
from gandan.faces.cli.demonstration.accounts import ACCOUNTS, enrol_all
from gandan.faces.cli.demonstration.joint_work import JointWork
from gandan.faces.cli.demonstration.memory import Memory
from gandan.faces.cli.demonstration.people_work import PeopleWork
from gandan.faces.cli.demonstration.sealed import show_sealed
from gandan.ground.calendar import operations as calendar
from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.operations import post_all
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import operations as organisations
from gandan.ground.organisations import queries as people
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.operations import sweep
from gandan.results.programmes import operations as programmes
from gandan.results.programmes import queries as programme_queries
from gandan.results.releases import operations as releases
from gandan.results.releases import queries as release_queries
from gandan.results.reports import operations as reports
from gandan.results.reports import queries as report_queries
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers.operations import Request
from gandan.work.voice.queries import ideas

SIZES = {"full": 100_000, "small": 5_000}
SOURCE = "demonstration"
CLOSED = "2016-2021"


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=console.day, metavar="DATE", help="the day the simulation ends on (today)")
        parser.add_argument("--size", choices=sorted(SIZES), help="how many dossiers: full has 100,000, small 5,000 (full)")
        parser.add_argument("--no-serve", action="store_true", help="do everything but serve the site")
        parser.add_argument("--reset", action="store_true", help="remove what is here, and begin anew")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.begun = time.perf_counter()
        try:
            with memory.alone():
                remembered = self._prepare(options)
                remembered = self._complete(remembered) if remembered.loaded else self._load(remembered)
        except Refused as refusal:
            raise CommandError(gettext(refusal.template).format(**refusal.params)) from None
        self._tell(remembered, options)
        if not options["no_serve"]:
            call_command("serve", host=options["host"], port=options["port"])

    def _prepare(self, options: dict[str, Any]) -> Memory:
        if options["reset"]:
            with self._step("Removing what is here"):
                call_command("database", "reset", "--yes", "--json", stdout=_Nowhere())
                memory.forget()
        else:
            with self._step("Preparing the database"):
                call_command("database", "prepare", "--json", stdout=_Nowhere())
        remembered = memory.recall()
        if remembered is None:
            if people.children(None, Line.ADMINISTRATION, localdate()):
                raise CommandError("The database holds something else than a demonstration. Give GANDAN_DATA_DIR another folder.")
            return memory.begin(today=options["today"] or localdate(), size=options["size"] or "full")
        for asked, is_so in ((options["today"], remembered.day), (options["size"], remembered.size)):
            if asked not in (None, is_so):
                raise CommandError(
                    f"A demonstration of {remembered.today}, size {remembered.size}, is here already. Begin anew with --reset."
                )
        return remembered

    def _load(self, remembered: Memory) -> Memory:
        settings.SIMULATED = True
        on, by = remembered.day, people.importer()
        with self._step("Units, calendar, procedures, accounts"):
            organisations.load_city(by=by, on=on)
            calendar.load_defaults(by=by, on=on)
            dossiers.load_procedures(unit=people.unit("CATP"), by=by, on=on)
            list(enrol_all(password=remembered.password, on=on))
        with self._step("The programme of 2016-2021"):
            programmes.load_programme(text=_text(CLOSED), by=by, on=on)
        file = self._simulated(remembered)
        with self._step("Bringing them in, as from another system"):
            self._bring_in(file, on)
        with self._step("Open results of the year, each half-month as it closed"):
            post_all()
            for half in release_queries.missing(on - timedelta(days=370), on)[:-1]:
                releases.release(half=half, beside=(), by=people.clock(), on=min(on, half + timedelta(days=20)))
        if not remembered.lived:
            with transaction.atomic():
                with self._step("The latest weeks at two counters"):
                    weeks.live_through(on)
                with self._step("The work with people, and the conference of 2022"):
                    PeopleWork(on).live_through()
                with self._step("Matters, relief, advice and inspections"):
                    JointWork(on).live_through()
                with self._step("What bodies tell everyone, ask and put to the vote"):
                    told.tell(on)
                    grassroots.decide_together(today=on)
            remembered = remembered.changed(lived=True)
        remembered = self._complete(remembered)
        with self._step("Noticing what is overdue"):
            sweep(by=people.clock(), on=on, wait=True)
            post_all()
            with connections["owner"].cursor() as cursor:
                cursor.execute("ANALYZE")
        with self._step("The closing report of 2016-2021"):
            code = self._close(remembered)
        with self._step("Open results of the last half-month, and what is known of earlier ones by now"):
            beside = report_queries.told_in_reports(on - timedelta(days=370))
            for half in release_queries.missing(on - timedelta(days=370), on):
                releases.release(half=half, beside=beside, by=people.clock(), on=on)
        with self._step("The programme of 2022-2026"):
            for shipped in programme_queries.shipped():
                if shipped.stem != CLOSED:
                    programmes.load_programme(text=shipped.read_text("utf-8"), by=by, on=on)
            post_all()
        with self._step("Directives, an amendment that both parties sign, plans of thirty wards, tasks"):
            with transaction.atomic():
                planned.direct(on=on)
                planned.amend_and_sign(on=on)
                planned.plan(on=on)
            post_all()
        with self._step("Reports that are owed, approved upwards; the closing report restated once"):
            with transaction.atomic():
                chain.owe_and_approve(on=on)
            with transaction.atomic():
                outside.state_what_was_before(on=on)
                outside.ask_and_gather(on=on)
            with transaction.atomic():
                chain.restate_once(code, file, lambda later, source: self._bring_in(later, on, source), on=on)
            post_all()
        return remembered.changed(loaded=True, report=code)

    def _complete(self, remembered: Memory) -> Memory:
        """Add what a demonstration that was loaded by an earlier version doesn't have yet."""
        on = remembered.day
        list(enrol_all(password=remembered.password, on=on))
        if not remembered.spoken:
            with self._step("What people brought in the latest weeks"):
                with transaction.atomic():
                    speaking.speak(today=on, officers=(people.person("truongbenthanh"), people.person("congan")))
                remembered = remembered.changed(spoken=True)
        if not remembered.thought:
            with self._step("The call for ideas"):
                if not ideas.calls(on, limit=1):
                    with transaction.atomic():
                        thinking.think(today=on)
                remembered = remembered.changed(thought=True)
        if not remembered.ordered:
            with self._step("Legal steps, citizen reception, another channel, an event that many report"):
                with transaction.atomic():
                    formal.Formal(on, people.person("congan")).show()
                remembered = remembered.changed(ordered=True)
        if not remembered.paired:
            with self._step("A forum that two phones noted"):
                with transaction.atomic():
                    PeopleWork(on).noted_twice()
                remembered = remembered.changed(paired=True)
        if not remembered.booked:
            with self._step("Times at counters that people have taken"):
                with transaction.atomic():
                    booked.book(on)
                remembered = remembered.changed(booked=True)
        if not remembered.channel:
            with self._step("A sealed channel with threads in every state"):
                show_sealed(ACCOUNTS, password=remembered.password, on=on)
                remembered = remembered.changed(channel=True)
        post_all()
        return remembered

    def _simulated(self, remembered: Memory) -> Path:
        file = memory.folder() / f"dossiers-{remembered.today}-{remembered.size}.csv.gz"
        if not file.exists():
            with self._step(f"Simulating {SIZES[remembered.size]:,} dossiers"):
                unfinished = file.with_suffix(".unfinished")
                simulation.write(stage.scene(today=remembered.day, size=SIZES[remembered.size]), unfinished)
                unfinished.replace(file)
        return file

    def _bring_in(self, file: Path, on: date, source: str = SOURCE) -> None:
        mapping = yaml.safe_load((Path(simulation.__file__).parent / "mapping.yaml").read_text("utf-8"))
        request = Request(path=file, mapping=mapping, source=source, go_live=on, unit=people.unit("79"), simulated=True)
        done = bring_in(request, by=people.importer(), on=on, moved=lambda done, of: None)
        if done.refused:
            raise CommandError(f"{done.refused} simulated rows were refused; see: gandan dossiers refused {done.import_id}")

    def _close(self, remembered: Memory) -> str:
        """Freeze the closing report, with which the programme is closed, unless a start before this one did."""
        on, by = remembered.day, people.importer()
        programme = programme_queries.programme(CLOSED)
        code: str = remembered.report
        if not code:
            period = Period(programme.during.lower, programme.during.upper)
            with transaction.atomic():
                officer = people.person("phoihop")
                report = reports.draft(unit=programme.unit, period=period, programme=programme, simulated=True, by=officer, on=on)
                chain.approve(report, on=on)
            code = report.code
            remembered.changed(report=code)
        if programme_queries.programme(CLOSED).closed_on is None:
            programmes.close_programme(programme=programme, by=by, on=on)
        with transaction.atomic():
            chain.sign_and_publish(code, on=on)
        report, made_at = report_queries.report(code), now()
        for suffix, make in (("pdf", report_queries.pdf), ("docx", report_queries.docx), ("xlsx", report_queries.xlsx)):
            (memory.folder() / f"{code}.{suffix}").write_bytes(make(report, base_url=settings.BASE_URL, made_at=made_at))
        return code

    def _tell(self, remembered: Memory, options: dict[str, Any]) -> None:
        call_command("reports", "show", remembered.report, stdout=self.stdout)
        for suffix in ("pdf", "docx", "xlsx"):
            self.stdout.write(f"{suffix.upper():5} {memory.folder() / remembered.report}.{suffix}")
        self.stdout.write(f"\nAll figures are simulated, as of {remembered.today}. Ready after {self._seconds():.0f} s.\n")
        if options["no_serve"]:
            return
        self.stdout.write(f"Open   http://{options['host']}:{options['port']}/   (Ctrl-C stops)")
        self.stdout.write(f"Password of all accounts: {remembered.password}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:15} {account.work}")
        self.stdout.write("")

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """Say what is being done while it is being done, and how long it took."""
        start = time.perf_counter()
        with Console(stderr=True).status(f"{what} …"):
            yield
        self.stderr.write(f"{what}: {time.perf_counter() - start:.1f} s", style_func=lambda text: text)

    def _seconds(self) -> float:
        return time.perf_counter() - self.begun


class _Nowhere:
    """An output that nobody reads."""

    def write(self, text: str, *args: Any) -> int:
        return len(text)


def _text(code: str) -> str:
    return next(file for file in programme_queries.shipped() if file.stem == code).read_text("utf-8")
