"""What the product imports is what `requirements.in` names: a machine that only runs it has nothing else."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.house import ROOT, python_files, tree

NAMED = {
    re.split(r"[\[<>=;]", line)[0].strip().lower().replace("_", "-")
    for line in (ROOT / "requirements.in").read_text().splitlines()
    if line.strip() and not line.startswith(("#", "-"))
}
OF_OTHERS = {
    "psycopg-pool": "psycopg",
    "fido2": "django-allauth",
    "pydantic": "django-ninja",
    "pyhanko-certvalidator": "pyhanko",
    "asn1crypto": "pyhanko",
    "requests": "django-allauth",
}


def imported() -> set[str]:
    """Return the names of the packages that the product's own code imports."""
    names: set[str] = set()
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"gandan"}


@pytest.mark.parametrize("name", sorted(imported()))
def test_what_is_imported_is_required(name):
    given_by = {OF_OTHERS.get(one, one) for one in (d.lower().replace("_", "-") for d in packages_distributions().get(name, ()))}
    assert given_by & NAMED, f"{name} comes with {given_by or 'nothing here'}, which requirements.in doesn't name"
