"""Only faces read the clock. Everything below is told the day; the moment of an event is the database's own (`Now()`)."""

import ast

import pytest

from tests.architecture.house import SOURCE, python_files, shown, tree

MAY_READ_IT = (SOURCE / "faces", SOURCE / "config")
OF_THE_CLOCK = {
    ("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
IMPORTED = {"localdate", "localtime", "now", "time_ns"}


def readings(module: ast.Module) -> list[int]:
    """Return the lines at which a module reads the clock."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if (owner, node.attr) in OF_THE_CLOCK:
                found.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module in {"django.utils.timezone", "time"}:
            found += [node.lineno for name in node.names if name.name in IMPORTED | {"time"}]
    return found


BELOW = [path for path in python_files() if not any(path.is_relative_to(folder) for folder in MAY_READ_IT)]


@pytest.mark.parametrize("path", BELOW, ids=shown)
def test_nobody_below_the_faces_reads_the_clock(path):
    assert [f"{shown(path)}:{line}" for line in readings(tree(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "date.today()",
        "datetime.datetime.now(UTC)",
        "timezone.localdate()",
        "from django.utils.timezone import localdate",
        "from time import time",
        "dataclasses.field(default_factory=date.today)",
    ],
)
def test_a_reading_is_caught(line):
    assert readings(ast.parse(line)) == [1]


@pytest.mark.parametrize("line", ["time.monotonic()", "db_default=Now()", "event.at.date()", "from time import monotonic"])
def test_what_reads_no_clock_is_let_be(line):
    assert readings(ast.parse(line)) == []
