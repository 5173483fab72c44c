"""Take up programmes from their files; see how indicators, tasks, directives and plans stand."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.organisations.queries import importer, person, rows, unit_id
from gandan.results.programmes import operations, queries
from gandan.results.programmes.rules import TurnState


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "load": "take up programmes from YAML files, or those that come with the product",
        "list": "list the programmes",
        "show": "show a programme with its indicators, year by year",
        "directives": "list the directives, and how many of their points nothing answers; --load notes those of a file",
        "tasks": "list what units owe of programmes, the earliest due first",
        "plans": "say which units have a plan of their own under a programme, and which have not",
        "texts": "list the texts of a programme that came into force, or what changed in one",
        "turns": "have each task that recurs be owed for the period that has begun",
    }

    def arguments_directives(self, parser: CommandParser) -> None:
        parser.add_argument("--load", type=Path, metavar="FILE", help="a YAML file; `given`: those that come with the product")

    def arguments_tasks(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", metavar="CODE", default="")
        parser.add_argument("--unit", metavar="UNIT")
        parser.add_argument("--state", choices=[state.value for state in TurnState])
        parser.add_argument("--limit", type=int, default=100)

    def arguments_plans(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")

    def arguments_texts(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--changes", type=int, metavar="NUMBER", help="what changed in this text from the one before")

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

    def run_directives(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        if options["load"]:
            file = operations.DIRECTIVES if str(options["load"]) == "given" else options["load"]
            operations.load_directives(text=_text(file), by=importer(), on=localdate())
        return [
            {"code": one.code, "title": one.title, "body": one.body, "points": one.points, "unanswered": one.unanswered}
            for one in queries.directives()
        ]

    def show_directives(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Mã"), _("Trích yếu"), _("Cơ quan ban hành"), _("Điểm"), _("Chưa có nhiệm vụ")]
        self.table(columns, [(a["code"], a["title"], a["body"], a["points"], a["unanswered"]) for a in answer])

    def run_tasks(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        units = [unit_id(options["unit"])] if options["unit"] else None
        if options["programme"]:
            queries.programme(options["programme"])  # one that does not exist is said, not shown as having no tasks
        state = TurnState(options["state"]) if options["state"] else None
        page = queries.turns(
            importer(), localdate(), units=units, programme=options["programme"], state=state, limit=options["limit"]
        )
        names = rows({one.unit for one in page.rows})
        return [
            {
                "task": one.id, "programme": one.programme, "number": one.number, "text": one.text, "unit": names[one.unit].code,
                "due_on": one.due_on, "course": one.course.value,
            }
            for one in page.rows
        ]  # fmt: skip

    def show_tasks(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Chương trình"), _("Nhiệm vụ"), _("Đơn vị"), _("Hạn"), _("Tình trạng")]
        self.table(
            columns,
            [(a["programme"], f"{a['number']} {a['text']}".strip(), a["unit"], a["due_on"], a["course"]) for a in answer],
        )

    def run_plans(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        seen = queries.cascade(queries.programme(options["code"]), localdate())
        return [
            {
                "unit": one.unit.code, "plan": one.code, "in_force": one.in_force, "since": one.since, "open": one.open,
                "late": one.late, "done": one.done,
            }
            for one in seen.rows
        ]  # fmt: skip

    def show_plans(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Đơn vị"), _("Kế hoạch"), _("Từ ngày"), _("Còn làm"), _("Quá hạn"), _("Đã xong")]
        self.table(columns, [(a["unit"], a["plan"], a["since"], a["open"], a["late"], a["done"]) for a in answer])

    def run_texts(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        programme = queries.programme(options["code"])
        if options["changes"]:
            return [
                {
                    "key": one.key, "kind": one.kind.value, "number": one.number or one.was_number, "change": one.change.value,
                    "words": [{"text": word.text, "change": word.change.value} for word in one.words],
                }
                for one in queries.edition_changes(programme, options["changes"])
                if one.change != "same"
            ]  # fmt: skip
        return [
            {"number": one.number, "on": one.on, "why": one.why, "number_line": one.number_line, "digest": one.digest}
            for one in queries.editions(programme)
        ]

    def run_turns(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"made": operations.make_turns(by=importer(), on=localdate())}

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
