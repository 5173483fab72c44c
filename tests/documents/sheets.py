"""A sheet of each form, with the longest names that people and bodies have."""

from datetime import UTC, date, datetime
from typing import Any

from gandan.ground.documents.forms import Sheet, form
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.rules import Letterhead, SignatureBlock

OLD, NEW = date(2024, 3, 5), date(2026, 11, 26)
APPLICANT = "Công Tằng Tôn Nữ Hoàng Thị Ngọc Trân Châu Nguyễn Phước Bảo Quyên"
ADDRESS = "số 123/45/67 hẻm 8 đường Nguyễn Thị Minh Khai, khu phố 12, phường Xuân Hòa, Thành phố Hồ Chí Minh"
BODY = Letterhead("Phòng Quản lý xuất nhập cảnh", "Công an Thành phố Hồ Chí Minh")
HEAD = SignatureBlock("Phó Trưởng phòng", "Nguyễn Hoàng Thị Phương Thảo", "KT. Trưởng phòng", rank="Thượng tá")
CONTACT = "Bộ phận Tiếp nhận và Trả kết quả, điện thoại 028 3829 9398"
PROCEDURE = "Cấp hộ chiếu phổ thông ở trong nước cho người chưa đủ 14 tuổi hoặc mất năng lực hành vi dân sự"
NUMBER = "001.00.00.G01-261116-0001"
LINK = "https://gandan.example/d/Zk3v9Qm2"

FIELDS: dict[str, dict[str, Any]] = {
    "receipt": {
        "number": NUMBER,
        "applicant": APPLICANT, "phone": "0903 123 456", "address": ADDRESS, "content": PROCEDURE,
        "components": [
            {"name": "Tờ khai đề nghị cấp hộ chiếu phổ thông (mẫu TK01), có xác nhận của Công an cấp xã nơi thường trú", "copies": "1 bản chính"},
            {"name": "Ảnh chân dung 4 × 6 cm, phông nền trắng", "copies": "2"},
            {"name": "Bản sao giấy khai sinh", "copies": "1 bản chứng thực"},
        ],
        "sets": "01 (bộ)", "term": "05 ngày làm việc", "received": "16/11/2026", "received_at": "09 giờ 05", "due": "Thứ Năm, 26/11/2026",
        "collect": "nhà, qua dịch vụ bưu chính công ích", "book": "03", "entry": "0127", "contact": CONTACT, "link": LINK,
        "officer": "Trần Thị Alice",
    },
    "supplement": {
        "applicant": APPLICANT, "phone": "0903 123 456", "address": ADDRESS, "email": "hoangthingoctranchau.nguyenphuoc@example.com",
        "content": PROCEDURE, "number": NUMBER,
        "missing": [
            {"name": "Bản sao giấy khai sinh có chứng thực hoặc trích lục khai sinh", "original": "", "certified": "1", "copy": ""},
            {"name": "Ảnh chân dung", "original": "2", "certified": "", "copy": ""},
        ],
        "reason": "giấy khai sinh đã nộp là bản sao chưa chứng thực; ảnh chụp quá 6 tháng", "until": "04/12/2026", "contact": CONTACT,
        "officer": "Trần Thị Alice",
    },
    "refusal": {
        "applicant": APPLICANT, "phone": "", "address": ADDRESS, "email": "", "content": "Đăng ký xe mô tô",
        "reason": "thủ tục này do Công an phường nơi cư trú giải quyết, không thuộc thẩm quyền của phòng",
        "advice": "nộp hồ sơ tại Công an phường Xuân Hòa, hoặc nộp trực tuyến", "contact": CONTACT, "officer": "Trần Thị Alice",
    },
    "apology": {
        "applicant": APPLICANT, "phone": "0903 123 456", "address": ADDRESS, "received": "16/11/2026", "procedure": PROCEDURE,
        "number": NUMBER, "appointed": "Thứ Năm, 26/11/2026", "late": False,
        "status": "đang chờ kết quả xác minh của Công an nơi thường trú trước đây",
        "reason": "cơ quan phối hợp chưa trả lời xác minh", "due": "Thứ Năm, 03/12/2026", "days": "05 ngày làm việc",
        "contact": CONTACT, "link": LINK,
    },
    "stopped": {
        "applicant": APPLICANT, "phone": "0903 123 456", "address": ADDRESS, "received": "16/11/2026", "procedure": PROCEDURE,
        "number": NUMBER, "reason": "quá thời hạn bổ sung 30 ngày mà hồ sơ chưa được bổ sung", "basis": "Điều 15 Luật số 49/2019/QH14",
        "contact": CONTACT,
    },
    "control": {
        "number": NUMBER, "procedure": PROCEDURE, "applicant": APPLICANT, "received": "16/11/2026", "due": "26/11/2026",
        "steps": [
            {"giver": "Bộ phận Tiếp nhận và Trả kết quả", "taker": "Đội Cấp hộ chiếu", "moment": "09 giờ 15, 16/11/2026", "note": "đủ 3 giấy tờ"},
            {"giver": "Đội Cấp hộ chiếu", "taker": "Lãnh đạo phòng", "moment": "16 giờ 40, 24/11/2026", "note": "trình ký"},
            {"giver": "Lãnh đạo phòng", "taker": "Bộ phận Tiếp nhận và Trả kết quả", "moment": "10 giờ 00, 25/11/2026", "note": "trả trước hẹn một ngày"},
        ],
    },
    "register": {
        "period": "Ngày 16 tháng 11 năm 2026",
        "rows": [
            {"number": f"001.00.00.G01-261116-{nth:04d}", "procedure": "Cấp hộ chiếu phổ thông", "applicant": APPLICANT if nth % 3 else "Lê Ý",
             "contact": ADDRESS if nth % 3 else "0903 123 456", "received": "16/11/2026", "due": "26/11/2026",
             "returned": "25/11/2026" if nth % 2 else "", "collect": "bưu chính", "note": "" if nth % 4 else "hẹn lại 03/12/2026"}
            for nth in range(1, 25)
        ],
    },
}  # fmt: skip


def sheet(kind: str, on: date = NEW, **more: Any) -> Sheet:
    """Return the sheet of a kind as it would be on a day; `more` are fields that differ."""
    one = form(kind, on)
    return Sheet(
        form=one,
        profile=profile("police", max(on, date(2020, 3, 5))),  # laid out by the decree, whichever form it is
        letterhead=BODY,
        number="" if kind in {"receipt", "register"} else f"Số: 05/{one.sign}-PA08",
        place="Thành phố Hồ Chí Minh",
        signed_on=on,
        fields=FIELDS[kind] | more,
        made_at=datetime(on.year, on.month, on.day, 2, 30, tzinfo=UTC),
        signatures=[HEAD],
        recipients=["Như trên", "Bộ phận Tiếp nhận và Trả kết quả"],
    )
