"""The districts of the city and of the two provinces, each with its police, its commission and its Front."""

from collections.abc import Iterator, Mapping
from datetime import date

from gandan.ground.organisations.data.files import (
    BEGINNING,
    COMMISSION_MERGED,
    COMMISSIONS_OF,
    DISTRICT_POLICE_ENDED,
    FRONT_OF,
    POLICE_OF,
    TWO_LEVELS,
    Row,
    day,
)
from gandan.ground.organisations.data.naming import in_english, party_committee, within
from gandan.ground.organisations.rules import NEVER, Line, UnitKind
from gandan.ground.organisations.rules.plan import PlannedPassage, PlannedPlace, PlannedUnit


def districts(known: Mapping[str, Row]) -> Iterator[PlannedUnit]:
    for row in known.values():
        since, until = day(row["since"], BEGINNING), day(row["until"], NEVER)
        yield _district(row, since, until)
        yield _police(row, since, min(until, DISTRICT_POLICE_ENDED))
        yield _commission(row, since, until)
        yield _front(row, since, until)


def _district(row: Row, since: date, until: date) -> PlannedUnit:
    return PlannedUnit(
        code=f"D{row['code']}",
        name=row["name"],
        name_en=in_english(row["name"]),
        kind=UnitKind.DISTRICT,
        founded_on=since,
        closed_on=until,
        founding_act=row["act_in"],
        closing_act=row["act_out"],
        source=row["source"],
        verified=row["verified"] == "1",
        places=(PlannedPlace(Line.ADMINISTRATION, row["province"], since, until, row["act_in"]),),
    )


def _police(row: Row, since: date, until: date) -> PlannedUnit:
    return PlannedUnit(
        code=f"CAQ-{row['code']}",
        name=f"Công an {within(row['name'])}",
        name_en=f"{in_english(row['name'])} Police",
        kind=UnitKind.HEADQUARTERS,
        founded_on=since,
        closed_on=until,
        founding_act=row["act_in"],
        closing_act="CA2CAP" if until == DISTRICT_POLICE_ENDED else row["act_out"],
        source="vtcnews.vn ar928989" if row["province"] == "79" else "cafef.vn 188250301083814224",
        verified=row["verified"] == "1",
        places=(
            PlannedPlace(Line.ADMINISTRATION, f"D{row['code']}", since, until, row["act_in"]),
            PlannedPlace(Line.POLICE, POLICE_OF[row["province"]], since, until, row["act_in"]),
        ),
    )


def _commission(row: Row, since: date, until: date) -> PlannedUnit:
    before, after = COMMISSIONS_OF[row["province"]]
    places = [
        PlannedPlace(Line.ADMINISTRATION, f"D{row['code']}", since, until, row["act_in"]),
        PlannedPlace(Line.CIVIL, before, since, min(until, COMMISSION_MERGED), row["act_in"]),
    ]
    if until > COMMISSION_MERGED:
        act = "TGDV" if row["province"] == "79" else f"TGDV-{row['province']}"
        places.append(PlannedPlace(Line.CIVIL, after, COMMISSION_MERGED, until, act))
    return PlannedUnit(
        code=f"BDV-{row['code']}",
        name=f"Ban Dân vận {party_committee(row['name'])}",
        name_en=f"Mass Mobilisation Commission of {in_english(row['name'])}",
        kind=UnitKind.COMMISSION,
        founded_on=since,
        closed_on=until,
        founding_act=row["act_in"],
        closing_act="XDD" if until == TWO_LEVELS else row["act_out"],
        source="general knowledge",
        places=tuple(places),
    )


def _front(row: Row, since: date, until: date) -> PlannedUnit:
    return PlannedUnit(
        code=f"MTTQ-{row['code']}",
        name=f"Ủy ban Mặt trận Tổ quốc Việt Nam {within(row['name'])}",
        name_en=f"Vietnam Fatherland Front Committee of {in_english(row['name'])}",
        short_name=f"MTTQ {within(row['name'])}",
        kind=UnitKind.FRONT,
        founded_on=since,
        closed_on=until,
        founding_act=row["act_in"],
        closing_act="MTTQ-01-7" if until == TWO_LEVELS else row["act_out"],
        source="general knowledge",
        places=(
            PlannedPlace(Line.ADMINISTRATION, f"D{row['code']}", since, until, row["act_in"]),
            PlannedPlace(Line.FRONT, FRONT_OF[row["province"]], since, until, row["act_in"]),
        ),
    )


def district_passages(known: Mapping[str, Row]) -> Iterator[PlannedPassage]:
    for code, row in known.items():
        on = date.fromisoformat(row["until"])
        if on < TWO_LEVELS:  # merged into another district, which has the same bodies
            for body in ("D", "CAQ-", "BDV-", "MTTQ-"):
                yield PlannedPassage(f"{body}{code}", f"{body}{row['heir']}", on, act=row["act_out"])
            continue
        became_a_ward = row["heir"].startswith("W")
        if not became_a_ward:  # that one stands among the successions of wards
            yield PlannedPassage(f"D{code}", row["heir"], on, act=row["act_out"])
        # The work of the district police went up to departments and down to wards; what is open goes to the headquarters,
        # which assigns it. An island district, having no wards, kept a police post.
        heir = "DCA-CD" if became_a_ward else POLICE_OF[row["province"]]
        yield PlannedPassage(f"CAQ-{code}", heir, DISTRICT_POLICE_ENDED, act="CA2CAP")
        # The Party committees of districts ended with them; the wards' boards are new and inherit nothing.
        yield PlannedPassage(f"BDV-{code}", "BTGDVTU", on, act="XDD")
        yield PlannedPassage(f"MTTQ-{code}", f"MTTQ-{row['heir']}" if became_a_ward else "MTTQ", on, act="MTTQ-01-7")
