"""The steps of a consultation and of a household vote, and the words for why something is not shown."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a consultation is. That it takes no more comments is a matter of the day."""

    DRAFT = "draft"
    OPEN = "open"
    ANSWERED = "answered"


class Showing(StrEnum):
    """Whether a comment stands in public."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class WhyHidden(StrEnum):
    NAMES_SOMEONE = "names_someone"
    ABUSE = "abuse"
    NOT_ABOUT_IT = "not_about_it"


class Step(StrEnum):
    """Where a household vote is."""

    PREPARED = "prepared"
    OPEN = "open"
    DECIDED = "decided"
    ANNULLED = "annulled"


class Voted(StrEnum):
    """How a household has used its one ballot."""

    CODE = "code"
    PAPER = "paper"  # a paper ballot was handed to it
