"""The database is killed in the middle of an import: nothing is lost, nothing is counted twice, and the chain holds."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
import yaml

from gandan.config import database
from tests.database.conftest import House
from tests.dossiers.files import MAPPING, row, write

ROWS = 6_000
PAST = {"Nhận": "05/02/2024"}


@pytest.fixture
def import_file(tmp_path: Path) -> list[str]:
    """A file in which each fifth dossier was late, and the command that brings it in."""
    lines = (row(f"HS-{n}", **PAST | {"Xong": "08/02/2024" if n % 5 else "01/03/2024"}) for n in range(ROWS))
    write(tmp_path / "a.csv", *(line.replace("05/02/2024", f"{1 + n % 5:02}/02/2024") for n, line in enumerate(lines)))
    (tmp_path / "mapping.yaml").write_text(yaml.safe_dump(MAPPING, allow_unicode=True), encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.csv", "mapping.yaml")]
    return ["dossiers", "import", paths[0], "--mapping", paths[1], "--source", "old", "--json"]


def test_the_database_killed_in_the_middle_of_an_import(house: House, import_file: list[str]):
    for command in (("database", "prepare"), ("units", "load"), ("dossiers", "procedures", "--load")):
        done(house.command(*command))

    with house.command(*import_file) as importing:
        while not count("dossiers_dossier"):
            assert importing.poll() is None, importing.communicate()
            time.sleep(0.01)
        os.kill(house.postmaster, signal.SIGKILL)
        said = importing.communicate(timeout=60)
    assert importing.returncode != 0, said

    database.ensure_running()
    taken = count("dossiers_dossier")
    assert 0 < taken < ROWS
    assert json.loads(done(house.command(*import_file)))["taken"] == ROWS

    assert count("dossiers_dossier") == count("promises_promise") == ROWS
    assert told() == {
        "dossier.received": ROWS, "dossier.finished": ROWS, "promise.owed": ROWS, "promise.kept": ROWS,
        "promise.overdue": ROWS // 5,
    }  # fmt: skip
    assert count("ledger_pending") == 0
    assert json.loads(done(house.command("ledger", "verify", "--json")))["holds"]
    assert json.loads(done(house.command("ledger", "check", "--cells", "10000", "--json")))["differences"] == 0


def done(command: subprocess.Popen[str]) -> str:
    out, err = command.communicate(timeout=120)
    assert command.returncode == 0, err
    return out


def count(table: str) -> int:
    return int(asked(f"SELECT count(*) FROM {table}")[0][0])


def told() -> dict[str, int]:
    """Return how often each thing happened to a dossier."""
    rows = asked(
        "SELECT f.kind, count(*) FROM ledger_event e JOIN ledger_facetset f ON f.id = e.facet_set_id"
        " WHERE e.about_type = 'dossiers.dossier' GROUP BY 1"
    )
    return dict(rows)


def asked(query: str) -> list[tuple]:
    with psycopg.connect(database.urls()[0]) as app:
        return app.execute(query).fetchall()
