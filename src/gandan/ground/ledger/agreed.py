"""What happens to directives, programmes, tasks and reports, by the codes of `kinds.py`, which has them all."""

from gandan.ground.ledger.rules import KindSpec

OF_PROGRAMMES: dict[str, KindSpec] = {
    "directive.noted": KindSpec("Ghi văn bản chỉ đạo", "Directive noted"),
    "directive.answered": KindSpec(
        "Trả lời một điểm chỉ đạo", "Point of a directive answered", {"how": frozenset({"task", "aside", "none"})}
    ),
    "directive.complete": KindSpec("Mọi điểm chỉ đạo đã có trả lời", "All points of a directive answered"),
    "programme.drafted": KindSpec("Bắt đầu soạn chương trình", "Programme begun to be written"),
    "programme.edited": KindSpec("Sửa dự thảo chương trình", "Draft of a programme edited"),
    "programme.approved": KindSpec("Duyệt dự thảo chương trình", "Draft of a programme approved"),
    "programme.returned": KindSpec("Trả lại dự thảo chương trình, có lý do", "Draft of a programme given back, for a reason"),
    "programme.numbered": KindSpec("Chương trình lấy số để ký", "Programme given its number"),
    "programme.signed": KindSpec("Ký chương trình", "Programme signed"),
    "programme.dropped": KindSpec("Bỏ dự thảo chương trình", "Draft of a programme dropped"),
    "plan.derived": KindSpec("Đơn vị bắt đầu kế hoạch riêng", "Own plan derived"),
    "plan.issued": KindSpec("Ban hành kế hoạch của đơn vị", "Own plan issued"),
    "plan.ended": KindSpec("Kế hoạch của đơn vị kết thúc", "Own plan ended"),
    "task.added": KindSpec("Giao nhiệm vụ", "Task given", {"origin": frozenset({"text", "directive", "conclusion", "unit"})}),
    "task.begun": KindSpec("Bắt đầu làm nhiệm vụ", "Task begun"),
    "task.shown": KindSpec("Gắn minh chứng cho nhiệm vụ", "Evidence of a task added"),
    "task.done": KindSpec("Hoàn thành nhiệm vụ", "Task done"),
    "task.dropped": KindSpec("Thôi một nhiệm vụ, có lý do", "Task dropped, for a reason"),
    "task.passed": KindSpec("Nhiệm vụ chuyển sang đơn vị kế thừa", "Task passed on to the unit that succeeded"),
    "programme.opened": KindSpec("Chương trình phối hợp bắt đầu", "Programme opened"),
    "programme.amended": KindSpec("Chương trình phối hợp được sửa đổi", "Programme amended"),
    "programme.closed": KindSpec("Chương trình phối hợp kết thúc", "Programme closed"),
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
    "report.discarded": KindSpec("Bỏ dự thảo báo cáo", "Report draft discarded"),
}
