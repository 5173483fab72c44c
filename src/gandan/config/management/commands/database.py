"""Start, stop, look at, prepare, empty, dump and restore the database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.config import database
from gandan.config.database import copies
from gandan.config.prepare import prepare

STEPS = {
    "start": "start the embedded server",
    "stop": "stop the embedded server",
    "status": "say how the database is",
    "prepare": "migrate as the owner, then set the rights of the app's role",
    "reset": "remove everything, then prepare",
    "dump": "write everything to FILE",
    "restore": "fill an empty database from FILE, then prepare",
}


class Command(BaseCommand):
    help = "Start, stop, look at, prepare, empty, dump and restore the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
        for name, explained in STEPS.items():
            step = steps.add_parser(name, help=explained)
            step.add_argument("--json", action="store_true", help="answer for a machine")
            if name in {"dump", "restore"}:
                step.add_argument("file", type=Path, metavar="FILE")
            if name == "reset":
                step.add_argument("--yes", action="store_true", help="don't ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = getattr(self, options["step"])(options)
        except database.DatabaseTrouble as trouble:
            raise CommandError(str(trouble)) from None
        if options["json"]:
            self.stdout.write(json.dumps(answer, indent=1, ensure_ascii=False))
        else:
            self.stdout.writelines(self.told(answer))

    def start(self, options: dict[str, Any]) -> dict[str, Any]:
        database.ensure_running()
        return database.status()

    def stop(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"was_running": database.stop()}

    def status(self, options: dict[str, Any]) -> dict[str, Any]:
        return database.status()

    def prepare(self, options: dict[str, Any]) -> dict[str, Any]:
        database.ensure_running()
        prepare(verbosity=0 if options["json"] else options["verbosity"])
        return {"prepared": True}

    def reset(self, options: dict[str, Any]) -> dict[str, Any]:
        if not options["yes"]:
            self.ask("This removes everything in the database. Nothing brings it back. Write `yes` to go on: ")
        database.ensure_running()
        copies.empty()
        return self.prepare(options)

    def dump(self, options: dict[str, Any]) -> dict[str, Any]:
        database.ensure_running()
        copies.dump(options["file"])
        return {"file": str(options["file"]), "bytes": options["file"].stat().st_size}

    def restore(self, options: dict[str, Any]) -> dict[str, Any]:
        database.ensure_running()
        copies.restore(options["file"])
        return self.prepare(options) | {"restored": str(options["file"])}

    def ask(self, question: str) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to be asked. Say --yes if you mean it.")
        self.stdout.write(question, ending="")
        if input().strip() != "yes":
            raise CommandError("Nothing was done.")

    @staticmethod
    def told(answer: dict[str, Any]) -> list[str]:
        warnings = [f"! {warning}\n" for warning in answer.get("warnings", [])]
        return [f"{name:<12} {value}\n" for name, value in answer.items() if name != "warnings"] + warnings
