"""Take up programmes from their files, and see how their indicators stand."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.organisations.queries import importer, person, unit_id
from gandan.results.programmes import operations, queries


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "load": "take up programmes from YAML files, or those that come with the product",
        "list": "list the programmes",
        "show": "show a programme with its indicators, year by year",
    }

    def arguments_load(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="USER", help="who takes it up (the importer)")

    def arguments_show(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--unit", metavar="UNIT", help="for a unit below")

    def run_load(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        by = person(options["by"]) if options["by"] else importer()
        files = options["files"] or queries.shipped()
        loaded = []
        with self.progress("Loading programmes") as moved:
            for nth, file in enumerate(files, start=1):
                programme = operations.load_programme(text=_text(file), by=by, on=localdate())
                loaded.append({"code": programme.code, "title": programme.title, "file": str(file)})
                moved(nth, len(files))
        return loaded

    def show_load(self, answer: list[dict[str, Any]]) -> None:
        self.table([_("Mã"), _("Tên")], [(one["code"], one["title"]) for one in answer])

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "code": one.code, "title": one.title, "unit": one.unit.code, "from": one.during.lower, "until": one.during.upper,
                "signed_on": one.signed_on, "closed_on": one.closed_on,
                "parties": [party.unit.code for party in one.parties.all()],
            }
            for one in queries.programmes()
        ]  # fmt: skip

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Mã"), _("Tên"), _("Từ ngày"), _("Đến trước ngày"), _("Ngày ký"), _("Ngày tổng kết")]
        self.table(columns, [(a["code"], a["title"], a["from"], a["until"], a["signed_on"], a["closed_on"]) for a in answer])

    def run_show(self, options: dict[str, Any]) -> dict[str, Any]:
        unit = unit_id(options["unit"]) if options["unit"] else None
        found = queries.progress(options["code"], today=localdate(), unit=unit)
        return {
            "code": found.programme.code,
            "title": found.programme.title,
            "years": [year.label for year in found.years],
            "contents": [
                {
                    "number": one.content.number,
                    "title": one.content.title,
                    "indicators": [_indicator(indicator) for indicator in one.rows],
                }
                for one in found.contents
            ],
        }

    def show_show(self, answer: dict[str, Any]) -> None:
        for content in answer["contents"]:
            rows = [(one["name"], *(_said(year) for year in one["years"]), _said(one["whole"])) for one in content["indicators"]]
            self.table([_("Chỉ tiêu"), *answer["years"], _("Cả kỳ")], rows, title=f"{content['number']}. {content['title']}")


def _indicator(one: queries.IndicatorRow) -> dict[str, Any]:
    return {
        "measure": one.measure.code,
        "name": one.measure.name.vi,
        "whole": {"status": one.whole.status, "value": one.whole.value},
        "years": [
            {
                "year": year.period.label, "status": year.cell.status, "value": year.cell.value, "target": year.target,
                "simulated": year.simulated, "standing": year.standing,
            }
            for year in one.years
        ],
    }  # fmt: skip


def _said(one: dict[str, Any]) -> str:
    value = str(one["status"]) if one["value"] is None else str(one["value"])
    return f"{value} / {one['target']} ({one['standing']})" if one.get("target") is not None else value


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("Không đọc được %(file)s: %(error)s.") % {"file": file, "error": error}) from None
