"""The post: whose programs tell us of parcels, and their secrets."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.organisations.queries import importer, unit
from gandan.work.dossiers import operations, queries


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "partners": "list the bodies of the post, and whether their programs have a secret",
        "secret": "give a body of the post a new secret and show it this once; the former one holds for a week more",
    }

    def arguments_secret(self, parser: CommandParser) -> None:
        parser.add_argument("unit", metavar="UNIT")

    def run_partners(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"unit": one.unit.code, "name": one.unit.name, "has_secret": one.has_secret, "former_until": one.former_until}
            for one in queries.partner_programs(localdate())
        ]

    def show_partners(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Mã"), _("Đơn vị"), _("Có khoá"), _("Khoá cũ đến hết"))
        self.table(columns, [tuple(one.values()) for one in answer])

    def run_secret(self, options: dict[str, Any]) -> dict[str, str]:
        partner = unit(options["unit"])
        return {"unit": partner.code, "secret": operations.give_secret(partner=partner, by=importer(), on=localdate())}
