"""The decorator of every operation: one transaction, and nothing done in silence."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from gandan.ground.ledger.answering import STANDING, forget
from gandan.ground.ledger.rules import NothingRecorded

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class _Told:
    """Whether the operation that runs has told the ledger something, and what to take back beside the database if it fails."""

    anything: bool = False
    undo: list[Callable[[], None]] = field(default_factory=list)


_running: ContextVar[_Told | None] = ContextVar("running_operation", default=None)


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction and require that it tells the ledger what it did.

    :raises NothingRecorded: if it ends without an event and has not said `unchanged()`
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return _run(lambda: function(*args, **kwargs), f"{function.__module__}.{function.__qualname__}")

    run.is_operation = True  # type: ignore[attr-defined]  # how the architecture tests know one
    return run


def if_undone(undo: Callable[[], None]) -> None:
    """Have something done if this operation, or the one it is part of, fails: what a rollback doesn't reach, such as a file."""
    mine = _running.get()
    if mine is not None:
        mine.undo.append(undo)


def part(run: Callable[P, R]) -> Callable[P, R]:
    """Return an operation as a part of the one that calls it: what it refuses, the whole refuses, so no way back is kept."""
    function: Callable[P, R] = run.__wrapped__  # type: ignore[attr-defined]  # what `operation` has wrapped

    def run_within(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is None:
            raise RuntimeError("There is no operation of which this could be a part.")
        return _run(lambda: function(*args, **kwargs), f"{function.__module__}.{function.__qualname__}", savepoint=False)

    return run_within


def _run(act: Callable[[], R], name: str, *, savepoint: bool = True) -> R:
    outer, mine = _running.get(), _Told()
    token = _running.set(mine)
    forget(but=STANDING if outer else ())
    try:
        with transaction.atomic(savepoint=savepoint):
            result = act()
            if not mine.anything:
                raise NothingRecorded(f"{name} told the ledger nothing.")
    except BaseException:
        forget()
        for undo in reversed(mine.undo):
            undo()
        raise
    finally:
        _running.reset(token)
    forget(but=STANDING)
    if outer is not None:
        outer.anything = True
        outer.undo += mine.undo  # it may still fail
    return result


def told() -> None:
    """Note that the operation that runs has recorded an event."""
    mine = _running.get()
    if mine is not None:
        mine.anything = True


def unchanged() -> None:
    """Say that this operation changed nothing, so that there is nothing to tell (a webhook that came twice)."""
    told()
