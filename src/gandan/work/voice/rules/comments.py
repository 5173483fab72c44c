"""Comments: under what they may stand, and what becomes of an appeal against hiding one."""

from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop


class About(StrEnum):
    NOTICE = "notice"
    CALL = "call"


class Appeal(StrEnum):
    """Of its author, against its being hidden."""

    NONE = ""
    OPEN = "open"
    GRANTED = "granted"
    DENIED = "denied"


APPEAL_WORDS = {
    Appeal.OPEN: gettext_noop("đang được xem lại"),
    Appeal.GRANTED: gettext_noop("đã xem lại và cho hiện"),
    Appeal.DENIED: gettext_noop("đã xem lại, vẫn không cho hiện"),
}
LONGEST = 2000


class NoAppeal(Refused):
    """Only what was hidden can be appealed, once."""


class SameJudge(Refused):
    """Whoever hid a comment doesn't judge the appeal against it."""
