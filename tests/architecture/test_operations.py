"""Every operation is decorated, takes keywords only, is told who acts and on which day, and says why it may refuse."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.house import modules

# What stands in an `operations` module and is not one, each with its reason.
NOT_OPERATIONS = {
    "gandan.ground.ledger.": "the ledger is what operations tell: its own words are what they are made of",
}


def public_functions() -> Iterator[Callable[..., Any]]:
    """Yield what each package offers as its operations: those of the module, or what a folder brings together."""
    for module in modules("operations"):
        if module.__name__.endswith(".operations"):
            yield from functions(module)


def functions(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, thing in vars(module).items():
        plain = inspect.unwrap(thing) if callable(thing) else thing
        if inspect.isfunction(plain) and plain.__module__.startswith(module.__name__) and not name.startswith("_"):
            yield thing


def named(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def faults(function: Callable[..., Any]) -> list[str]:
    """Return what an operation lacks."""
    plain = inspect.unwrap(function)
    parameters = inspect.signature(plain).parameters
    doc = inspect.getdoc(plain) or ""
    body = ast.parse(textwrap.dedent(inspect.getsource(plain)))
    may_refuse = any(isinstance(node, ast.Raise) for node in ast.walk(body)) or "require(" in inspect.getsource(plain)
    found = {
        "is not decorated with @operation": not getattr(function, "is_operation", False),
        "takes more than keywords": any(p.kind not in {p.KEYWORD_ONLY, p.VAR_KEYWORD} for p in parameters.values()),
        "doesn't take `by`": "by" not in parameters,
        "doesn't take `on`": "on" not in parameters,
        "has no docstring": not doc,
        "doesn't say what it :raises": may_refuse and ":raises" not in doc,
    }
    return [fault for fault, is_so in found.items() if is_so]


OPERATIONS = [f for f in public_functions() if not any(named(f).startswith(name) for name in NOT_OPERATIONS)]


@pytest.mark.parametrize("function", OPERATIONS, ids=named)
def test_an_operation_is_whole(function):
    assert faults(function) == []


def test_no_operation_is_hidden_in_a_folder():
    offered = set(map(named, OPERATIONS))
    decorated = {named(f) for module in modules("operations") for f in functions(module) if getattr(f, "is_operation", False)}

    assert decorated - offered == set()


def test_there_are_operations_to_look_at():
    assert len(OPERATIONS) > 10


def test_what_an_operation_lacks_is_seen():
    def bad(dossier, *, by):
        raise ValueError(dossier, by)

    assert faults(bad) == [
        "is not decorated with @operation",
        "takes more than keywords",
        "doesn't take `on`",
        "has no docstring",
        "doesn't say what it :raises",
    ]
