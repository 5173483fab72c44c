"""What is logged beside the ledger, and what a link of its chain covers. No Django, no clock, no database."""

import re
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What somebody did that changes no record, or that the ledger doesn't tell."""

    READ = "read"  # a record about people, opened
    LISTED = "listed"  # a page of a list of them
    EXPORTED = "exported"
    OPENED_OUTSIDE = "opened_outside"  # a reason was given to read outside one's units
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    CONFIRMED = "confirmed"  # proved once more to be who they are, before something weighty
    REFUSED = "refused"
    SETTING_CHANGED = "setting_changed"
    RIGHT_GIVEN = "right_given"
    RIGHT_ENDED = "right_ended"
    GAVE_ONESELF = "gave_oneself"  # tried to give a right to themselves; refused
    KEY_TO_PEOPLE = "key_to_people"  # gave a program a key that opens records about people
    ACCOUNT_RESET = "account_reset"  # set somebody else's password, or took their second factor
    LOG_READ = "log_read"
    MONTH_DROPPED = "month_dropped"


OF_GRANTS = frozenset({What.GAVE_ONESELF, What.KEY_TO_PEOPLE, What.ACCOUNT_RESET})  # told to the inspectorate


class Channel(StrEnum):
    PAGE = "page"
    API = "api"
    COMMAND = "command"
    JOB = "job"


SOFT = re.compile(r"[\x00-\x1f\x7f|]+")  # what would let one line of the chain look like two, or a part like its neighbour
DETAIL = 160


def plain(text: str) -> str:
    """Return a detail as the log keeps it: one line, without the mark that parts the fields of a line."""
    return SOFT.sub(" ", text)[:DETAIL].strip()


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing to be logged. Codes and numbers alone: nothing that is known about a person."""

    what: What
    by: int | None
    acting_for: int | None = None
    about_type: str = ""
    about_id: int | None = None
    unit: int | None = None  # the unit concerned
    from_unit: int | None = None  # where the reader holds the role that let them
    outside: bool = False
    detail: str = ""
    channel: str = ""
    key: int | None = None  # the key of a program
