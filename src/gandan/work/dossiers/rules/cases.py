"""Several rows of a file that tell of one dossier, as an event log does: what they say together."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.dates import NotADate, NotInTheCalendar, read_date
from gandan.work.dossiers.rules.mapping import FIELDS, Bound
from gandan.work.dossiers.rules.problems import Problem
from gandan.work.dossiers.rules.reading import tidy


def join(bound: Bound, rows: Sequence[Sequence[str]], zone: tzinfo) -> tuple[list[str], list[Problem]]:
    """Return what the rows of one case say for each of `FIELDS`, and where they contradict each other.

    :param rows: the cells of each row, in the order of the file
    """
    values: list[str] = []
    problems: list[Problem] = []
    for name in FIELDS:
        source = bound.mapping.sources.get(name)
        if source is None or not source.column:
            values.append(source.value if source else "")
            continue
        at, condition = bound.columns[name], bound.conditions.get(name, -1)
        chosen = source.where[1] if source.where else frozenset()
        said = [tidy(cells[at]) for cells in rows if condition < 0 or fold(cells[condition]) in chosen]
        said = [text for text in said if text]
        if source.take == "same" and len(set(said)) > 1:
            shown = "; ".join(sorted(set(said))[:3])
            problems.append(Problem("inconsistent", bound.header[at], {"values": shown}))
        values.append(_taken(said, source.take, zone))
    return values, problems


def _taken(said: list[str], take: str, zone: tzinfo) -> str:
    if not said:
        return ""
    if take in {"min", "max"}:
        return (min if take == "min" else max)(said, key=lambda text: _moment(text, zone))
    return said[-1] if take == "last" else said[0]


def _moment(text: str, zone: tzinfo) -> tuple[datetime, str]:
    """Order texts by the moment they name; what is no date comes first, and is refused later on."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            day = read_date(text, zone)
        except (NotADate, NotInTheCalendar):
            day = date.min
        moment = datetime(day.year, day.month, day.day, tzinfo=zone)
    if moment.year == 1:
        return _FIRST, text
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC), text


_FIRST = datetime(1, 1, 2, tzinfo=UTC)
