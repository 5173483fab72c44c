"""Marks: where something stands, as a word and a sign, never by colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

Words = str | Lazy


@dataclass(frozen=True)
class Mark:
    """A state in a word and a sign; the colour only repeats them."""

    word: Words
    sign: str
    tone: str = ""


MARKS: dict[str, Mark] = {
    "kept": Mark(_("đã giữ hẹn"), "circle-check", "kept"),
    "in_time": Mark(_("đúng hẹn"), "circle-check", "kept"),
    "early": Mark(_("trước hẹn"), "circle-check", "kept"),
    "open": Mark(_("đang làm"), "circle", "wait"),
    "today": Mark(_("hôm nay"), "clock", "risk"),
    "risk": Mark(_("sắp đến hẹn"), "alert-triangle", "risk"),
    "late": Mark(_("quá hẹn"), "alert-circle", "late"),
    "done_late": Mark(_("trễ hẹn"), "alert-circle", "late"),
    "paused": Mark(_("tạm dừng"), "player-pause", "wait"),
    "dropped": Mark(_("không còn phải làm"), "x", ""),
    "withdrawn": Mark(_("đã rút"), "x", ""),
    "registered": Mark(_("mới nộp"), "circle", "wait"),
    "refused": Mark(_("không tiếp nhận"), "x", ""),
    "processing": Mark(_("đang xử lý"), "circle", "wait"),
    "supplement": Mark(_("chờ bổ sung"), "player-pause", "wait"),
    "payment": Mark(_("chờ nộp tiền"), "player-pause", "wait"),
    "stopped": Mark(_("đã dừng"), "x", ""),
    "returned": Mark(_("đã trả"), "circle-check", "kept"),
    "draft": Mark(_("dự thảo"), "pencil", "wait"),
    "frozen": Mark(_("đã chốt"), "lock", "kept"),
    "submitted": Mark(_("chờ duyệt"), "clock", "wait"),
    "sent_back": Mark(_("bị trả lại"), "alert-triangle", "late"),
    "signed": Mark(_("đã ký đủ"), "shield-check", "kept"),
    "signing": Mark(_("đang ký"), "clock", "wait"),
    "published": Mark(_("đã công bố"), "circle-check", "kept"),
    "unusual": Mark(_("bất thường"), "alert-triangle", "risk"),
    "met": Mark(_("đạt"), "circle-check", "kept"),
    "near": Mark(_("sát mục tiêu"), "alert-triangle", "risk"),
    "missed": Mark(_("chưa đạt"), "alert-circle", "late"),
    "discarded": Mark(_("đã bỏ"), "x", ""),
    "simulated": Mark(_("mô phỏng"), "flask", "risk"),
    "stated": Mark(_("số nêu"), "file-text", "wait"),
    "elsewhere": Mark(_("nhập từ hệ thống khác"), "file-text", "wait"),
    "checking": Mark(_("đang kiểm tra"), "search", "risk"),
    "partial": Mark(_("chưa gồm một phần"), "git-branch", "risk"),
    "no_data": Mark(_("chưa có số liệu"), "question-mark", ""),
    "correction": Mark(_("đính chính"), "refresh", "risk"),
    "told": Mark(_("đã nêu"), "circle-check", "kept"),  # in a list of differences
    "holds": Mark(_("toàn vẹn"), "shield-check", "kept"),
    "broken": Mark(_("có sai lệch"), "alert-circle", "late"),
    "standing": Mark(_("đang hoạt động"), "circle-check", "kept"),
    "closed": Mark(_("đã kết thúc"), "history", ""),
    "no_plan": Mark(_("chưa có kế hoạch"), "alert-circle", "late"),
    "unverified": Mark(_("chưa đối chiếu"), "question-mark", ""),
}
