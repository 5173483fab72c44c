"""Within what time a dossier that was handed in online is looked at: dated, with its source."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.calendar.rules import Term, TermUnit


@dataclass(frozen=True)
class TakingTerm:
    """A term from a day on."""

    since: date
    term: Term
    source: str
    verified: bool


TERMS = (
    TakingTerm(
        date(2016, 1, 1),
        Term(1, TermUnit.WORKING_DAYS),
        "08 giờ làm việc kể từ khi hệ thống tiếp nhận hồ sơ trực tuyến (Nghị định 61/2018/NĐ-CP, chưa đối chiếu văn bản gốc)",
        verified=False,
    ),
)


def taking_term(on: date) -> Term:
    """Return the term in force on a day."""
    return max((row for row in TERMS if row.since <= on), key=lambda row: row.since, default=TERMS[0]).term
