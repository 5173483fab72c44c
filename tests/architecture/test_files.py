"""Files of a size that a person reads, named alike, and tied to no machine."""

import re

import pytest

from tests.architecture.house import SOURCE, packages, shown, texts, tracked

LONGEST = 400
READ_BY_PEOPLE = {".py", ".html", ".js", ".css", ".typ", ".sh", ""}
AS_LONG_AS_THEY_ARE = ("/migrations/", "/data/", "/locale/", "/snapshots/", "LICENSE", "/vendor/")
NAMES_TO_AVOID = {"utils", "helpers", "common", "services", "signals", "managers", "misc", "tools"}
WITH_RECORDS = (
    "ledger", "organisations", "calendar", "promises", "programmes", "reports", "dossiers", "community", "meetings", "voice",
    "releases", "notices", "statements", "requests", "democracy",
)  # fmt: skip
LAYOUT = {"__init__", "apps", "models", "rules", "flow", "operations", "queries"}

# Written in halves, so that this file doesn't find itself.
ELSEWHERE = re.compile(r"(?<![\w.:/-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me/\\w+", "Us" + "ers/\\w+"]) + r")/")
REGISTRIES = ["pyp" + "i", "npm" + "js", "python" + "hosted", "artif" + "actory", "nex" + "us"]
REGISTRY = re.compile(r"https?://[^\s\"'<>]*(?:" + "|".join(REGISTRIES) + ")")
INDEX = re.compile("--(extra-)?index-" + "url|index-" + "url *=|registry *=")


def test_no_file_is_longer_than_a_person_reads():
    long = {
        shown(path): lines
        for path, text in texts()
        if path.suffix in READ_BY_PEOPLE
        and not any(part in f"/{shown(path)}" for part in AS_LONG_AS_THEY_ARE)
        and (lines := text.count("\n")) > LONGEST
    }

    assert long == {}, f"past {LONGEST} lines a file becomes a folder of the same name"


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    bound = [
        f"{shown(path)}:{number}: {found.group()}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        for pattern in (ELSEWHERE, REGISTRY, INDEX)
        if (found := pattern.search(line))
    ]

    assert bound == []


@pytest.mark.parametrize(("line", "is_bound"), [
    ("cd /" + "work/main", True),
    ("see /" + "home/an/x", True),
    ("--index-" + "url=x", True),
    ("src/work/dossiers", False),
    ("https://example.org/" + "work/", False),
])  # fmt: skip
def test_a_path_of_one_machine_is_known_from_others(line, is_bound):
    assert bool(ELSEWHERE.search(line) or REGISTRY.search(line) or INDEX.search(line)) == is_bound


def test_no_module_is_named_after_nothing():
    named = [shown(path) for path in tracked() if path.suffix == ".py" and NAMES_TO_AVOID & {path.stem, *path.parts}]

    assert named == []


@pytest.mark.parametrize("name", WITH_RECORDS)
def test_packages_with_records_have_the_same_files(name):
    package = next(package for package in packages() if package.endswith(f".{name}"))
    folder = SOURCE.joinpath(*package.split(".")[1:])
    present = {path.stem for path in folder.iterdir()}

    assert {"models", "operations", "queries"} <= present


def test_what_writes_a_table_of_text_keeps_a_spreadsheet_from_running_it():
    plain = [
        shown(path)
        for path, text in texts()
        if path.is_relative_to(SOURCE) and "csv.writer(" in text and "defused" not in text and "demonstration" not in path.parts
    ]

    assert plain == [], "what people typed goes into CSV through `documents.tables.defused`"
