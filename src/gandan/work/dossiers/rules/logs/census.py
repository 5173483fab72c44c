"""Looking over an event log once before anything is taken from it: which attributes and activities there are, and what is odd."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.logs.parsing import Attributes, Happening, Marks, happenings

CASE = "case:"
NTH = "case:#"  # the number of the trace in the file, where the log gives it no name
STAMP, ACTIVITY, LIFECYCLE = "time:timestamp", "concept:name", "lifecycle:transition"
SAMPLES = 3
MOST_ACTIVITIES = 2_000


@dataclass
class ColumnSeen:
    """One attribute: how often it is filled, with what, and how many of its values are moments."""

    name: str
    tags: frozenset[str] = frozenset()
    filled: int = 0
    moments: int = 0
    samples: list[str] = field(default_factory=list)
    earliest: str = ""  # of its moments, the day

    @property
    def of_case(self) -> bool:
        return self.name.startswith(CASE)

    @property
    def is_moment(self) -> bool:
        return self.filled > 0 and self.moments * 10 >= self.filled * 9


@dataclass(frozen=True)
class ActivitySeen:
    """One activity: how often it occurs, and how often a trace begins or ends with it."""

    name: str
    count: int
    first: int
    last: int


@dataclass
class Census:
    """What an event log holds."""

    columns: Mapping[str, ColumnSeen]
    activities: Mapping[str, list[ActivitySeen]]  # by the attribute that names them
    lifecycles: Mapping[str, int]
    traces: int = 0
    events: int = 0
    cases: int = 0
    empty_traces: int = 0
    without_stamp: int = 0
    unreadable_stamps: int = 0
    out_of_order: int = 0
    marks: Marks = field(default_factory=Marks)

    def earliest(self, column: str) -> str:
        """Return the first day that an attribute names, as it is written; empty if it names none."""
        return self.columns[column].earliest if column in self.columns else ""

    @property
    def header(self) -> tuple[str, ...]:
        return (*self.columns, NTH)

    @property
    def rows(self) -> int:
        return self.events + self.empty_traces


def take_census(path: Path) -> Census:
    """Look over a log, from its first event to its last.

    :raises BrokenFile: if it can't be read to its end
    """
    counting = _Counting()
    for happening in happenings(path, counting.marks):
        counting.add(happening)
    return counting.done()


class _Counting:
    def __init__(self) -> None:
        self.marks = Marks()
        self._case: dict[str, ColumnSeen] = {}
        self._event: dict[str, ColumnSeen] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._firsts: dict[str, Counter[str]] = {}
        self._lasts: dict[str, Counter[str]] = {}
        self._lifecycles: Counter[str] = Counter()
        self._names: set[int] = set()
        self._now = Census({}, {}, {}, marks=self.marks)
        self._trace = 0
        self._before: Attributes | None = None
        self._latest: datetime | None = None

    def add(self, happening: Happening) -> None:
        now = self._now
        if happening.trace != self._trace:
            self._ended()
            self._trace, self._latest = happening.trace, None
            now.traces += 1
            self._names.add(hash(happening.case.get(ACTIVITY, str(happening.trace))))
            self._see(self._case, happening.case, CASE)
        if happening.event is None:
            now.empty_traces += 1
            return
        now.events += 1
        self._see(self._event, happening.event, "")
        self._name(happening.event)
        self._clock(happening.event.get(STAMP, ""))
        self._before = happening.event

    def done(self) -> Census:
        self._ended()
        now = self._now
        now.cases = len(self._names)
        now.columns = {seen.name: seen for seen in (*self._case.values(), *self._event.values())}
        for of_event, columns in ((False, self._case), (True, self._event)):
            for key, seen in columns.items():
                seen.tags = frozenset(self.marks.tags.get((of_event, key), ()))
        now.lifecycles = self._lifecycles
        now.activities = {
            column: [
                ActivitySeen(name, count, self._firsts[column][name], self._lasts[column][name])
                for name, count in counts.most_common()
            ]
            for column, counts in self._counts.items()
            if len(counts) < MOST_ACTIVITIES
        }
        return now

    def _see(self, columns: dict[str, ColumnSeen], attributes: Attributes, prefix: str) -> None:
        for key, value in attributes.items():
            seen = columns.get(key)
            if seen is None:
                seen = columns[key] = ColumnSeen(f"{prefix}{key}")
            if not value:
                continue
            seen.filled += 1
            if len(value) > 9 and value[4] == "-" and value[7] == "-":
                seen.moments += 1
                if not seen.earliest or value < seen.earliest:
                    seen.earliest = value[:10]
            if len(seen.samples) < SAMPLES and value not in seen.samples:
                seen.samples.append(value)

    def _name(self, event: Attributes) -> None:
        for column in event:
            if column not in self._counts:
                if column != ACTIVITY and "activity" not in fold(column):
                    continue
                self._counts[column], self._firsts[column], self._lasts[column] = Counter(), Counter(), Counter()
            counts = self._counts[column]
            if len(counts) < MOST_ACTIVITIES:
                counts[event[column]] += 1
                if self._before is None:
                    self._firsts[column][event[column]] += 1
        self._lifecycles[event.get(LIFECYCLE, "").lower()] += 1

    def _clock(self, stamp: str) -> None:
        if not stamp:
            self._now.without_stamp += 1
            return
        try:
            moment = datetime.fromisoformat(stamp)
        except ValueError:
            self._now.unreadable_stamps += 1
            return
        latest = self._latest
        if latest is not None and (moment.tzinfo is None) == (latest.tzinfo is None) and moment < latest:
            self._now.out_of_order += 1
        else:
            self._latest = moment

    def _ended(self) -> None:
        if self._before is not None:
            for column, lasts in self._lasts.items():
                if name := self._before.get(column):
                    lasts[name] += 1
        self._before = None
