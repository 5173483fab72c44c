"""What the recurring pieces of a page need to be drawn. Each has one template of the same name under `templates/pieces/`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gandan.faces.pages.marks import MARKS as MARKS
from gandan.faces.pages.marks import Mark as Mark
from gandan.faces.pages.marks import Words as Words


@dataclass(frozen=True)
class Crumb:
    """A step on the way to this page; the last one has no address."""

    words: Words
    href: str = ""


@dataclass(frozen=True)
class Spark:
    """A small trend without axes: where it went, and where it stands."""

    path: str
    x: float
    y: float

    WIDTH, HEIGHT = 96.0, 32.0

    @classmethod
    def of(cls, values: Sequence[float | None]) -> "Spark | None":
        known = [value for value in values if value is not None]
        if len(known) < 2:
            return None
        low, high = min(known), max(known)
        reach = (high - low) or 1.0
        step = cls.WIDTH / (len(values) - 1)
        path, pen, last = [], "M", (0.0, 0.0)
        for nth, value in enumerate(values):
            if value is None:
                pen = "M"
                continue
            last = (round(nth * step, 1), round(cls.HEIGHT - 3 - (value - low) / reach * (cls.HEIGHT - 6), 1))
            path.append(f"{pen}{last[0]:g} {last[1]:g}")
            pen = "L"
        return cls(" ".join(path), *last)


@dataclass(frozen=True)
class Figure:
    """One number, what it is measured in, what it is held against, and the way to what is behind it."""

    name: Words
    value: str | None
    unit: Words = ""
    href: str = ""
    events_href: str = ""
    count: int | None = None
    target: str = ""
    before: str = ""
    change: str = ""
    rising: bool | None = None
    better: bool | None = None
    spark: Spark | None = None
    marks: tuple[Mark, ...] = ()
    tone: str = ""
    none: Words = ""  # why there is no value, if not for want of figures


@dataclass(frozen=True)
class Stretch:
    """A part of a term bar, in hundredths of its length."""

    x: float
    width: float


@dataclass(frozen=True)
class ReckonedDay:
    """A day of a term: whether it counted, as which, and if not, why."""

    day: date
    counted: bool
    nth: int | None
    reason: Words = ""


@dataclass(frozen=True)
class TermBar:
    """A term from receipt to due day, how far today is, and each day's reckoning."""

    received: date
    due: date
    today: date
    left: int  # working days: 0 is today, negative is overdue
    done: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    days: tuple[ReckonedDay, ...] = ()
    soon: int = 2
    waiting: date | None = None  # since when the clock has stood still; nothing falls overdue meanwhile

    @property
    def tone(self) -> str:
        if self.waiting and not self.done and self.waiting <= self.due:
            return "wait"
        if (self.done or self.today) > self.due:
            return "late"
        return "risk" if not self.done and self.left <= self.soon else "kept"

    @property
    def mark(self) -> Mark:
        if self.done:
            key = "done_late" if self.done > self.due else "early" if self.done < self.due else "in_time"
            return MARKS[key]
        if self.tone == "wait":
            return MARKS["paused"]
        return MARKS[
            "late" if self.today > self.due else "today" if self.left == 0 else "risk" if self.left <= self.soon else "open"
        ]

    @property
    def words(self) -> Words:
        if self.done and self.done > self.due:
            return ngettext("chậm %(days)d ngày làm việc", "chậm %(days)d ngày làm việc", -self.left) % {"days": -self.left}
        if self.done:
            return ""
        if self.waiting and self.tone == "wait":
            return _("ngày hẹn sẽ lùi theo số ngày dừng từ %(day)s") % {"day": f"{self.waiting:%d/%m}"}
        if self.left == 0 and self.today <= self.due:
            return _("hẹn trả hôm nay")
        if self.today > self.due:
            return ngettext("quá hẹn %(days)d ngày làm việc", "quá hẹn %(days)d ngày làm việc", -self.left) % {"days": -self.left}
        return ngettext("còn %(days)d ngày làm việc", "còn %(days)d ngày làm việc", self.left) % {"days": self.left}

    @property
    def end(self) -> date:
        return max(self.due, self.done or self.today)

    def _at(self, day: date) -> float:
        whole = max((self.end - self.received).days, 1)
        return round(min(max((day - self.received).days / whole, 0), 1) * 100, 2)

    @property
    def due_at(self) -> float:
        return self._at(self.due)

    @property
    def now_at(self) -> float:
        return self._at(self.done or self.today)

    @property
    def gone(self) -> float:
        return min(self.now_at, self.due_at)

    @property
    def over(self) -> Stretch | None:
        return Stretch(self.due_at, round(self.now_at - self.due_at, 2)) if self.now_at > self.due_at else None

    @property
    def paused(self) -> tuple[Stretch, ...]:
        return tuple(Stretch(self._at(start), round(self._at(end) - self._at(start), 2)) for start, end in self.pauses)


@dataclass(frozen=True)
class Moment:
    """A line of a timeline: what happened, when, by which office, in a whole sentence."""

    day: date
    sentence: Words
    unit: Words = ""
    detail: Words = ""
    tone: str = ""
    href: str = ""
    back: tuple[Words, str] | None = None  # what takes it back, and where


@dataclass(frozen=True)
class Owed:
    """A promise as a list shows it."""

    label: str
    kind: Words
    owed_to: Words
    unit: str
    due: date
    mark: Mark
    words: Words = ""
    officer: str = ""
    href: str = ""


@dataclass(frozen=True)
class State:
    """Nothing here, something wrong, or no right: each with a next step."""

    title: Words
    text: Words = ""
    icon: str = "inbox"
    kind: str = "empty"
    actions: tuple[Crumb, ...] = ()


@dataclass(frozen=True)
class Column:
    words: Words
    number: bool = False
    head: bool = False
    tight: bool = False  # never broken: a code, a date


@dataclass(frozen=True)
class Cell:
    """A cell of a table: text, perhaps a link, a mark, a second line, a bar from 0 to 100."""

    text: Words = ""
    href: str = ""
    note: Words = ""
    mark: Mark | None = None
    share: float | None = None
    tone: str = ""

    @property
    def hollow(self) -> bool:
        return not (self.text or self.mark or self.note)


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """Dense at a desk, a card for each row on a phone. The caption is what a screen reader says first."""

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    shown: bool = False  # whether the caption is seen
    tall: bool = False
    empty: State | None = None

    @classmethod
    def of(cls, caption: Words, columns: Iterable[Column], rows: Iterable[Iterable[Cell]], **more: Any) -> "Table":
        return cls(caption, tuple(columns), tuple(Row(tuple(row)) for row in rows), **more)

    def with_total(self, cells: Iterable[Cell]) -> "Table":
        return replace(self, rows=(*self.rows, Row(tuple(cells), total=True)))

    @property
    def _kept(self) -> list[int]:
        """The columns that say something in at least one row."""
        every = range(len(self.columns))
        return [nth for nth in every if self.columns[nth].head or any(not row.cells[nth].hollow for row in self.rows)]

    @property
    def heads(self) -> list[Column]:
        return [self.columns[nth] for nth in self._kept]

    @property
    def lines(self) -> Iterable[tuple[Row, list[tuple[Column, Cell]]]]:
        kept = self._kept
        return ((row, [(self.columns[nth], row.cells[nth]) for nth in kept]) for row in self.rows)


@dataclass(frozen=True)
class Pager:
    """Keyset paging: no page numbers, no count of everything."""

    shown: int
    first: str = ""
    following: str = ""


@dataclass(frozen=True)
class Choice:
    """One of several, as a link."""

    words: Words
    href: str
    chosen: bool = False
    note: Words = ""


@dataclass(frozen=True)
class PeriodPicker:
    """Which period a page speaks of; the form sends `period`, or `from` and `to`."""

    label: Words
    options: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...]  # group, (value, words)…
    chosen: str
    before: str = ""  # addresses of the neighbouring periods
    after: str = ""
    kept: tuple[tuple[str, str], ...] = ()  # other parameters of the page


@dataclass(frozen=True)
class ViewSwitch:
    """As it was, as it is, or as at a date: whose tree the figures are summed along."""

    choices: tuple[Choice, ...]
    note: Words
    at: date | None = None
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What a person takes home: the number in groups, a code to scan, what comes next."""

    title: Words
    number: str
    code: str  # an SVG path
    size: int
    steps: tuple[Words, ...]
    facts: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A picture drawn on the server, the same specification for a browser that asks, and the table behind both."""

    ident: str
    title: Words
    svg: str
    spec: dict[str, Any]
    table: Table
    note: Words = ""
    narrow: str = ""  # as a phone shows it


@dataclass(frozen=True)
class Dot:
    """A unit on the map."""

    x: float
    y: float
    radius: float
    words: str
    href: str
    tone: str = ""
    name: str = ""  # written beside the largest
    anchor: str = "start"

    @property
    def label_x(self) -> float:
        return self.x + (self.radius + 4) * (1 if self.anchor == "start" else -1)

    @property
    def label_y(self) -> float:
        return self.y + 5


@dataclass(frozen=True)
class DotMap:
    """Units by their position; the area of a dot is its figure."""

    title: Words
    width: float
    height: float
    dots: tuple[Dot, ...] = ()
    missing: int = 0
    legend: tuple[tuple[str, Words], ...] = field(default=())
    ground: tuple[tuple[float, float, float], ...] = ()  # the shape of the city beneath: x, y, radius

    @cached_property
    def drawn(self) -> str:
        """What stands in the drawing: written here, as a template takes a tenth of a second for a city's wards."""
        ground = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"></circle>' for x, y, radius in self.ground)
        dots, names = [], []
        for dot in self.dots:
            said = escape(dot.words)
            dots.append(
                f'<a href="{escape(dot.href)}" class="{dot.tone}" aria-label="{said}"><title>{said}</title>'
                f'<circle cx="{dot.x:g}" cy="{dot.y:g}" r="{dot.radius:g}"></circle></a>'
            )
            if dot.name:
                at = f'x="{dot.label_x:g}" y="{dot.label_y:g}" text-anchor="{dot.anchor}"'
                names.append(f"<text {at}>{escape(dot.name)}</text>")
        beneath = f'<g class="ground" aria-hidden="true">{ground}</g>' if ground else ""
        return mark_safe(f'{beneath}{"".join(dots)}<g aria-hidden="true">{"".join(names)}</g>')  # noqa: S308  escaped above
