"""Meetings in words."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Mark, Words
from gandan.work.meetings.flow import Came, Item, Part, Reply, State
from gandan.work.meetings.rules import Choice

STATES: dict[State, Mark] = {
    State.PLANNED: Mark(_("đã lên lịch"), "calendar", "wait"),
    State.OPEN: Mark(_("đang họp"), "clock", "risk"),
    State.CLOSED: Mark(_("đã họp"), "circle-check", "kept"),
    State.CANCELLED: Mark(_("đã huỷ"), "x", ""),
}
PARTS: dict[Part, Words] = {
    Part.CHAIR: _("chủ trì"),
    Part.SECRETARY: _("thư ký"),
    Part.MEMBER: _("thành viên"),
    Part.GUEST: _("khách mời"),
}
REPLIES: dict[Reply, Words] = {
    Reply.NONE: _("chưa trả lời"),
    Reply.COMES: _("sẽ đến"),
    Reply.REMOTE: _("dự từ xa"),
    Reply.ABSENT: _("không dự được"),
}
CAME: dict[Came, Words] = {Came.QR: _("quét mã"), Came.LIST: _("thư ký ghi"), Came.REMOTE: _("từ xa")}
ITEMS: dict[Item, Words] = {
    Item.REPORT: _("báo cáo"),
    Item.DISCUSSION: _("thảo luận"),
    Item.VOTE: _("biểu quyết"),
    Item.SIGNING: _("ký kết"),
}
CHOICES: dict[Choice, Words] = {
    Choice.YES: _("Đồng ý"),
    Choice.NO: _("Không đồng ý"),
    Choice.ABSTAIN: _("Không có ý kiến"),
}
OUTCOMES: dict[str, Mark] = {
    "carried": Mark(_("thông qua"), "circle-check", "kept"),
    "rejected": Mark(_("không thông qua"), "x", "late"),
    "tied": Mark(_("ngang phiếu, chưa quyết định"), "scale", "risk"),
    "void": Mark(_("dừng, không có kết quả"), "x", ""),
}
