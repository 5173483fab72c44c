"""Working days of a year, why some are not, and the reporting periods of a body."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.dossiers import why
from gandan.faces.pages.figuring import period_name
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import Grain, Reason, ReasonCode, WorkingCalendar, periods
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations

EARLIEST, LATEST = 2010, 2100
TONES = {
    ReasonCode.HOLIDAY: "holiday",
    ReasonCode.EXCHANGED_OFF: "holiday",
    ReasonCode.EXCHANGED_WORK: "worked",
    ReasonCode.HALF_DAY: "half",
    ReasonCode.WEEKLY_REST: "rest",
}


@dataclass(frozen=True)
class Day:
    day: date
    tone: str
    why: Words
    today: bool


@dataclass(frozen=True)
class Month:
    words: Words
    weeks: tuple[tuple[Day | None, ...], ...]
    working: float


@login_required
def year(request: SignedIn) -> HttpResponse:
    """A year, month by month; what departs from the week, with its reason; and the periods figures are cut into."""
    asked = Asked(request)
    wrong = dict(asked.wrong)
    typed = asked.whole("year")
    chosen = typed if typed and EARLIEST <= typed <= LATEST else asked.today.year
    if asked.text("year") and chosen != typed:
        wrong["year"] = _("Chọn một năm từ %(first)s đến %(last)s.") % {"first": EARLIEST, "last": LATEST}
    unit = my_unit(request)
    try:
        if asked.text("unit"):
            unit = organisations.row(organisations.unit_id(asked.text("unit")))
    except Refused as unknown:
        wrong["unit"] = words.refusal(unknown)
    kept = calendar.working_calendar(unit.id if unit else None)
    special = {**kept.halves, **kept.closed, **kept.opened}
    return render(
        request,
        "calendar/year.html",
        {
            "crumbs": (Crumb(_("Lịch làm việc")),),
            "year": chosen,
            "unit": unit,
            "wrong": wrong,
            "unit_name": name_of(unit) if unit else _("mọi đơn vị"),
            "months": [_month(chosen, number, kept, asked.today) for number in range(1, 13)],
            "before": asked.address(year=chosen - 1) if chosen > EARLIEST else "",
            "after": asked.address(year=chosen + 1) if chosen < LATEST else "",
            "special": _special({day: reason for day, reason in special.items() if day.year == chosen}),
            "periods": _periods(unit.id if unit else None, chosen),
            "weekdays": [_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN")],
        },
    )


def _month(of: int, number: int, kept: WorkingCalendar, today: date) -> Month:
    weeks = [
        tuple(_day(date(of, number, day), kept, today) if day else None for day in week)
        for week in months.Calendar().monthdayscalendar(of, number)
    ]
    last = months.monthrange(of, number)[1]
    working = sum(kept.halves_on(date(of, number, 1) + timedelta(n)) for n in range(last)) / 2
    return Month(words.month(number), tuple(weeks), working)


def _day(day: date, kept: WorkingCalendar, today: date) -> Day:
    reason = kept.reason(day)
    return Day(day, TONES.get(reason.code, ""), "" if reason.code == ReasonCode.WORKING_DAY else why(reason), day == today)


def _special(days: dict[date, Reason]) -> Table:
    rows = [(Cell(words.weekday(day)), Cell(why(reason))) for day, reason in sorted(days.items())]
    empty = State(
        _("Chưa có ngày nghỉ nào của năm này trong sổ"),
        _("Ngày nghỉ vào sổ khi có thông báo của cơ quan có thẩm quyền."),
        icon="calendar",
    )
    return Table.of(_("Những ngày khác thường"), (Column(_("Ngày"), head=True), Column(_("Vì sao"))), rows, empty=empty)


def _periods(unit: int | None, of: int) -> Table:
    rows = []
    for grain in (Grain.YEAR, Grain.HALF, Grain.QUARTER, Grain.MONTH):
        for period in periods(calendar.period_rule(unit, grain), of):
            rows.append((Cell(period_name(period)), Cell(words.day(period.start)), Cell(words.day(period.last))))
    columns = (Column(_("Kỳ báo cáo"), head=True), Column(_("Từ ngày"), number=True), Column(_("Đến hết ngày"), number=True))
    return Table.of(_("Kỳ báo cáo trong năm"), columns, rows)
