"""How a figure is asked for and written: unit, period, line and view from the address; value, marks and words on the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.asking import Asked, address
from gandan.faces.pages.pieces import MARKS, Choice, Mark, PeriodPicker, ViewSwitch
from gandan.faces.pages.units import own_line
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import Grain, Period, PeriodName, period_of, periods_between
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import AsAt, AsIs, AsWas, Line, View
from gandan.results.measures.queries import Figures
from gandan.results.measures.rules import BadView, Cell, Measure, Share, Status, view_named, view_text
from gandan.results.statements import queries as statements

FIRST_YEAR = 2016  # the programme's first
REORGANISED = date(2025, 6, 30)  # the last day of the old wards: what "as at" begins with


@dataclass
class Look:
    """From where and at what a reader looks. What couldn't be read is in `wrong`, beside its field."""

    asked: Asked
    unit: organisations.UnitRow
    period: Period
    line: Line
    view: View
    own: Line
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def view_text(self) -> str:
        return view_text(self.view)

    def address(self, path: str, **changes: object) -> str:
        """Another page, looked at in the same way."""
        kept: dict[str, object] = {"unit": self.unit.code, "period": self.period.label}
        if self.view_text != "as-was":
            kept["view"] = self.view_text
        if self.line != self.own:
            kept["line"] = self.line.value
        return path + address(None, **(kept | changes))


def look(asked: Asked, unit: organisations.UnitRow, *, default: str = "") -> Look:
    """Read period, line and view from the address; fall back with a sentence where one can't be read."""
    wrong = dict(asked.wrong)
    own = own_line(unit.id)
    line = asked.line(own)
    view: View = AsWas()
    try:
        at = asked.text("at")
        view = view_named(f"as-at:{at}" if at else asked.text("view"), today=asked.today)
    except BadView as bad:
        wrong["view"] = words.refusal(bad)
    fallback = default or str(asked.today.year)
    label = asked.text("period") or fallback
    if asked.text("from") or asked.text("to"):
        label = f"{asked.text('from')}..{asked.text('to')}"
    try:
        period = calendar.period(unit.id, label)
    except Refused as refused:
        wrong["period"] = words.refusal(refused)
        period = calendar.period(unit.id, fallback)
    return Look(asked, unit, period, line, view, own, wrong | asked.wrong)


def period_name(period: Period) -> str:
    return period.label_en if words.english() else period.label_vi


def neighbour(period: Period, unit: int, by: int) -> Period | None:
    """The period of the same grain before or after, by the unit's own cut-off days."""
    if period.name is None:
        return None
    return calendar.period(unit, period.name.moved(by).code)


def run_up(period: Period, unit: int, number: int = 8) -> list[Period]:
    """The periods up to this one, oldest first: a trend."""
    if period.name is None:
        rule = calendar.period_rule(unit, Grain.YEAR)
        return periods_between(rule, period.start, period.end)[-number:]
    names = [period.name.moved(-back) for back in range(number - 1, -1, -1)]
    rule = calendar.period_rule(unit, period.name.grain)
    return [rule.period(name) for name in names]


def period_picker(looking: Look) -> PeriodPicker:
    today, unit = looking.asked.today, looking.unit.id
    groups: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for grain, title, number in (
        (Grain.YEAR, _("Năm"), today.year - FIRST_YEAR + 1), (Grain.HALF, _("Nửa năm"), 4), (Grain.QUARTER, _("Quý"), 8),
        (Grain.MONTH, _("Tháng"), 12),
    ):  # fmt: skip
        now = period_of(calendar.period_rule(unit, grain), today).name
        names = [now.moved(-back) for back in range(number)] if now else []
        groups.append((title, tuple((name.code, _name(name)) for name in names)))
    stretches = [("2022-01-01..2026-12-31", _("Chương trình 2022–2026")), ("2016-01-01..2021-12-31", _("Chương trình 2016–2021"))]
    chosen = looking.period.label
    if chosen not in {code for _title, options in groups for code, _words in options} | {code for code, _words in stretches}:
        stretches.insert(0, (chosen, period_name(looking.period)))
    groups.append((_("Nhiều năm"), tuple(stretches)))
    before, after = neighbour(looking.period, unit, -1), neighbour(looking.period, unit, 1)
    return PeriodPicker(
        label=period_name(looking.period),
        options=tuple(groups),
        chosen=chosen,
        before=looking.asked.address(period=before.label) if before and before.start.year >= FIRST_YEAR else "",
        after=looking.asked.address(period=after.label) if after and after.start <= today else "",
        kept=looking.asked.kept("period", "from", "to", "before", "cursor"),
    )


def _name(name: PeriodName) -> str:
    return name.en if words.english() else name.vi


def view_switch(looking: Look) -> ViewSwitch:
    at = looking.view.on if isinstance(looking.view, AsAt) else None
    ask = looking.asked.address
    choices = (
        Choice(_("Như lúc đó"), ask(view=None, at=None, cursor=None), isinstance(looking.view, AsWas)),
        Choice(_("Như hiện nay"), ask(view="as-is", at=None, cursor=None), isinstance(looking.view, AsIs)),
        Choice(_("Như tại một ngày"), ask(view=None, at=REORGANISED, cursor=None), at is not None),
    )
    if at:
        note = _("Mọi số liệu tính theo cây tổ chức ngày %(day)s; đơn vị lập sau đó có dòng riêng.") % {"day": words.day(at)}
    elif isinstance(looking.view, AsIs):
        note = _("Lịch sử đi theo đơn vị kế thừa; đơn vị bị chia giữ dòng riêng, không chia theo phỏng đoán.")
    else:
        note = _("Mỗi ngày tính theo cây tổ chức của chính ngày đó.")
    return ViewSwitch(choices, note, at=at, kept=looking.asked.kept("at", "view", "cursor"))


# Writing


def said(measure: Measure) -> str:
    return measure.name.en if words.english() else measure.name.vi


def unit_of(measure: Measure) -> str:
    return measure.unit.en if words.english() else measure.unit.vi


def written(measure: Measure, cell: Cell, *, with_unit: bool = False) -> str:
    """The figure in words: its number, or why there is none."""
    if cell.value is None or not cell.counted:
        return reason(cell)
    text = plain(measure, cell.value)
    return text if not with_unit or isinstance(measure, Share) else f"{text} {unit_of(measure)}"


def plain(measure: Measure, value: int | Decimal | float) -> str:
    if isinstance(measure, Share):
        return words.number(value, 1) + "%"
    return words.number(value)


def outside(measure: Measure, unit: int, period: Period, line: Line) -> list[tuple[Mark, str]]:
    """What is known of a figure from outside the ledger: what is stated of it, and whose work is done elsewhere."""
    found = []
    if total := statements.stated([measure.code], [unit], [period]).get((measure.code, unit, period)):
        said = _("%(value)s, theo %(source)s; không nằm trong số đếm") if total.whole else _(
            "%(value)s cho một phần của kỳ, theo %(source)s; không nằm trong số đếm"
        )  # fmt: skip
        found.append((MARKS["stated"], said % {"value": plain(measure, total.value), "source": total.source}))
    if other := statements.elsewhere([measure.code], [unit], period, line=line).get((measure.code, unit)):
        said = _("%(units)d đơn vị làm việc này ở %(systems)s")
        found.append((MARKS["elsewhere"], said % {"units": other.units, "systems": ", ".join(other.systems)}))
    return found


def reason(cell: Cell) -> str:
    """Why a cell has no value."""
    return {
        Status.NO_DATA: _("chưa có số liệu"),
        Status.ABSENT: _("không có trong kỳ"),
        Status.UNDEFINED: _("không phát sinh"),
        Status.HIDDEN: _("dưới 5, không hiện"),
        Status.NOT_ADDITIVE: _("không cộng được"),
    }.get(cell.status, "–")


def marks_of(cell: Cell, figures: Figures | None = None) -> tuple[Mark, ...]:
    marks = []
    if cell.partial:
        marks.append(MARKS["partial"])
    if figures is not None and figures.doubtful and cell.counted:
        marks.append(MARKS["checking"])
    return tuple(marks)


def partial_note(cells: Iterable[Cell], on: date) -> str:
    """Which divided units a figure leaves out."""
    left_out = dict.fromkeys(unit for cell in cells for unit in cell.partial)
    if not left_out:
        return ""
    names = [words.named(row.name, row.name_en) for row in organisations.rows(left_out, on).values()]
    shown = ", ".join(names[:4]) + (_(" và %(number)d đơn vị khác") % {"number": len(names) - 4} if len(names) > 4 else "")
    return _("Chưa gồm một phần %(units)s: đơn vị đã chia cho nhiều nơi, quá khứ giữ dòng riêng.") % {"units": shown}
