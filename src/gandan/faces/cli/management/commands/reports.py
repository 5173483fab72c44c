"""Make reports from the ledger, freeze them, and hold what was signed against what is known now."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.faces.cli.report_differences import changed, differing, sentences, tables, told_before
from gandan.faces.cli.report_texts import owed, read, texts
from gandan.ground.calendar.rules import Period, stretch
from gandan.ground.organisations.queries import importer, person, unit
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.measures.rules import view_named
from gandan.results.programmes.queries import programme
from gandan.results.reports import operations, queries
from gandan.results.reports.queries import year_label
from gandan.results.reports.rules import ReportStatus, Sheet, SheetCell, told_of

FILES = {"pdf": queries.pdf, "docx": queries.docx, "xlsx": queries.xlsx}


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "make": "draft a report over a period, freeze it if nothing is left to write, and write its PDF and its XLSX annex",
        "write": "write a section of a draft from a file",
        "freeze": "approve a draft, so that its figures are never changed again",
        "sign": "sign a report, as the next of those who are to",
        "restate": "list what of a report is no longer so, each figure with its reason",
        "duties": "take up the rules of which reports are owed by whom, from a file",
        "raise": "raise every report that is owed by now",
        "owed": "say how far the owed reports of each period have come",
        "list": "list the latest reports",
        "show": "show a report's figures, as signed or as known now",
        "files": "write a report's PDF, DOCX and XLSX annex again",
        "diff": "list what has changed since a report was frozen, and why",
        "check": "recompute a frozen report at its posting and hold it against what was stored",
    }

    def arguments_make(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", metavar="CODE", help="the programme it reports on")
        parser.add_argument("--unit", metavar="UNIT", help="whose report it is (the programme's unit)")
        parser.add_argument("--from", dest="first", type=day, required=True, metavar="DAY", help="its first day")
        parser.add_argument(
            "--to", dest="last", type=day, required=True, metavar="DAY", help="its last day, which is counted too"
        )
        parser.add_argument("--line", choices=list(Line), help="by which tree (the programme's, or administration)")
        parser.add_argument("--view", default="as-was", metavar="VIEW", help="as-was, as-is, as-at:2025-06-30 (%(default)s)")
        parser.add_argument("--measure", action="append", default=[], metavar="CODE", help="what its tables show; several times")
        parser.add_argument("--own-periods", action="store_true", help="cut its years by the unit's reporting periods")
        parser.add_argument("--title", default="", help="another title")
        parser.add_argument("--by", metavar="USER", help="who makes it (the importer)")
        parser.add_argument("--draft", action="store_true", help="leave it a draft, to be written out and frozen later")
        parser.add_argument(
            "--text", type=Path, metavar="FILE",
            help="YAML: the number of a section, and its text. What only people can judge has to be written to be frozen",
        )  # fmt: skip
        _out(parser)

    def arguments_write(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("section", type=int, metavar="SECTION", help="its number")
        parser.add_argument("file", type=Path, metavar="FILE", help="its text")
        parser.add_argument("--by", metavar="USER", help="who writes it (the importer)")

    def arguments_freeze(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("--by", metavar="USER", help="who freezes it (the importer)")

    def arguments_sign(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("--by", metavar="USER", required=True, help="who signs, with their own key")

    def arguments_restate(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence for the whole list")
        parser.add_argument("--by", metavar="USER", help="who restates it (the importer)")

    def arguments_duties(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="YAML; without one, those of the demonstration")

    def arguments_show(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("--now", action="store_true", help="as known now, not as signed")

    def arguments_files(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        _out(parser)

    def arguments_diff(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")
        parser.add_argument("--limit", type=int, default=500, help="how many events are listed (%(default)s)")

    def arguments_check(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT")

    def run_make(self, options: dict[str, Any]) -> dict[str, Any]:
        on, by = localdate(), person(options["by"]) if options["by"] else importer()
        found = programme(options["programme"]) if options["programme"] else None
        if options["unit"]:
            whose = unit(options["unit"])
        elif found:
            whose = found.unit
        else:
            raise CommandError(_("Nêu đơn vị lập báo cáo bằng --unit, hoặc chương trình bằng --programme."))
        period = stretch(options["first"], options["last"])
        line = Line(options["line"] or (found.line if found else Line.ADMINISTRATION))
        with self.progress("Making the report") as moved:
            moved(0, 5)
            with transaction.atomic():  # a report that can't be frozen leaves no draft behind
                report = operations.draft(
                    unit=whose, period=period, programme=found, measures=options["measure"], title=options["title"], line=line,
                    own_periods=options["own_periods"], view=view_named(options["view"], today=period.last),
                    simulated=settings.SIMULATED, by=by, on=on,
                )  # fmt: skip
                for position, text in texts(options["text"]):
                    operations.write_section(report=report, position=position, text=text, by=by, on=on)
                moved(1, 5)
                if not options["draft"]:
                    with suppress(operations.StillToWrite):  # what only people can judge: the figures stand, in a draft
                        operations.freeze(report=report, by=by, on=on)
            moved(2, 5)
            files = self._write(report.code, options["out"], lambda nth: moved(2 + nth, 5))
        report = queries.report(report.code)
        return _summary(report, queries.sheet_of(report)) | {"to_write": owed(report.code), "files": files}

    def show_make(self, answer: dict[str, Any]) -> None:
        self._show_figures(answer)
        if answer.get("to_write"):
            said = _("Báo cáo %(code)s còn là bản nháp. Còn phải viết: %(sections)s. Viết: reports write; chốt: reports freeze.")
            self.stdout.write(said % {"code": answer["code"], "sections": "; ".join(answer["to_write"])})
        if answer["status"] == ReportStatus.FROZEN:
            said = _("Đã chốt tại lần ghi sổ số %(posting)s, mã đối chiếu %(digest)s, số liệu đếm đến hết %(through)s.")
            through = date_vi(answer["through"])
            self.stdout.write(said % {"posting": answer["posting"], "digest": answer["digest"], "through": through})
        for file in answer.get("files", ()):
            self.stdout.write(_("Đã ghi: %(file)s") % {"file": file})

    def run_write(self, options: dict[str, Any]) -> dict[str, Any]:
        by = person(options["by"]) if options["by"] else importer()
        report, position = queries.report(options["report"]), options["section"]
        if position not in {one.position for one in report.sections.all()}:
            raise CommandError(_("Báo cáo %(code)s không có mục %(nth)s.") % {"code": report.code, "nth": position})
        section = operations.write_section(report=report, position=position, text=read(options["file"]), by=by, on=localdate())
        left = owed(report.code)
        return {"code": report.code, "section": position, "version": section.version, "to_write": left}

    def show_write(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Đã ghi mục %(section)s, bản %(version)s.") % answer)
        if answer["to_write"]:
            self.stdout.write(_("Còn phải viết: %(sections)s.") % {"sections": "; ".join(answer["to_write"])})

    def run_freeze(self, options: dict[str, Any]) -> dict[str, Any]:
        by = person(options["by"]) if options["by"] else importer()
        report = operations.freeze(report=queries.report(options["report"]), by=by, on=localdate())
        return _summary(report, queries.sheet_of(report))

    show_freeze = show_make

    def run_sign(self, options: dict[str, Any]) -> dict[str, Any]:
        signed = operations.sign_report(
            report=queries.report(options["report"]), by=person(options["by"]), on=localdate(), at=now().replace(microsecond=0)
        )
        return {"code": signed.code, "number": signed.number_line, "signed_on": signed.signed_on}

    def show_sign(self, answer: dict[str, Any]) -> None:
        done = _("Đã ký. Các bên đã ký đủ.") if answer["signed_on"] else _("Đã ký. Còn chờ bên sau.")
        self.stdout.write(f"{answer['number']}: {done}")

    def run_restate(self, options: dict[str, Any]) -> dict[str, Any]:
        by = person(options["by"]) if options["by"] else importer()
        report = queries.report(options["report"])
        made = operations.restate(report=report, reason=options["reason"], reasons={}, by=by, on=localdate())
        return {"report": report.code, "nth": made.nth, "figures": told_before(report)}

    def show_restate(self, answer: dict[str, Any]) -> None:
        columns = [_("Chỉ tiêu"), _("Đơn vị"), _("Kỳ"), _("Đã ký"), _("Nay là"), _("Lý do")]
        shown = ["measure", "unit", "period", "was", "now", "reason"]
        rows = [[one[name] for name in shown] for one in answer["figures"] if one["nth"] == answer["nth"]]
        self.table(columns, rows, title=f"{answer['report']}: {answer['nth']}")

    def run_duties(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        text = (options["file"] or operations.DUTIES).read_text(encoding="utf-8")
        made = operations.set_duties(text=text, by=importer(), on=localdate())
        return [{"code": one.code, "every": one.every, "within": one.within, "to": one.superior.code} for one in made]

    def show_duties(self, answer: list[dict[str, Any]]) -> None:
        self.table([_("Mã"), _("Kỳ"), _("Ngày làm việc"), _("Nộp cho")], [list(one.values()) for one in answer])

    def run_raise(self, options: dict[str, Any]) -> dict[str, int]:
        return {"raised": operations.raise_reports(by=importer(), on=localdate())}

    def show_raise(self, answer: dict[str, int]) -> None:
        self.stdout.write(_("Thêm %(raised)s báo cáo phải nộp.") % answer)

    def run_owed(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        on = localdate()
        return [
            {
                "duty": one.duty, "period": one.label, "due_on": one.due_on, "of": one.of, "late": one.late,
                **{stage.value: number for stage, number in one.stages.items()},
            }
            for one in queries.owed_counts(None, on)
        ]  # fmt: skip

    def show_owed(self, answer: list[dict[str, Any]]) -> None:
        shown = ["duty", "period", "due_on", "of", "approved", "submitted", "draft", "not_begun", "late"]
        columns = [
            _("Loại"),
            _("Kỳ"),
            _("Hạn"),
            _("Số đơn vị"),
            _("Đã duyệt"),
            _("Chờ duyệt"),
            _("Đang viết"),
            _("Chưa lập"),
            _("Quá hạn"),
        ]
        self.table(columns, [[one[name] for name in shown] for one in answer])

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "code": one.code, "kind": one.kind, "unit": one.unit.code, "from": one.during.lower,
                "to": queries.period_of(one).last, "status": one.status, "posting": one.posting, "frozen_on": one.frozen_on,
            }
            for one in queries.reports()
        ]  # fmt: skip

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        shown = ["code", "kind", "unit", "from", "to", "status", "posting"]
        columns = [_("Mã"), _("Loại"), _("Đơn vị"), _("Từ ngày"), _("Đến hết ngày"), _("Tình trạng"), _("Lần ghi sổ")]
        self.table(columns, [[one[name] for name in shown] for one in answer])

    def run_show(self, options: dict[str, Any]) -> dict[str, Any]:
        report = queries.report(options["report"])
        return _summary(report, queries.as_known_now(report) if options["now"] else queries.sheet_of(report))

    show_show = show_make

    def run_files(self, options: dict[str, Any]) -> dict[str, Any]:
        with self.progress("Writing") as moved:
            return {"files": self._write(options["report"], options["out"], lambda nth: moved(nth, len(FILES)))}

    def show_files(self, answer: dict[str, Any]) -> None:
        for file in answer["files"]:
            self.stdout.write(_("Đã ghi: %(file)s") % {"file": file})

    def run_diff(self, options: dict[str, Any]) -> dict[str, Any]:
        return differing(queries.report(options["report"]), limit=options["limit"])

    def show_diff(self, answer: dict[str, Any]) -> None:
        for title, columns, rows in tables(answer):
            self.table(columns, rows, title=title)
        for line in sentences(answer):
            self.stdout.write(line)

    def run_check(self, options: dict[str, Any]) -> dict[str, Any]:
        found = queries.check(queries.report(options["report"]))
        return {"holds": not found, "figures": [changed(one) for one in found]}

    def fault_check(self, answer: dict[str, Any]) -> str:
        differ = len(answer["figures"])
        return f"{differ} figures differ from what was stored; `gandan reports diff` tells what came since." if differ else ""

    def show_check(self, answer: dict[str, Any]) -> None:
        self.stdout.write(_("Tính lại tại lần ghi sổ của báo cáo: mọi số liệu đúng như đã lưu."))

    def _show_figures(self, answer: dict[str, Any]) -> None:
        columns = [_("Chỉ tiêu"), *answer["years"], _("Cả kỳ")]
        rows = [(one["name"], *one["years"], one["whole"]) for one in answer["figures"] if one["status"] != "no_data"]
        simulated = " (" + _("số liệu mô phỏng") + ")" if answer["simulated"] else ""
        self.table(columns, rows, title=f"{answer['code']}: {answer['title']}{simulated}")
        lacking = [one["name"] for one in answer["figures"] if one["status"] == "no_data"]
        if lacking:
            self.stdout.write(_("%(number)s chỉ tiêu chưa có số liệu.") % {"number": len(lacking)})

    def _write(self, code: str, out: Path, moved: Any) -> list[str]:
        report, made_at = queries.report(code), now()
        try:
            out.mkdir(parents=True, exist_ok=True)
            files = []
            for nth, (ending, make) in enumerate(FILES.items(), start=1):
                files.append(out / f"{report.code}.{ending}")
                files[-1].write_bytes(make(report, base_url=settings.BASE_URL, made_at=made_at))
                moved(nth)
        except OSError as error:
            raise CommandError(
                _("Đã lập báo cáo nhưng không ghi được tệp vào %(out)s: %(error)s.") % {"out": out, "error": error}
            ) from None
        return [str(file.resolve()) for file in files]


def _out(parser: CommandParser) -> None:
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where its PDF and XLSX go (here)")


def _summary(report: Any, sheet: Sheet) -> dict[str, Any]:
    periods: list[Period] = [*sheet.years, sheet.period]
    return {
        "code": report.code, "title": report.title, "kind": report.kind, "status": report.status,
        "unit": report.unit.code, "from": sheet.period.start, "to": sheet.period.last, "view": report.view,
        "simulated": report.simulated, "posting": report.posting, "digest": report.digest, "through": report.through,
        "years": [year_label(year) for year in sheet.years],
        "figures": [
            {
                "measure": measure.code,
                "name": f"{measure.name.vi} ({measure.unit.vi})",
                "status": cells[-1].cell.status if cells[-1] else "",
                "years": [_said(cell, sheet, measure.code) for cell in cells[:-1]],
                "whole": _said(cells[-1], sheet, measure.code),
                "value": cells[-1].cell.value if cells[-1] else None,
            }
            for measure in sheet.table()
            for cells in [[sheet.at(measure.code, period) for period in periods]]
        ],
    }  # fmt: skip


def _said(one: SheetCell | None, sheet: Sheet, code: str) -> str:
    return told_of(one, sheet.measure(code)) if one else ""
