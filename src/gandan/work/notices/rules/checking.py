"""Whether a claim may be corrected at all. The questions are put to every editor; an opinion doesn't pass them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Question:
    """A question of the checklist: what answer lets one go on, and the code of what to do with another."""

    code: str
    goes_on: Answer
    otherwise: str


CHECKLIST: tuple[Question, ...] = (
    Question("can_be_checked", Answer.YES, "an_opinion"),
    Question("about_services_or_safety", Answer.YES, "not_ours"),
    Question("about_conduct", Answer.NO, "a_complaint"),
    Question("two_sources", Answer.YES, "sources_missing"),
    Question("checked_by_others", Answer.YES, "own_judge"),
)
FEWEST_SOURCES = 2


def stopped_by(answers: Mapping[str, str]) -> Question | None:
    """Return the first question whose answer does not let the claim pass; an answer that is missing doesn't."""
    return next((one for one in CHECKLIST if answers.get(one.code) != one.goes_on.value), None)


TRACES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w[\w.]*|(?:\+?\d[\s.-]?){8,}")


def without_traces(text: str) -> str:
    """Return what is claimed without what leads to anybody: addresses, names of accounts, telephone numbers."""
    return " ".join(TRACES.sub("…", text).split())
