"""What can happen to what people bring, each with its facets and the sentence that tells of it: a part of `kinds.py`."""

from gandan.ground.ledger.facets import ANY, ARMS, CASE, CASE_CHANNELS, CASE_OUTCOMES, PUNCTUALITY, WHY_HIDDEN
from gandan.ground.ledger.rules import KindSpec

OF_CASES: dict[str, KindSpec] = {
    "voice.received": KindSpec(
        "Tiếp nhận việc người dân gửi",
        "Case received",
        {**CASE, "channel": CASE_CHANNELS, "service": ANY},
        frozenset({"service"}),
    ),
    "voice.started": KindSpec("Bắt đầu xem xét, giải quyết", "Work on the case started", CASE),
    "voice.said": KindSpec("Báo tin cho người gửi", "A word to the sender", CASE),
    "voice.noted": KindSpec("Ghi chú nội bộ", "Note among officers", CASE),
    "voice.followed_up": KindSpec("Người gửi nói thêm", "The sender added something", CASE),
    "voice.answered": KindSpec(
        "Đã trả lời người gửi", "Case answered", {**CASE, "punctuality": PUNCTUALITY, "outcome": CASE_OUTCOMES}
    ),
    "voice.withdrawn": KindSpec("Người gửi rút lại", "Case withdrawn by its sender", CASE),
    "voice.extended": KindSpec("Gia hạn giải quyết", "Term of a case extended", {**CASE, "grade": ANY}),
    "voice.handed_over": KindSpec("Chuyển việc đến đơn vị khác", "Case handed over", CASE),
    "voice.taken_over": KindSpec("Nhận việc chuyển đến", "Case taken over", CASE),
    "voice.merged": KindSpec("Gộp vào việc trùng", "Case merged into its double", CASE),
    "voice.parted": KindSpec("Tách khỏi việc đã gộp", "Case parted from its double", CASE),
    "voice.shown": KindSpec("Cho hiện trên trang công khai", "Case shown in public", CASE),
    "voice.hidden": KindSpec("Không cho hiện trên trang công khai", "Case not shown in public", {**CASE, "why": WHY_HIDDEN}),
    "voice.appraised": KindSpec(
        "Người gửi nhận xét về trả lời",
        "A sender said what they think of an answer",
        {**CASE, "said": frozenset({"satisfied", "not_satisfied"})},
        sealed=True,
    ),
    "channel.set": KindSpec("Đặt cách đọc tệp của kênh khác", "Channel that brings cases set"),
    "channel.brought": KindSpec("Nhận tệp việc từ kênh khác", "File of another channel taken in", amount="việc"),
    "reception.planned": KindSpec("Đưa buổi tiếp công dân vào lịch", "Citizen reception planned"),
    "reception.called_off": KindSpec("Hoãn buổi tiếp công dân, có nêu lý do", "Citizen reception called off"),
    "reception.booked": KindSpec("Đặt giờ tiếp công dân", "Time at a citizen reception booked"),
    "reception.given_back": KindSpec("Trả lại giờ tiếp công dân", "Time at a citizen reception given back"),
    "voice.set_aside": KindSpec("Loại vì lời lẽ xúc phạm, có nêu lý do", "Case set aside as abuse", CASE),
    "voice.appealed": KindSpec("Người gửi đề nghị xét lại", "Its sender appealed", CASE),
    "voice.appeal_decided": KindSpec(
        "Xét lại việc đã loại", "Appeal decided", {**CASE, "said": frozenset({"upheld", "taken_back"})}
    ),
    "crime.told": KindSpec("Báo cơ quan điều tra", "Crime report told to investigators", {"punctuality": PUNCTUALITY}),
    "crime.filed": KindSpec("Chuyển hồ sơ tố giác", "File of a crime report handed over", {"punctuality": PUNCTUALITY}),
    "complaint.accepted": KindSpec("Thụ lý", "Complaint accepted", {**CASE, "punctuality": PUNCTUALITY}),
    "complaint.refused": KindSpec("Không thụ lý, có nêu lý do", "Complaint not taken up", {**CASE, "punctuality": PUNCTUALITY}),
    "complaint.referred": KindSpec(
        "Chuyển cơ quan có thẩm quyền", "Complaint referred to the body whose it is", {**CASE, "punctuality": PUNCTUALITY}
    ),
    "complaint.extracted": KindSpec("Chuyển bản trích tố cáo", "Extract of a denunciation passed on"),
    "complaint.concluded": KindSpec("Có kết luận về bản trích", "Extract concluded"),
    "handover.arranged": KindSpec("Hẹn giao nộp", "Hand-over appointed", {"how": frozenset({"brought", "collected"})}),
    "handover.taken_in": KindSpec(
        "Thu nhận vật giao nộp, đủ hai người ký", "Items handed over", {"group": ARMS, "arms": ANY}, amount="món"
    ),
    "handover.given": KindSpec("Giao vật thu nhận đi", "Items given on", amount="dòng"),
    "handover.taken": KindSpec("Nhận vật thu nhận từ đơn vị khác", "Items taken over", amount="dòng"),
    "handover.stored": KindSpec("Nhập kho vật thu nhận", "Items stored in the depot", amount="dòng"),
    "handover.kept_back": KindSpec("Giữ lại vật chưa có người nhận", "Items kept back"),
}
