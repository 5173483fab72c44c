"""What is known of a report's figures from outside the ledger, beside each of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from gandan.ground.calendar.rules import Period
from gandan.ground.organisations.rules import Line
from gandan.results.reports.rules import Key, Outside, SheetCell
from gandan.results.statements.queries import Elsewhere, elsewhere_in, stated
from gandan.results.statements.rules import Sum


def with_outside(cells: Mapping[Key, SheetCell], line: Line) -> dict[Key, SheetCell]:
    """Return the figures of a sheet, each with what is stated of it and from which systems its work has come."""
    codes, units = {key.code for key in cells}, {key.unit for key in cells}
    known = outside(codes, units, {one.period for one in cells.values()}, line=line)
    return {
        key: replace(one, outside=beside) if (beside := known.get((key.code, key.unit, one.period))) else one
        for key, one in cells.items()
    }


def outside(
    codes: Iterable[str], units: Collection[int], periods: Iterable[Period], *, line: Line, until: date | None = None
) -> dict[tuple[str, int, Period], Outside]:
    """Return what is known of figures from outside, of those of which anything is.

    :param until: the last day on which what is stated had been approved
    """
    wanted, asked = list(dict.fromkeys(codes)), list(dict.fromkeys(periods))
    sums = stated(wanted, units, asked, until=until)
    others = elsewhere_in(wanted, units, asked, line=line)
    keys = [*sums, *((code, unit, period) for period, found in others.items() for code, unit in found)]
    return {
        (code, unit, period): outside_of(sums.get((code, unit, period)), others[period].get((code, unit)))
        for code, unit, period in dict.fromkeys(keys)
    }


def outside_of(total: Sum | None, other: Elsewhere | None) -> Outside:
    """Return what is said beside one figure."""
    systems = "" if other is None else f"{', '.join(other.systems)} ({other.units} đơn vị)"
    return Outside(total.value, total.whole, total.source, systems) if total else Outside(systems=systems)
