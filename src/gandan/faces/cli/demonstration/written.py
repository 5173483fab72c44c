"""What the reports of the demonstration say where only people can judge: simulated words, by what is asked for there."""

from datetime import date
from typing import Any

from gandan.ground.organisations import queries as people
from gandan.results.reports import operations
from gandan.results.reports.rules import filled

NONE = "Không có."
WORDS = {
    "Ưu điểm mà hai bên thống nhất đánh giá.": (
        "Hai bên giữ nền nếp giao ban, cùng tiếp dân và cùng trả lời; việc xin lỗi người dân khi trễ hẹn đã thành thói quen ở "
        "các quầy tiếp nhận. Kết quả được nhiều người dân nhận tại nhà qua bưu điện, bớt được một lần đi lại."
    ),
    "Nguyên nhân và bài học mà hai bên rút ra.": (
        "Hồ sơ trễ hạn dồn vào các tháng giãn cách xã hội và mùa cao điểm, khi người trực quầy thiếu. Bài học: báo trước "
        "cho người dân khi biết sẽ trễ, cử người hỗ trợ quầy đông trước mùa cao điểm, và ghi việc vào sổ ngay trong ngày."
    ),
    "Các nhiệm vụ khác do hai bên thống nhất.": (
        "Ký và triển khai chương trình phối hợp giai đoạn tiếp theo; mỗi đơn vị lập kế hoạch riêng gắn với nhiệm vụ của mình."
    ),
    "Kiến nghị của hai bên; nếu không có thì ghi rõ là không có.": (
        "Đề nghị Uỷ ban nhân dân Thành phố bố trí đủ người và thiết bị cho các điểm tiếp nhận đông; đề nghị Bưu điện Thành phố "
        "rút ngắn thời gian phát kết quả ở địa bàn xa."
    ),
    "Ưu điểm, nguyên nhân và bài học do hai bên thống nhất.": (
        "Hai bên giữ nền nếp giao ban và cùng trả lời người dân; nơi nào báo trước khi trễ hẹn thì ít bị phản ánh hơn."
    ),
}


def write_out(report: Any, *, by: people.Person, on: date) -> None:
    """Write each place of a draft that is still to be written."""
    for section in report.sections.all():
        text = filled(section.text, lambda asked: WORDS.get(asked, NONE))
        operations.write_section(report=report, position=section.position, text=text, by=by, on=on)
