"""Relief in words."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Mark, Words
from gandan.work.relief.flow import State
from gandan.work.relief.rules import Channel, Disaster, Item

DISASTERS: dict[Disaster, Words] = {
    Disaster.FLOOD: _("Ngập, lụt"),
    Disaster.STORM: _("Bão, giông lốc"),
    Disaster.FIRE: _("Cháy"),
    Disaster.EPIDEMIC: _("Dịch bệnh"),
    Disaster.OTHER: _("Tai nạn, thiên tai khác"),
}
ITEMS: dict[Item, Words] = {
    Item.FOOD: _("Suất ăn, gạo"),
    Item.WATER: _("Nước uống (thùng)"),
    Item.MILK: _("Sữa trẻ em (hộp)"),
    Item.BLANKETS: _("Chăn, màn"),
    Item.CLOTHES: _("Quần áo (bộ)"),
    Item.HYGIENE: _("Đồ vệ sinh (túi)"),
    Item.LAMPS: _("Đèn pin"),
    Item.SHELTER: _("Bạt, chỗ ở tạm"),
}
STATES: dict[State, Mark] = {
    State.WAITING: Mark(_("đang chờ"), "clock", "wait"),
    State.SET_ASIDE: Mark(_("đã giữ phần ở kho"), "lock", "risk"),
    State.GIVEN: Mark(_("đã nhận"), "circle-check", "kept"),
    State.WITHDRAWN: Mark(_("đã rút"), "x", ""),
    State.DECLINED: Mark(_("đã đóng"), "x", ""),
}
CHANNELS: dict[Channel, Words] = {
    Channel.ONLINE: _("trực tuyến"),
    Channel.PHONE: _("điện thoại"),
    Channel.COUNTER: _("tại quầy"),
}


def listed(wanted: dict[Item, int]) -> str:
    """What is wanted, in one line."""
    return ", ".join(f"{ITEMS[item]}: {amount}" for item, amount in wanted.items())
