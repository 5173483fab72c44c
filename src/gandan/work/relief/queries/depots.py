"""Depots and what lies in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gandan.ground.organisations.queries import UnitRow, rows
from gandan.work.relief.models import Depot, Stock
from gandan.work.relief.rules import Item


@dataclass(frozen=True)
class StockRow:
    item: Item
    amount: int
    set_aside: int

    @property
    def left(self) -> int:
        return self.amount - self.set_aside


@dataclass(frozen=True)
class DepotShown:
    """A depot: who keeps it, what lies there."""

    id: int
    emergency: int
    unit: UnitRow
    ward: UnitRow
    name: str
    stock: list[StockRow]

    def has(self, wanted: Mapping[Item, int]) -> bool:
        left = {one.item: one.left for one in self.stock}
        return all(left.get(item, 0) >= amount for item, amount in wanted.items())


def depots(emergency: int) -> list[DepotShown]:
    """Return the depots of an emergency, in the order in which they were set up."""
    found = list(Depot.objects.filter(emergency=emergency).order_by("pk"))
    units = rows({u for one in found for u in (one.unit_id, one.ward_id)})
    stocks: dict[int, list[StockRow]] = {one.pk: [] for one in found}
    for stock in Stock.objects.filter(depot__in=found).order_by("item") if found else ():
        stocks[stock.depot_id].append(StockRow(Item(stock.item), stock.amount, stock.set_aside))
    return [
        DepotShown(one.pk, one.emergency_id, units[one.unit_id], units[one.ward_id], one.name, stocks[one.pk]) for one in found
    ]


def depots_for(emergency: int, ward: int, wanted: Mapping[Item, int]) -> list[DepotShown]:
    """Return the depots that have all that a household needs: those of its own ward first."""
    able = [one for one in depots(emergency) if one.has(wanted)]
    return sorted(able, key=lambda one: (one.ward.id != ward, one.id))
