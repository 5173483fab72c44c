"""The tree: finding units, walking it on any day, and what became of each."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import Unit, UnitName
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, Tree

router = Router(tags=["units"])
AnyLine = Annotated[Line | None, Query(description="police, civil, front, administration or post. By default any.")]
OneLine = Annotated[
    Line, Query(description="The hierarchy: police, civil, front, administration (on which every unit stands) or post.")
]
MOST_IN_A_TREE = 2000


class UnitList(BaseModel):
    items: list[Unit]


class PlaceOnLine(BaseModel):
    """Where a unit stood on a line that day."""

    line: Line
    path: list[UnitName] = Field(description="From the root of the line down to the unit itself.")


class UnitOnDay(Unit):
    """A unit as it was on a day."""

    on: date
    standing: bool = Field(description="Whether it existed that day.")
    places: list[PlaceOnLine]
    passed_into: list[UnitName] = Field(description="The units that had taken it over by that day; empty while it stands.")
    predecessors: list[UnitName] = Field(description="Every unit of which it has taken over all or a part, however long ago.")


class TreeNode(UnitName):
    depth: int = Field(description="0 for the unit asked for (or a root), 1 for those right below it.")
    parent: str | None = Field(description="The code of the unit above it that day; null for a root.")
    below: int = Field(description="How many units stood right below it that day.")


class TreeOnDay(BaseModel):
    """A part of the tree, each unit before those below it, in Vietnamese order."""

    on: date
    line: Line
    items: list[TreeNode]


class LegalAct(BaseModel):
    """The decision by which it came about."""

    number: str
    title: str
    body: str = Field(description="Who decided.")
    day: date | None
    source: str
    verified: bool


class Relative(UnitName):
    wholly: bool = Field(description="Whether all of the older unit passed into the newer one; false if it was divided.")
    main: bool = Field(description="Whether this is the heir that keeps the files.")


class HistoryEntry(BaseModel):
    day: date
    what: organisations.Turn = Field(
        description="founded, came_from, renamed, placed, left (lost its place on a line), passed_into, closed."
    )
    name: str = Field(description="founded, renamed: what it was called from then on.")
    line: Line | None
    parent: UnitName | None = Field(description="placed: the unit above it from then on; null for a root.")
    units: list[Relative] = Field(description="came_from, passed_into: the other units.")
    act: LegalAct | None


class History(BaseModel):
    unit: Unit
    items: list[HistoryEntry] = Field(description="The earliest first.")


class Successor(UnitName):
    on: date = Field(description="The first day on which it held what it took over.")
    wholly: bool = Field(description="Whether it took over the whole unit; false if that was divided.")
    main: bool = Field(description="Whether it keeps the files that nobody assigned otherwise.")


class Successors(BaseModel):
    unit: UnitName
    items: list[Successor] = Field(description="The units right after it; empty if it stands.")
    standing: list[UnitName] = Field(description="Where all of it is on the day asked for, through any number of successions.")


@router.get("/units", response=answers(UnitList), summary="Find units")
def find(
    request: HttpRequest,
    text: Annotated[asked.Text, Query(min_length=1, description="Words of the name or code, with or without Vietnamese marks.")],
    on: Annotated[asked.Day | None, Query(description="Only units that stood that day, by that day's names.")] = None,
    line: AnyLine = None,
    limit: asked.Limit = 50,
) -> UnitList:
    """Units whose name or code has all the words, the best match first. Without a day, by any name they ever had.

    Who may: anyone signed in.
    """
    return UnitList(items=[Unit.of(row) for row in organisations.find_units(text, on, line, limit)])


@router.get("/tree", response=answers(TreeOnDay), summary="The tree on a day")
def tree(
    request: HttpRequest,
    on: asked.OnDay = None,
    line: OneLine = Line.ADMINISTRATION,
    below: Annotated[asked.Code | None, Query(description="The unit to start at. By default the roots of the line.")] = None,
    depth: Annotated[int, Query(ge=0, le=9, description="How many levels below the start, 0 to 9.")] = 1,
) -> TreeOnDay:
    """The units at and below a start, as the line stood that day. At most 2,000; ask a smaller part if it is more (422).

    Who may: anyone signed in.
    """
    day = on or asked.today()
    known = organisations.tree()
    start = organisations.unit_id(below) if below is not None else None
    found = _found(known, start, line, day, depth)
    rows = organisations.rows(found, day)
    items = [
        TreeNode(
            **UnitName.of(rows[unit]).model_dump(),
            depth=level,
            parent=None if parent is None else rows[parent].code if parent in rows else organisations.row(parent).code,
            below=len(known.children(unit, line, day)),
        )
        for unit, level in _in_order(known, found, rows, line, day)
        for parent in (known.parent(unit, line, day),)
    ]
    return TreeOnDay(on=day, line=line, items=items)


def _found(known: Tree, start: int | None, line: Line, day: date, depth: int) -> dict[int, int]:
    """Return the units of a part of the tree, each with its level, level by level."""
    level = known.roots(line, day)
    if start is not None:
        level = (start,) if known.place(start, line, day) else ()
    found: dict[int, int] = {}
    for nth in range(depth + 1):
        found.update(dict.fromkeys(level, nth))
        if len(found) > MOST_IN_A_TREE:
            raise asked.TooMany(gettext_noop("Quá nhiều đơn vị trong một câu trả lời. Hãy hỏi phần nhỏ hơn của cây."))
        level = tuple(below for unit in level for below in known.children(unit, line, day))
    return found


def _in_order(
    known: Tree, found: dict[int, int], rows: dict[int, organisations.UnitRow], line: Line, day: date
) -> Iterator[tuple[int, int]]:
    """Yield each unit before those below it, side by side in Vietnamese order."""

    def backwards(units: Iterable[int]) -> list[int]:
        return sorted(units, key=lambda unit: (rows[unit].sort_key, rows[unit].code), reverse=True)

    ahead = backwards(unit for unit, level in found.items() if level == 0)
    while ahead:
        unit = ahead.pop()
        yield unit, found[unit]
        ahead += backwards(below for below in known.children(unit, line, day) if below in found)


@router.get("/units/{code}", response=answers(UnitOnDay), summary="One unit on a day")
def one(request: HttpRequest, code: asked.UnitCode, on: asked.OnDay = None) -> UnitOnDay:
    """A unit by that day's name, with its place on every line.

    Who may: anyone signed in.
    """
    day = on or asked.today()
    number = organisations.unit_id(code)
    row = organisations.row(number, day)
    ways = ((line, organisations.path(number, line, day)) for line in organisations.tree().lines(number))
    return UnitOnDay(
        **Unit.of(row).model_dump(),
        on=day,
        standing=row.stands_on(day),
        places=[PlaceOnLine(line=line, path=[UnitName.of(upper) for upper in way]) for line, way in ways if way],
        passed_into=[UnitName.of(heir) for heir in organisations.successors(number, day)],
        predecessors=[UnitName.of(old) for old in organisations.predecessors(number)],
    )


@router.get("/units/{code}/history", response=answers(History), summary="A unit's history")
def history(request: HttpRequest, code: asked.UnitCode) -> History:
    """How it began, what it was called, where it stood, what became of it, and by which legal acts.

    Who may: anyone signed in.
    """
    row = asked.unit(code)
    return History(unit=Unit.of(row), items=[_entry(entry) for entry in organisations.history(row.id)])


def _entry(entry: organisations.HistoryEntry) -> HistoryEntry:
    act = entry.act
    return HistoryEntry(
        day=entry.day,
        what=entry.what,
        name=entry.name,
        line=entry.line,
        parent=UnitName.of(entry.parent) if entry.parent else None,
        units=[Relative(**UnitName.of(kin.unit).model_dump(), wholly=kin.wholly, main=kin.main) for kin in entry.kin],
        act=LegalAct(
            number=act.number, title=act.title, body=act.body, day=act.day, source=act.source, verified=act.verified
        ) if act else None,
    )  # fmt: skip


@router.get("/units/{code}/successors", response=answers(Successors), summary="What became of a unit")
def successors(request: HttpRequest, code: asked.UnitCode, on: asked.OnDay = None) -> Successors:
    """The units that took this one over, and where all of it is on a day.

    Who may: anyone signed in.
    """
    day = on or asked.today()
    row = asked.unit(code)
    passages = [passage for passage in organisations.tree().passed_into(row.id) if passage.on <= day]
    return Successors(
        unit=UnitName.of(row),
        items=[
            Successor(
                **UnitName.of(organisations.row(passage.new, passage.on)).model_dump(),
                on=passage.on,
                wholly=passage.whole,
                main=passage.main,
            )
            for passage in passages
        ],
        standing=[UnitName.of(heir) for heir in organisations.successors(row.id, day)],
    )
