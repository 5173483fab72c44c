"""A slow and obvious tree: one picture a day, and units followed from picture to picture."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from gandan.ground.organisations.rules import NEVER, Line, Passage, Place, Tree

FIRST = date(2020, 1, 1)
LINE = Line.POLICE


def day(nth: int) -> date:
    return FIRST + timedelta(days=nth)


@dataclass
class World:
    """Pictures of the tree, one a day: each standing unit and who is above it. And who passed into whom, on which day."""

    pictures: list[dict[int, int | None]] = field(default_factory=lambda: [{0: None}])
    heirs: dict[int, tuple[int, list[int]]] = field(default_factory=dict)  # unit: the day, its heirs, the main one first
    units: int = 1

    # Changing it; an act on a day shows in that day's picture

    def next_day(self) -> None:
        self.pictures.append(dict(self.now))

    @property
    def now(self) -> dict[int, int | None]:
        return self.pictures[-1]

    def was_here_yesterday(self, unit: int) -> bool:
        return len(self.pictures) > 1 and unit in self.pictures[-2]

    def found(self, parent: int | None) -> int:
        unit, self.units = self.units, self.units + 1
        self.now[unit] = parent
        return unit

    def chain(self, unit: int | None, picture: dict[int, int | None]) -> list[int]:
        """The unit and all above it, nearest first."""
        above = []
        while unit is not None:
            above.append(unit)
            unit = picture[unit]
        return above

    def move(self, unit: int, parent: int | None) -> None:
        if parent is None or unit not in self.chain(parent, self.now):
            self.now[unit] = parent

    def end(self, unit: int, heirs: list[int]) -> None:
        """End a unit that stood yesterday; what is below goes to its main heir, or above."""
        heirs = [heir for heir in heirs if heir != unit and unit not in self.chain(heir, self.now)]
        inherited_today = any(unit in new and nth == len(self.pictures) - 1 for nth, new in self.heirs.values())
        if not self.was_here_yesterday(unit) or inherited_today or (not heirs and unit in self.now.values()):
            return
        for below, parent in self.now.items():
            if parent == unit:
                self.now[below] = heirs[0]
        del self.now[unit]
        if heirs:
            self.heirs[unit] = (len(self.pictures) - 1, heirs)

    # The same as data

    def tree(self) -> Tree:
        places = []
        for unit in range(self.units):
            start = None
            for nth in range(len(self.pictures) + 1):
                here = self._at(nth, unit)
                if start is not None and (nth == len(self.pictures) or here != self._at(start, unit)):
                    parent = self.pictures[start][unit]
                    places.append(Place(unit, LINE, parent, day(start), NEVER if nth == len(self.pictures) else day(nth)))
                    start = None
                if start is None and here is not None:
                    start = nth
        passages = [
            Passage(old, new, day(nth), whole=len(heirs) == 1, main=new == heirs[0])
            for old, (nth, heirs) in self.heirs.items()
            for new in heirs
        ]
        return Tree(places, passages)

    def _at(self, nth: int, unit: int) -> tuple[int | None] | None:
        if nth >= len(self.pictures) or unit not in self.pictures[nth]:
            return None
        return (self.pictures[nth][unit],)

    # Looking at it

    def days_of(self, unit: int) -> list[int]:
        return [nth for nth, picture in enumerate(self.pictures) if unit in picture]

    def held_by(self, unit: int, nth: int) -> set[int]:
        """All that a unit's doings of a day count for: by that day's picture, the last before it, or the first after."""
        days = self.days_of(unit)
        seen = max((d for d in days if d <= nth), default=days[0])
        parent = self.pictures[seen][unit]
        return {unit} | (self.held_by(parent, nth) if parent is not None else set())

    def followed(self, unit: int, nth: int) -> set[int]:
        """Where the history of a unit lies in the picture of a day: walk forward from its last day, or back from its first.

        A root that ended without an heir keeps its own.
        """
        days = self.days_of(unit)
        if unit in self.pictures[nth]:
            return {unit}
        if days[0] > nth:
            origins = {old for old, (on, heirs) in self.heirs.items() if unit in heirs and on == days[0]}
            found = set().union(*(self.followed(old, nth) for old in origins))
            parent = self.pictures[days[0]][unit]
            return found or (self.followed(parent, nth) if parent is not None else {unit})
        if unit in self.heirs:
            return set().union(*(self.followed(heir, nth) for heir in self.heirs[unit][1]))
        parent = self.pictures[days[-1]][unit]
        return self.followed(parent, nth) if parent is not None else {unit}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a short history of a small world."""
    world = World()
    for _ in range(draw(st.integers(1, 6))):
        world.found(draw(st.sampled_from([None, *world.now])))
    for _ in range(draw(st.integers(1, 12))):
        world.next_day()
        for _ in range(draw(st.integers(0, 3))):
            units = sorted(world.now)
            if not units:
                break
            act = draw(st.sampled_from(["found", "found and pass", "move", "pass", "divide", "close"]))
            if act.startswith("found"):
                unit = world.found(draw(st.sampled_from([None, *units])))
                if act == "found and pass":
                    world.end(draw(st.sampled_from(units)), [unit])
            elif act == "move":
                world.move(draw(st.sampled_from(units)), draw(st.sampled_from([None, *units])))
            elif act == "pass":
                world.end(draw(st.sampled_from(units)), [draw(st.sampled_from(sorted(world.now)))])
            elif act == "divide" and len(units) > 2:
                heirs = draw(st.lists(st.sampled_from(sorted(world.now)), min_size=2, max_size=3, unique=True))
                world.end(draw(st.sampled_from(units)), heirs)
            else:
                world.end(draw(st.sampled_from(units)), [])
    return world
