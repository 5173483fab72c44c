"""How advice is answered, and how far an inspection is. No Django, no clock, no database."""

from enum import StrEnum

from gandan.ground.ledger.rules import Refused


class Answer(StrEnum):
    """What a superior made of advice. Until one is given it stands unanswered."""

    NONE = "none"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REFUSED = "refused"


class Step(StrEnum):
    """How far a joint inspection is."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STEPS: dict[Step, frozenset[Step]] = {
    Step.PLANNED: frozenset({Step.HELD, Step.CANCELLED}),
    Step.HELD: frozenset({Step.CLOSED}),
    Step.CLOSED: frozenset(),
    Step.CANCELLED: frozenset(),
}


class NothingSaid(Refused):
    """Advice has a subject, an inspection a title, a finding its words."""

    def __init__(self, field: str, template: str) -> None:
        super().__init__(template)
        self.field = field


class WrongState(Refused):
    """It does not stand where this can be done."""


class WrongUnits(Refused):
    """Advice goes to another unit, an inspection is held by two sides."""


def may_follow(now: Step, then: Step) -> bool:
    return then in STEPS[now]


def said(field: str, text: str, what: str) -> str:
    """:raises NothingSaid: if nothing is"""
    if not text.strip():
        raise NothingSaid(field, what)
    return text.strip()
