"""What can happen to figures from outside, to what superiors ask for, and in reports: `kinds.py` has the names."""

from gandan.ground.ledger.facets import ANY, PUNCTUALITY
from gandan.ground.ledger.rules import KindSpec

YES_NO = frozenset({"yes", "no"})

OF_FIGURES: dict[str, KindSpec] = {
    "statement.made": KindSpec("Nêu một số từ ngoài hệ thống", "Figure from outside stated", {"corrects": YES_NO}),
    "statement.answered": KindSpec(
        "Bên kia trả lời số được nêu", "Stated figure answered by the other side", {"answer": frozenset({"approved", "refused"})}
    ),
    "statement.taken_back": KindSpec("Rút lại số đã nêu", "Stated figure taken back"),
    "work.declared": KindSpec(
        "Khai nơi làm một loại việc",
        "Where a kind of work is done was declared",
        {"work": ANY, "where": frozenset({"here", "elsewhere"})},
    ),
    "work.reconciled": KindSpec(
        "Đối chiếu với tổng số chính thức",
        "Held against an official total",
        {"outcome": frozenset({"equal", "differs", "explained"})},
    ),
    "figure.reported": KindSpec(
        "Số liệu trong báo cáo đã duyệt",
        "Figures of an approved report",
        {"how": frozenset({"counted", "stated", "none"})},
        amount="chỉ tiêu",
    ),
    "template.set": KindSpec("Đặt mẫu báo cáo", "Template of reports set"),
    "report.drafted": KindSpec("Lập dự thảo báo cáo", "Report drafted"),
    "report.edited": KindSpec("Sửa dự thảo báo cáo", "Report edited"),
    "report.duty_set": KindSpec("Quy định báo cáo phải gửi", "Rule of reports owed set"),
    "report.many_asked": KindSpec("Yêu cầu lập báo cáo cho nhiều đơn vị", "Reports of many units asked to be begun"),
    "report.commented": KindSpec("Góp ý dự thảo báo cáo", "Draft commented on"),
    "report.submitted": KindSpec("Trình duyệt báo cáo", "Report laid before the head"),
    "report.frozen": KindSpec("Duyệt và chốt số liệu báo cáo", "Report approved and frozen"),
    "report.returned": KindSpec("Trả lại báo cáo, có lý do", "Report sent back, for a reason"),
    "report.numbered": KindSpec("Báo cáo lấy số để ký", "Report given its number"),
    "report.signed": KindSpec("Ký báo cáo", "Report signed"),
    "report.published": KindSpec("Công bố báo cáo", "Report published"),
    "report.restated": KindSpec("Điều chỉnh số liệu báo cáo, có lý do", "Report restated, for reasons"),
    "report.read_again": KindSpec(
        "Nêu điều nay biết thêm về báo cáo đã công bố", "What is known by now of a published report told"
    ),
    "report.discarded": KindSpec("Bỏ dự thảo báo cáo", "Report draft discarded"),
    "request.asked": KindSpec("Yêu cầu các đơn vị báo cáo", "Report asked of units", amount="đơn vị"),
    "request.edited": KindSpec("Viết câu trả lời yêu cầu báo cáo", "Answer to a request written"),
    "request.answered": KindSpec("Trả lời yêu cầu báo cáo", "Request for a report answered", {"punctuality": PUNCTUALITY}),
    "request.returned": KindSpec("Trả lại câu trả lời, có lý do", "Answer sent back, for a reason"),
    "request.excused": KindSpec("Cho đơn vị khỏi trả lời yêu cầu", "Unit excused from a request"),
    "request.gathered": KindSpec("Tổng hợp các câu trả lời", "Answers gathered", amount="đơn vị"),
}
