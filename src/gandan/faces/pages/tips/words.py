"""What the channel's kinds, states and seats are called at the desk."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.tips.door import ABOUTS as OUTSIDE
from gandan.work.tips.rules import About, Pledge, Seat, Side, State, Why

ABOUTS = OUTSIDE | {About.CANARY: _("Tin thử đường dây")}
STATES = {
    State.NEW: _("Chưa đọc"),
    State.ACKNOWLEDGED: _("Đã xác nhận"),
    State.ANSWERED: _("Đã trả lời"),
    State.CLOSED: _("Đã khép lại"),
}
PLEDGES = {Pledge.ANONYMOUS: _("Ẩn danh"), Pledge.CONFIDENTIAL: _("Giữ kín danh tính")}
SEATS = {
    Seat.DESK: _("Bàn tiếp nhận"),
    Seat.CONDUCT: _("Thanh tra (việc của cán bộ)"),
    Seat.CUSTODIAN: _("Người giữ danh tính"),
    Seat.RECOVERY: _("Khoá dự phòng"),
}
SIDES = {Side.POLICE: _("Công an"), Side.CIVIL: _("ngoài Công an")}
WHYS = {
    Why.COURT: _("Toà án hoặc Viện kiểm sát yêu cầu bằng văn bản"),
    Why.LIFE: _("Tính mạng của một người đang bị đe doạ"),
    Why.CONSENT: _("Người gửi đã đồng ý, trong thư trao đổi"),
    Why.PROTECTION: _("Người gửi xin được bảo vệ"),
}
