"""Give programs of partners their keys to the API, change and revoke them."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.accounts import operations, queries
from gandan.ground.accounts.operations import NewKey
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "make": "give a program a key; it is printed this once",
        "rotate": "give a key's successor; the key itself holds for some days more",
        "revoke": "end a key at once",
        "list": "list the keys, the newest first",
    }

    def arguments_make(self, parser: CommandParser) -> None:
        parser.add_argument("program", metavar="USERNAME", help="an account that is a program's (gandan accounts add --program)")
        parser.add_argument("--label", required=True, help="what the key is for")
        parser.add_argument("--right", action="append", choices=[one.value for one in Right], required=True, dest="rights")
        parser.add_argument("--unit", action="append", metavar="CODE", required=True, dest="units", help="it and what is below")
        which = "of the API, as openapi.json names it, or dossiers_*; none: all that the rights allow"
        parser.add_argument("--operation", action="append", default=[], metavar="NAME", dest="operations", help=which)
        parser.add_argument("--days", type=int, default=365, help="how long it holds (%(default)s)")
        parser.add_argument("--per-minute", type=int, default=600, help="how many calls (%(default)s)")

    def arguments_rotate(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", metavar="PREFIX")
        parser.add_argument("--overlap", type=int, default=7, metavar="DAYS", help="the former one still holds (%(default)s)")

    def arguments_revoke(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", metavar="PREFIX")

    def run_make(self, options: dict[str, Any]) -> dict[str, Any]:
        return shown(operations.make_key(
            program=organisations.person(options["program"]),
            label=options["label"],
            rights=[Right(one) for one in options["rights"]],
            units=[organisations.unit(code) for code in options["units"]],
            operations=options["operations"],
            days=options["days"],
            per_minute=options["per_minute"],
            by=organisations.importer(),
            on=localdate(),
            at=now(),
        ))  # fmt: skip

    def run_rotate(self, options: dict[str, Any]) -> dict[str, Any]:
        by = organisations.importer()
        new = operations.rotate_key(prefix=options["prefix"], overlap=options["overlap"], by=by, on=localdate(), at=now())
        return shown(new)

    def run_revoke(self, options: dict[str, Any]) -> dict[str, Any]:
        key = operations.revoke_key(prefix=options["prefix"], by=organisations.importer(), on=localdate(), at=now())
        return {"prefix": key.prefix, "revoked_at": key.revoked_at}

    def run_list(self, options: dict[str, Any]) -> list[queries.KeyRow]:
        found: list[queries.KeyRow] = []
        before = None
        while True:
            page = queries.keys(viewer=organisations.importer(), on=localdate(), at=now(), before=before)
            found.extend(page.items)
            if (before := page.after) is None:
                return found

    def show_make(self, answer: dict[str, Any]) -> None:
        self.stdout.write(answer["secret"])
        said = _("Khoá chỉ hiện một lần này. Dùng được đến {day}.")
        self.stderr.write(said.format(day=f"{localtime(answer['expires_at']):%d/%m/%Y}"))

    show_rotate = show_make

    def show_revoke(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Khoá {prefix} không dùng được nữa.").format(**answer))

    def show_list(self, answer: list[queries.KeyRow]) -> None:
        if not answer:
            self.stdout.write(_("Chưa có khoá nào."))
            return
        self.table(
            (_("Khoá"), _("Chương trình"), _("Dùng để"), _("Quyền"), _("Đơn vị"), _("Tình trạng"), _("Đến"), _("Lần cuối dùng")),
            [
                (
                    one.prefix,
                    one.program,
                    one.label,
                    " ".join(one.rights),
                    " ".join(unit.code for unit in one.units),
                    one.state,
                    f"{localtime(one.expires_at):%d/%m/%Y}",
                    f"{localtime(one.last_used_at):%d/%m/%Y %H:%M}" if one.last_used_at else "",
                )
                for one in answer
            ],
        )


def shown(new: NewKey) -> dict[str, Any]:
    return {"secret": new.secret, "prefix": new.key.prefix, "expires_at": new.key.expires_at}
