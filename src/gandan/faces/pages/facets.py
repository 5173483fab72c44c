"""Facets in words. A value without words is a code and is shown as it is."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages import words
from gandan.faces.pages.community_words import FIELDS, FORMS, SIDES, TOPICS
from gandan.faces.pages.matter_words import ISSUES
from gandan.faces.pages.pieces import Words
from gandan.faces.pages.privacy_words import OUTCOMES, WISHES
from gandan.faces.pages.relief_words import DISASTERS, ITEMS
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.work.voice.kinds import KINDS as CASES
from gandan.work.voice.rules.handovers import arms
from gandan.work.voice.rules.ideas.flow import DECISION_WORDS

NAMED_APART = {"procedure", "subject"}  # their words are data: the procedures' names
NAMES: dict[str, Words] = {
    "procedure": _("thủ tục"),
    "channel": _("cách nộp"),
    "punctuality": _("đúng hẹn hay không"),
    "promise": _("loại việc"),
    "subject": _("về việc"),
    "was": _("khi đó"),
    "line": _("hệ"),
    "how": _("cách"),
    "what": _("thứ"),
    "change": _("thay đổi"),
    "role": _("vai trò"),
    "wish": _("yêu cầu"),
    "outcome": _("kết quả"),
    "records": _("loại bản ghi"),
    "type": _("loại"),
    "handed": _("cơ quan giao bưu điện"),
    "late_by": _("chậm do"),
    "direction": _("chiều giao nhận"),
    "side": _("bên ký"),
    "way": _("báo bằng"),
    "form": _("loại tệp"),
    "satisfied": _("hài lòng hay không"),
    "question": _("câu hỏi"),
    "score": _("điểm"),
    "activity": _("hình thức"),
    "topic": _("chủ đề"),
    "sides": _("bên tổ chức"),
    "answer": _("trả lời"),
    "case": _("loại việc"),
    "service": _("dịch vụ"),
    "said": _("nhận xét"),
    "why": _("lý do"),
    "grade": _("mức gia hạn"),
    "field": _("lĩnh vực"),
    "partner": _("tham gia với tư cách"),
    "rule": _("quy định"),
    "story": _("câu chuyện"),
    "merit": _("khen ai"),
    "issue": _("về việc"),
    "disaster": _("thiên tai, dịch bệnh"),
    "item": _("thứ gì"),
    "group": _("nhóm theo luật"),
    "arms": _("loại vật"),
    "decision": _("quyết định"),
    "under": _("bình luận dưới"),
}
VALUES: dict[str, dict[str, Words]] = {
    "rule": {"quiet": _("giờ yên lặng"), "words": _("lời văn"), "stopped": _("dừng hoặc gửi tiếp")},
    "decision": {one.value: _(said) for one, said in DECISION_WORDS.items()},
    "under": {"notice": _("thông báo"), "call": _("lời kêu gọi")},
    "channel": {
        "counter": _("tại quầy"),
        "online": _("trực tuyến"),
        "post": _("qua bưu điện"),
        "phone": _("điện thoại"),
        "reception": _("tiếp công dân"),
        "program": _("chương trình (Open311)"),
        "other": _("kênh khác"),
    },
    "punctuality": {"early": _("trước hạn"), "in_time": _("đúng hạn"), "late": _("trễ hạn")},
    "was": {"open": _("còn hạn"), "overdue": _("quá hạn")},
    "handed": {"in_time": _("giao đúng hẹn"), "late": _("giao trễ hẹn")},
    "late_by": {"nobody": _("không ai chậm"), "post": _("bưu điện"), "applicant": _("người nhận vắng")},
    "direction": {"out": _("giao cho bưu điện"), "back": _("bưu điện hoàn trả")},
    "side": {"office": _("cơ quan ký"), "post": _("bưu điện ký"), **{one.value: said for one, said in SIDES.items()}},
    "way": {"page": _("quét trên trang"), "file": _("tệp"), "webhook": _("chương trình")},
    "form": {"pdf": _("PDF"), "picture": _("ảnh"), "office": _("văn bản, bảng tính")},
    "wish": dict(WISHES),
    "outcome": dict(OUTCOMES),
    "role": {
        "desk_officer": _("cán bộ tiếp nhận"),
        "specialist": _("chuyên viên"),
        "unit_head": _("thủ trưởng đơn vị"),
        "programme_officer_police": _("cán bộ chương trình, bên công an"),
        "programme_officer_civil": _("cán bộ chương trình, bên dân vận"),
        "signatory": _("người ký"),
        "inspectorate": _("thanh tra"),
        "auditor": _("kiểm toán viên"),
        "post_partner": _("nhân viên bưu điện"),
        "administrator": _("quản trị"),
    },
    "satisfied": {"yes": _("hài lòng"), "no": _("chưa hài lòng")},
    "question": {"courtesy": _("lịch sự, tôn trọng"), "clarity": _("hướng dẫn rõ ràng"), "overall": _("hài lòng chung")},
    "field": {one.value: said for one, said in FIELDS.items()},
    "merit": {"collective": _("tập thể"), "individual": _("cá nhân")},
    "partner": {"person": _("cá nhân"), "organisation": _("tổ chức")},
    "activity": {one.value: said for one, said in FORMS.items()},
    "topic": {one.value: said for one, said in TOPICS.items()},
    "sides": {"one": _("một bên"), "both": _("hai bên")},
    "answer": {"owed": _("cần trả lời"), "none": _("không cần trả lời")},
    "case": {kind.value: _(spec.name) for kind, spec in CASES.items()},
    "disaster": {one.value: said for one, said in DISASTERS.items()},
    "item": {one.value: said for one, said in ITEMS.items()},
    "said": {
        "satisfied": _("hài lòng"),
        "not_satisfied": _("chưa hài lòng"),
        "upheld": _("giữ nguyên"),
        "taken_back": _("nhận lại"),
    },
    "issue": {one.value: said for one, said in ISSUES.items()},
    "how": {
        "whole": _("toàn bộ"),
        "divided": _("chia ra"),
        "brought": _("mang đến"),
        "collected": _("đến tận nơi"),
    },
    "group": {code: _(said) for code, said in arms.GROUPS.items()},
    "arms": {one.code: words.named(one.name, one.name_en) for one in arms.arms()},
}


def name(facet: str) -> Words:
    return NAMES.get(facet, facet)


def value(facet: str, code: str) -> Words:
    if facet == "promise" and code in PROMISE_KINDS:
        kind = PROMISE_KINDS[code]
        return words.named(kind.name_vi, kind.name_en)
    return VALUES.get(facet, {}).get(code, code)


def values(facet: str) -> tuple[str, ...]:
    """The values a reader may choose from, where they are few and known."""
    return tuple(PROMISE_KINDS if facet == "promise" else VALUES.get(facet, ()))


def written(facets: Mapping[str, str], names: Mapping[str, str]) -> str:
    """All facets of an event.

    :param names: of procedures, by code
    """
    return ", ".join(
        str(names.get(code) or value(facet, code)) if facet in NAMED_APART else str(value(facet, code))
        for facet, code in sorted(facets.items())
        if code
    )
