"""What every command shares: verbs, an answer for people or for machines, progress, and refusals said plainly."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import IO, Any, ClassVar, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from gandan.ground.ledger.rules import Refused

PIPED = 160  # how wide a table is where nobody's window says
Answer = Any
Verb = Callable[[dict[str, Any]], Answer]


class DeskCommand(BaseCommand):
    """A command with verbs: `gandan ledger verify`. A verb is a method `run_<verb>`; it returns its answer.

    The answer is printed by the method `show_<verb>` for people, or as JSON with `--json`. A refusal goes to the error
    stream and ends the command with 1; so does what `fault_<verb>` says of an answer that is bad news. Where "no" is a
    good answer, `is_no_<verb>` says that it is one: printed as any other, and the command ends with 1.
    """

    verbs: ClassVar[Mapping[str, str]] = {}
    requires_system_checks: list[str] = []  # they read every address of the site; `gandan check` and the site's start do

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for name, explained in self.verbs.items():
            verb = verbs.add_parser(name, help=explained, description=explained)
            verb.add_argument("--json", action="store_true", help="answer for a machine")
            arguments: Callable[[CommandParser], None] | None = getattr(self, f"arguments_{name}", None)
            if arguments:
                arguments(verb)

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = bool(options["json"])
        try:
            answer = getattr(self, f"run_{options['verb']}")(options)
        except Refused as refusal:
            raise CommandError(refusal.said(gettext)) from None
        fault = getattr(self, f"fault_{options['verb']}", _no_fault)(answer)
        if options["json"]:
            self.stdout.write(json.dumps(plain(answer), indent=1, ensure_ascii=False, cls=DjangoJSONEncoder))
        if fault:
            raise CommandError(fault)
        if not options["json"]:
            getattr(self, f"show_{options['verb']}", self.show)(answer)
        if getattr(self, f"is_no_{options['verb']}", _never)(answer):
            sys.exit(1)

    def show(self, answer: Answer) -> None:
        """Print an answer that has no form of its own: name and value, a line each."""
        for name, value in plain(answer).items():
            self.stdout.write(f"{name}: {value}")

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
        """Print rows under columns; numbers to the right."""
        table = Table(title=title or None, title_justify="left")
        for position, column in enumerate(columns):
            number = bool(rows) and isinstance(rows[0][position], int | float)
            table.add_column(column, justify="right" if number else "left", overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else f"{cell}" for cell in row))
        Console(file=cast("IO[str]", self.stdout), width=None if self.stdout.isatty() else PIPED).print(table)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar on the error stream while the block works; it is moved by calling (done, of)."""
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=self.quiet,
            transient=True,
        )
        with bar:
            task = bar.add_task(what, total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of)


def _no_fault(answer: Answer) -> str:
    return ""


def _never(answer: Answer) -> bool:
    return False


def plain(answer: Answer) -> Any:
    """Make of an answer what JSON can say."""
    if is_dataclass(answer) and not isinstance(answer, type):
        return plain(asdict(answer))
    if isinstance(answer, Mapping):
        return {str(key): plain(value) for key, value in answer.items()}
    if isinstance(answer, bytes | memoryview):
        return bytes(answer).hex()
    if isinstance(answer, list | tuple | set | frozenset):
        return [plain(value) for value in answer]
    return answer


def day(text: str) -> date:
    """Read a day given as 2025-06-30 or 30/06/2025.

    :raises ValueError: for anything else, so that argparse says which argument it was
    """
    if "/" in text:
        parts = text.split("/")
        text = "-".join(reversed([part.zfill(2) for part in parts]))
    return date.fromisoformat(text)
