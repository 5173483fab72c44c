"""How calls, groups of ideas and milestones stand, in plain words."""

from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop


class CallState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


class GroupState(StrEnum):
    PROPOSED = "proposed"  # by the night's reckoning; nobody outside sees it
    CONFIRMED = "confirmed"
    ANSWERED = "answered"


class Decision(StrEnum):
    """What is decided about a group of ideas."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    STUDIED = "studied"
    EXISTS = "exists"
    NOT_TAKEN = "not_taken"


CALL_WORDS = {
    CallState.DRAFT: gettext_noop("đang soạn"),
    CallState.OPEN: gettext_noop("đang nhận ý kiến"),
    CallState.ENDED: gettext_noop("đã kết thúc"),
}
DECISION_WORDS = {
    Decision.TAKEN_UP: gettext_noop("sẽ làm"),
    Decision.PARTLY: gettext_noop("làm một phần"),
    Decision.STUDIED: gettext_noop("đang nghiên cứu thêm"),
    Decision.EXISTS: gettext_noop("đã có, xin giới thiệu"),
    Decision.NOT_TAKEN: gettext_noop("không làm, có nêu lý do"),
}
SHOWN_FROM = 5  # a count of supports below this is not told, inside or outside


class CallClosed(Refused):
    """The call takes no ideas, or is not in a state in which this can be done."""


class WrongGroup(Refused):
    """This can't be done with the group as it stands."""


class AlreadySupported(Refused):
    """One person supports an idea once."""


class NotProven(Refused):
    """The code that was sent to the telephone was not given, or has run out."""
