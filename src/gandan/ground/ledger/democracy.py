"""What happens in democracy at the grassroots, by the codes of `kinds.py`, which has them all."""

from gandan.ground.ledger.facets import ANY, POSTED_AT, PUNCTUALITY, WHY_COMMENT_HIDDEN
from gandan.ground.ledger.rules import KindSpec

RULE = {"rule": ANY}

OF_DEMOCRACY: dict[str, KindSpec] = {
    "duty.declared": KindSpec("Có nội dung phải công khai", "Something must be published", RULE),
    "duty.proved": KindSpec("Đã công khai tại một nơi", "Published in one of its places", {**RULE, "place": POSTED_AT}),
    "duty.dropped": KindSpec("Thôi công khai, có nêu lý do", "No longer to be published, for a reason", RULE),
    "consultation.written": KindSpec("Viết bản lấy ý kiến", "Text of a consultation written", RULE),
    "consultation.opened": KindSpec("Mở lấy ý kiến người dân", "Consultation opened", RULE),
    "consultation.answered": KindSpec(
        "Đăng tổng hợp và trả lời góp ý", "Consultation summed up and answered", {**RULE, "punctuality": PUNCTUALITY}
    ),
    "comment.received": KindSpec("Nhận một góp ý cho văn bản", "Comment on a text received", sealed=True),
    "comment.shown": KindSpec("Cho hiện một góp ý", "Comment shown in public"),
    "comment.hidden": KindSpec("Không cho hiện một góp ý", "Comment not shown in public", {"why": WHY_COMMENT_HIDDEN}),
    "poll.prepared": KindSpec("Lập lần bỏ phiếu của hộ dân", "Vote of households prepared", RULE),
    "poll.roll_set": KindSpec("Lập danh sách hộ", "Roll of households written", amount="hộ"),
    "poll.opened": KindSpec("Mở bỏ phiếu, chốt danh sách hộ", "Vote opened, roll frozen", RULE, amount="hộ"),
    "poll.code_replaced": KindSpec("Cấp lại mã phiếu cho một hộ", "Ballot code of a household replaced"),
    "poll.paper_handed": KindSpec("Phát một phiếu giấy", "Paper ballot handed out"),
    "poll.decided": KindSpec(
        "Đóng bỏ phiếu, công bố kết quả",
        "Vote closed, result published",
        {**RULE, "outcome": frozenset({"carried", "not_carried"})},
    ),
    "poll.annulled": KindSpec("Huỷ lần bỏ phiếu, có nêu lý do", "Vote called off, for a reason", RULE),
    "ballot.given": KindSpec(
        "Một hộ đã bỏ phiếu", "Ballot of a household given", {"how": frozenset({"code", "paper"})}, sealed=True
    ),
}
