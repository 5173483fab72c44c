"""The decorator of every operation: one transaction, and nothing done in silence."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

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
        outer, mine = _running.get(), _Told()
        token = _running.set(mine)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if not mine.anything:
                    raise NothingRecorded(f"{function.__module__}.{function.__qualname__} told the ledger nothing.")
        except BaseException:
            for undo in reversed(mine.undo):
                undo()
            raise
        finally:
            _running.reset(token)
        if outer is not None:
            outer.anything = True
            outer.undo += mine.undo  # it may still fail
        return result

    run.is_operation = True  # type: ignore[attr-defined]  # how the architecture tests know one
    return run


def if_undone(undo: Callable[[], None]) -> None:
    """Have something done if this operation, or the one it is part of, fails: what a rollback doesn't reach, such as a file."""
    mine = _running.get()
    if mine is not None:
        mine.undo.append(undo)


def told() -> None:
    """Note that the operation that runs has recorded an event."""
    mine = _running.get()
    if mine is not None:
        mine.anything = True


def unchanged() -> None:
    """Say that this operation changed nothing, so that there is nothing to tell (a webhook that came twice)."""
    told()
