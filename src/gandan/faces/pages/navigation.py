"""What stands in the navigation, and what of it the reader is looking at."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.mine import my_units
from gandan.faces.pages.pieces import Words
from gandan.faces.pages.words import english
from gandan.ground.organisations.rights import Right


@dataclass(frozen=True)
class Item:
    """A part of the site."""

    href: str
    words: Words
    icon: str
    short: Words = ""  # in the bar at the thumb
    here: bool = False
    right: Right | None = None  # only for those who have it at one unit or another

    @property
    def thumb(self) -> bool:
        return bool(self.short)


@dataclass(frozen=True)
class Group:
    words: Words
    items: tuple[Item, ...]


GROUPS = (
    Group(
        "",
        (
            Item("/", _("Hôm nay"), "sun", _("Hôm nay")),
            Item("/unit/", _("Đơn vị của tôi"), "building-community", _("Đơn vị")),
            Item("/counter/", _("Tiếp nhận"), "plus", _("Tiếp nhận"), right=Right.WRITE_DOSSIERS),
            Item("/queue/", _("Hàng chờ"), "clock", right=Right.READ_DOSSIERS),
            Item("/dossiers/", _("Hồ sơ"), "folder", _("Hồ sơ")),
            Item("/voice/", _("Người dân gửi"), "inbox", right=Right.READ_VOICE),
            Item("/ideas/", _("Hiến kế"), "pencil", right=Right.ANSWER_IDEAS),
            Item("/relief/", _("Cứu trợ"), "truck-delivery", right=Right.READ_RELIEF),
            Item("/reception/", _("Lịch tiếp công dân"), "calendar", right=Right.ANSWER_VOICE),
            Item("/bookings/", _("Giờ hẹn tại quầy"), "calendar-due", right=Right.WRITE_DOSSIERS),
            Item("/post/", _("Bưu điện"), "truck-delivery"),
            Item("/privacy/requests/", _("Yêu cầu về dữ liệu"), "shield-check", right=Right.HANDLE_REQUESTS),
            Item("/tips/", _("Tin kín"), "lock", right=Right.HANDLE_TIPS),
            Item("/tips/identities/", _("Danh tính được giữ kín"), "lock", right=Right.KEEP_IDENTITIES),
            Item("/tips/late/", _("Tin kín quá hẹn"), "alert-circle", right=Right.WATCH_TIPS),
            Item("/exports/", _("Tệp xuất"), "download", right=Right.READ_DOSSIERS),
            Item("/letters/", _("Thư xin lỗi"), "mail", right=Right.READ_DOSSIERS),
            Item("/ratings/", _("Góp ý"), "ballpen", right=Right.READ_RATINGS),
            Item("/publishing/", _("Công bố"), "pencil", right=Right.WRITE_NOTICES),
            Item("/democracy/", _("Dân chủ cơ sở"), "users", right=Right.WRITE_NOTICES),
            Item("/messages/", _("Tin gửi đi"), "arrow-up-right", right=Right.READ_DOSSIERS),
        ),
    ),
    Group(
        _("Gần dân"),
        (
            Item("/activities/", _("Hoạt động"), "users", right=Right.READ_COMMUNITY),
            Item("/matters/", _("Vụ việc"), "map-pin", right=Right.READ_MATTERS),
            Item("/advice/", _("Tham mưu"), "file-text", right=Right.READ_COUNSEL),
            Item("/inspections/", _("Kiểm tra chung"), "list-check", right=Right.READ_COUNSEL),
            Item("/meetings/", _("Cuộc họp"), "calendar"),
            Item("/models/", _("Mô hình"), "stack-2", right=Right.READ_COMMUNITY),
            Item("/initiatives/", _("Sáng kiến, khen thưởng"), "target-arrow", right=Right.READ_COMMUNITY),
        ),
    ),
    Group(
        _("Kết quả"),
        (
            Item("/measures/", _("Số liệu"), "chart-line", _("Số liệu")),
            Item("/programmes/", _("Chương trình"), "target-arrow"),
            Item("/tasks/", _("Nhiệm vụ"), "list-check"),
            Item("/directives/", _("Văn bản chỉ đạo"), "file-text"),
            Item("/reports/", _("Báo cáo"), "report"),
            Item("/requests/", _("Yêu cầu báo cáo"), "inbox", right=Right.WRITE_REPORTS),
            Item("/statements/", _("Số nêu từ ngoài"), "file-text", right=Right.STATE_FIGURES),
        ),
    ),
    Group(
        _("Nền tảng"),
        (
            Item("/units/", _("Cây tổ chức"), "sitemap"),
            Item("/calendar/", _("Lịch làm việc"), "calendar"),
            Item("/people/", _("Cán bộ"), "users", right=Right.READ_PEOPLE),
            Item("/alerts/", _("Thông báo"), "alert-circle", right=Right.HEAR_OPENINGS),
            Item("/log/", _("Nhật ký"), "history", right=Right.READ_LOG),
            Item("/ledger/", _("Sổ cái"), "book-2", right=Right.VERIFY_LEDGER),
            Item("/settings/", _("Thiết lập"), "adjustments", right=Right.MANAGE_CALENDAR),
        ),
    ),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs (a context processor)."""
    here = _here(request.path)
    mine = my_units(request)
    open_to_me = {None, *mine["my_rights"]}
    groups = [
        Group(g.words, tuple(replace(i, here=i.href == here) for i in g.items if i.right in open_to_me))
        for g in GROUPS
        if any(i.right in open_to_me for i in g.items)
    ]
    theme = request.COOKIES.get("theme", "")
    return {
        "simulated": settings.SIMULATED,
        "theme": theme if theme in {"light", "dark"} else "",
        "in_english": english(),
        "navigation": groups,
        "thumb": [item for group in groups for item in group.items if item.thumb],
        **mine,
    }


def _here(path: str) -> str:
    if path == "/":
        return path
    found = [i.href for g in GROUPS for i in g.items if i.href != "/" and path.startswith(i.href)]
    return max(found, key=len, default="")
