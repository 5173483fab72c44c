"""Figures from outside and reports that were asked for: stated figures, where work is done, official totals, requests."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.faces.cli.report_texts import read
from gandan.ground.calendar.queries import period
from gandan.ground.organisations.queries import importer, line_of, person, unit
from gandan.results.reports import operations as reports
from gandan.results.requests import operations as asking
from gandan.results.requests import queries as requests
from gandan.results.requests.rules import stage_of
from gandan.results.statements import operations, queries

ASKED = ("superior", "title", "paper", "period", "due_on", "outline", "annex", "text", "units")
FILES = {"xlsx": requests.request_xlsx, "docx": requests.request_docx, "pdf": requests.request_pdf}


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "stated": "list the figures that were stated from outside, the last first",
        "works": "list where units do which kinds of work",
        "reconcile": "hold official totals, from a file, against what was counted",
        "totals": "list official totals beside what is counted now",
        "templates": "take up the templates of superiors, from a file",
        "ask": "ask units for a report, from a file",
        "requests": "list the requests for reports, the last first",
        "asked": "say how far each unit is with a request; --late: only those whose day has passed",
        "gathered": "write the gathered answers of a request as XLSX, DOCX and PDF",
    }

    def arguments_reconcile(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="lines of unit; measure; period; total")
        parser.add_argument("--source", required=True, metavar="TEXT", help="where the totals stand")
        parser.add_argument("--by", required=True, metavar="USER", help="who holds them against each other")

    def arguments_totals(self, parser: CommandParser) -> None:
        parser.add_argument("--differing", action="store_true", help="only those that differ")

    def arguments_templates(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="YAML; without one, those of the demonstration")

    def arguments_ask(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="YAML: " + ", ".join(ASKED) + "; units may be left out")
        parser.add_argument("--by", required=True, metavar="USER", help="who asks")

    def arguments_asked(self, parser: CommandParser) -> None:
        parser.add_argument("request", metavar="REQUEST")
        parser.add_argument("--late", action="store_true", help="only those whose day has passed")

    def arguments_gathered(self, parser: CommandParser) -> None:
        parser.add_argument("request", metavar="REQUEST")
        parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to (the folder one is in)")

    def run_stated(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"number": one.id, "unit": one.unit.code, "measure": one.measure.code, "period": one.period.label,
             "value": one.value, "status": one.status, "source": one.source}
            for one in queries.statements(importer(), localdate(), limit=200)
        ]  # fmt: skip

    def show_stated(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Số"), _("Đơn vị"), _("Chỉ tiêu"), _("Kỳ"), _("Số nêu"), _("Tình trạng"), _("Văn bản nguồn")]
        self.table(columns, [list(one.values()) for one in answer])

    def run_works(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"unit": one.unit.code, "work": one.work, "system": one.system, "since": one.since, "until": one.until}
            for one in queries.declarations(importer(), localdate())
        ]

    def show_works(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Đơn vị"), _("Loại việc"), _("Làm ở đâu"), _("Từ ngày"), _("Đến trước ngày")]
        self.table(columns, [list(one.values()) for one in answer])

    def run_reconcile(self, options: dict[str, Any]) -> dict[str, int]:
        text = options["file"].read_text("utf-8-sig")
        made = operations.reconcile(totals=text, source=options["source"], by=person(options["by"]), on=localdate())
        return {"lines": len(made), "differing": sum(one.counted != one.official for one in made)}

    def run_totals(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"unit": one.unit.code, "measure": one.measure.code, "period": one.label, "official": one.official, "now": one.now,
             "explanation": one.explanation}
            for one in queries.reconciliations(importer(), localdate(), differing=options["differing"])
        ]  # fmt: skip

    def show_totals(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Đơn vị"), _("Chỉ tiêu"), _("Kỳ"), _("Tổng số chính thức"), _("Đếm được nay"), _("Giải thích")]
        self.table(columns, [list(one.values()) for one in answer])

    def run_templates(self, options: dict[str, Any]) -> list[str]:
        text = (options["file"] or reports.TEMPLATES).read_text("utf-8")
        return [one.code for one in reports.set_templates(text=text, by=importer(), on=localdate())]

    def show_templates(self, answer: list[str]) -> None:
        for code in answer:
            self.stdout.write(code)

    def run_requests(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"code": one.code, "title": one.title, "period": one.period.label, "due_on": one.due_on, "answered": one.answered,
             "of": one.of}
            for one in requests.report_requests(importer(), localdate())
        ]  # fmt: skip

    def show_requests(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Mã"), _("Yêu cầu"), _("Kỳ"), _("Hạn"), _("Đã trả lời"), _("Số đơn vị")]
        self.table(columns, [list(one.values()) for one in answer])

    def run_ask(self, options: dict[str, Any]) -> dict[str, Any]:
        said = _read(options["file"])
        superior, on = unit(str(said["superior"])), localdate()
        line = line_of(superior.pk, on)
        codes = said.get("units") or []
        made = asking.ask(
            superior=superior, title=str(said["title"]), paper=str(said["paper"]), period=period(superior, str(said["period"])),
            outline=_lines(said.get("outline")), annex=_lines(said.get("annex")), due_on=said["due_on"], line=line,
            text=str(said.get("text") or ""), by=person(options["by"]), on=on, simulated=settings.SIMULATED,
            units=[unit(str(code)) for code in codes] if codes else requests.right_below(superior, line, on),
        )  # fmt: skip
        return {"request": made.code, "due_on": made.due_on, "units": made.answers.count()}

    def run_asked(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        on = localdate()
        found = requests.report_request(options["request"], importer(), on)
        told = [
            {"unit": one.unit.code, "name": one.unit.name, "stage": stage_of(one.stage, late=found.due_on < on),
             "answered_on": one.answered_on, "posting": one.posting}
            for one in requests.answers(found, importer(), on)
        ]  # fmt: skip
        return [one for one in told if one["stage"] == "late"] if options["late"] else told

    def show_asked(self, answer: list[dict[str, Any]]) -> None:
        columns = [_("Mã"), _("Đơn vị"), _("Tình trạng"), _("Ngày trả lời"), _("Lần ghi sổ")]
        self.table(columns, [list(one.values()) for one in answer])

    def run_gathered(self, options: dict[str, Any]) -> dict[str, Any]:
        found = requests.report_request(options["request"], importer(), localdate())
        options["out"].mkdir(parents=True, exist_ok=True)
        files = []
        for ending, make in FILES.items():
            file = options["out"] / f"{found.code}.{ending}"
            file.write_bytes(make(found, made_at=now().replace(microsecond=0)))
            files.append(str(file))
        return {"request": found.code, "files": files}


def _read(file: Path) -> dict[str, Any]:
    """:raises CommandError: if the file is none, lacks something, or has a day that is none"""
    try:
        said = yaml.safe_load(read(file))
        lacking = [name for name in ASKED[:5] if not isinstance(said, dict) or not said.get(name)]
        if lacking:
            raise CommandError(_("Tệp còn thiếu: %(names)s.") % {"names": ", ".join(lacking)})
        return {**said, "due_on": day(str(said["due_on"]))}
    except (ValueError, yaml.YAMLError) as error:
        raise CommandError(_("Không đọc được tệp %(file)s: %(error)s.") % {"file": file, "error": error}) from None


def _lines(said: Any) -> str:
    """The points of an outline, the rows of an annex: a text, or a list with an entry to a line."""
    return "\n".join(str(one) for one in said) if isinstance(said, list) else str(said or "")
