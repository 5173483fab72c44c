"""The real city as data, before any database."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from gandan.ground.organisations.data import city_plan
from gandan.ground.organisations.data.naming import in_english, party_committee, within
from gandan.ground.organisations.rules import AsAt, AsIs, AsWas, How, Line, Passage, Place, Tree, UnitKind, attribution
from gandan.ground.organisations.rules.plan import BadPlan, Plan, PlannedPassage, PlannedPlace, PlannedUnit, check

LAST_DAY, NEXT_DAY = date(2025, 6, 30), date(2025, 7, 1)
TODAY = date(2026, 11, 20)


class City:
    """The plan as a tree, by codes."""

    def __init__(self) -> None:
        self.plan = city_plan()
        self.units = {unit.code: unit for unit in self.plan.units}
        self.ids = {code: number for number, code in enumerate(self.units)}
        self.codes = list(self.units)
        places = [
            Place(self.ids[unit.code], place.line, self.ids[place.parent] if place.parent else None, place.start, place.end)
            for unit in self.plan.units
            for place in unit.places
        ]
        passages = [
            Passage(self.ids[one.old], self.ids[one.new], one.on, one.how == How.WHOLE, one.main) for one in self.plan.passages
        ]
        self.tree = Tree(places, passages)

    def path(self, code, line, day):
        return [self.codes[unit] for unit in self.tree.path(self.ids[code], line, day)]

    def standing(self, day, kind, under="79", line=Line.ADMINISTRATION):
        below = self.tree.below(self.ids[under], line, day, date.fromordinal(day.toordinal() + 1))
        return [self.codes[unit] for unit, _, _ in below if self.units[self.codes[unit]].kind == kind]

    def attribution(self, code, start, end, view, line=Line.ADMINISTRATION):
        return attribution(self.tree, self.ids[code], line, start, end, view)

    def named(self, units):
        return sorted(self.codes[unit] for unit in units)


@pytest.fixture(scope="module")
def city() -> City:
    return City()


def test_it_does_not_contradict_itself(city):
    check(city.plan)


@pytest.mark.parametrize(
    ("day", "kind", "under", "count"),
    [
        pytest.param(LAST_DAY, UnitKind.DISTRICT, "79", 22, id="22 districts of the city"),
        pytest.param(LAST_DAY, UnitKind.WARD, "79", 273, id="273 wards of the city"),
        pytest.param(LAST_DAY, UnitKind.WARD, "74", 91, id="91 wards of Bình Dương"),
        pytest.param(LAST_DAY, UnitKind.WARD, "77", 77, id="77 wards of Bà Rịa - Vũng Tàu, and Côn Đảo without any"),
        pytest.param(LAST_DAY, UnitKind.DISTRICT, "77", 7, id="7 districts of it, with Côn Đảo"),
        pytest.param(NEXT_DAY, UnitKind.WARD, "79", 168, id="168 wards from the next day"),
        pytest.param(NEXT_DAY, UnitKind.DISTRICT, "79", 0, id="no districts"),
        pytest.param(date(2020, 12, 31), UnitKind.DISTRICT, "79", 24, id="24 districts before Thủ Đức city"),
        pytest.param(date(2020, 12, 31), UnitKind.WARD, "79", 273, id="the same wards under them"),
    ],
)
def test_on_a_day_the_city_has(city, day, kind, under, count):
    assert len(city.standing(day, kind, under)) == count


def test_one_police_unit_a_ward_and_none_in_districts_since_march_2025(city):
    assert len(city.standing(TODAY, UnitKind.STATION, "CATP", Line.POLICE)) == 168
    assert len(city.standing(date(2025, 2, 28), UnitKind.HEADQUARTERS, "CATP", Line.POLICE)) == 1 + 22
    assert city.standing(date(2025, 3, 1), UnitKind.HEADQUARTERS, "CATP", Line.POLICE) == ["CATP"]


def test_what_became_of_the_wards(city):
    of_wards = [one for one in city.plan.passages if one.new.startswith("W")]
    assert len(of_wards) == 493
    assert Counter(one.how for one in of_wards) == {How.WHOLE: 395, How.DIVIDED: 98}
    assert len({one.old for one in of_wards if one.how == How.DIVIDED}) == 47
    assert len({one.new for one in of_wards if one.how == How.DIVIDED}) == 70


def test_ten_wards_have_another_code_in_the_other_list(city):
    assert sum(bool(unit.code_alt) for unit in city.plan.units) == 10
    assert city.units["W26800"].name == "Phường Linh Xuân"
    assert city.units["W26800"].code_alt == "26794"


@pytest.mark.parametrize(
    ("code", "line", "day", "path"),
    [
        ("O26740", Line.ADMINISTRATION, LAST_DAY, ["79", "D760", "O26740"]),
        ("W26740", Line.ADMINISTRATION, NEXT_DAY, ["79", "W26740"]),
        ("CAP-O26740", Line.POLICE, date(2025, 2, 28), ["CATP", "CAQ-760", "CAP-O26740"]),
        ("CAP-O26740", Line.POLICE, date(2025, 3, 1), ["CATP", "CAP-O26740"]),
        ("CAP-O26740", Line.ADMINISTRATION, date(2025, 3, 1), ["79", "D760", "O26740", "CAP-O26740"]),
        ("CAP-O27088", Line.POLICE, date(2020, 12, 31), ["CATP", "CAQ-769Q2", "CAP-O27088"]),
        ("CAP-O27088", Line.POLICE, date(2021, 1, 1), ["CATP", "CAQ-769", "CAP-O27088"]),
        ("DCA-TSN", Line.POLICE, date(2018, 1, 30), []),
        ("DCA-TSN", Line.POLICE, date(2018, 1, 31), ["CATP", "CAQ-766", "DCA-TSN"]),
        ("DCA-CD", Line.POLICE, date(2025, 3, 1), ["CAT-77", "DCA-CD"]),
        ("PA08-2", Line.POLICE, NEXT_DAY, ["CATP", "PA08", "PA08-2"]),
        ("BDV-760", Line.CIVIL, date(2025, 2, 2), ["BDVTU", "BDV-760"]),
        ("BDV-760", Line.CIVIL, date(2025, 2, 3), ["BTGDVTU", "BDV-760"]),
        ("BXDD-W26740", Line.CIVIL, NEXT_DAY, ["BTGDVTU", "BXDD-W26740"]),
        ("MTTQ-O25741", Line.FRONT, LAST_DAY, ["MTTQ-74", "MTTQ-718", "MTTQ-O25741"]),
    ],
)
def test_the_way_down_to(city, code, line, day, path):
    assert city.path(code, line, day) == path


def test_every_unit_is_also_on_the_administration_line_for_all_its_life(city):
    for unit in city.plan.units:
        places = sorted((place.start, place.end) for place in unit.places if place.line == Line.ADMINISTRATION)
        assert places[0][0] == unit.founded_on
        assert places[-1][1] == unit.closed_on
        assert all(one[1] == other[0] for one, other in pairwise(places)), unit.code


def test_every_unit_that_ended_has_an_heir(city):
    ended = {unit.code for unit in city.plan.units if unit.closed_on <= TODAY}
    assert ended == {one.old for one in city.plan.passages}


def test_today_the_whole_past_lies_in_the_city(city):
    found = city.attribution("79", date(2015, 1, 1), TODAY, AsIs(TODAY))
    assert (len(found.spans), found.partial, found.later) == (len(city.units), (), ())


def test_a_merged_ward_as_it_was_as_it_is_and_as_at_the_day_before(city):
    year = date(2025, 1, 1), date(2026, 1, 1)
    # Thạnh An passed whole into the new ward of the same name: its past follows.
    new, old = "W27676", "O27676"
    assert city.named(unit for unit, _, _ in city.attribution(new, *year, AsWas()).spans) == [
        f"BXDD-{new}", f"CAP-{new}", f"MTTQ-{new}", new,
    ]  # fmt: skip
    assert city.named(unit for unit, _, _ in city.attribution(new, *year, AsIs(TODAY)).spans) == [
        f"BXDD-{new}", f"CAP-{old}", f"CAP-{new}", f"MTTQ-{old}", f"MTTQ-{new}", old, new,
    ]  # fmt: skip
    before = city.attribution(old, *year, AsAt(LAST_DAY))
    assert city.named(unit for unit, _, _ in before.spans) == [f"CAP-{old}", f"MTTQ-{old}", old]
    assert city.named(unit for unit, _, _ in before.later) == [f"BXDD-{new}", f"CAP-{new}", f"MTTQ-{new}", new]


def test_a_divided_ward_stands_apart_until_its_heirs_lie_together(city):
    parts = [one for one in city.plan.passages if one.how == How.DIVIDED and one.new.startswith("W")]
    old = parts[0].old
    heirs = [one.new for one in parts if one.old == old]
    year = date(2024, 1, 1), date(2025, 1, 1)
    for heir in heirs:
        found = city.attribution(heir, *year, AsIs(TODAY))
        assert city.ids[old] in found.partial
        assert city.ids[old] not in {unit for unit, _, _ in found.spans}
    assert city.ids[old] in {unit for unit, _, _ in city.attribution("79", *year, AsIs(TODAY)).spans}
    assert city.attribution(heirs[0], date(2026, 1, 1), date(2026, 7, 1), AsIs(TODAY)).partial == ()


@pytest.mark.parametrize(
    ("name", "inside", "english"),
    [
        ("Phường Bến Nghé", "phường Bến Nghé", "Bến Nghé Ward"),
        ("Phường 12", "Phường 12", "Ward 12"),
        ("Quận 3", "Quận 3", "District 3"),
        ("Thành phố Thủ Đức", "thành phố Thủ Đức", "Thủ Đức City"),
        ("Thị trấn Củ Chi", "thị trấn Củ Chi", "Củ Chi Township"),
        ("Đặc khu Côn Đảo", "đặc khu Côn Đảo", "Côn Đảo Special Zone"),
    ],
)
def test_names(name, inside, english):
    assert (within(name), in_english(name)) == (inside, english)


def test_party_committees():
    assert party_committee("Quận 1") == "Quận ủy Quận 1"
    assert party_committee("Huyện Củ Chi") == "Huyện ủy Củ Chi"


# A plan that contradicts itself

SINCE, UNTIL = date(2020, 1, 1), date(2025, 1, 1)


def unit(code, parent, start=SINCE, end=date.max, line=Line.ADMINISTRATION):
    return PlannedUnit(code, f"Phường {code}", UnitKind.WARD, start, (PlannedPlace(line, parent, start, end),), end)


ROOT = unit("R", None)


@pytest.mark.parametrize(
    ("units", "passages", "says"),
    [
        pytest.param([ROOT, ROOT], [], "hai lần", id="a code twice"),
        pytest.param([replace(ROOT, code="r 1")], [], "chỉ được gồm", id="a code in another shape"),
        pytest.param([unit("A", "X")], [], "không có đơn vị cấp trên X", id="an unknown parent"),
        pytest.param([unit("R", None, end=UNTIL), unit("A", "R")], [], "suốt thời gian", id="a parent that ends first"),
        pytest.param([unit("A", "B"), unit("B", "A")], [], "vòng lặp", id="a circle"),
        pytest.param([replace(ROOT, founded_on=UNTIL)], [], "ngoài thời gian", id="a place before the founding"),
        pytest.param([replace(ROOT, places=ROOT.places * 2)], [], "trùng nhau", id="two places at a time"),
        pytest.param([unit("P", None, line=Line.POLICE)], [], "hệ thống hành chính", id="not on the administration line"),
        pytest.param([replace(ROOT, founding_act="?")], [], "khóa ?", id="an unknown act"),
        pytest.param([ROOT], [PlannedPassage("R", "X", UNTIL)], "không có đơn vị", id="an unknown heir"),
        pytest.param([ROOT, unit("A", "R")], [PlannedPassage("A", "R", UNTIL)], "đúng ngày", id="succeeded and still there"),
        pytest.param(
            [ROOT, unit("A", "R", end=UNTIL)],
            [PlannedPassage("A", "R", UNTIL, How.DIVIDED)],
            "trong đó một đơn vị là chính",
            id="divided in one",
        ),
    ],
)
def test_a_plan_is_refused(units, passages, says):
    with pytest.raises(BadPlan) as refused:
        check(Plan(tuple(units), tuple(passages)))
    assert says in str(refused.value)
