"""What the ledger says of promises, read with a finger, and shorthands for making some."""

from collections import Counter
from datetime import date
from itertools import count
from typing import Any

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.models import LegalAct
from gandan.ground.promises import operations
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.models import Promise
from tests.cast import Cast

numbers = count(1)
STOCKS: dict[str, list[tuple[int, str, dict[str, str]]]] = {
    "open": [
        (1, "promise.owed", {}),
        (1, "promise.taken_over", {}),
        (-1, "promise.kept", {}),
        (-1, "promise.dropped", {}),
        (-1, "promise.handed_over", {}),
    ],
    "overdue": [
        (1, "promise.overdue", {}),
        (1, "promise.taken_over", {"was": "overdue"}),
        (-1, "promise.kept", {"punctuality": "late"}),
        (-1, "promise.dropped", {"was": "overdue"}),
        (-1, "promise.moved", {"was": "overdue"}),
        (-1, "promise.handed_over", {"was": "overdue"}),
    ],
}


def stock(name: str, day: date) -> dict[int, int]:
    """Return the balance of a stock by unit at the end of a day, without the zeros."""
    return balance(name, day, list(Event.objects.select_related("facet_set")))


def balance(name: str, day: date, events: list[Event]) -> dict[int, int]:
    balance: Counter[int] = Counter()
    for event in events:
        for sign, kind, where in STOCKS[name]:
            if event.day <= day and event.kind == kind and where.items() <= event.facets.items():
                balance[event.unit_id] += sign * event.sign
    return {unit: held for unit, held in balance.items() if held}


def told(record: LegalAct, *, units: bool = False) -> list[tuple[Any, ...]]:
    """Return what the ledger was told of a record, in order: kind, day, what it was, and a sign if it is a reversal."""
    return [
        (
            event.kind.removeprefix("promise."),
            event.day,
            *([event.unit_id] if units else []),
            *(value for facet, value in sorted(event.facets.items()) if facet in {"was", "punctuality"}),
            *(["reversed"] if event.sign < 0 else []),
        )
        for event in Event.objects.filter(about_type="organisations.legalact", about_id=record.pk).order_by("id")
    ]


def a_record() -> LegalAct:
    """Return something that a promise can be about; what it is doesn't matter to a promise."""
    return LegalAct.objects.create(number=f"{next(numbers)}/HS", title="Hồ sơ", body="Một cửa")


def owe(cast: Cast, due_on: date, *, on: date, unit: str = "PA08", kind: str = "dossier.result", **more: Any) -> Promise:
    record = more.pop("about", None) or a_record()
    return operations.owe(
        kind=kind, about=record, label=f"Hồ sơ {record.number}", owed_to=Receiver.CITIZEN, unit=cast.unit(unit),
        due_on=due_on, by=cast.alice, on=on, **more,
    )  # fmt: skip
