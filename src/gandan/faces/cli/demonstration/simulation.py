"""Simulates dossiers from a fixed seed: the same city, the same today, the same file, byte for byte."""

import csv
import gzip
import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import Random

from gandan.faces.cli.demonstration import years
from gandan.faces.cli.demonstration.people import names
from gandan.ground.vietnam.postal import check_digit

SEED = 20160104
COLUMNS = (
    "Số hồ sơ", "Thủ tục", "Đơn vị tiếp nhận", "Người nộp", "Cách nộp", "Ngày tiếp nhận", "Ngày có kết quả",
    "Ngày rút", "Ngày phải xin lỗi", "Ngày gửi thư xin lỗi", "Hẹn lại ngày", "Ngày giao bưu điện", "Ngày phát",
    "Kết quả phát", "Số hiệu bưu gửi",
)  # fmt: skip


@dataclass(frozen=True)
class Counter:
    """A unit where one procedure is handled, from when until when, and how many come there."""

    unit: str
    procedure: str
    start: date
    end: date | None
    weight: float = 1.0
    new_ward: bool = False


@dataclass(frozen=True)
class Scene:
    """All that the simulation depends on, beside its seed."""

    counters: Sequence[Counter]
    working: Sequence[date]  # all working days from the first to well past today
    terms: Callable[[str, date], int]  # working days of a procedure's term for what is received on a day
    today: date
    size: int


@dataclass
class _Era:
    """A stretch of time in which the same counters handle a procedure."""

    counters: list[Counter]
    weights: list[float]


def write(scene: Scene, path: Path) -> int:
    """Write the simulated dossiers as the export of an older system would look, and return how many there are."""
    count = 0
    with (
        path.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, mtime=0, filename="") as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for row in simulate(scene):
            writer.writerow(row)
            count += 1
    return count


def simulate(scene: Scene) -> Iterator[tuple[str, ...]]:
    """Yield one row for each dossier, in the order of receipt."""
    rng = Random(SEED)  # noqa: S311  # a simulation, not a secret
    working = scene.working
    past = working[: bisect_right(working, scene.today)]
    tet = years.around_tet(working)
    arrivals: list[tuple[int, str]] = []
    left = scene.size
    for place, (procedure, share) in enumerate(years.SHARES.items(), start=1):
        count = left if place == len(years.SHARES) else round(scene.size * share)
        left -= count
        weights = list(accumulate(years.busyness(procedure, day) * tet.get(day, 1.0) for day in past))
        arrivals += [(at, procedure) for at in rng.choices(range(len(past)), cum_weights=weights, k=count)]
    arrivals.sort()
    eras = _Eras(scene)
    spoken = names(rng, len(arrivals))
    serial, of_year = 0, 0
    for (at, procedure), name in zip(arrivals, spoken, strict=True):
        day = working[at]
        serial = serial + 1 if day.year == of_year else 1
        of_year = day.year
        counter = eras.choose(rng, procedure, day)
        yield _Story(scene, rng, at, counter).row(f"{day:%y}-{serial:06d}", name)


class _Eras:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._turns = sorted(
            {counter.start for counter in scene.counters} | {counter.end for counter in scene.counters if counter.end}
        )
        self._eras: dict[tuple[str, int], _Era] = {}

    def choose(self, rng: Random, procedure: str, day: date) -> Counter:
        key = (procedure, bisect_right(self._turns, day))
        era = self._eras.get(key)
        if era is None:
            there = [
                c for c in self._scene.counters if c.procedure == procedure and c.start <= day and (c.end is None or day < c.end)
            ]
            era = self._eras[key] = _Era(there, list(accumulate(counter.weight for counter in there)))
        return rng.choices(era.counters, cum_weights=era.weights)[0]


class _Story:
    """What happened to one dossier, as far as it has happened by today."""

    def __init__(self, scene: Scene, rng: Random, at: int, counter: Counter) -> None:
        self._scene, self._rng, self._at, self._counter = scene, rng, at, counter
        self._day = scene.working[at]
        self._term = scene.terms(counter.procedure, self._day)

    def row(self, number: str, name: str) -> tuple[str, ...]:
        rng = self._rng
        drawn = rng.random()
        channel = (
            "Trực tuyến" if drawn < years.of_year(years.ONLINE, self._day) else "Bưu chính" if drawn > 0.985 else "Trực tiếp"
        )
        start = (number, self._counter.procedure, self._counter.unit, name, channel, f"{self._day:%d/%m/%Y}")
        if rng.random() < 0.004:
            return (*start, "", self._past(self._at + rng.randint(0, self._term)), *[""] * 7)
        days = self._days_taken()
        finished = self._at + days
        letter = self._letter(finished) if days > self._term else ("", "", "")
        return (*start, self._past(finished), "", *letter, *self._parcel(finished))

    def _days_taken(self) -> int:
        """Return after how many working days there was a result."""
        rng, day, term = self._rng, self._day, self._term
        chance = years.late_chance(day, new_ward=self._counter.new_ward)
        goes_on = 0.8 if chance > 0.1 else 0.62
        if (self._scene.today - day).days < years.BEHIND_FOR:  # so that there is something to do today
            chance, goes_on = max(chance, years.BEHIND[self._counter.weight > years.BUSY]), 0.85
        if rng.random() < chance:
            extra = 1
            while rng.random() < goes_on and extra < 45:
                extra += 1
            return term + extra
        if rng.random() < years.of_year(years.EARLY, day):
            return max(1 if term > 1 else 0, term - 1 - int(rng.random() * rng.random() * 5))
        return term

    def _letter(self, finished: int) -> tuple[str, str, str]:
        rng = self._rng
        due = self._at + self._term
        due_on = self._scene.working[due]
        if due_on < years.LETTERS_FROM or due_on > self._scene.today:
            return ("", "", "")
        owed = self._past(due)
        if rng.random() >= years.of_year(years.LETTER_SENT, due_on):
            return (owed, "", "")
        sent = due if rng.random() < 0.82 else min(finished, due + rng.randint(1, 3))
        again = max(finished if rng.random() < 0.9 else finished - 1, sent + 1)
        if self._scene.working[sent] > self._scene.today:
            return (owed, "", "")
        return (owed, self._past(sent), f"{self._scene.working[again]:%d/%m/%Y}")

    def _parcel(self, finished: int) -> tuple[str, str, str, str]:
        rng, working = self._rng, self._scene.working
        wanted = rng.random() < years.of_year(years.BY_POST, self._day)
        handed = finished + (0 if rng.random() < 0.7 else 1)
        if not wanted or self._day < years.POST_FROM or working[handed] > self._scene.today:
            return ("", "", "", "")
        number = f"{rng.randrange(10_000_000, 99_999_999)}"
        tracking = f"EV{number}{check_digit(number)}VN"
        drawn = rng.random()
        settled = handed + (1 if drawn < 0.45 else 2 if drawn < 0.8 else 3 if drawn < 0.94 else 4)
        if working[settled] > self._scene.today:
            return (self._past(handed), "", "", tracking)
        drawn = rng.random()
        outcome = "Đã phát" if drawn < 0.965 else "Hoàn trả" if drawn < 0.992 else "Phát không thành"
        return (self._past(handed), self._past(settled), outcome, tracking)

    def _past(self, at: int) -> str:
        """Return the working day as text, or nothing if it hasn't come yet."""
        day = self._scene.working[at]
        return f"{day:%d/%m/%Y}" if day <= self._scene.today else ""
