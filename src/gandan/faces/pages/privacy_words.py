"""How pages say what people may ask of their data, how it stands, and what is kept."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.pieces import MARKS, Mark, Words
from gandan.ground.calendar.rules import Term, TermUnit
from gandan.ground.privacy.flow import Ground, Outcome, Step, Wish
from gandan.ground.privacy.queries import RequestRow
from gandan.ground.privacy.rules import Category, Keep

WISHES: dict[str, Words] = {
    Wish.SEE: _("Xem dữ liệu đang được giữ"),
    Wish.CORRECT: _("Sửa cho đúng"),
    Wish.ERASE: _("Xoá dữ liệu"),
    Wish.RESTRICT: _("Hạn chế xử lý"),
    Wish.OBJECT: _("Phản đối xử lý"),
    Wish.WITHDRAW: _("Rút lại sự đồng ý"),
}
OUTCOMES: dict[str, Words] = {
    Outcome.GRANTED: _("đã thực hiện"),
    Outcome.PARTLY: _("thực hiện một phần"),
    Outcome.REFUSED: _("không thực hiện"),
}
GROUNDS: dict[str, Words] = {
    Ground.LAW_KEEPS: _("pháp luật quy định phải giữ"),
    Ground.STILL_NEEDED: _("còn cần để giải quyết việc đang làm"),
    Ground.NOT_THEIRS: _("người yêu cầu không phải chủ thể dữ liệu"),
    Ground.NOT_KEPT: _("ở đây không giữ dữ liệu này"),
    Ground.OTHERS_RIGHTS: _("sẽ làm lộ dữ liệu của người khác"),
}
CATEGORIES: dict[str, Words] = {
    Category.NAME: _("họ tên"),
    Category.CONTACT: _("điện thoại, thư điện tử"),
    Category.ADDRESS: _("địa chỉ"),
    Category.IDENTITY: _("giấy tờ tuỳ thân (chỉ các số cuối)"),
    Category.NUMBER: _("số hiệu giấy tờ, bưu gửi"),
    Category.ACCOUNT: _("tên đăng nhập"),
    Category.ACCESS: _("mật khẩu, mã phiên, mã mở giấy tiếp nhận (chỉ ở dạng không đọc lại được)"),
    Category.DEVICE: _("thiết bị"),
    Category.FREE: _("nội dung người đó viết, hoặc viết cho người đó"),
    Category.ANY: _("dòng dữ liệu trong tệp, đúng như đã nhận"),
}
STEPS: dict[str, Mark] = {
    Step.RECEIVED: Mark(_("chờ xác nhận"), "circle", "wait"),
    Step.ACKNOWLEDGED: Mark(_("đang xử lý"), "circle", "wait"),
    Step.TAKEN_BACK: MARKS["withdrawn"],
}
UNITS: dict[str, Words] = {
    TermUnit.WORKING_DAYS: _("ngày làm việc"),
    TermUnit.CALENDAR_DAYS: _("ngày"),
    TermUnit.MONTHS: _("tháng"),
    TermUnit.HOURS: _("giờ"),
}


def term(one: Term) -> str:
    return f"{one.amount} {UNITS[one.unit]}" if one.amount else str(_("trả ngay"))


def kept_for(keep: Keep) -> str:
    """How long, in years where they are whole."""
    if not keep.months:
        return ""
    years, months = divmod(keep.months, 12)
    said = (_("%(number)s tháng") % {"number": keep.months}) if months else (_("%(number)s năm") % {"number": years})
    return str(said)


def mark_of(row: RequestRow, today: date) -> Mark:
    if row.step is Step.ANSWERED:
        return MARKS["done_late"] if row.late(today) else MARKS["in_time"]
    return MARKS["late"] if row.open and row.late(today) else STEPS[row.step]
