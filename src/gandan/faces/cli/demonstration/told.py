"""What the demonstration's bodies tell everyone: notices, corrections, an alert, numbers to call. Invented, and marked so."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from gandan.ground.organisations import queries
from gandan.work.notices import operations
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.operations import AlertText, ClaimText, SourceText, Text
from gandan.work.notices.queries import Number
from gandan.work.relief import queries as relief

WRITER, EDITOR = "dangbai", "duyetbai"
PASSES = {
    "can_be_checked": "yes", "about_services_or_safety": "yes", "about_conduct": "no", "two_sources": "yes",
    "checked_by_others": "yes",
}  # fmt: skip
PAGE = ("page", "feed", "email", "poster")
WARD, POLICE_OF_WARD, COMMISSION = "W26743", "CAP-W26743", "BTGDVTU"


def tell(on: date) -> int:
    """Publish what the latest weeks would have; return how many."""
    stories = [*_notices(on), *_corrections(on), (Sort.ALERT, _tide(on - timedelta(2)), 2), (Sort.ALERT, _alert(on), 0)]
    for sort, said, days in stories:
        _out(sort, said, on - timedelta(days))
    _withdraw_one(on - timedelta(4))
    numbers = [
        Number("Trực ban 24/24", "028 3829 0000", "", "cả ngày, cả đêm"),
        Number("Làm căn cước, cư trú", "028 3829 0001", "", "giờ hành chính"),
    ]
    operations.set_contacts(unit=queries.unit(POLICE_OF_WARD), numbers=numbers, by=queries.importer(), on=on)
    return len(stories) + 1


def _withdraw_one(on: date) -> None:
    """Publish something that is wrong, and take it back in the open an hour later."""
    said = Text(
        "Cấm xe qua cầu cuối tuần này", "Từ thứ Bảy đến hết Chủ nhật.", "Xin đi lối vòng.", audience="drivers", channels=PAGE,
        title_en="Bridge closed to traffic this weekend", summary_en="Saturday and Sunday.", text_en="Please take the way round.",
    )  # fmt: skip
    made, editor = _out(Sort.NOTICE, said, on), queries.person(EDITOR)
    at = make_aware(datetime.combine(on, time(9, 30)))
    operations.withdraw(publication=made, why="Đăng nhầm: cầu vẫn đi được, chỉ cấm xe tải.", by=editor, on=on, at=at)


def _out(sort: Sort, said: Text, on: date) -> Any:
    writer, editor, unit = queries.person(WRITER), queries.person(EDITOR), queries.unit(COMMISSION)
    made = operations.draft(unit=unit, sort=sort, text=said, by=writer, on=on)
    operations.submit(publication=made, by=writer, on=on)
    at = make_aware(datetime.combine(on, time(8, 30)))
    made = operations.publish(publication=made, by=editor, on=on, at=at)
    if said.title.startswith("Lịch"):
        operations.change(
            publication=made, why=Why.OUR_ERROR, words="Chúng tôi ghi nhầm giờ bắt đầu: 7 giờ 30, không phải 8 giờ.",
            text=said.text.replace("8 giờ", "7 giờ 30"), by=editor, on=on, at=at + timedelta(hours=2),
        )  # fmt: skip
    return made


def _notices(on: date) -> list[tuple[Sort, Text, int]]:
    ward = queries.unit(WARD)
    return [
        (
            Sort.NOTICE,
            Text(
                "Làm căn cước lưu động thứ Bảy tại khu phố 3", "Từ 8 giờ đến 11 giờ, tại nhà văn hoá. Không phải trả tiền.",
                "Ai chưa có thẻ căn cước xin đến làm.\n\nXin mang giấy khai sinh. Người già yếu gọi trước, có người đến nhà.",
                title_en="Identity cards made in quarter 3 on Saturday", summary_en="8 to 11, house of culture. Free of charge.",
                text_en="Whoever has no card yet is welcome. Bring a birth certificate.", place=ward, channels=PAGE,
                until=on + timedelta(9),
            ),
            3,
        ),
        (
            Sort.NOTICE,
            Text(
                "Lịch tiếp dân tháng này", "Lãnh đạo phường gặp người dân mỗi thứ Năm.",
                "Từ 8 giờ, tại phòng tiếp dân. Đến là được gặp, không cần hẹn.", place=ward, channels=PAGE,
                until=on + timedelta(20), title_en="When people are received this month",
                summary_en="The ward's leaders meet people every Thursday.",
                text_en="From 8 o'clock in the reception room. Whoever comes is met; no booking is needed.",
            ),
            9,
        ),
        (
            Sort.NOTICE,
            Text(
                "Đường ngập khi mưa: đi lối nào", "Bốn đoạn hay ngập, và lối đi vòng.",
                "Khi nước trên nửa bánh xe, xin đừng cố đi qua. Tắt máy, dắt xe lên chỗ cao.", audience="drivers", channels=PAGE,
                title_en="Streets under water when it rains: which way to go",
                summary_en="Four stretches that are often flooded, and ways round.",
                text_en="Where water stands above half a wheel, please don't drive on. Stop, and push to higher ground.",
            ),
            20,
        ),
    ]  # fmt: skip


def _corrections(on: date) -> list[tuple[Sort, Text, int]]:
    def sources(day: date) -> list[SourceText]:
        return [
            SourceText("Cổng dịch vụ công: cách tra cứu vi phạm", "https://source.example/a", "https://archive.example/1", day),
            SourceText(
                "Trả lời của ngân hàng về tin nhắn mạo danh", "https://source.example/b", "https://archive.example/2", day
            ),
        ]

    return [
        (
            Sort.CORRECTION,
            Text(
                "Tin nhắn nộp phạt nguội kèm đường dẫn là lừa đảo", "Cảnh sát giao thông không nhắn đường dẫn nộp phạt.",
                "Xin đừng bấm. Đừng ghi số thẻ, mật khẩu.\n\nTra cứu vi phạm trên cổng dịch vụ công. Lỡ bấm: gọi ngân hàng.",
                title_en="Text messages with a link to pay a traffic fine are a fraud",
                summary_en="The traffic police send no link to pay a fine.", text_en="Don't open it. Don't enter card numbers.",
                channels=PAGE,
                claim=ClaimText(
                    "Cảnh sát giao thông nhắn tin kèm đường dẫn để nộp phạt nguội.", "text_messages", "false",
                    queries.unit("PC08"), PASSES, sources(on - timedelta(6)),
                ),
            ),
            6,
        ),
        (
            Sort.CORRECTION,
            Text(
                "Đổi thẻ căn cước sau khi sáp nhập phường: không bắt buộc", "Thẻ cũ vẫn dùng được đến hết hạn ghi trên thẻ.",
                "Ai muốn đổi thì đổi, không mất tiền khi đổi do sáp nhập. Không ai bị phạt vì chưa đổi.", channels=PAGE,
                title_en="A new identity card after wards were merged: not required",
                summary_en="The old card is good until the date printed on it.",
                text_en="Whoever wishes may change it, free of charge after the merger. Nobody is fined for not having done so.",
                claim=ClaimText(
                    "Ai không đổi thẻ căn cước sau khi sáp nhập phường sẽ bị phạt.", "chat_groups", "false", queries.unit("PA08"),
                    PASSES, sources(on - timedelta(14)),
                ),
            ),
            14,
        ),
    ]  # fmt: skip


def _tide(on: date) -> Text:
    """What was warned of before help began to be given: it is over, and its page leads on."""
    return Text(
        "Triều cường, nhiều khu phố ngập sâu", "Đỉnh triều lúc 17 giờ. Xin kê cao đồ đạc.",
        "Nước có thể cao đến 50 cm ở các hẻm thấp.",
        title_en="Spring tide, deep water in many quarters", summary_en="Highest at 5 pm. Please raise your belongings.",
        text_en="Up to 50 cm in low alleys.", channels=PAGE,
        alert=AlertText(
            "Met", "Immediate", "Severe", "Observed", make_aware(datetime.combine(on, time(23))),
            "Ngắt điện tầng trệt. Người già, trẻ nhỏ lên chỗ cao. Cần cứu: gọi 114.",
            "Switch off the current on the ground floor. Old people and children to higher ground. For rescue call 114.",
            contact="114", places=_flooded(on),
        ),
    )  # fmt: skip


def _flooded(on: date) -> list[queries.Unit]:
    """The wards in which relief is given."""
    wards = {ward for one in relief.headings() for ward in one.wards}
    return [queries.unit(ward.code) for ward in queries.all_wards(on) if ward.id in wards]


def _alert(on: date) -> Text:
    return Text(
        "Mưa lớn tối nay, nhiều đường ngập", "Từ 18 giờ. Xin tránh các đường trũng.", "Đài dự báo mưa 80 đến 120 mm.",
        title_en="Heavy rain tonight, streets flooded", summary_en="From 6 pm. Please avoid low streets.",
        text_en="80 to 120 mm are forecast.", channels=PAGE,
        alert=AlertText(
            "Met", "Expected", "Moderate", "Likely", make_aware(datetime.combine(on + timedelta(1), time(6))),
            "Về sớm nếu được. Dắt xe lên chỗ cao. Cần cứu: gọi 114.",
            "Go home early. Move vehicles to high ground. For rescue call 114.", contact="114",
            places=[queries.unit(WARD), *(one for one in _flooded(on) if one.code != WARD)],
        ),
    )  # fmt: skip
