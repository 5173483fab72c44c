"""The flow of a dossier: the ten states of the national portal, and every step between them.

Each step says from which states it leads where, who may take it, what it needs, what it prints and what it records.
The states and their numbers are those that the national portal exchanges; `docs/guides` says where the list comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.rights import Right


class Status(StrEnum):
    REGISTERED = "registered"  # handed in online; nobody has looked at it
    RECEIVED = "received"
    REFUSED = "refused"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"  # the applicant is to bring something; the clock stands still
    PAYMENT = "payment"  # the applicant is to pay something; likewise
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"


@dataclass(frozen=True)
class StateSpec:
    """A state: its number on the national portal, and its name."""

    national: int
    name: str


STATES: Mapping[Status, StateSpec] = {
    Status.REGISTERED: StateSpec(1, gettext_noop("mới đăng ký")),
    Status.RECEIVED: StateSpec(2, gettext_noop("được tiếp nhận")),
    Status.REFUSED: StateSpec(3, gettext_noop("không được tiếp nhận")),
    Status.PROCESSING: StateSpec(4, gettext_noop("đang xử lý")),
    Status.SUPPLEMENT: StateSpec(5, gettext_noop("chờ bổ sung giấy tờ")),
    Status.PAYMENT: StateSpec(6, gettext_noop("chờ thực hiện nghĩa vụ tài chính")),
    Status.WITHDRAWN: StateSpec(7, gettext_noop("người nộp đã rút")),
    Status.STOPPED: StateSpec(8, gettext_noop("đã dừng xử lý")),
    Status.FINISHED: StateSpec(9, gettext_noop("đã xử lý xong")),
    Status.RETURNED: StateSpec(10, gettext_noop("đã trả kết quả")),
}

AT_WORK = frozenset({Status.RECEIVED, Status.PROCESSING})
WAITING = frozenset({Status.SUPPLEMENT, Status.PAYMENT})
OPEN = AT_WORK | WAITING  # taken in, and no result yet
DONE = frozenset({Status.FINISHED, Status.RETURNED})
CLOSED = frozenset({Status.REFUSED, Status.STOPPED})


class Step(StrEnum):
    REGISTER = "register"
    RECEIVE = "receive"
    REFUSE = "refuse"
    START = "start"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENTED = "supplemented"
    ASK_PAYMENT = "ask_payment"
    PAID = "paid"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    STOP = "stop"
    FINISH = "finish"
    RETURN = "return"


class Need(StrEnum):
    WORDS = "words"  # a reason in whole sentences, for the applicant
    WHY = "why"  # a reason from the list
    PAPERS = "papers"  # what is missing
    AMOUNT = "amount"  # in đồng
    HOW = "how"  # handed over at the counter, to a collector, by post


class Form(StrEnum):
    """The form that a step prints; its number depends on the era (Circular 01/2018, Circular 03/2025)."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    STOP = "stopped"
    CONTROL = "control"


@dataclass(frozen=True)
class StepSpec:
    """A step. Without `after` it leads back to where the dossier was before it waited."""

    name: str
    before: frozenset[Status]  # empty: it makes the dossier
    after: Status | None
    records: Kind
    right: Right = Right.WRITE_DOSSIERS
    needs: frozenset[Need] = frozenset()
    prints: Form | None = None


FLOW: Mapping[Step, StepSpec] = {
    Step.REGISTER: StepSpec(gettext_noop("Nộp trực tuyến"), frozenset(), Status.REGISTERED, Kind.DOSSIER_REGISTERED),
    Step.RECEIVE: StepSpec(
        gettext_noop("Tiếp nhận"), frozenset({Status.REGISTERED}), Status.RECEIVED, Kind.DOSSIER_RECEIVED, prints=Form.RECEIPT
    ),
    Step.REFUSE: StepSpec(
        gettext_noop("Từ chối tiếp nhận"),
        frozenset({Status.REGISTERED}),
        Status.REFUSED,
        Kind.DOSSIER_REFUSED,
        needs=frozenset({Need.WHY, Need.WORDS}),
        prints=Form.REFUSAL,
    ),
    Step.START: StepSpec(gettext_noop("Bắt đầu xử lý"), frozenset({Status.RECEIVED}), Status.PROCESSING, Kind.DOSSIER_STARTED),
    Step.ASK_SUPPLEMENT: StepSpec(
        gettext_noop("Yêu cầu bổ sung giấy tờ"),
        AT_WORK,
        Status.SUPPLEMENT,
        Kind.DOSSIER_SUPPLEMENT_ASKED,
        needs=frozenset({Need.PAPERS, Need.WORDS}),
        prints=Form.SUPPLEMENT,
    ),
    Step.SUPPLEMENTED: StepSpec(gettext_noop("Đã bổ sung đủ"), frozenset({Status.SUPPLEMENT}), None, Kind.DOSSIER_SUPPLEMENTED),
    Step.ASK_PAYMENT: StepSpec(
        gettext_noop("Yêu cầu thực hiện nghĩa vụ tài chính"),
        AT_WORK,
        Status.PAYMENT,
        Kind.DOSSIER_PAYMENT_ASKED,
        needs=frozenset({Need.AMOUNT, Need.WORDS}),
    ),
    Step.PAID: StepSpec(gettext_noop("Đã thực hiện nghĩa vụ tài chính"), frozenset({Status.PAYMENT}), None, Kind.DOSSIER_PAID),
    Step.TAKE_BACK: StepSpec(
        gettext_noop("Người nộp rút trước khi tiếp nhận"),
        frozenset({Status.REGISTERED}),
        Status.WITHDRAWN,
        Kind.DOSSIER_TAKEN_BACK,
    ),
    Step.WITHDRAW: StepSpec(gettext_noop("Người nộp rút hồ sơ"), OPEN, Status.WITHDRAWN, Kind.DOSSIER_WITHDRAWN),
    Step.STOP: StepSpec(
        gettext_noop("Dừng giải quyết"),
        OPEN,
        Status.STOPPED,
        Kind.DOSSIER_STOPPED,
        needs=frozenset({Need.WHY, Need.WORDS}),
        prints=Form.STOP,
    ),
    Step.FINISH: StepSpec(gettext_noop("Có kết quả"), AT_WORK, Status.FINISHED, Kind.DOSSIER_FINISHED),
    Step.RETURN: StepSpec(
        gettext_noop("Trả kết quả"),
        frozenset({Status.FINISHED}),
        Status.RETURNED,
        Kind.DOSSIER_RETURNED,
        needs=frozenset({Need.HOW}),
    ),
}

# Reasons as codes; the words for the applicant stand on the record, where they can be erased.
WHY_REFUSED: Mapping[str, str] = {
    "not_competent": gettext_noop("không thuộc thẩm quyền giải quyết"),
    "incomplete": gettext_noop("hồ sơ không đủ thành phần theo quy định"),
    "not_valid": gettext_noop("giấy tờ không hợp lệ hoặc hết giá trị"),
    "already_handed_in": gettext_noop("đã có hồ sơ cùng nội dung đang giải quyết"),
    "other": gettext_noop("lý do khác"),
}
WHY_STOPPED: Mapping[str, str] = {
    "not_supplemented": gettext_noop("không bổ sung hồ sơ trong thời hạn"),
    "not_paid": gettext_noop("không thực hiện nghĩa vụ tài chính trong thời hạn"),
    "not_eligible": gettext_noop("không đủ điều kiện theo quy định"),
    "other_authority": gettext_noop("cơ quan có thẩm quyền yêu cầu dừng"),
    "other": gettext_noop("lý do khác"),
}
HOW_RETURNED: Mapping[str, str] = {
    "counter": gettext_noop("người nộp nhận tại quầy"),
    "collector": gettext_noop("người được uỷ quyền nhận"),
    "post": gettext_noop("qua bưu điện"),
    "online": gettext_noop("bản điện tử"),
}


def may_step(status: Status, step: Step) -> bool:
    """Say whether a dossier in this state may take the step."""
    return status in FLOW[step].before


def steps_from(status: Status) -> tuple[Step, ...]:
    """Return the steps that lead on from a state, in the order of the flow."""
    return tuple(step for step, spec in FLOW.items() if status in spec.before)
