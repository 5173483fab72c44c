"""List what is counted, say what a measure means, and read figures as was, as is and as at a date."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand
from gandan.ground.calendar.queries import period as named_period
from gandan.ground.calendar.rules import Period
from gandan.ground.organisations.queries import row, rows, unit_id
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.queries import by_unit, events, explain, figures, outermost, recorded
from gandan.results.measures.rules import Cell, view_named, view_text
from gandan.results.reports.rules import WORDS, described, number


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "list": "list every measure",
        "show": "say what a measure counts",
        "figures": "read figures of units in periods",
        "below": "read a measure of a unit and of those right below it",
        "events": "list the newest events behind a figure",
    }

    def arguments_list(self, parser: CommandParser) -> None:
        parser.add_argument("--group", choices=list(GROUPS), help="only one group")
        parser.add_argument("--recorded", action="store_true", help="only those that something records")

    def arguments_show(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")

    def arguments_figures(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE")
        parser.add_argument("--unit", action="append", required=True, metavar="UNIT", help="may be given several times")
        parser.add_argument(
            "--period", action="append", metavar="PERIOD", help="2025, 2025-Q3, 2022-01-01..2026-06-30; several times"
        )
        parser.add_argument("--view", action="append", metavar="VIEW", help="as-was, as-is, as-at:2025-06-30; several times")
        _line(parser)
        parser.add_argument("--as-of", type=int, metavar="POSTING", help="as it was known at a posting")

    def arguments_below(self, parser: CommandParser) -> None:
        _one(parser)

    def arguments_events(self, parser: CommandParser) -> None:
        _one(parser)
        parser.add_argument("--limit", type=int, default=20, help="how many (%(default)s)")

    def run_list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"code": code, "name": one.name.vi, "sort": one.sort, "group": one.group, "recorded": recorded(one)}
            for code, one in CATALOGUE.items()
            if options["group"] in {None, one.group} and (recorded(one) or not options["recorded"])
        ]

    def show_list(self, answer: list[dict[str, Any]]) -> None:
        lacking = _("chưa có số liệu")
        self.table([_("Mã"), _("Tên"), _("Cách tính"), _("Nhóm"), _("Số liệu")], [
            (one["code"], one["name"], one["sort"], one["group"], "" if one["recorded"] else lacking) for one in answer
        ])  # fmt: skip

    def run_show(self, options: dict[str, Any]) -> dict[str, Any]:
        told = explain(options["code"])
        one = told.measure
        return {
            "code": one.code,
            "name": {"vi": one.name.vi, "en": one.name.en},
            "definition": {"vi": one.definition.vi, "en": one.definition.en},
            "unit": {"vi": one.unit.vi, "en": one.unit.en},
            "sort": told.sort,
            "source": one.source,
            "formula": one.formula(),
            "recorded": told.recorded,
            "facets": told.facets,
        }

    def run_figures(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        today = localdate()
        units = [unit_id(code) for code in options["unit"]]
        periods = [named_period(units[0], label) for label in options["period"] or [str(today.year)]]
        answer = []
        for text in options["view"] or ["as-was"]:
            view = view_named(text, today=today)
            read = figures(options["codes"], units, periods, line=Line(options["line"]), view=view, as_of=options["as_of"])
            named = rows(units, periods[-1].last)
            answer += [
                _told(code, named[unit].code, named[unit].name, period, cell, Line(options["line"])) | {"view": view_text(view)}
                for code in options["codes"]
                for unit, period, cell in read.cells(code)
            ]
        return answer

    def show_figures(self, answer: list[dict[str, Any]]) -> None:
        columns = [
            _("Chỉ tiêu"),
            _("Đơn vị"),
            _("Kỳ"),
            _("Cách nhìn"),
            _("Giá trị"),
            _("Tử số"),
            _("Mẫu số"),
            _("Lượt ghi nhận"),
            _("Ghi chú"),
        ]
        self.table(columns, [
            (one["measure"], f"{one['unit']} {one['name']}", one["period"], one.get("view", ""), _value(one), one["part"],
             one["whole"], one["count"], "; ".join(one["remarks"]))
            for one in answer
        ])  # fmt: skip

    def run_below(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        unit, period, view = _asked(options)
        line = Line(options["line"])
        found = by_unit(options["code"], unit, period, line=line, view=view)
        top = row(unit, period.last)
        answer = [_told(options["code"], top.code, top.name, period, found.total, line)]
        answer += [_told(options["code"], one.unit.code, one.unit.name, one.period, one.cell, line) for one in found.below]
        if found.rest:
            answer.append(
                _told(
                    options["code"],
                    "–",
                    _("Không thuộc riêng đơn vị nào dưới đây"),
                    period,
                    Cell(found.total.status, found.rest),
                    line,
                )
            )
        return answer

    show_below = show_figures

    def run_events(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        unit, period, view = _asked(options)
        found = events(options["code"], unit, period, line=Line(options["line"]), view=view, limit=options["limit"])
        return [
            {
                "event": one.event.id, "day": one.event.day, "kind": one.event.kind, "sentence": one.sentence.vi,
                "unit": one.unit.code,
                "facets": one.event.facets, "weight": one.weight, "amount": one.event.amount, "corrects": one.event.corrects_id,
                "reason": one.event.reason,
            }
            for one in found
        ]  # fmt: skip

    def show_events(self, answer: list[dict[str, Any]]) -> None:
        self.table([_("Lượt ghi nhận"), _("Ngày"), _("Việc"), _("Đơn vị"), _("Chi tiết"), _("Tính"), _("Lý do")], [
            (one["event"], one["day"], one["sentence"], one["unit"], " ".join(f"{k}={v}" for k, v in one["facets"].items()),
             one["weight"], one["reason"])
            for one in answer
        ])  # fmt: skip


def _line(parser: CommandParser) -> None:
    parser.add_argument("--line", choices=list(Line), default=Line.ADMINISTRATION.value, help="by which tree (%(default)s)")


def _one(parser: CommandParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--unit", required=True, metavar="UNIT")
    parser.add_argument("--period", metavar="PERIOD", help="2025, 2025-Q3, 2022-01-01..2026-06-30 (this year)")
    parser.add_argument("--view", default="as-was", metavar="VIEW", help="as-was, as-is, as-at:2025-06-30")
    _line(parser)


def _asked(options: dict[str, Any]) -> tuple[int, Period, Any]:
    today, unit = localdate(), unit_id(options["unit"])
    return unit, named_period(unit, options["period"] or str(today.year)), view_named(options["view"], today=today)


def _told(code: str, unit: str, name: str, period: Period, cell: Cell, line: Line) -> dict[str, Any]:
    return {
        "measure": code, "unit": unit, "name": name, "period": period.label, "status": cell.status, "value": cell.value,
        "part": cell.part, "whole": cell.whole, "count": cell.count, "through": cell.through, "later": cell.later,
        "partial": [one.code for one in rows(cell.partial).values()], "heirs": [one.code for one in rows(cell.heirs).values()],
        "remarks": _remarks(cell, period, line),
    }  # fmt: skip


def _named(units: Iterable[int]) -> str:
    return ", ".join(f"{one.code} {one.name}" for one in rows(units).values())


def _remarks(cell: Cell, period: Period, line: Line) -> list[str]:
    said = []
    if cell.through and cell.through != period.last:
        said.append(_("tính đến hết %(day)s") % {"day": date_vi(cell.through)})
    if cell.partial:
        said.append(_("chưa gồm một phần %(units)s") % {"units": _named(outermost(cell.partial, line))})
    if cell.heirs:
        said.append(_("nay là %(units)s") % {"units": _named(cell.heirs)})
    if cell.later is not None:
        said.append(_("đơn vị lập sau: %(number)s") % {"number": cell.later})
    return said


def _value(one: dict[str, Any]) -> str:
    measure = described(CATALOGUE[one["measure"]])
    return WORDS[one["status"]].vi if one["value"] is None else number(one["value"], measure)
