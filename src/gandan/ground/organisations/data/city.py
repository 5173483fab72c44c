"""Ho Chi Minh City, from the data files beside this one.

Codes, which never change and are never used again:

    79, 74, 77              the city, and the two provinces that were merged into it
    D760                    a district, by its official number (D769Q2: Quận 2, whose number Thủ Đức took over)
    O26740, W25747          a ward until 30 June 2025, and one from 1 July 2025 (the two lists use the same numbers)
    CATP, CAT-74            the police of the city, of a province
    CAQ-760                 of a district;  CAP-O26740, CAP-W25747  of a ward;  DCA-TSN  a police post
    PA08, PC08, PA08-74     departments, of the city and of a province;  PA08-1  a place where PA08 receives people
    BDVTU, BTGDVTU          the city's commission until 3 February 2025, and its successor;  BDV-760  of a district
    BXDD-W25747             the Party building board of a ward, from 1 July 2025
    MTTQ, MTTQ-74, MTTQ-760, MTTQ-O26740, MTTQ-W25747    the Fatherland Front, at each level
    BDTP, BDT-74            the post
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gandan.ground.organisations.data.districts import district_passages, districts
from gandan.ground.organisations.data.files import BEGINNING, Row, day, position, rows
from gandan.ground.organisations.data.wards import new_wards, old_wards, ward_passages
from gandan.ground.organisations.rules import NEVER, Act, Line, UnitKind
from gandan.ground.organisations.rules.plan import Plan, PlannedPassage, PlannedPlace, PlannedUnit


def city_plan() -> Plan:
    """Read the data files and return the whole city: every unit, its places, and what became of it."""
    known = {row["code"]: row for row in rows("districts.csv")}
    units = [*_bodies(), *districts(known), *old_wards(known), *new_wards()]
    passages = [*_body_passages(), *district_passages(known), *ward_passages()]
    return Plan(tuple(units), tuple(passages), _acts())


def _acts() -> dict[str, Act]:
    return {
        row["key"]: Act(
            number=row["number"],
            title=row["title"],
            body=row["body"],
            day=date.fromisoformat(row["day"]) if row["day"] else None,
            source=row["source"],
            verified=row["verified"] == "1",
        )
        for row in rows("acts.csv")
    }


def _bodies() -> Iterator[PlannedUnit]:
    """The city itself, the provinces, departments, commissions, the Front and the post."""
    places: dict[str, list[Row]] = defaultdict(list)
    for row in rows("body_places.csv"):
        places[row["unit"]].append(row)
    for row in rows("bodies.csv"):
        since, until = day(row["since"], BEGINNING), day(row["until"], NEVER)
        yield PlannedUnit(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            kind=UnitKind(row["kind"]),
            founded_on=since,
            closed_on=until,
            founding_act=row["act_in"],
            closing_act=row["act_out"],
            source=row["source"],
            verified=row["verified"] == "1",
            places=tuple(_body_places(places[row["code"]], since, until, row["act_in"])),
            **position(row),
        )


def _body_places(placed: list[Row], since: date, until: date, act: str) -> Iterator[PlannedPlace]:
    for row in placed:
        lines = (Line.ADMINISTRATION, Line.POLICE) if row["line"] == "*" else (Line(row["line"]),)
        start, end = day(row["since"], since), day(row["until"], until)
        for line in lines:
            yield PlannedPlace(line, row["parent"] or None, start, end, row["act"] or act)


def _body_passages() -> Iterator[PlannedPassage]:
    for row in rows("body_successions.csv"):
        yield PlannedPassage(row["old"], row["new"], date.fromisoformat(row["on"]), act=row["act"])
