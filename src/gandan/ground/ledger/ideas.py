"""What can happen to calls for ideas and to comments, each with its facets and its sentence: a part of `kinds.py`."""

from gandan.ground.ledger.facets import DECISIONS, PUNCTUALITY, UNDER, WHY_HIDDEN
from gandan.ground.ledger.rules import KindSpec

OF_IDEAS: dict[str, KindSpec] = {
    "call.drafted": KindSpec("Soạn lời kêu gọi hiến kế", "Call for ideas drafted"),
    "call.opened": KindSpec("Mở lời kêu gọi hiến kế", "Call for ideas opened"),
    "call.extended": KindSpec("Gia hạn lời kêu gọi hiến kế", "Call for ideas extended"),
    "call.ended": KindSpec(
        "Kết thúc lời kêu gọi, huỷ khoá phiếu ủng hộ", "Call for ideas ended, the key of its ballots destroyed"
    ),
    "idea.received": KindSpec("Nhận một ý kiến hiến kế", "Idea received"),
    "idea.shown": KindSpec("Cho ý kiến hiện trên trang công khai", "Idea shown in public"),
    "idea.hidden": KindSpec("Không cho ý kiến hiện trên trang công khai", "Idea not shown in public", {"why": WHY_HIDDEN}),
    "idea.grouped": KindSpec("Xếp ý kiến cùng nội dung vào một nhóm", "Ideas put into a group", amount="ý kiến"),
    "idea.parted": KindSpec("Tách ý kiến khỏi nhóm", "Ideas parted from a group", amount="ý kiến"),
    "idea.group_renamed": KindSpec("Đặt lại tên nhóm ý kiến", "Group of ideas renamed"),
    "idea.answered": KindSpec(
        "Trả lời công khai một nhóm ý kiến",
        "Group of ideas answered in public",
        {"punctuality": PUNCTUALITY, "decision": DECISIONS},
        amount="ý kiến",
    ),
    "idea.supported": KindSpec("Có người ủng hộ một ý kiến", "An idea was supported", sealed=True),
    "milestone.set": KindSpec("Hứa một mốc việc từ ý kiến người dân", "Milestone promised from people's ideas"),
    "milestone.reached": KindSpec(
        "Đạt mốc việc từ ý kiến người dân", "Milestone from people's ideas reached", {"punctuality": PUNCTUALITY}
    ),
    "milestone.dropped": KindSpec("Bỏ mốc việc, có nêu lý do", "Milestone given up, for a reason"),
    "remark.received": KindSpec("Có bình luận gửi đến", "Comment received", UNDER),
    "remark.shown": KindSpec("Cho bình luận hiện", "Comment shown", UNDER),
    "remark.hidden": KindSpec("Không cho bình luận hiện", "Comment not shown", {**UNDER, "why": WHY_HIDDEN}),
    "remark.appealed": KindSpec("Người viết đề nghị xem lại", "A hidden comment was appealed", UNDER),
    "remark.appeal_settled": KindSpec(
        "Đã xem lại bình luận", "Appeal about a comment settled", {"outcome": frozenset({"granted", "denied"})}
    ),
}
