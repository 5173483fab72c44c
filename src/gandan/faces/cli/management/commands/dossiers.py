"""Bring in dossiers from files, look at them, and at the procedures by which they are handled."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli import newcomer
from gandan.faces.cli.bringing import bring_in, city, kept_unless, write_refused
from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.queries import importer, person, unit, unit_id
from gandan.work.dossiers import operations, queries
from gandan.work.dossiers.rules.procedures import read_procedures

MOST_ACTIVITIES = 40  # in a table; all of them with --json


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "import": "bring in dossiers from a table (CSV, XLSX) or an event log (XES); the same command goes on after a stop",
        "imports": "list the latest imports",
        "refused": "write the rows that an import refused, with reasons and remedies",
        "list": "list dossiers, newest first",
        "show": "show a dossier: its term as it was reckoned, and all that happened to it",
        "procedures": "list the procedures in force, or load them from a file",
        "follow": "pass the open dossiers of a unit that has ended on to its heirs",
    }

    def arguments_import(self, parser: CommandParser) -> None:
        known = ", ".join(queries.mappings())
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--mapping", default="", metavar="MAPPING", help=f"a YAML or JSON file, or one of: {known} (a log's is guessed)"
        )
        parser.add_argument(
            "--source",
            default="",
            metavar="CODE",
            help="the system it comes from; numbers are unique within it (its name)",
        )
        parser.add_argument(
            "--go-live", type=day, metavar="DAY", help="what happened before is history and starts nothing (today)"
        )
        parser.add_argument("--unit", default="", metavar="UNIT", help="the unit of all rows, instead of the mapping's")
        parser.add_argument("--procedure", default="", metavar="CODE", help="the procedure of all rows, instead of the mapping's")
        parser.add_argument("--found-since", type=day, metavar="DAY", help="found that unit from that day on, if it isn't there")
        parser.add_argument("--unit-name", default="", metavar="NAME", help="what it is called, if it is founded")
        parser.add_argument("--finished", action="append", default=[], metavar="ACTIVITY", help="of a log: what ends a dossier")
        parser.add_argument("--withdrawn", action="append", default=[], metavar="ACTIVITY", help="of a log: what withdraws it")
        parser.add_argument("--save-mapping", type=Path, metavar="FILE", help="write down the mapping that was guessed")
        parser.add_argument("--dry-run", action="store_true", help="report how it would go; nothing is kept")
        parser.add_argument("--encoding", default="", help="if it can't be told from the file")
        parser.add_argument(
            "--refused", type=Path, metavar="FILE", help="where the refused rows go (here, beside the file's name)"
        )
        parser.add_argument("--by", metavar="USER", help="who brings it in (the importer)")

    def arguments_refused(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="IMPORT")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write a CSV file instead of a table")
        parser.add_argument("--limit", type=int, default=50, help="how many a table shows (%(default)s)")

    def arguments_list(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", metavar="UNIT")
        parser.add_argument("--procedure", default="", metavar="CODE")
        parser.add_argument("--status", choices=[status.value for status in queries.Status])
        parser.add_argument("--overdue", action="store_true", help="open and past their day")
        parser.add_argument("--text", default="", help="words of the name or the number, with or without accents")
        parser.add_argument("--limit", type=int, default=50, help="(%(default)s)")
        parser.add_argument("--after", default="", metavar="KEY", help="go on where the page before ended (its `next`)")
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who is looking; they see what they may")

    def arguments_show(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER")
        parser.add_argument("--as", dest="viewer", required=True, metavar="USER", help="who is looking; they see what they may")

    def arguments_procedures(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=day, metavar="DAY", help="in force on that day (today); `all` rules with --all")
        parser.add_argument("--all", action="store_true", help="all rules through time")
        parser.add_argument("--load", nargs="?", const="", metavar="FILE", help="load the product's own, or a file like it")

    def arguments_follow(self, parser: CommandParser) -> None:
        parser.add_argument("unit", metavar="UNIT")
        parser.add_argument("--to", metavar="UNIT", help="who takes them over (the main heir)")
        parser.add_argument("--on", type=day, metavar="DAY", help="the day on which they pass on (the unit's end)")

    def run_import(self, options: dict[str, Any]) -> dict[str, Any]:
        understood = newcomer.understand(
            options["file"],
            options["mapping"],
            unit_code=options["unit"],
            procedure=options["procedure"],
            finished=options["finished"],
            withdrawn=options["withdrawn"],
        )
        if options["save_mapping"]:
            newcomer.save_mapping(understood.mapping, options["save_mapping"])
        with kept_unless(options["dry_run"]):
            answer = self._bring(options, understood)
        return answer | newcomer.told(understood)

    def _bring(self, options: dict[str, Any], understood: newcomer.Understood) -> dict[str, Any]:
        on = localdate()
        founded = bool(options["unit"]) and newcomer.settle(
            options["unit"], since=options["found_since"], name=options["unit_name"], on=on
        )
        request = operations.Request(
            path=options["file"],
            mapping=understood.mapping,
            source=options["source"] or newcomer.source_of(options["file"]),
            go_live=options["go_live"] or on,
            unit=city(on),
            encoding=options["encoding"],
            form=understood.form,
        )
        try:
            with self.progress(f"Bringing in {options['file'].name}") as moved:
                went = bring_in(request, by=person(options["by"]) if options["by"] else importer(), on=on, moved=moved)
        except KeyboardInterrupt:
            raise CommandError(_("Đã dừng. Phần đã nhập được giữ lại; chạy lại đúng lệnh này để nhập tiếp.")) from None
        answer: dict[str, Any] = {
            "import": went.import_id, "source": request.source, "taken": went.taken, "known": went.known,
            "refused": went.refused, "dry_run": options["dry_run"], "founded": options["unit"] if founded else None,
        }  # fmt: skip
        if went.refused:
            out = options["refused"] or Path(f"{options['file'].name}.refused.csv")
            write_refused(went.import_id, out)
            answer |= {
                "reasons": [_reason(one) for one in queries.reasons_refused(went.import_id)],
                "refused_file": str(out.resolve()),
            }
        return answer

    def show_import(self, answer: dict[str, Any]) -> None:
        if "log" in answer:
            self._show_log(answer)
        if answer["founded"]:
            self.stdout.write(_("Đã lập đơn vị {founded}.").format(**answer))
        said = _("Lần nhập {import}: nhận {taken} hồ sơ, {known} đã có từ trước, {refused} dòng bị từ chối.")
        if answer["dry_run"]:
            said = _("Chạy thử, không giữ lại gì: sẽ nhận {taken} hồ sơ, {known} đã có từ trước, {refused} dòng bị từ chối.")
        self.stdout.write(said.format(**answer))
        if answer["refused"]:
            rows = [(one["rows"], one["line"], one["column"], one["reason"], one["remedy"]) for one in answer["reasons"]]
            self.table((_("Số dòng"), _("Dòng đầu"), _("Cột"), _("Lý do"), _("Cách sửa")), rows)
            self.stdout.write(_("Các dòng bị từ chối: {file}").format(file=answer["refused_file"]))

    def _show_log(self, answer: dict[str, Any]) -> None:
        log = answer["log"]
        self.stdout.write(_("Nhật ký: {traces} vết của {cases} hồ sơ, {events} sự kiện.").format(**log))
        rows = [
            (a["name"], " ".join(a["kinds"]), f"{a['filled']}/{a['of']}", ", ".join(a["used_as"]) or "–", a["why"])
            for a in log["attributes"]
        ]
        self.table((_("Thuộc tính"), _("Kiểu"), _("Có giá trị"), _("Dùng làm"), _("Vì sao không dùng")), rows)
        activities = [(a["name"], a["count"], a["first"], a["last"], ", ".join(a["used_as"]) or "–") for a in log["activities"]]
        shown = [row for nth, row in enumerate(activities) if nth < MOST_ACTIVITIES or row[4] != "–"]
        self.table((_("Bước"), _("Số lần"), _("Mở đầu"), _("Kết thúc"), _("Dùng làm")), shown)
        if len(shown) < len(activities):
            self.stdout.write(_("… và {more} bước khác không dùng (--json in đủ).").format(more=len(activities) - len(shown)))
        for one in log["odd"]:
            self.stdout.write(f"{one['count']} {one['sentence']}")
        self.stdout.writelines(f"{each}\n" for each in answer["unsure"])

    def run_imports(self, options: dict[str, Any]) -> list[queries.ImportRow]:
        return queries.imports()

    def show_imports(self, answer: list[queries.ImportRow]) -> None:
        rows = [(a.id, a.taken, a.known, a.refused, a.source, a.file_name, a.state.value, a.go_live, a.by) for a in answer]
        columns = (
            _("Lần"),
            _("Nhận"),
            _("Đã có"),
            _("Từ chối"),
            _("Nguồn"),
            _("Tệp"),
            _("Tình trạng"),
            _("Vận hành từ"),
            _("Người nhập"),
        )
        self.table(columns, rows)

    def run_refused(self, options: dict[str, Any]) -> dict[str, Any]:
        shown = queries.import_of(options["number"])
        if options["out"]:
            return {"written": write_refused(shown.id, options["out"]), "refused_file": str(options["out"].resolve())}
        return {
            "import": shown.id,
            "rows": [
                {
                    "line": row.line,
                    "problems": [
                        {
                            "column": problem.column,
                            "code": problem.code,
                            "reason": _(reason.sentence).format(**problem.params),
                            "remedy": _(reason.remedy).format(**problem.params),
                        }
                        for problem, reason in row.reasons()
                    ],
                }
                for row in queries.refused_rows(shown.id, limit=options["limit"])
            ],
        }

    def show_refused(self, answer: dict[str, Any]) -> None:
        if "refused_file" in answer:
            self.stdout.write(_("Đã ghi {written} dòng vào {refused_file}").format(**answer))
            return
        rows = [
            (row["line"], p["column"], p["code"], p["reason"], p["remedy"]) for row in answer["rows"] for p in row["problems"]
        ]
        self.table((_("Dòng"), _("Cột"), _("Mã lỗi"), _("Lý do"), _("Cách sửa")), rows)

    def run_list(self, options: dict[str, Any]) -> dict[str, Any]:
        on = localdate()
        filters = queries.Filters(
            units=frozenset({unit_id(options["unit"])}) if options["unit"] else None,
            procedure=options["procedure"],
            status=queries.Status(options["status"]) if options["status"] else None,
            overdue=options["overdue"],
            text=options["text"],
        )
        page = queries.dossiers(person(options["viewer"]), on, filters, after=_key(options["after"]), limit=options["limit"])
        return {"dossiers": [_row(row) for row in page.rows], "next": f"{page.next[0]}.{page.next[1]}" if page.next else None}

    def show_list(self, answer: dict[str, Any]) -> None:
        shown = ("number", "procedure", "unit", "applicant", "received_on", "due_on", "ended_on", "status")
        columns = (
            _("Số"), _("Thủ tục"), _("Đơn vị"), _("Người nộp"), _("Ngày nhận"), _("Hẹn trả"), _("Ngày xong"), _("Tình trạng"),
        )  # fmt: skip
        self.table(columns, [[row[column] for column in shown] for row in answer["dossiers"]])
        if answer["next"]:
            self.stdout.write(_("Còn nữa: --after {key}").format(key=answer["next"]))

    def run_show(self, options: dict[str, Any]) -> dict[str, Any]:
        found = queries.dossier(options["number"], person(options["viewer"]), localdate())
        return _row(found.row) | {
            "term": str(found.procedure.term),
            "legal_basis": found.procedure.legal_basis,
            "reckoning": [
                {"day": each.day, "nth": each.nth, "reason": each.reason.code.value, "name": each.reason.name}
                for each in (found.reckoning.days if found.reckoning else ())
            ],
            "timeline": [
                {
                    "day": step.day,
                    "kind": step.kind.value,
                    "sentence": step.sentence,
                    "unit": step.unit.code,
                    "facets": step.facets,
                }
                for step in found.timeline
            ],
        }

    def show_show(self, answer: dict[str, Any]) -> None:
        said = {
            _("Số"): answer["number"], _("Thủ tục"): answer["procedure_name"], _("Người nộp"): answer["applicant"],
            _("Đơn vị"): answer["unit_name"], _("Ngày nhận"): answer["received_on"], _("Hẹn trả"): answer["due_on"],
            _("Ngày xong"): answer["ended_on"] or "–", _("Tình trạng"): answer["status"], _("Thời hạn"): answer["term"],
        }  # fmt: skip
        self.stdout.writelines(f"{name}: {value}\n" for name, value in said.items())
        self.table(
            (_("Ngày"), _("Việc"), _("Nơi"), ""),
            [(step["day"], step["sentence"], step["unit"], " ".join(step["facets"].values())) for step in answer["timeline"]],
        )
        if answer["reckoning"]:
            rows = [(each["day"], each["nth"] or "", f"{each['reason']} {each['name']}") for each in answer["reckoning"]]
            self.table((_("Ngày"), _("Ngày thứ"), _("Lý do")), rows)

    def run_procedures(self, options: dict[str, Any]) -> dict[str, Any]:
        on = localdate()
        answer: dict[str, Any] = {}
        if options["load"] is not None:
            rows = read_procedures(_yaml(Path(options["load"]))) if options["load"] else None
            loaded = operations.load_procedures(unit=city(on), rows=rows, by=importer(), on=on)
            answer = {"added": loaded.added, "changed": loaded.changed}
        found = queries.procedures(None if options["all"] else options["on"] or on)
        return answer | {
            "procedures": [
                {
                    "code": each.code, "name": each.name, "term": str(each.term), "from": each.during.lower,
                    "until": each.during.upper, "handled_by": each.handled_by, "legal_basis": each.legal_basis,
                    "verified": each.verified,
                }
                for each in found
            ]
        }  # fmt: skip

    def show_procedures(self, answer: dict[str, Any]) -> None:
        if "added" in answer:
            self.stdout.write(_("Thêm {added} quy định, sửa {changed}.").format(**answer))
        rows = [
            (
                p["code"],
                p["name"],
                p["term"],
                p["from"],
                p["until"],
                ", ".join(p["handled_by"]),
                _("có") if p["verified"] else _("chưa"),
            )
            for p in answer["procedures"]
        ]
        columns = (_("Mã"), _("Tên"), _("Thời hạn"), _("Từ ngày"), _("Đến trước ngày"), _("Nơi giải quyết"), _("Đã đối chiếu"))
        self.table(columns, rows)

    def run_follow(self, options: dict[str, Any]) -> dict[str, Any]:
        old = unit(options["unit"])
        moved = operations.follow_succession(
            unit=old,
            rest=unit(options["to"]) if options["to"] else None,
            by=importer(),
            on=options["on"] or old.closed_on or localdate(),
        )
        return {"unit": old.code, "passed_on": moved}

    def show_follow(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã bàn giao {passed_on} hồ sơ của {unit}.").format(**answer))


def _reason(one: queries.ReasonCount) -> dict[str, Any]:
    return {
        "code": one.problem.code, "rows": one.count, "line": one.line, "column": one.problem.column,
        "reason": _(one.reason.sentence).format(**one.problem.params),
        "remedy": _(one.reason.remedy).format(**one.problem.params),
    }  # fmt: skip


def _row(row: queries.DossierRow) -> dict[str, Any]:
    return {
        "number": row.number, "source": row.source, "source_number": row.source_number, "procedure": row.procedure,
        "procedure_name": row.procedure_name, "unit": row.unit.code, "unit_name": row.unit.name, "applicant": row.applicant,
        "channel": row.channel, "received_on": row.received_on, "due_on": row.due_on, "ended_on": row.ended_on,
        "status": row.status.value, "overdue": row.overdue,
    }  # fmt: skip


class BadKey(Refused):
    """Where a page is to begin can't be read."""


def _key(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    try:
        on, number = text.rsplit(".", 1)
        return date.fromisoformat(on), int(number)
    except ValueError:
        raise BadKey(gettext_noop("Không đọc được --after “{text}”. Hãy dùng nguyên giá trị đã in ra."), text=text) from None


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CommandError(f"{path} can't be read: {error}") from None
