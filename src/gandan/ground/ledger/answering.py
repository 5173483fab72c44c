"""What is asked again and again while one request is answered (who holds which role, which tree stands) is asked once.

An operation asks anew, since it acts on what is so; what was asked before one, or within it, is forgotten after it. Which tree
and which calendar stand is kept: an act that changes them says so itself.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

A = TypeVar("A")
STANDING = ("tree", "calendar")  # which of them stands

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def answering() -> Iterator[None]:
    """Answer one request."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(what: Hashable, ask: Callable[[], A]) -> A:
    """Return the answer that this request has had before, or ask."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if what not in answers:
        answers[what] = ask()
    return cast(A, answers[what])


def learnt(what: Hashable, answer: object) -> None:
    """Keep an answer that came along with another."""
    answers = _answers.get()
    if answers is not None:
        answers[what] = answer


def forget(*, but: Collection[Hashable] = ()) -> None:
    """Forget what was asked, since something has changed, except for some of it."""
    answers = _answers.get()
    if answers:
        kept = {what: answers[what] for what in but if what in answers}
        answers.clear()
        answers |= kept
