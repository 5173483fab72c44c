"""What is known of a report's figures from outside the ledger, beside each of them."""

from collections.abc import Mapping
from dataclasses import replace

from gandan.ground.organisations.rules import Line
from gandan.results.reports.rules import NOTHING, Key, Outside, SheetCell
from gandan.results.statements.queries import Elsewhere, elsewhere_in, stated
from gandan.results.statements.rules import Sum


def with_outside(cells: Mapping[Key, SheetCell], line: Line) -> dict[Key, SheetCell]:
    """Return the figures of a sheet, each with what is stated of it and from which systems its work has come."""
    codes, units = {key.code for key in cells}, {key.unit for key in cells}
    periods = {one.period for one in cells.values()}
    sums = stated(codes, units, periods)
    others = elsewhere_in(codes, units, periods, line=line)
    if not sums and not any(others.values()):
        return dict(cells)
    found = {}
    for key, one in cells.items():
        outside = outside_of(sums.get((key.code, key.unit, one.period)), others[one.period].get((key.code, key.unit)))
        found[key] = one if outside == NOTHING else replace(one, outside=outside)
    return found


def outside_of(total: Sum | None, other: Elsewhere | None) -> Outside:
    """Return what is said beside one figure."""
    systems = "" if other is None else f"{', '.join(other.systems)} ({other.units} đơn vị)"
    return Outside(total.value, total.whole, total.source, systems) if total else Outside(systems=systems)
