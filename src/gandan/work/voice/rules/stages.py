"""Legal steps of a case beside its answer: what must be done, by which clock, under which promise, and what may come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.work.voice.kinds import CaseKind

TRANSFER, ACCEPT = "crime.transfer", "complaint.accept"  # the promises


class Clock(StrEnum):
    """As data/terms.yaml calls it."""

    TRANSFER = "transfer"  # a crime report is told to the investigators
    FILE = "file"  # and its file handed over
    ACCEPT = "accept"  # a complaint is accepted, refused or referred


class StageEnd(StrEnum):
    """What a step came to."""

    OPEN = ""
    TOLD = "told"
    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFERRED = "referred"  # to the body whose it is
    OVERTAKEN = "overtaken"  # the case was settled or withdrawn without it


@dataclass(frozen=True)
class StageSpec:
    promise: str
    name: str


STAGES: dict[Clock, StageSpec] = {
    Clock.TRANSFER: StageSpec(TRANSFER, gettext_noop("Báo cơ quan điều tra")),
    Clock.FILE: StageSpec(TRANSFER, gettext_noop("Chuyển hồ sơ tố giác")),
    Clock.ACCEPT: StageSpec(ACCEPT, gettext_noop("Thụ lý")),
}
FIRST: dict[CaseKind, Clock] = {
    CaseKind.CRIME: Clock.TRANSFER,
    CaseKind.COMPLAINT: Clock.ACCEPT,
    CaseKind.DENUNCIATION: Clock.ACCEPT,
}
END_WORDS = {
    StageEnd.TOLD: gettext_noop("đã báo"),
    StageEnd.FILED: gettext_noop("đã chuyển hồ sơ"),
    StageEnd.ACCEPTED: gettext_noop("đã thụ lý"),
    StageEnd.REFUSED: gettext_noop("không thụ lý"),
    StageEnd.REFERRED: gettext_noop("đã chuyển cơ quan có thẩm quyền"),
    StageEnd.OVERTAKEN: gettext_noop("việc đã kết thúc"),
}
PROMISES = (TRANSFER, ACCEPT)


class NoSuchStage(Refused):
    """The case has no such step open."""


class TellsWho(Refused):
    """An extract would say who denounced."""


def in_time(due_at: datetime, at: datetime) -> str:
    """Return the punctuality of a step, to the minute."""
    return "in_time" if at <= due_at else "late"
