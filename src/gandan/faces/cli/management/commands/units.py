"""Find units, walk the tree on any day, tell a unit's history, load the product's own city."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.organisations import operations, queries
from gandan.ground.organisations.rules import Act, Line, UnitKind

LINES = [line.value for line in Line]


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "find": "find units by words of their names, with or without accents, or by code",
        "show": "show one unit and its place on a day",
        "tree": "show the tree on a day",
        "history": "tell how a unit began, what became of it, and by which acts",
        "found": "found a unit that the product's own data doesn't have, by its legal act",
        "load": "load Ho Chi Minh City from the product's own data; what is there already stays as it is",
    }

    def arguments_find(self, parser: CommandParser) -> None:
        parser.add_argument("text", metavar="TEXT", nargs="+")
        _on(parser, "only units that stood that day, by that day's names")
        parser.add_argument("--line", choices=LINES, help="only units of this line")
        parser.add_argument("--limit", type=int, default=20, help="how many (%(default)s)")

    def arguments_show(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")
        _on(parser, "today by default")

    def arguments_tree(self, parser: CommandParser) -> None:
        _on(parser, "today by default")
        parser.add_argument("--line", choices=LINES, default=Line.ADMINISTRATION.value, help="which hierarchy (%(default)s)")
        parser.add_argument("--below", metavar="CODE", help="the unit to start at; the roots of the line by default")
        parser.add_argument("--depth", type=int, default=1, help="how many levels below the start (%(default)s)")

    def arguments_history(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")

    def arguments_found(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--kind", choices=[kind.value for kind in UnitKind], default=UnitKind.PARTNER.value, help="(%(default)s)"
        )
        parser.add_argument("--since", type=day, metavar="DAY", help="from which day on it stands (today)")
        parser.add_argument("--under", metavar="UNIT", help="the unit above it; without one it is a root")
        parser.add_argument("--line", choices=LINES, default=Line.ADMINISTRATION.value, help="a further line it stands on")
        parser.add_argument("--act", required=True, metavar="NUMBER", help="the legal act by which it was founded")
        parser.add_argument("--act-title", default="", metavar="TITLE")
        parser.add_argument("--act-body", default="", metavar="BODY", help="who decided")

    def run_found(self, options: dict[str, Any]) -> dict[str, Any]:
        on = localdate()
        above = queries.unit(options["under"]) if options["under"] else None
        unit = operations.found(
            code=options["code"].upper(),
            name=options["name"],
            kind=UnitKind(options["kind"]),
            places=dict.fromkeys((Line.ADMINISTRATION, Line(options["line"])), above),
            act=Act(number=options["act"], title=options["act_title"], body=options["act_body"]),
            by=queries.importer(),
            on=on,
            effective=options["since"] or on,
        )
        return _unit(queries.row(unit.pk))

    def show_found(self, answer: dict[str, Any]) -> None:
        said = _("Đã thành lập {name} ({code}) từ ngày {day}.")
        self.stdout.write(said.format(name=answer["name"], code=answer["code"], day=written(answer["founded_on"])))

    def run_find(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        line = Line(options["line"]) if options["line"] else None
        found = queries.find_units(" ".join(options["text"]), options["on"], line, limit=max(options["limit"], 0))
        return [_unit(row) for row in found]

    def show_find(self, answer: list[dict[str, Any]]) -> None:
        if not answer:
            self.stdout.write(_("Không tìm thấy đơn vị nào. Thử gõ ít chữ hơn, hoặc bỏ ngày."))
            return
        columns = (_("Mã"), _("Tên"), _("Loại"), _("Từ ngày"), _("Đến trước ngày"))
        self.table(
            columns, [(u["code"], u["name"], u["kind"], written(u["founded_on"]), written(u["closed_on"])) for u in answer]
        )

    def run_show(self, options: dict[str, Any]) -> dict[str, Any]:
        on = options["on"] or localdate()
        number = queries.unit_id(options["code"])
        row = queries.row(number, on)
        ways = {line.value: queries.path(number, line, on) for line in queries.tree().lines(number)}
        return {
            **_unit(row),
            "on": on,
            "standing": row.stands_on(on),
            "places": {line: [{"code": upper.code, "name": upper.name} for upper in way] for line, way in ways.items() if way},
            "passed_into": [{"code": heir.code, "name": heir.name} for heir in queries.successors(number, on)],
            "predecessors": [{"code": old.code, "name": old.name} for old in queries.predecessors(number)],
            "source": row.source,
            "verified": row.verified,
        }

    def show_show(self, answer: dict[str, Any]) -> None:
        state = _("đang hoạt động") if answer["standing"] else _("không hoạt động")
        self.stdout.write(f"{answer['name']} ({answer['code']}, {answer['kind']}) · {written(answer['on'])}: {state}")
        self.stdout.write(_("Từ ngày {first}").format(first=written(answer["founded_on"])))
        if answer["closed_on"]:
            self.stdout.write(_("Kết thúc từ ngày {last}").format(last=written(answer["closed_on"])))
        for line, way in answer["places"].items():
            self.stdout.write(f"{line}: " + " › ".join(upper["name"] for upper in way))
        for title, units in ((_("Nay là"), answer["passed_into"]), (_("Kế thừa từ"), answer["predecessors"])):
            if units:
                self.stdout.write(f"{title}: " + ", ".join(f"{unit['name']} ({unit['code']})" for unit in units))

    def run_tree(self, options: dict[str, Any]) -> dict[str, Any]:
        on, line = options["on"] or localdate(), Line(options["line"])
        start = queries.unit_id(options["below"]) if options["below"] else None
        if start is None:
            tops = queries.children(None, line, on)
        else:
            tops = (queries.row(start, on),) if queries.tree().place(start, line, on) else ()
        return {"on": on, "line": line.value, "units": [_below(row, line, on, options["depth"]) for row in tops]}

    def show_tree(self, answer: dict[str, Any]) -> None:
        if not answer["units"]:
            self.stdout.write(_("Ngày này không có đơn vị nào ở đó."))
        ahead = [(unit, 0) for unit in reversed(answer["units"])]
        while ahead:
            unit, depth = ahead.pop()
            more = f"  (+{unit['below']})" if unit["below"] and not unit["units"] else ""
            self.stdout.write(f"{'   ' * depth}{unit['name']}  {unit['code']}{more}")
            ahead += [(below, depth + 1) for below in reversed(unit["units"])]

    def run_history(self, options: dict[str, Any]) -> dict[str, Any]:
        number = queries.unit_id(options["code"])
        return {"unit": _unit(queries.row(number)), "history": [_entry(entry) for entry in queries.history(number)]}

    def show_history(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"{answer['unit']['name']} ({answer['unit']['code']})")
        rows = [(written(one["day"]), _said(one), _act(one["act"])) for one in answer["history"]]
        self.table((_("Ngày"), _("Việc"), _("Văn bản")), rows)

    def run_load(self, options: dict[str, Any]) -> dict[str, int]:
        with self.progress(_("Nạp cây tổ chức")):
            loaded = operations.load_city(by=queries.importer(), on=localdate())
        return {"units": loaded.units, "places": loaded.places, "passages": loaded.passages}

    def show_load(self, answer: dict[str, int]) -> None:
        said = _("Đã nạp {units} đơn vị, {places} vị trí, {passages} lần kế thừa; những gì đã có được giữ nguyên.")
        self.stdout.write(said.format(**answer))


def _on(parser: CommandParser, explained: str) -> None:
    parser.add_argument("--on", type=day, metavar="DAY", help=f"2025-06-30 or 30/06/2025; {explained}")


def written(when: date | None) -> str:
    return f"{when:%d/%m/%Y}" if when else ""


def _unit(row: queries.UnitRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "kind": UnitKind(row.kind).value,
        "founded_on": row.founded_on,
        "closed_on": row.closed_on,
    }


def _below(row: queries.UnitRow, line: Line, on: date, depth: int) -> dict[str, Any]:
    under = queries.children(row.id, line, on)
    return {
        "code": row.code,
        "name": row.name,
        "below": len(under),
        "units": [_below(one, line, on, depth - 1) for one in under] if depth > 0 else [],
    }


def _entry(entry: queries.HistoryEntry) -> dict[str, Any]:
    return {
        "day": entry.day,
        "what": entry.what.value,
        "name": entry.name,
        "line": entry.line.value if entry.line else None,
        "parent": {"code": entry.parent.code, "name": entry.parent.name} if entry.parent else None,
        "units": [{"code": k.unit.code, "name": k.unit.name, "wholly": k.wholly, "main": k.main} for k in entry.kin],
        "act": entry.act,
    }


def _said(one: dict[str, Any]) -> str:
    kin = {True: "{name} ({code})", False: _("một phần {name} ({code})")}
    units = ", ".join(kin[unit["wholly"]].format(name=unit["name"], code=unit["code"]) for unit in one["units"])
    sentences = {
        "founded": _("Thành lập: {name}"),
        "renamed": _("Đổi tên: {name}"),
        "placed": _("Trực thuộc {parent} ({line})") if one["parent"] else _("Là gốc của hệ {line}"),
        "left": _("Thôi thuộc hệ {line}"),
        "came_from": _("Tiếp nhận từ {units}"),
        "passed_into": _("Chuyển vào {units}"),
        "closed": _("Kết thúc hoạt động"),
    }
    parent = one["parent"]["name"] if one["parent"] else ""
    return sentences[one["what"]].format(name=one["name"], parent=parent, line=one["line"], units=units)


def _act(act: queries.ActRow | None) -> str:
    return f"{act.number}, {act.body}" if act else ""
