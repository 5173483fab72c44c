"""What can be chosen: audiences, channels, verdicts, the words of an alert. The codes are kept; pages have the words."""

from enum import StrEnum


class Audience(StrEnum):
    """Whom a notice is for. It belongs to the notice; nobody who reads is sorted by it."""

    EVERYONE = "everyone"
    NEWCOMERS = "newcomers"
    DRIVERS = "drivers"
    ELDERLY = "elderly"
    PARENTS = "parents"
    SHOPS = "shops"
    STUDENTS = "students"
    FOREIGNERS = "foreigners"


class Channel(StrEnum):
    PAGE = "page"
    EMAIL = "email"
    FEED = "feed"
    POSTER = "poster"


class Met(StrEnum):
    """Where a claim may be met, in general terms: never an address, a name, an account."""

    TEXT_MESSAGES = "text_messages"
    CALLS = "calls"
    SOCIAL_NETWORKS = "social_networks"
    CHAT_GROUPS = "chat_groups"
    PAPER = "paper"
    WORD_OF_MOUTH = "word_of_mouth"


class Verdict(StrEnum):
    """The published scale."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly_true"
    UNPROVEN = "unproven"
    MISLEADING = "misleading"
    FALSE = "false"


RATINGS: dict[Verdict, int] = {
    Verdict.FALSE: 1, Verdict.MISLEADING: 2, Verdict.UNPROVEN: 3, Verdict.MOSTLY_TRUE: 4, Verdict.TRUE: 5,
}  # fmt: skip


class Category(StrEnum):
    """Of an alert, in the words of CAP 1.2."""

    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    OTHER = "Other"


class Urgency(StrEnum):
    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"


class Severity(StrEnum):
    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"


class Certainty(StrEnum):
    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
