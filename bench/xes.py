"""Bringing in an event log in XES: a quarter of a million events of a municipality, as `.xes.gz`, reported and taken in."""

import gzip
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.dossiers_import import TODAY, _load, fresh
from bench.rig import Row, seconds, step
from gandan.ground.ledger.queries import verify
from gandan.ground.organisations.queries import importer, unit
from gandan.work.dossiers.operations import Progress, Request, Run
from gandan.work.dossiers.rules import log_shape
from gandan.work.dossiers.rules.logs import guess, happenings, take_census

SIZES = {"small": 25_000, "full": 250_000}
GOAL = 60.0  # seconds for a quarter of a million events
STEPS = ("Confirmation of receipt", "Check confirmation", "Ask advice", "Advice received", "Draft decision", "Send decision")


def run(size: str) -> list[Row]:
    count = SIZES[size]
    with tempfile.TemporaryDirectory() as folder, fresh():
        with step("loading the city"):
            _load()
        file = Path(folder) / "log.xes.gz"
        with step(f"writing a log of {count:,} events"):
            cases = write(file, count)
        with step("reading its mark-up alone"):
            bare = seconds(lambda: sum(1 for _ in happenings(file)))
        with step("bringing it in"):
            went: list[Progress] = []
            took = seconds(lambda: went.append(_bring(file)))
        assert (went[0].taken, went[0].refused) == (cases, 0), went
        assert verify().holds
    goal = GOAL * count / SIZES["full"]
    return [
        Row(f"import of XES, {count:,} events of {cases:,} dossiers", took, "s", bare, f"<= {goal:g}", took <= goal),
        Row("the same, in events", count / took, "events/s", count / bare),
    ]


def _bring(file: Path) -> Progress:
    """Look the log over, guess its mapping, take it in: what one command does."""
    census = take_census(file)
    guessed = guess(census)
    guessed.mapping["fields"]["unit"] = {"value": "PC08"}
    request = Request(file, guessed.mapping, "log", TODAY, unit("79"), form=log_shape(census))
    *_, last = Run(request, by=importer(), on=TODAY)
    return last


def write(path: Path, events: int) -> int:
    """Write a log such as a municipality's: a case's own attributes, some nested, and six steps each; return how many cases."""
    cases = events // len(STEPS)
    began = datetime(2020, 1, 6, 8, tzinfo=UTC)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?><log xes.version="1849-2016">\n')
        for nth in range(cases):
            at = began + timedelta(hours=nth % 35_000)
            file.write(f'<trace><string key="concept:name" value="case-{nth}"/><date key="startDate" value="{at.isoformat()}"/>')
            file.write('<string key="channel" value="Internet"><string key="form" value="v2"/></string>')
            for place, name in enumerate(STEPS):
                moment = (at + timedelta(days=9 * place)).isoformat()
                file.write(f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{moment}"/>')
                file.write(f'<string key="org:resource" value="Resource{nth % 40}"/>')
                file.write('<string key="lifecycle:transition" value="complete"/></event>\n')
            file.write("</trace>\n")
        file.write("</log>\n")
    return cases
