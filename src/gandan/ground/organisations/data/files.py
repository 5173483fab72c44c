"""The data files beside this one, and the days and bodies they share."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
BEGINNING = date(2015, 1, 1)  # what stood when the record begins has stood "since" then
COMMISSION_MERGED = date(2025, 2, 3)
DISTRICT_POLICE_ENDED = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)
POLICE_OF = {"79": "CATP", "74": "CAT-74", "77": "CAT-77"}
COMMISSIONS_OF = {"79": ("BDVTU", "BTGDVTU"), "74": ("BDVTU-74", "BTGDVTU-74"), "77": ("BDVTU-77", "BTGDVTU-77")}
FRONT_OF = {"79": "MTTQ", "74": "MTTQ-74", "77": "MTTQ-77"}

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


def position(row: Mapping[str, str]) -> dict[str, Any]:
    return {key: float(row[key]) for key in ("latitude", "longitude", "area_km2") if row.get(key)}
