"""The few words by which directives, texts and turns are told apart."""

from enum import StrEnum


class DirectiveKind(StrEnum):
    """What a directive is: the types of Decree 30/2020/NĐ-CP, Article 7, and of the Party's papers."""

    RESOLUTION = "resolution"
    PROGRAMME = "programme"  # of action
    ORDER = "order"  # chỉ thị
    CONCLUSION = "conclusion"
    PLAN = "plan"
    LETTER = "letter"  # công văn


class Origin(StrEnum):
    """Where a task comes from."""

    TEXT = "text"  # of the programme, as it was signed
    DIRECTIVE = "directive"  # it answers a point, beside the text
    CONCLUSION = "conclusion"  # of a meeting
    UNIT = "unit"  # the unit has given it to itself


class TurnState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DraftState(StrEnum):
    WRITING = "writing"
    APPROVED = "approved"  # its words stand; it is to be numbered and signed
    SIGNING = "signing"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


class PartKind(StrEnum):
    """The parts of a programme's text."""

    TITLE = "title"
    PERIOD = "period"  # from which day to which
    PARTIES = "parties"  # a line each: code, as what its head signs
    BASIS = "basis"  # a line each
    AIMS = "aims"  # I. Mục đích, yêu cầu
    CONTENT = "content"  # the first line is its heading
    GOAL = "goal"
    TASK = "task"
    INDICATOR = "indicator"
    DUTIES = "duties"  # III. Trách nhiệm
    HOLDING = "holding"  # IV. Tổ chức thực hiện


BEFORE = (PartKind.TITLE, PartKind.PERIOD, PartKind.PARTIES, PartKind.BASIS, PartKind.AIMS)
ONCE = (*BEFORE, PartKind.DUTIES, PartKind.HOLDING)
# Under what a part may stand.
UNDER: dict[PartKind, frozenset[PartKind]] = {
    PartKind.CONTENT: frozenset(),
    PartKind.GOAL: frozenset({PartKind.CONTENT}),
    PartKind.TASK: frozenset({PartKind.CONTENT, PartKind.GOAL}),
    PartKind.INDICATOR: frozenset({PartKind.CONTENT, PartKind.GOAL, PartKind.TASK}),
}
