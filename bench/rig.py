"""Rows, turns and tables: what every benchmark shares."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One figure: `value` and `baseline` in `unit`, their ratio, and what was promised of it."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    goal: str = ""
    kept: bool | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None


def in_turns(*runs: Callable[[], float], times: int = 5) -> list[float]:
    """Run each in turn, A B A B …, and return the median of what each gave."""
    results: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for result, run in zip(results, runs, strict=True):
            result.append(run())
    return [statistics.median(result) for result in results]


def seconds(function: Callable[[], object]) -> float:
    """Return how long a call took."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


@contextmanager
def step(what: str):
    """Say what is being done, on the error stream, and how long it took."""
    print(f"{what} …", end=" ", file=sys.stderr, flush=True)
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)


def show(rows: Iterable[Row], json_file: Path | None) -> bool:
    """Print each row as it comes, write them all if asked to, and return whether every promise was kept.

    Who ends a long run early keeps what it had measured.
    """
    print(f"{'name':58} {'value':>12} {'unit':10} {'baseline':>12} {'ratio':>9}  promised", flush=True)
    told: list[Row] = []
    for row in rows:
        baseline = f"{row.baseline:12.4g}" if row.baseline is not None else " " * 12
        ratio = f"{row.ratio:9.3g}" if row.ratio is not None else " " * 9
        mark = {True: "kept", False: "NOT KEPT", None: ""}[row.kept]
        print(f"{row.name:58} {row.value:12.4g} {row.unit:10} {baseline} {ratio}  {row.goal} {mark}", flush=True)
        told.append(row)
        if json_file:
            json_file.write_text(json.dumps([{**asdict(one), "ratio": one.ratio} for one in told], indent=1))
    return all(row.kept is not False for row in told)
