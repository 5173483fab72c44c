"""What people bring, from the command line: what is owed to them, and the services that can be reported."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.kinds import KINDS, CaseKind


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "owed": "the open cases of a unit, the most pressing first",
        "services": "load the product's own services",
    }

    def arguments_owed(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE", help="such as CAP-W26743")

    def arguments_services(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE", help="whose services they are, such as CATP")

    def run_owed(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what is owed, and nothing of what was said or by whom."""
        return [
            {
                "number": one.number,
                "kind": one.kind.value,
                "service": one.service,
                "unit": one.unit.code,
                "ward": one.ward.code if one.ward else None,
                "state": one.state.value,
                "received_on": one.received_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "overdue": one.overdue,
                "merged": one.merged,
            }
            for one in queries.owed(organisations.unit(options["unit"]).pk, localdate())
        ]

    def show_owed(self, answer: list[dict[str, Any]]) -> None:
        columns = (_("Số"), _("Loại việc"), _("Dịch vụ"), _("Ngày nhận"), _("Hạn trả lời"), _("Tình trạng"))
        rows = [
            (
                one["number"], _(KINDS[CaseKind(one["kind"])].name), one["service"], one["received_on"], one["due_on"],
                _("quá hạn") if one["overdue"] else _("còn trong hạn"),
            )
            for one in answer
        ]  # fmt: skip
        self.table(columns, rows)

    def run_services(self, options: dict[str, Any]) -> dict[str, int]:
        unit = organisations.unit(options["unit"])
        return {"changed": operations.load_services(unit=unit, by=organisations.importer(), on=localdate())}
