"""Words for directives, programmes and tasks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Mark, Words
from gandan.ground.calendar.rules import Grain
from gandan.results.programmes.rules import Course, DirectiveKind, DraftState, Origin, PartKind

COURSES: dict[Course, Mark] = {
    Course.OPEN: Mark(_("chưa bắt đầu"), "circle", "wait"),
    Course.BEGUN: Mark(_("đang làm"), "clock", "wait"),
    Course.AT_RISK: Mark(_("có nguy cơ chậm"), "alert-triangle", "risk"),
    Course.LATE: Mark(_("quá hạn"), "alert-circle", "late"),
    Course.DONE: Mark(_("đã xong"), "circle-check", "kept"),
    Course.DONE_LATE: Mark(_("xong, trễ hạn"), "alert-circle", "late"),
    Course.DROPPED: Mark(_("không còn phải làm"), "x", ""),
}
EVERY: dict[str, Words] = {
    "": _("một lần"),
    Grain.MONTH.value: _("mỗi tháng"),
    Grain.QUARTER.value: _("mỗi quý"),
    Grain.HALF.value: _("mỗi nửa năm"),
    Grain.YEAR.value: _("mỗi năm"),
}
KINDS: dict[DirectiveKind, Words] = {
    DirectiveKind.RESOLUTION: _("Nghị quyết"),
    DirectiveKind.PROGRAMME: _("Chương trình hành động"),
    DirectiveKind.ORDER: _("Chỉ thị"),
    DirectiveKind.CONCLUSION: _("Kết luận"),
    DirectiveKind.PLAN: _("Kế hoạch"),
    DirectiveKind.LETTER: _("Công văn"),
}
ORIGINS: dict[Origin, Words] = {
    Origin.TEXT: _("trong văn bản chương trình"),
    Origin.DIRECTIVE: _("từ văn bản chỉ đạo"),
    Origin.CONCLUSION: _("từ kết luận cuộc họp"),
    Origin.UNIT: _("giao thêm"),
}
DRAFTS: dict[DraftState, Mark] = {
    DraftState.WRITING: Mark(_("đang soạn"), "pencil", "wait"),
    DraftState.APPROVED: Mark(_("đã duyệt, chờ lấy số"), "circle-check", "wait"),
    DraftState.SIGNING: Mark(_("đang ký"), "clock", "wait"),
    DraftState.IN_FORCE: Mark(_("đang có hiệu lực"), "shield-check", "kept"),
    DraftState.DROPPED: Mark(_("đã bỏ"), "x", ""),
}
PARTS: dict[PartKind, Words] = {
    PartKind.TITLE: _("Tên chương trình"),
    PartKind.PERIOD: _("Thời gian thực hiện"),
    PartKind.PARTIES: _("Các bên ký"),
    PartKind.BASIS: _("Căn cứ"),
    PartKind.AIMS: _("Mục đích, yêu cầu"),
    PartKind.CONTENT: _("Nội dung"),
    PartKind.GOAL: _("Mục tiêu"),
    PartKind.TASK: _("Nhiệm vụ"),
    PartKind.INDICATOR: _("Chỉ tiêu"),
    PartKind.DUTIES: _("Trách nhiệm các bên"),
    PartKind.HOLDING: _("Tổ chức thực hiện"),
}


def aims(facts: Mapping[str, Any]) -> list[str]:
    """Return the targets of an indicator as they are typed: `2027: 96`, of one unit alone `2027 CAP-W26740: 96`."""
    return [
        " ".join(filter(None, (str(one["year"]), one.get("unit")))) + f": {_written(one['value'])}"
        for one in facts.get("targets", ())
    ]


def _written(value: object) -> str:
    return str(value).replace(".", ",")
