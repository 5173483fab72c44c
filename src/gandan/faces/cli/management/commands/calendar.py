"""Count working days, reckon terms day by day, list reporting periods, load the product's own calendar."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.cli.console import DeskCommand, day
from gandan.ground.calendar import operations, queries
from gandan.ground.calendar.rules import (
    Grain,
    Pause,
    Reason,
    ReasonCode,
    TermUnit,
    parse_term,
    periods,
    reckon,
    working_days_between,
)
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations.queries import importer, unit_id
from gandan.ground.vietnam.numbers import number_vi, weekday_vi

LONGEST = 3660  # days
YEARS = (1901, 2199)


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "days": "count the working days after one day up to another, and say which days are not worked",
        "reckon": "reckon a term day by day",
        "periods": "list the reporting periods of a year",
        "load": "load the product's own holidays, exchanged days and periods; what is there already stays as it is",
    }

    def arguments_days(self, parser: CommandParser) -> None:
        parser.add_argument("first", type=day, metavar="FROM", help="itself not counted")
        parser.add_argument("last", type=day, metavar="TO")
        _unit(parser)

    def arguments_reckon(self, parser: CommandParser) -> None:
        parser.add_argument("received", type=moment, metavar="RECEIVED", help="a day, or 2025-06-30T16:45 for terms in hours")
        parser.add_argument("term", nargs="+", metavar="TERM", help="8 working_days, 30 calendar_days roll, 24 hours, 3 months")
        parser.add_argument("--pause", action="append", default=[], type=pause, metavar="FROM..TO", help="both ends included")
        _unit(parser)

    def arguments_periods(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, metavar="YEAR")
        grains = [grain.value for grain in Grain]
        parser.add_argument("--grain", choices=grains, default=Grain.QUARTER.value, help="(%(default)s)")
        _unit(parser)

    def run_days(self, options: dict[str, Any]) -> dict[str, Any]:
        first, last = options["first"], options["last"]
        if last < first:
            raise CommandError(_("Ngày cuối phải không sớm hơn ngày đầu."))
        if (last - first).days > LONGEST:
            raise CommandError(_("Khoảng ngày quá dài: nhiều nhất {most} ngày.").format(most=LONGEST))
        kept = queries.working_calendar(_number(options))
        special = sorted(one for one in {*kept.closed, *kept.opened, *kept.halves} if first < one <= last)
        return {
            "first": first,
            "last": last,
            "working_days": working_days_between(first, last, kept),
            "special": [{"day": one, "worked": kept.halves_on(one) / 2, "reason": kept.reason(one)} for one in special],
        }

    def show_days(self, answer: dict[str, Any]) -> None:
        said = _("Sau ngày {first} đến hết ngày {last} có {days} ngày làm việc.")
        days = number_vi(answer["working_days"], 0 if answer["working_days"].is_integer() else 1)
        self.stdout.write(said.format(first=written(answer["first"]), last=written(answer["last"]), days=days))
        for one in answer["special"]:
            self.stdout.write(f"  {written(one['day'])}  {because(one['reason'])}")

    def run_reckon(self, options: dict[str, Any]) -> dict[str, Any]:
        received, term = options["received"], parse_term(" ".join(options["term"]))
        if isinstance(received, datetime) and term.unit is not TermUnit.HOURS:
            received = received.date()
        found = reckon(received, term, queries.working_calendar(_number(options)), options["pause"])
        return {"received": received, "term": str(term), "due": found.due, "due_at": found.due_at, "days": list(found.days)}

    def show_reckon(self, answer: dict[str, Any]) -> None:
        rows = [
            (weekday_vi(one.day), written(one.day), one.nth if one.counted else "–", because(one.reason))
            for one in answer["days"]
        ]
        self.table((_("Thứ"), _("Ngày"), _("Ngày thứ"), _("Lý do")), [tuple(map(str, row)) for row in rows])
        at = f" {answer['due_at']:%H:%M}" if answer["due_at"] else ""
        self.stdout.write(_("Hạn: {due}").format(due=written(answer["due"]) + at))

    def run_periods(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        if not YEARS[0] <= options["year"] <= YEARS[1]:
            raise CommandError(_("Năm phải từ {first} đến {last}.").format(first=YEARS[0], last=YEARS[1]))
        rule = queries.period_rule(_number(options), Grain(options["grain"]))
        found = periods(rule, options["year"])
        return [{"period": one.label, "name": one.label_vi, "first": one.start, "last": one.last} for one in found]

    def show_periods(self, answer: list[dict[str, Any]]) -> None:
        rows = [(one["period"], one["name"], written(one["first"]), written(one["last"])) for one in answer]
        self.table((_("Mã"), _("Kỳ"), _("Từ ngày"), _("Đến hết ngày")), rows)

    def run_load(self, options: dict[str, Any]) -> dict[str, int]:
        loaded = operations.load_defaults(by=importer(), on=localdate())
        return {
            "holidays": loaded.holidays,
            "exchanges": loaded.exchanges,
            "weeks": loaded.weeks,
            "periods": loaded.cut_offs,
        }

    def show_load(self, answer: dict[str, int]) -> None:
        said = _("Đã thêm {holidays} ngày nghỉ lễ, {exchanges} ngày hoán đổi, {weeks} tuần mẫu, {periods} quy định kỳ báo cáo.")
        self.stdout.write(said.format(**answer))


def _unit(parser: CommandParser) -> None:
    parser.add_argument("--unit", metavar="CODE", help="whose calendar; what holds for everybody by default")


def _number(options: dict[str, Any]) -> int | None:
    return unit_id(options["unit"]) if options["unit"] else None


def moment(text: str) -> date | datetime:
    """Read a day, or a day with local time.

    :raises ValueError: for anything else
    """
    return datetime.fromisoformat(text) if "T" in text else day(text)


def pause(text: str) -> Pause:
    """Read FROM..TO, both days without a running clock.

    :raises ValueError: for anything else
    """
    first, _dots, last = text.partition("..")
    start, end = day(first), day(last)
    if not 0 <= (end - start).days < LONGEST or end == date.max:
        raise ValueError(text)
    return Pause(start, end + ONE_DAY)


def written(when: date) -> str:
    return f"{when:%d/%m/%Y}"


def because(reason: Reason) -> str:
    """Say why a day counts, or does not."""
    other = {"day": written(reason.other) if reason.other else ""}
    return {
        ReasonCode.RECEIPT: _("ngày nhận, không tính"),
        ReasonCode.WORKING_DAY: _("ngày làm việc"),
        ReasonCode.HALF_DAY: reason.name or _("làm nửa ngày"),
        ReasonCode.WEEKLY_REST: _("nghỉ hằng tuần"),
        ReasonCode.HOLIDAY: reason.name or _("nghỉ lễ"),
        ReasonCode.EXCHANGED_OFF: _("nghỉ bù, làm ngày %(day)s") % other,
        ReasonCode.EXCHANGED_WORK: _("làm bù cho ngày %(day)s") % other,
        ReasonCode.CALENDAR_DAY: _("tính theo lịch"),
        ReasonCode.CLOCK: _("tính theo giờ"),
        ReasonCode.PAUSED: _("tạm dừng"),
        ReasonCode.ROLLED: _("dời sang ngày làm việc sau"),
    }[reason.code]
