"""The pieces of answers that recur: units, periods, measures by name."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from gandan.ground.calendar import rules as calendar
from gandan.ground.organisations.queries import UnitRow
from gandan.results.measures.rules import Cell, Measure, Status
from gandan.results.reports.rules import Outside


class UnitName(BaseModel):
    """A unit by name."""

    code: str = Field(description="The unit's code; it never changes and is never used again.")
    name: str = Field(description="Its name on the day asked for, in Vietnamese.")
    name_en: str = Field(description="Its English name, empty where there is none.")
    kind: str = Field(
        description="city, province, district, ward, headquarters, department, station, post, commission, front or partner."
    )

    @classmethod
    def of(cls, row: UnitRow) -> "UnitName":
        return cls(**cls.plain(row))

    @staticmethod
    def plain(row: UnitRow) -> dict[str, str]:
        return {"code": row.code, "name": row.name, "name_en": row.name_en, "kind": row.kind.value}


class Unit(UnitName):
    """A unit with its dates, position and source."""

    short_name: str
    founded_on: date = Field(description="Its first day. 1976-07-02 stands for “before our records”.")
    closed_on: date | None = Field(description="The first day without it; null while it stands.")
    latitude: float | None = Field(description="Degrees north (WGS 84).")
    longitude: float | None = Field(description="Degrees east (WGS 84).")
    area_km2: float | None = Field(description="Square kilometres.")
    source: str = Field(description="Where we have this from.")
    verified: bool = Field(description="Whether it was checked against the legal act.")

    @classmethod
    def of(cls, row: UnitRow) -> "Unit":
        return cls(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            kind=row.kind.value,
            short_name=row.short_name,
            founded_on=row.founded_on,
            closed_on=row.closed_on,
            latitude=row.latitude,
            longitude=row.longitude,
            area_km2=row.area_km2,
            source=row.source,
            verified=row.verified,
        )


class Period(BaseModel):
    """A reporting period with the days it covers."""

    period: str = Field(description="Its name for programs (`2026-Q3`), or `2022-01-01..2026-06-30` for a free stretch.")
    name: str = Field(description="Its name in Vietnamese.")
    name_en: str
    first: date = Field(description="Its first day, included.")
    last: date = Field(description="Its last day, included.")

    @classmethod
    def of(cls, period: calendar.Period) -> "Period":
        return cls(period=period.label, name=period.label_vi, name_en=period.label_en, first=period.start, last=period.last)


class MeasureName(BaseModel):
    """A measure by name."""

    code: str
    name: str = Field(description="In Vietnamese.")
    name_en: str
    unit: str = Field(description="What it is counted in, in Vietnamese: hồ sơ, đồng, %. A share is in per cent.")
    unit_en: str
    sort: str = Field(
        description="flow (what happened in a period), stock (what stood at the end of its last day), share (per cent, with its "
        "part and whole) or notadditive (can't be added up the tree, so no figure is given)."
    )

    @classmethod
    def of(cls, one: Measure) -> "MeasureName":
        return cls(code=one.code, name=one.name.vi, name_en=one.name.en, unit=one.unit.vi, unit_en=one.unit.en, sort=one.sort)


class Value(BaseModel):
    """A figure with all that must be said with it."""

    status: Status = Field(
        description="counted; or why there is no value: no_data (nothing records it yet), absent (the unit did not exist, or "
        "its history has followed its heirs), undefined (a share of nothing), not_additive, "
        "hidden (of what people say under seal, fewer than 5)."
    )
    value: float | int | None = Field(
        description="A whole number; of a share per cent with one decimal. Null unless the status is counted."
    )
    part: int | None = Field(description="Of a share: what is divided.")
    whole: int | None = Field(description="Of a share: by what.")
    count: int = Field(description="How many events stand behind it; of a share, behind its whole.")
    through: date | None = Field(description="Of a stock: the last day it speaks for.")
    partial: list[UnitName] = Field(
        description="Divided predecessors of which this unit has only a part. Their past is not in the figure, and is never "
        "apportioned by guess."
    )
    later: float | int | None = Field(description="as-at: what happened in units founded after that day, as a line of its own.")
    heirs: list[UnitName] = Field(description="as-is: the unit has ended; its history is with these.")

    @classmethod
    def said(cls, cell: Cell, rows: Mapping[int, UnitRow]) -> dict[str, Any]:
        """Return what a cell says, units by name."""
        return {
            "status": cell.status,
            "value": number(cell.value),
            "part": cell.part,
            "whole": cell.whole,
            "count": cell.count,
            "through": cell.through,
            "partial": [UnitName.of(rows[unit]) for unit in cell.partial],
            "later": number(cell.later),
            "heirs": [UnitName.of(rows[unit]) for unit in cell.heirs],
        }


class WithOutside(Value):
    """A figure, and what is known of it from outside the ledger."""

    stated: float | int | None = Field(
        description="What is stated of it from outside the ledger, with evidence, approved by the other side. Never in `value`."
    )
    stated_whole: bool = Field(description="Whether what is stated covers all of the period.")
    stated_source: str = Field(description="The papers that say so.")
    systems: str = Field(description="Other systems in which its work is done and from which it came by file; empty if none.")

    @classmethod
    def beside(cls, outside: Outside) -> dict[str, Any]:
        """Return what is known from outside."""
        return {
            "stated": None if outside.stated is None else float(outside.stated),
            "stated_whole": outside.whole,
            "stated_source": outside.source,
            "systems": outside.systems,
        }


def said(answer: BaseModel, status: int = 200) -> HttpResponse:
    """Send an answer as it is. It was checked when it was made; what asks for an answer much would check and copy it again."""
    return HttpResponse(answer.model_dump_json(), status=status, content_type="application/json; charset=utf-8")


def number(value: int | Decimal | None) -> int | float | None:
    """A count as a whole number, a share as one with a decimal."""
    return float(value) if isinstance(value, Decimal) else value


def beside(cells: Iterable[Cell]) -> set[int]:
    """Return the units that are named beside these figures."""
    return {unit for cell in cells for unit in (*cell.partial, *cell.heirs)}
