"""The floors of the house, and that a breach of each contract is really caught."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SOURCE, packages, python_files, shown, tree

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PURE = {"gandan.ground.vietnam"}  # no records, so no floors of its own

# For each contract, a module and a line that breaks it.
BREACHES = {
    "The four floors": ("ground/ledger/rules.py", "import gandan.faces.cli"),
    "Faces don't know each other": ("faces/cli/breach.py", "import gandan.faces.pages"),
    "Results stand on each other one way": ("results/measures/breach.py", "import gandan.results.reports"),
    "The ground, from top to bottom": ("ground/calendar/breach.py", "import gandan.ground.promises"),
    "In every package: operations, queries, models, rules": ("ground/ledger/models.py", "import gandan.ground.ledger.queries"),
    "Rules know no framework": ("ground/organisations/rules/breach.py", "from django.db import models"),
    "Faces reach records by queries and operations alone": ("faces/pages/breach.py", "import gandan.ground.ledger.models"),
}
UNBREAKABLE = {"Packages of work don't know each other"}  # while there is only one


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_contracts_are_kept():
    said = lint(ROOT / "src")

    assert said.returncode == 0, said.stdout


def test_no_import_is_ignored():
    assert not [contract["name"] for contract in CONTRACTS if contract.get("ignore_imports")]


def test_a_breach_of_each_contract_is_caught(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "gandan", ignore=shutil.ignore_patterns("__pycache__", "data", "fonts", "static"))
    for place, line in BREACHES.values():
        file = tmp_path / "gandan" / place
        file.write_text(f"{file.read_text() if file.exists() else ''}\n{line}\n")

    said = lint(tmp_path).stdout

    assert set(BREACHES) | UNBREAKABLE == {contract["name"] for contract in CONTRACTS}
    assert [name for name in BREACHES if f"{name} BROKEN" not in said] == [], said


def test_every_package_stands_in_the_contract_of_its_layout():
    layout = next(contract for contract in CONTRACTS if contract["name"].startswith("In every package"))

    assert sorted(layout["containers"]) == sorted(set(packages()) - PURE)


@pytest.mark.parametrize("path", python_files(), ids=shown)
def test_imports_stand_at_the_top(path):
    module = tree(path)
    inside = [
        f"{shown(path)}:{node.lineno}"
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == [], "an import inside a function hides what a module stands on"
