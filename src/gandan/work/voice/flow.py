"""Where a case stands, in plain words, and what may follow."""

from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop


class State(StrEnum):
    NEW = "new"
    WORKING = "working"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Showing(StrEnum):
    """Whether a case stands on the public pages."""

    PRIVATE = ""  # nobody wished it, or it may not
    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """What an answer comes to."""

    DONE = "done"
    EXPLAINED = "explained"
    PASSED_OUT = "passed_out"  # to a body that is not here
    REFUSED = "refused"


class Channel(StrEnum):
    """How a case came."""

    ONLINE = "online"
    COUNTER = "counter"
    PHONE = "phone"
    POST = "post"
    RECEPTION = "reception"  # at a citizen reception
    PROGRAM = "program"  # Open311
    OTHER = "other"  # another channel: a city's line, a ministry's app


class WhyHidden(StrEnum):
    """Why something is not shown. Criticism is no reason."""

    NAMES_SOMEONE = "names_someone"
    ABUSE = "abuse"
    NOT_A_REPORT = "not_a_report"  # advertising, a test
    UNDER_INQUIRY = "under_inquiry"  # the law keeps it back
    NOT_OURS = "not_ours"


OPEN = frozenset({State.NEW, State.WORKING})
STATE_WORDS = {
    State.NEW: gettext_noop("Đã nhận, đang chờ người xem"),
    State.WORKING: gettext_noop("Đang được xem xét, giải quyết"),
    State.ANSWERED: gettext_noop("Đã có trả lời"),
    State.WITHDRAWN: gettext_noop("Ông/Bà đã rút lại"),
}
OUTCOME_WORDS = {
    Outcome.DONE: gettext_noop("đã giải quyết"),
    Outcome.EXPLAINED: gettext_noop("đã giải thích, hướng dẫn"),
    Outcome.PASSED_OUT: gettext_noop("đã chuyển cơ quan có thẩm quyền"),
    Outcome.REFUSED: gettext_noop("không thụ lý, có nêu lý do"),
}
WHY_HIDDEN_WORDS = {
    WhyHidden.NAMES_SOMEONE: gettext_noop("có tên hoặc thông tin riêng của người khác"),
    WhyHidden.ABUSE: gettext_noop("có lời xúc phạm"),
    WhyHidden.NOT_A_REPORT: gettext_noop("là quảng cáo hoặc gửi thử"),
    WhyHidden.UNDER_INQUIRY: gettext_noop("đang được xác minh, pháp luật chưa cho công bố"),
    WhyHidden.NOT_OURS: gettext_noop("thuộc cơ quan khác, đã chuyển đi"),
}
CHANNEL_WORDS = {
    Channel.ONLINE: gettext_noop("trang công khai"),
    Channel.COUNTER: gettext_noop("tại trụ sở"),
    Channel.PHONE: gettext_noop("điện thoại"),
    Channel.POST: gettext_noop("thư"),
    Channel.RECEPTION: gettext_noop("tiếp công dân"),
    Channel.PROGRAM: gettext_noop("chương trình (Open311)"),
    Channel.OTHER: gettext_noop("kênh khác"),
}


class WrongState(Refused):
    """This can't be done with a case that stands so."""


class MissingWords(Refused):
    """Something must be said, and wasn't. `field` says what."""

    def __init__(self, field: str, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field
