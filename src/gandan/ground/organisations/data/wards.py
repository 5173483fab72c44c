"""The wards of the city, each with its police and its Front; since July 2025 also with its Party building board."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gandan.ground.organisations.data.files import (
    BEGINNING,
    DISTRICT_POLICE_ENDED,
    POLICE_OF,
    TWO_LEVELS,
    Row,
    day,
    position,
    rows,
)
from gandan.ground.organisations.data.naming import in_english, split, within
from gandan.ground.organisations.rules import How, Line, UnitKind
from gandan.ground.organisations.rules.plan import PlannedPassage, PlannedPlace, PlannedUnit

SOURCE = "PyPI vietnamadminunits 1.0.4"
CARRIED_BACK = f"{SOURCE}: as of 30/6/2025, carried back"


@dataclass(frozen=True)
class Era:
    """Under which district a ward was, and from when until when."""

    district: str
    start: date
    end: date
    act: str


def old_wards(districts: Mapping[str, Row]) -> Iterator[PlannedUnit]:
    for row in rows("wards_before_2025-07-01.csv"):
        district = districts[row["district"]]
        eras = _eras(row, districts)
        yield PlannedUnit(
            code=f"O{row['code']}",
            name=row["name"],
            name_en=in_english(row["name"]),
            short_name=f"{row['name']}, {district['name']}",
            kind=UnitKind.WARD,
            founded_on=BEGINNING,
            closed_on=TWO_LEVELS,
            closing_act="NQ1685",
            source=CARRIED_BACK,
            verified=True,
            places=tuple(PlannedPlace(Line.ADMINISTRATION, f"D{era.district}", era.start, era.end, era.act) for era in eras),
            **position(row),
        )
        yield _old_police(row, district, eras)
        yield _old_front(row, district, eras)


def _eras(ward: Row, districts: Mapping[str, Row]) -> list[Era]:
    """Return the ward's districts in order: one that was founded later took it over from those that passed into it."""
    district = districts[ward["district"]]
    since = day(district["since"], BEGINNING)
    eras = [Era(ward["district"], since, TWO_LEVELS, district["act_in"])]
    for code, row in districts.items():
        first, _, last = row["ward_codes"].partition("-")
        if row["heir"] == ward["district"] and first <= ward["code"] <= last:
            eras.insert(0, Era(code, BEGINNING, since, ""))
    return eras


def _old_police(row: Row, district: Row, eras: list[Era]) -> PlannedUnit:
    until_districts_ended = (
        PlannedPlace(Line.POLICE, f"CAQ-{era.district}", era.start, min(era.end, DISTRICT_POLICE_ENDED), era.act) for era in eras
    )
    return PlannedUnit(
        code=f"CAP-O{row['code']}",
        name=f"Công an {within(row['name'])}",
        name_en=f"{in_english(row['name'])} Police",
        short_name=f"Công an {within(row['name'])}, {district['name']}",
        kind=UnitKind.STATION,
        founded_on=BEGINNING,
        closed_on=TWO_LEVELS,
        closing_act="CA-01-7",
        source=CARRIED_BACK,
        verified=True,
        places=(
            PlannedPlace(Line.ADMINISTRATION, f"O{row['code']}", BEGINNING, TWO_LEVELS),
            *until_districts_ended,
            PlannedPlace(Line.POLICE, POLICE_OF[district["province"]], DISTRICT_POLICE_ENDED, TWO_LEVELS, "CA2CAP"),
        ),
        **position(row),
    )


def _old_front(row: Row, district: Row, eras: list[Era]) -> PlannedUnit:
    return PlannedUnit(
        code=f"MTTQ-O{row['code']}",
        name=f"Ủy ban Mặt trận Tổ quốc Việt Nam {within(row['name'])}",
        name_en=f"Vietnam Fatherland Front Committee of {in_english(row['name'])}",
        short_name=f"MTTQ {within(row['name'])}, {district['name']}",
        kind=UnitKind.FRONT,
        founded_on=BEGINNING,
        closed_on=TWO_LEVELS,
        closing_act="MTTQ-01-7",
        source="general knowledge",
        places=(
            PlannedPlace(Line.ADMINISTRATION, f"O{row['code']}", BEGINNING, TWO_LEVELS),
            *(PlannedPlace(Line.FRONT, f"MTTQ-{era.district}", era.start, era.end, era.act) for era in eras),
        ),
    )


def new_wards() -> Iterator[PlannedUnit]:
    for row in rows("wards_from_2025-07-01.csv"):
        code, name = f"W{row['code']}", row["name"]
        yield PlannedUnit(
            code=code,
            code_alt=row["code_alt"],
            name=name,
            name_en=in_english(name),
            short_name=split(name)[1],
            kind=UnitKind.WARD,
            founded_on=TWO_LEVELS,
            founding_act="NQ1685",
            source=SOURCE,
            verified=True,
            places=(PlannedPlace(Line.ADMINISTRATION, "79", TWO_LEVELS, act="NQ1685"),),
            **position(row),
        )
        for body in BODIES:
            yield PlannedUnit(
                code=f"{body.prefix}-{code}",
                name=body.name.format(within(name)),
                name_en=body.name_en.format(in_english(name)),
                short_name=body.short_name.format(within(name)),
                kind=body.kind,
                founded_on=TWO_LEVELS,
                founding_act=body.act,
                source=body.source,
                verified=body.verified,
                places=(
                    PlannedPlace(Line.ADMINISTRATION, code, TWO_LEVELS, act=body.act),
                    PlannedPlace(body.line, body.above, TWO_LEVELS, act=body.act),
                ),
                **(position(row) if body.prefix == "CAP" else {}),
            )


@dataclass(frozen=True)
class Body:
    """A body that each ward has since 1 July 2025."""

    prefix: str
    name: str
    name_en: str
    short_name: str
    kind: UnitKind
    line: Line
    above: str
    act: str
    source: str
    verified: bool


BODIES = (
    Body("CAP", "Công an {}", "{} Police", "", UnitKind.STATION, Line.POLICE, "CATP", "CA-01-7", "vnexpress.net 4908399", True),
    Body(
        "BXDD", "Ban Xây dựng Đảng {}", "Party Building Board of {}", "",
        UnitKind.COMMISSION, Line.CIVIL, "BTGDVTU", "XDD", "nld.com.vn, plo.vn", True,
    ),
    Body(
        "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam {}", "Vietnam Fatherland Front Committee of {}", "MTTQ {}",
        UnitKind.FRONT, Line.FRONT, "MTTQ", "MTTQ-01-7", "general knowledge", False,
    ),
)  # fmt: skip


def ward_passages() -> Iterator[PlannedPassage]:
    for row in rows("ward_successions_2025-07-01.csv"):
        how, main = How(row["how"]), row["main"] == "1"
        yield PlannedPassage(row["old"], row["new"], TWO_LEVELS, how, main, "NQ1685")
        if row["old"].startswith("O"):  # the police and the Front of a ward followed it
            for body, act in (("CAP", "CA-01-7"), ("MTTQ", "MTTQ-01-7")):
                yield PlannedPassage(f"{body}-{row['old']}", f"{body}-{row['new']}", TWO_LEVELS, how, main, act)
