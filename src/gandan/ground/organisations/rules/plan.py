"""A whole tree as data: many units with their places and successions, to be loaded at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.rules.acts import Act
from gandan.ground.organisations.rules.lines import LINE_NAMES, How, Line, UnitKind
from gandan.ground.organisations.rules.tree import NEVER

CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]*")


class BadPlan(Refused):
    """The data of a tree contradict themselves. Nothing of them is loaded."""


@dataclass(frozen=True)
class PlannedPlace:
    line: Line
    parent: str | None  # a code; None: the root of the line
    start: date
    end: date = NEVER
    act: str = ""  # a key of the plan's acts


@dataclass(frozen=True)
class PlannedUnit:
    code: str
    name: str
    kind: UnitKind
    founded_on: date
    places: tuple[PlannedPlace, ...]
    closed_on: date = NEVER
    founding_act: str = ""
    closing_act: str = ""
    name_en: str = ""
    short_name: str = ""
    code_alt: str = ""
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class PlannedPassage:
    old: str
    new: str
    on: date
    how: How = How.WHOLE
    main: bool = True
    act: str = ""


@dataclass(frozen=True)
class Plan:
    units: tuple[PlannedUnit, ...]
    passages: tuple[PlannedPassage, ...] = ()
    acts: dict[str, Act] = field(default_factory=dict)


def check(plan: Plan) -> None:
    """Hold a plan against all that the single acts would refuse.

    :raises BadPlan: naming the first contradiction, the unit and the line
    """
    units: dict[str, PlannedUnit] = {}
    for unit in plan.units:
        if not CODE.fullmatch(unit.code):
            raise BadPlan(gettext_noop("Mã {code} chỉ được gồm A–Z, 0–9, dấu chấm và gạch ngang."), code=unit.code)
        if unit.code in units:
            raise BadPlan(gettext_noop("Mã {code} có hai lần."), code=unit.code)
        units[unit.code] = unit
    for unit in plan.units:
        if unit.closed_on <= unit.founded_on:
            raise BadPlan(gettext_noop("{code}: kết thúc trước khi thành lập."), code=unit.code)
        if all(place.line != Line.ADMINISTRATION for place in unit.places):
            raise BadPlan(gettext_noop("{code}: thiếu vị trí trong hệ thống hành chính."), code=unit.code)
        _check_places(unit, units)
    for act in _acts(plan):
        if act and act not in plan.acts:
            raise BadPlan(gettext_noop("Không có văn bản mang khóa {act}."), act=act)
    _check_passages(plan.passages, units)
    _check_circles(plan.units)


def _acts(plan: Plan) -> Iterator[str]:
    for unit in plan.units:
        yield unit.founding_act
        yield unit.closing_act
        yield from (place.act for place in unit.places)
    yield from (passage.act for passage in plan.passages)


def _check_places(unit: PlannedUnit, units: dict[str, PlannedUnit]) -> None:
    last: dict[Line, date] = {}
    for place in sorted(unit.places, key=lambda place: place.start):
        said = {"code": unit.code, "line": LINE_NAMES[place.line], "parent": place.parent or "–"}
        if not unit.founded_on <= place.start < place.end <= unit.closed_on or place.start < last.get(place.line, date.min):
            raise BadPlan(gettext_noop("{code}: vị trí trong hệ thống {line} trùng nhau hoặc ngoài thời gian hoạt động."), **said)
        last[place.line] = place.end
        if place.parent is None:
            continue
        if place.parent not in units:
            raise BadPlan(gettext_noop("{code}: không có đơn vị cấp trên {parent} trong hệ thống {line}."), **said)
        if not _covered(place, units[place.parent]):
            raise BadPlan(gettext_noop("{code}: {parent} không có vị trí trong hệ thống {line} suốt thời gian đó."), **said)


def _covered(place: PlannedPlace, parent: PlannedUnit) -> bool:
    day = place.start
    for above in sorted((one for one in parent.places if one.line == place.line), key=lambda one: one.start):
        if above.start <= day < above.end:
            day = above.end
    return day >= place.end


def _check_passages(passages: Iterable[PlannedPassage], units: dict[str, PlannedUnit]) -> None:
    by_old: dict[str, list[PlannedPassage]] = defaultdict(list)
    for passage in passages:
        by_old[passage.old].append(passage)
        if passage.old not in units or passage.new not in units:
            raise BadPlan(gettext_noop("Kế thừa {old} → {new}: không có đơn vị."), old=passage.old, new=passage.new)
        old, new = units[passage.old], units[passage.new]
        if old.closed_on != passage.on or not new.founded_on <= passage.on < new.closed_on:
            raise BadPlan(
                gettext_noop("Kế thừa {old} → {new}: đơn vị cũ phải kết thúc và đơn vị mới phải hoạt động đúng ngày {day}."),
                old=passage.old, new=passage.new, day=f"{passage.on:%d/%m/%Y}",
            )  # fmt: skip
    for code, parts in by_old.items():
        wholes = sum(part.how == How.WHOLE for part in parts)
        if sum(part.main for part in parts) != 1 or (wholes and len(parts) > 1) or (not wholes and len(parts) < 2):
            raise BadPlan(
                gettext_noop(
                    "{code}: hoặc chuyển toàn bộ cho một đơn vị, hoặc chia cho nhiều đơn vị, trong đó một đơn vị là chính."
                ),
                code=code,
            )


def _check_circles(units: Iterable[PlannedUnit]) -> None:
    """Walk up from each place at its first day. Parents are there for as long as their children, so that is enough."""
    places: dict[tuple[str, Line], list[PlannedPlace]] = defaultdict(list)
    for unit in units:
        for place in unit.places:
            places[unit.code, place.line].append(place)
    for (code, line), own in places.items():
        for day in {place.start for place in own}:
            above: str | None = code
            seen: set[str] = set()
            while above is not None:
                if above in seen:
                    raise BadPlan(gettext_noop("{code}: vòng lặp trong hệ thống {line}."), code=code, line=LINE_NAMES[line])
                seen.add(above)
                above = next((place.parent for place in places[above, line] if place.start <= day < place.end), None)
