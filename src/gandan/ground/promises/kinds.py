"""What can be owed: each kind of promise, who may see it, when its owner is reminded, when others are told.

The code is also the value of the ledger's facet `promise`; a kind is added here and in `ledger/kinds.py`.
"""

from dataclasses import dataclass
from enum import StrEnum

from gandan.ground.organisations.rights import Right


class Receiver(StrEnum):
    """To whom something is owed: a kind of receiver, never a name."""

    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    PUBLIC = "public"
    SUPERIOR = "superior"
    PARTNER = "partner"


@dataclass(frozen=True)
class PromiseKind:
    """A kind of promise.

    `remind_before`: how many working days before the due date its owner is reminded (0: on the day itself), the earliest first.
    `escalate_after`: how many working days after it the next level up is told, level by level.
    `right`: what it takes to see it in a queue.
    """

    code: str
    name_vi: str
    name_en: str
    right: Right
    remind_before: tuple[int, ...]
    escalate_after: tuple[int, ...]


PROMISE_KINDS: dict[str, PromiseKind] = {
    kind.code: kind
    for kind in (
        PromiseKind(
            "dossier.take", "Xem hồ sơ nộp trực tuyến", "Look at a dossier handed in online", Right.READ_DOSSIERS, (0,), (1, 3)
        ),
        PromiseKind("dossier.result", "Trả kết quả hồ sơ", "Result of a dossier", Right.READ_DOSSIERS, (2,), (1, 5)),
        PromiseKind("apology.letter", "Thư xin lỗi", "Letter of apology", Right.READ_DOSSIERS, (0,), (1, 3)),
        PromiseKind("task.programme", "Nhiệm vụ của chương trình", "Task of a programme", Right.READ_FIGURES, (10, 3), (1, 10)),
        PromiseKind("report.due", "Báo cáo định kỳ", "Periodic report", Right.READ_FIGURES, (5, 1), (1, 5)),
        PromiseKind(
            "request.answer", "Trả lời yêu cầu báo cáo", "Answer to a request for a report", Right.READ_FIGURES, (3, 1), (1, 3)
        ),
        PromiseKind(
            "statement.answer", "Trả lời số bên kia nêu", "Answer to a stated figure", Right.READ_FIGURES, (3, 1), (1, 5)
        ),
        PromiseKind(
            "plan.make", "Lập kế hoạch của đơn vị", "The unit's own plan under a programme", Right.READ_FIGURES, (10, 3), (1, 10)
        ),
        PromiseKind("duty.publish", "Nội dung phải công khai", "Duty to publish", Right.READ_FIGURES, (2,), (1, 5)),
        PromiseKind(
            "privacy.acknowledge",
            "Xác nhận yêu cầu về dữ liệu cá nhân",
            "Word that a data request came",
            Right.HANDLE_REQUESTS,
            (1,),
            (1, 3),
        ),
        PromiseKind(
            "privacy.answer",
            "Trả lời yêu cầu về dữ liệu cá nhân",
            "Answer to a data request",
            Right.HANDLE_REQUESTS,
            (5, 2),
            (1, 5),
        ),
        PromiseKind("meeting.conclusion", "Kết luận cuộc họp", "Conclusion of a meeting", Right.READ_FIGURES, (5, 2), (1, 5)),
        PromiseKind("model.renew", "Công nhận lại mô hình", "Renewal of a model", Right.READ_COMMUNITY, (20, 5), (1, 5)),
        PromiseKind(
            "activity.answer",
            "Trả lời việc nêu tại buổi gặp",
            "Answer to what was raised at an activity",
            Right.READ_COMMUNITY,
            (2,),
            (1, 5),
        ),
        PromiseKind(
            "consultation.answer", "Trả lời góp ý cho văn bản", "Answer to a consultation", Right.READ_FIGURES, (5, 2), (1, 5)
        ),
        PromiseKind("poll.result", "Kết quả bỏ phiếu của hộ dân", "Result of a household vote", Right.KEEP_POLLS, (1,), (1, 3)),
        PromiseKind("matter.settle", "Giải quyết vụ việc", "Settlement of a matter", Right.READ_MATTERS, (10, 3), (1, 5)),
        PromiseKind("matter.pledge", "Cam kết với người dân", "Promise to residents", Right.READ_MATTERS, (5, 2), (1, 5)),
        PromiseKind("idea.sort", "Xếp nhóm ý kiến hiến kế", "Sort the ideas of a call", Right.LEAD_CALLS, (5, 2), (1, 5)),
        PromiseKind(
            "idea.answer", "Trả lời nhóm ý kiến hiến kế", "Answer to a group of ideas", Right.ANSWER_IDEAS, (5, 2), (1, 5)
        ),
        PromiseKind(
            "idea.milestone", "Mốc việc từ ý kiến người dân", "Milestone from people's ideas", Right.ANSWER_IDEAS, (5, 2), (1, 5)
        ),
        PromiseKind("relief.need", "Đáp ứng hộ cần cứu trợ", "Help for a household", Right.READ_RELIEF, (1,), (1, 2)),
        PromiseKind("advice.answer", "Trả lời tham mưu", "Answer to advice", Right.READ_COUNSEL, (5, 2), (5,)),
        PromiseKind(
            "inspection.remedy", "Khắc phục sau kiểm tra", "Remedy after an inspection", Right.READ_COUNSEL, (5, 2), (1, 5)
        ),
        PromiseKind("voice.answer", "Trả lời người dân", "Answer to what people bring", Right.READ_VOICE, (2,), (1, 5)),
        PromiseKind(
            "crime.transfer",
            "Báo, chuyển tố giác đến cơ quan điều tra",
            "Crime report to investigators",
            Right.READ_VOICE,
            (0,),
            (1, 3),
        ),
        PromiseKind(
            "complaint.accept", "Quyết định thụ lý", "Whether a complaint is taken up", Right.HANDLE_COMPLAINTS, (2,), (1, 3)
        ),
        PromiseKind("handover.depot", "Nộp vật thu nhận về kho", "Items owed to the depot", Right.READ_VOICE, (2,), (1, 5)),
        PromiseKind(
            "complaint.answer", "Trả lời khiếu nại, tố cáo", "Answer to a complaint", Right.HANDLE_COMPLAINTS, (5, 2), (1, 5)
        ),
    )
}
