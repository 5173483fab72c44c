"""What people bring, from the command line: what is owed to them, and the services that can be reported."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries


class Command(BaseCommand):
    help = "What people bring: `voice owed --unit CAP-W26743 --json`, `voice services --unit CATP`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        owed = what.add_parser("owed", help="the open cases of a unit, the most pressing first")
        owed.add_argument("--unit", required=True)
        owed.add_argument("--json", action="store_true")
        load = what.add_parser("services", help="load the product's own services")
        load.add_argument("--unit", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        unit = organisations.unit(options["unit"])
        if options["what"] == "services":
            changed = operations.load_services(unit=unit, by=organisations.importer(), on=localdate())
            self.stdout.write(f"{changed} services are new or changed.")
            return
        owed = queries.owed(unit.pk, localdate())
        if options["json"]:
            self.stdout.write(json.dumps([self._row(one) for one in owed], ensure_ascii=False, indent=1))
            return
        for one in owed:
            mark = "late" if one.overdue else "    "
            self.stdout.write(f"{one.number:>12}  {one.due_on}  {mark}  {one.kind.value}  {one.service}")

    def _row(self, one: queries.CaseRow) -> dict[str, Any]:
        """Say what is owed, and nothing of what was said or by whom."""
        return {
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
