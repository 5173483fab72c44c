"""The pieces of answers that recur: units, periods, measures by name."""

from datetime import date

from ninja import Schema
from pydantic import Field

from gandan.ground.calendar import rules as calendar
from gandan.ground.organisations.queries import UnitRow


class UnitName(Schema):
    """A unit by name."""

    code: str = Field(description="The unit's code; it never changes and is never used again.")
    name: str = Field(description="Its name on the day asked for, in Vietnamese.")
    name_en: str = Field(description="Its English name, empty where there is none.")
    kind: str = Field(
        description="city, province, district, ward, headquarters, department, station, post, commission, front or partner."
    )

    @classmethod
    def of(cls, row: UnitRow) -> "UnitName":
        return cls(code=row.code, name=row.name, name_en=row.name_en, kind=row.kind.value)


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


class Period(Schema):
    """A reporting period with the days it covers."""

    period: str = Field(description="Its name for programs (`2026-Q3`), or `2022-01-01..2026-06-30` for a free stretch.")
    name: str = Field(description="Its name in Vietnamese.")
    name_en: str
    first: date = Field(description="Its first day, included.")
    last: date = Field(description="Its last day, included.")

    @classmethod
    def of(cls, period: calendar.Period) -> "Period":
        return cls(period=period.label, name=period.label_vi, name_en=period.label_en, first=period.start, last=period.last)
