"""Terms reckoned slowly and obviously, as a clerk would with a finger on the wall calendar."""

from datetime import date, datetime, time, timedelta

from gandan.ground.calendar.rules import Pause, Term, TermUnit, WorkingCalendar

ONE_DAY = timedelta(days=1)


def worked(day: date, calendar: WorkingCalendar) -> float:
    """How much of the day is worked."""
    if day in calendar.opened:
        return 1
    if day in calendar.closed:
        return 0
    if day in calendar.halves:
        return 0.5
    pattern = None
    for week in calendar.weeks:
        if week.since <= day:
            pattern = week
    if pattern is None:
        return 1 if day.isoweekday() <= 5 else 0
    return 1 if day.weekday() in pattern.full else 0.5 if day.weekday() in pattern.half else 0


def stands_still(day: date, pauses: list[Pause]) -> bool:
    return any(pause.start <= day < pause.end for pause in pauses)


def due(received: date, term: Term, calendar: WorkingCalendar, pauses: list[Pause]) -> date:
    match term.unit:
        case TermUnit.HOURS:
            return hours_due(datetime.combine(received + ONE_DAY, time.min), term, calendar, pauses, received)
        case TermUnit.MONTHS:
            needed = float((same_day_later(received, term.amount) - received).days)
        case _:
            needed = float(term.amount)
    day, had = received, 0.0
    while had < needed:
        day += ONE_DAY
        if not stands_still(day, pauses):
            had += worked(day, calendar) if term.unit is TermUnit.WORKING_DAYS else 1
    return rolled(day, term, calendar, pauses)


def rolled(day: date, term: Term, calendar: WorkingCalendar, pauses: list[Pause]) -> date:
    if term.roll and term.unit is not TermUnit.WORKING_DAYS:
        while worked(day, calendar) == 0 or stands_still(day, pauses):
            day += ONE_DAY
    return day


def same_day_later(day: date, months: int) -> date:
    later = day.replace(day=1)
    for _ in range(months):
        later = (later + timedelta(days=31)).replace(day=1)
    while later.day < day.day and (later + ONE_DAY).month == later.month:
        later += ONE_DAY
    return later


def hours_due(begins: datetime, term: Term, calendar: WorkingCalendar, pauses: list[Pause], received: date) -> date:
    """Hour by hour; `begins` is a whole hour."""
    hour, left, last = begins, term.amount, received
    while left:
        if not stands_still(hour.date(), pauses):
            left, last = left - 1, hour.date()
        hour += timedelta(hours=1)
    return rolled(last, term, calendar, pauses)
