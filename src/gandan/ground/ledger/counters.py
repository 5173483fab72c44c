"""What can happen to dossiers, from the counter to the post and what is said of it afterwards, by the codes of `kinds.py`."""

from gandan.ground.ledger.facets import (
    ANY,
    CHANNELS,
    FINISHED,
    HOW_RETURNED,
    LATE_BY,
    PUNCTUALITY,
    QUESTIONS,
    WHY_REFUSED,
    WHY_STOPPED,
)  # fmt: skip
from gandan.ground.ledger.rules import KindSpec

OF_DOSSIERS: dict[str, KindSpec] = {
    "procedure.changed": KindSpec("Thủ tục thay đổi", "Procedure changed", {"procedure": ANY}),
    "dossier.registered": KindSpec("Người dân nộp hồ sơ trực tuyến", "Dossier handed in online", {"procedure": ANY}),
    "dossier.rerouted": KindSpec(
        "Chuyển hồ sơ mới nộp đến nơi giải quyết", "New dossier passed on to where it is handled", {"procedure": ANY}
    ),
    "dossier.refused": KindSpec(
        "Từ chối tiếp nhận hồ sơ", "Dossier refused", {"procedure": ANY, "channel": CHANNELS, "why": WHY_REFUSED}
    ),
    "dossier.started": KindSpec("Bắt đầu xử lý hồ sơ", "Work on the dossier started", {"procedure": ANY}),
    "dossier.supplement_asked": KindSpec(
        "Yêu cầu bổ sung giấy tờ, tạm dừng tính hạn", "Further papers asked for, the clock stands still", {"procedure": ANY}
    ),
    "dossier.supplemented": KindSpec("Đã bổ sung đủ giấy tờ", "Further papers brought", {"procedure": ANY}),
    "dossier.payment_asked": KindSpec(
        "Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính hạn", "Payment asked for, the clock stands still", {"procedure": ANY}
    ),
    "dossier.paid": KindSpec("Đã thực hiện nghĩa vụ tài chính", "Payment made", {"procedure": ANY}),
    "dossier.stopped": KindSpec("Dừng giải quyết hồ sơ", "Dossier stopped", {"procedure": ANY, "why": WHY_STOPPED}),
    "dossier.taken_back": KindSpec(
        "Người nộp rút hồ sơ trước khi tiếp nhận", "Dossier taken back before receipt", {"procedure": ANY}
    ),
    "dossier.returned": KindSpec("Trả kết quả", "Result handed over", {"procedure": ANY, "how": HOW_RETURNED}),
    "dossier.received": KindSpec("Tiếp nhận hồ sơ", "Dossier received", {"procedure": ANY, "channel": CHANNELS}),
    "dossier.finished": KindSpec("Giải quyết xong hồ sơ", "Dossier finished", {"procedure": ANY, "punctuality": FINISHED}),
    "dossier.withdrawn": KindSpec("Người nộp rút hồ sơ", "Dossier withdrawn", {"procedure": ANY}),
    "dossier.handed_over": KindSpec("Bàn giao hồ sơ", "Dossier handed over", {"procedure": ANY}),
    "dossier.taken_over": KindSpec("Tiếp nhận hồ sơ bàn giao", "Dossier taken over", {"procedure": ANY}),
    "letter.owed": KindSpec("Phải gửi thư xin lỗi", "Letter of apology owed", {"procedure": ANY}),
    "letter.sent": KindSpec("Đã gửi thư xin lỗi", "Letter of apology sent", {"procedure": ANY, "punctuality": PUNCTUALITY}),
    "delivery.wanted": KindSpec("Người nộp chọn nhận qua bưu điện", "Result wanted by post", {"procedure": ANY}),
    "delivery.dropped": KindSpec("Người nộp chọn nhận tại quầy", "Result no longer wanted by post", {"procedure": ANY}),
    "delivery.redirected": KindSpec("Người nộp đổi địa chỉ nhận", "Delivery address changed", {"procedure": ANY}),
    "delivery.packed": KindSpec("Xếp kết quả vào bảng kê bưu gửi", "Result put on a list for the post", {"procedure": ANY}),
    "delivery.unpacked": KindSpec("Rút kết quả khỏi bảng kê bưu gửi", "Result taken off a list", {"procedure": ANY}),
    "letter.explained": KindSpec("Ghi lý do của thư xin lỗi", "Reason of a letter of apology given", {"procedure": ANY}),
    "letter.asked": KindSpec("Ký một loạt thư xin lỗi", "Letters of apology put before their signatory", amount="letters"),
    "letter.printed": KindSpec("Đã in thư xin lỗi", "Letter of apology printed", {"procedure": ANY}),
    "letter.rule_set": KindSpec("Đặt quy định về thư xin lỗi", "Rule for letters of apology set"),
    "delivery.handed": KindSpec(
        "Giao kết quả cho bưu điện", "Result handed to the post", {"procedure": ANY, "handed": PUNCTUALITY}, frozenset({"handed"})
    ),
    "delivery.forwarded": KindSpec("Kết quả đang trên đường đi", "Result on its way", {"procedure": ANY}),
    "delivery.delivered": KindSpec(
        "Bưu điện đã phát kết quả",
        "Result delivered by post",
        {"procedure": ANY, "punctuality": PUNCTUALITY, "late_by": LATE_BY},
        frozenset({"late_by"}),
    ),
    "delivery.failed": KindSpec("Phát không thành công", "Delivery failed", {"procedure": ANY}),
    "delivery.returned": KindSpec("Bưu điện hoàn trả kết quả", "Result returned by the post", {"procedure": ANY}),
    "delivery.collected": KindSpec(
        "Người nộp đến nhận kết quả đã hoàn trả", "Returned result collected at the counter", {"procedure": ANY}
    ),
    "delivery.scanned": KindSpec(
        "Bưu điện báo tin về bưu gửi", "Word from the post about a parcel", {"way": frozenset({"page", "file", "webhook"})}
    ),
    "manifest.signed": KindSpec(
        "Ký biên bản giao nhận bưu gửi",
        "List of parcels signed",
        {"direction": frozenset({"out", "back"}), "side": frozenset({"office", "post"})},
    ),
    "partner.keyed": KindSpec("Cấp khoá ký cho bưu điện", "Signing secret given to the post"),
    "receipt.given": KindSpec("Cấp giấy tiếp nhận", "Receipt given", {"procedure": ANY}),
    "receipt.replaced": KindSpec("Cấp lại giấy tiếp nhận bị mất", "Lost receipt replaced", {"procedure": ANY}),
    "contact.noted": KindSpec("Ghi cách liên hệ với người nộp", "Contact details noted", {"procedure": ANY}),
    "collector.noted": KindSpec("Ghi người được uỷ quyền nhận thay", "Authorised collector noted", {"procedure": ANY}),
    "openings.set": KindSpec("Đặt giờ tiếp dân tại quầy", "Hours of the counter set"),
    "booking.made": KindSpec("Đặt giờ đến quầy", "Time at the counter booked"),
    "booking.moved": KindSpec("Đổi giờ đến quầy", "Time at the counter moved"),
    "booking.cancelled": KindSpec("Huỷ giờ đến quầy", "Time at the counter cancelled"),
    "booking.used": KindSpec("Người đặt giờ đã đến quầy", "Came at the time that was booked"),
    "ticket.issued": KindSpec("Cấp phiếu góp ý", "Rating ticket issued", {"procedure": ANY}, sealed=True),
    "rating.given": KindSpec(
        "Có phiếu góp ý về phục vụ", "A service was rated", {"procedure": ANY, "satisfied": frozenset({"yes", "no"})}, sealed=True
    ),
    "rating.answered": KindSpec(
        "Có câu trả lời trong phiếu góp ý",
        "A question of a rating was answered",
        {"question": QUESTIONS, "score": frozenset("12345")},
        sealed=True,
    ),
}
