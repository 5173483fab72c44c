"""Take dossiers out as files: a table, the register (form 07), the national portal's rows."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.documents import operations as documents
from gandan.ground.documents import queries
from gandan.ground.organisations.queries import appointments, clock, person, row, unit
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers.queries import EXPORTS, Wish


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "make": "make a file now and write it where it is wanted; it is also kept for a week for who asked for it",
        "list": "list the files that somebody asked for, newest first",
    }

    def arguments_make(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=list(EXPORTS), metavar="WHAT", help=", ".join(EXPORTS))
        parser.add_argument("out", type=Path, metavar="FILE", help="its ending says the form: .csv, .xlsx, .jsonl")
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who asks; it holds what they may read")
        parser.add_argument("--unit", default="", metavar="UNIT", help="only this unit and those below it")
        parser.add_argument("--procedure", default="", metavar="CODE")
        parser.add_argument("--status", default="", help="a state of the flow, or `open`")
        parser.add_argument("--since", type=day, metavar="DAY", help="received on that day or later")
        parser.add_argument("--until", type=day, metavar="DAY", help="received on that day or before")

    def arguments_list(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER")

    def run_make(self, options: dict[str, Any]) -> dict[str, Any]:
        on, viewer = localdate(), person(options["viewer"])
        wish = Wish(options["unit"], options["procedure"], options["status"], options["since"], options["until"])
        held = appointments(viewer, on)
        if not held:
            raise CommandError(_("{person} chưa được giao vai trò tại đơn vị nào.").format(person=viewer.name))
        asked = dossiers.ask_export(
            what=options["what"],
            form=options["out"].suffix.lstrip(".").lower(),
            wish=wish,
            unit=unit(row(held[0].unit).code),
            language=(get_language() or "vi")[:2],
            by=viewer,
            on=on,
        )
        taken = documents.take_export(export=asked, by=clock(), on=on)
        if taken is not None:
            dossiers.Making(taken, by=clock(), on=on, said=gettext).make()
        return self._written(asked.token, options["out"], viewer, on)

    def _written(self, token: str, out: Path, viewer: Any, on: date) -> dict[str, Any]:
        made, content = queries.fetch(token, viewer, on)
        with content, out.open("wb") as file:
            shutil.copyfileobj(content, file)
        return {"file": str(out.resolve()), "rows": made.rows_done, "size": made.size, "digest": made.digest}

    def show_make(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã ghi {rows} dòng vào {file} (SHA-256 {digest}).").format(**answer))

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"what": each.what, "form": each.form, "state": each.state.value, "rows": each.rows_done, "of": each.rows_of,
             "asked_on": each.asked_on, "keep_until": each.keep_until, "digest": each.digest}
            for each in queries.exports(person(options["viewer"]), localdate())
        ]  # fmt: skip

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        rows = [(a["what"], a["form"], a["state"], a["rows"], a["asked_on"], a["keep_until"], a["digest"][:12]) for a in answer]
        columns = (_("Tệp"), _("Dạng"), _("Tình trạng"), _("Số dòng"), _("Yêu cầu ngày"), _("Giữ đến"), "SHA-256")
        self.table(columns, rows)
