"""Letters of apology: list them, raise what is owed, sign a batch, make the file for the printer."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.organisations.queries import clock, person
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import letters
from gandan.work.dossiers.queries.letters import LetterFilter


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "list": "letters owed, sent, to be printed or stuck",
        "raise": "raise every letter that is owed by now",
        "sign": "sign the letters that wait for a head, with their key",
        "print": "make one file for the printer, by post route",
    }

    def arguments_list(self, parser: CommandParser) -> None:
        parser.add_argument("--show", choices=[one.value for one in LetterFilter], default=LetterFilter.OWED.value)
        parser.add_argument("--limit", type=int, default=50, help="(%(default)s)")
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who is looking; they see what they may")

    def arguments_sign(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who signs")
        parser.add_argument("letters", nargs="*", type=int, metavar="NUMBER", help="these letters (all that have a reason)")

    def arguments_print(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who prints")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--done", action="store_true", help="note that they were printed and given to the post")

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        which, viewer = LetterFilter(options["show"]), person(options["viewer"])
        return [
            {
                "letter": one.id, "dossier": one.dossier, "unit": one.unit.code, "appointed_on": one.appointed_on,
                "reason": one.words, "sent_on": one.sent_on, "new_due_on": one.new_due_on, "stuck": one.stuck,
            }
            for one in letters.letters(viewer, localdate(), which, limit=options["limit"])
        ]  # fmt: skip

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Thư"), _("Hồ sơ"), _("Đơn vị"), _("Hẹn trả"), _("Lý do"), _("Gửi ngày"), _("Hẹn lại"), _("Bị kẹt"))
        self.table(columns, [tuple(one.values()) for one in answer])

    def run_raise(self, options: dict[str, Any]) -> dict[str, int]:
        raised, after = 0, 0
        while True:
            number, after = operations.raise_letters(by=clock(), on=localdate(), after=after)
            raised += number
            if not after:
                return {"raised": raised}

    def run_sign(self, options: dict[str, Any]) -> dict[str, Any]:
        by, on = person(options["viewer"]), localdate()
        asked = operations.ask_to_sign(letters=options["letters"] or letters.letters_waiting(by, on), by=by, on=on)
        operations.SigningDesk(asked.pk, by).sign(on, now)
        shown = letters.batch(asked.pk, by, on)
        refused = [{"dossier": row.dossier, "why": why} for row, _done, code, why in shown.rows if code]
        return {"batch": shown.id, "signed": shown.signed, "refused": refused}

    def run_print(self, options: dict[str, Any]) -> dict[str, Any]:
        by, on = person(options["viewer"]), localdate()
        waiting = [one.id for one in letters.letters(by, on, LetterFilter.PRINT, limit=500)]
        options["out"].write_bytes(letters.print_file(waiting, by, on, now().replace(microsecond=0)))
        noted = operations.note_printed(letters=waiting, by=by, on=on) if options["done"] else 0
        return {"file": str(options["out"]), "letters": len(waiting), "noted": noted}
