"""The parts of the settings: what each is for, and the right that opens it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from gandan.faces.pages.pieces import Words
from gandan.ground.organisations.rights import Right


@dataclass(frozen=True)
class Room:
    """A part of the settings: its address by name, and the right that opens it. It is shown where it exists."""

    address: str
    words: Words
    says: Words
    icon: str
    right: Right


ROOMS = (
    Room(
        "settings-units",
        gettext_lazy("Đơn vị"),
        gettext_lazy("Thành lập, đổi tên, chuyển, sáp nhập, chia, kết thúc"),
        "sitemap",
        Right.MANAGE_UNITS,
    ),
    Room(
        "people-mine",
        gettext_lazy("Con người"),
        gettext_lazy("Tài khoản, phân công, làm thay, thôi việc"),
        "users",
        Right.MANAGE_PEOPLE,
    ),
    Room(
        "settings-calendar",
        gettext_lazy("Ngày nghỉ"),
        gettext_lazy("Nghỉ lễ, hoán đổi ngày làm việc"),
        "calendar",
        Right.MANAGE_CALENDAR,
    ),
    Room(
        "procedures",
        gettext_lazy("Thủ tục"),
        gettext_lazy("Thời hạn, phí, thành phần hồ sơ, căn cứ"),
        "file-text",
        Right.MANAGE_PROCEDURES,
    ),
    Room(
        "letter-layouts",
        gettext_lazy("Mẫu văn bản"),
        gettext_lazy("Thư xin lỗi, giấy tiếp nhận, tiêu đề"),
        "file-text",
        Right.MANAGE_FORMS,
    ),
    Room(
        "settings-messages",
        gettext_lazy("Tin gửi người dân"),
        gettext_lazy("Lời văn, giờ yên lặng, dừng và gửi tiếp"),
        "mail",
        Right.MANAGE_MESSAGES,
    ),
    Room(
        "settings-partners",
        gettext_lazy("Chương trình của bưu điện"),
        gettext_lazy("Khoá ký tin báo của bưu điện"),
        "truck-delivery",
        Right.MANAGE_UNITS,
    ),
    Room(
        "settings-retention",
        gettext_lazy("Thời hạn giữ"),
        gettext_lazy("Giữ dữ liệu về người bao lâu, đã xoá những gì"),
        "history",
        Right.MANAGE_PRIVACY,
    ),
    Room(
        "program-keys",
        gettext_lazy("Khoá của chương trình"),
        gettext_lazy("Đối tác gọi vào API bằng khoá nào, được làm gì"),
        "lock",
        Right.MANAGE_KEYS,
    ),
    Room(
        "privacy-holds",
        gettext_lazy("Giữ quá thời hạn"),
        gettext_lazy("Hồ sơ có khiếu nại, thanh tra thì chưa xoá"),
        "shield-check",
        Right.MANAGE_PRIVACY,
    ),
)
