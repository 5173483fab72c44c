"""An activity with residents: its form, its topic, and when it can have been."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop

LATEST = timedelta(days=366)
MOST_HEADS = 20_000


class NotYet(Refused):
    """An activity is noted after it was held, not before."""


class LongAgo(Refused):
    """What was held more than a year ago is brought in from a file, with its source."""


class TooMany(Refused):
    """So many did not come to one place."""


class Form(StrEnum):
    MEETING = "meeting"  # with the residents of a hall, a street, a neighbourhood group
    VISIT = "visit"
    FORUM = "forum"  # Công an lắng nghe ý kiến Nhân dân
    CAMPAIGN = "campaign"
    SUPPORT = "support"  # of households; their number is noted, never a list


class Topic(StrEnum):
    LAW = "law"
    FRAUD = "fraud"
    FIRE = "fire"
    TRAFFIC = "traffic"
    DRUGS = "drugs"
    PAPERS = "papers"
    SAFETY = "safety"
    WELFARE = "welfare"
    OTHER = "other"


@dataclass(frozen=True)
class Noting:
    """What somebody notes of an activity: six fields, and no more; begun at a model, it is one of that model's."""

    form: Form
    day: date
    place: str
    topic: Topic
    partner: str  # the code of the body of the other side, or nothing
    count: int  # heads that came; of support, households reached
    model: int | None = None  # the number of the model it was for

    @property
    def heads(self) -> int:
        return 0 if self.form is Form.SUPPORT else self.count

    @property
    def households(self) -> int:
        return self.count if self.form is Form.SUPPORT else 0


def check_day(day: date, on: date) -> None:
    """:raises NotYet, LongAgo: if it can't be noted on `on` that something was held on `day`"""
    if day > on:
        raise NotYet(
            gettext_noop("Ngày {day} chưa đến. Xin ghi sau khi buổi đã được tổ chức."),
            day=f"{day:%d/%m/%Y}",
        )
    if on - day > LATEST:
        raise LongAgo(
            gettext_noop("Ngày {day} đã qua hơn một năm. Xin xem lại năm; sổ cũ thì nhập từ tệp."), day=f"{day:%d/%m/%Y}"
        )


def check_heads(count: int) -> None:
    """:raises TooMany: if it is a slip of the finger"""
    if not 0 <= count <= MOST_HEADS:
        raise TooMany(gettext_noop("{count} không phải số của một buổi: ghi từ 0 đến {most}."), count=count, most=MOST_HEADS)
