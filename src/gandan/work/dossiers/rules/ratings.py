"""Ratings: three questions, one ticket, and how few are too few to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop

WORST, BEST = 1, 5
SATISFIED = 4  # from here on
TREATED_BADLY = 2  # up to here, what was written is about somebody's conduct
FEWEST = 5  # fewer are not shown, to anybody
LONGEST = 500  # characters
KEPT_MONTHS = 12


class Question(StrEnum):
    COURTESY = "courtesy"
    CLARITY = "clarity"
    OVERALL = "overall"


QUESTIONS: Mapping[Question, str] = {
    Question.COURTESY: gettext_noop("Cán bộ có lịch sự, tôn trọng Ông/Bà không?"),
    Question.CLARITY: gettext_noop("Hướng dẫn có rõ ràng, dễ làm theo không?"),
    Question.OVERALL: gettext_noop("Nói chung, Ông/Bà có hài lòng không?"),
}


class BadRating(Refused):
    """Each question has an answer from 1 to 5, and the line of text is short."""


@dataclass(frozen=True)
class Answers:
    """What one ticket says."""

    courtesy: int
    clarity: int
    overall: int
    words: str = ""

    def __post_init__(self) -> None:
        if any(not WORST <= score <= BEST for score in (self.courtesy, self.clarity, self.overall)):
            raise BadRating(gettext_noop("Xin chọn một câu trả lời cho mỗi câu hỏi."))
        if len(self.words) > LONGEST:
            raise BadRating(gettext_noop("Xin viết không quá {most} chữ."), most=LONGEST)

    @property
    def of_conduct(self) -> bool:
        return self.courtesy <= TREATED_BADLY


def quarter_of(day: date) -> date:
    """Return the first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def end_of(day: date) -> date:
    """Return until before which day a line written on this one is kept."""
    return date(day.year + KEPT_MONTHS // 12, day.month, 1)


def token_of(typed: str) -> str:
    """Return the code of a ticket as it was drawn, from how it was copied down."""
    return "".join(typed.split()).replace("-", "").lower()
