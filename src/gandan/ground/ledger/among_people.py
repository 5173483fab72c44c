"""What can happen in the work with people and in meetings, by the codes of `kinds.py`, which has them all."""

from gandan.ground.ledger.facets import ACTIVITIES, ANY, TOPICS
from gandan.ground.ledger.rules import KindSpec

MODELS = {"field": frozenset({"economy", "society", "security", "system", "self_managed", "safe_area"})}
MODEL_STATES = {"was": frozenset({"registered", "recognised"})}
PARTNERS = {"partner": frozenset({"person", "organisation"})}

AMONG_PEOPLE: dict[str, KindSpec] = {
    "initiative.proposed": KindSpec("Đề xuất sáng kiến", "Initiative proposed"),
    "initiative.tried": KindSpec("Làm thử sáng kiến", "Initiative tried"),
    "initiative.recognised": KindSpec("Công nhận sáng kiến", "Initiative recognised"),
    "initiative.declined": KindSpec("Không làm tiếp sáng kiến", "Initiative not taken further"),
    "initiative.copied": KindSpec("Nhân rộng sáng kiến", "Initiative copied"),
    "commendation.given": KindSpec("Khen thưởng", "Commendation given", {"merit": frozenset({"collective", "individual"})}),
    "activity.held": KindSpec(
        "Tổ chức hoạt động với người dân",
        "Activity held with residents",
        {"activity": ACTIVITIES, "topic": TOPICS, "sides": frozenset({"one", "both"})},
        amount="lượt",
    ),
    "meeting.planned": KindSpec("Lên lịch cuộc họp", "Meeting planned"),
    "meeting.changed": KindSpec(
        "Thay đổi về cuộc họp",
        "Meeting changed",
        {"what": frozenset({"agenda", "cancelled", "left", "chair", "closed"})},
    ),
    "meeting.invited": KindSpec("Mời họp", "Invited to a meeting", amount="người"),
    "meeting.replied": KindSpec(
        "Trả lời lời mời họp", "Invitation answered", {"reply": frozenset({"none", "comes", "remote", "absent"})}
    ),
    "meeting.held": KindSpec(
        "Khai mạc cuộc họp",
        "Meeting held",
        {"papers": frozenset({"digital", "paper"}), "sides": frozenset({"one", "both"})},
    ),
    "meeting.attended": KindSpec("Có mặt tại cuộc họp", "Came to a meeting", {"came": frozenset({"qr", "list", "remote"})}),
    "meeting.signed": KindSpec(
        "Hai bên ký kết tại hội nghị", "Signed at a conference", {"programme": ANY}, frozenset({"programme"})
    ),
    "paper.put": KindSpec("Gửi tài liệu họp", "Paper put before a meeting", {"version": frozenset({"first", "replaced"})}),
    "minutes.written": KindSpec("Ghi biên bản", "Minutes written", {"merged": frozenset({"yes", "no"})}),
    "vote.opened": KindSpec("Mở biểu quyết", "Vote opened"),
    "vote.closed": KindSpec("Đóng biểu quyết", "Vote closed", {"outcome": frozenset({"carried", "rejected", "tied", "void"})}),
    "conclusion.made": KindSpec("Ghi kết luận cuộc họp", "Conclusion written", {"programme": ANY}, frozenset({"programme"})),
    "page.saved": KindSpec("Tiết kiệm giấy nhờ họp không giấy", "Pages saved by a paperless meeting", amount="trang"),
    "journey.saved": KindSpec("Tiết kiệm lượt đi nhờ họp từ xa", "Journeys saved by a joining link", amount="lượt"),
    "criteria.set": KindSpec("Ban hành tiêu chí mô hình", "Criteria of models set", MODELS),
    "model.registered": KindSpec("Đăng ký mô hình", "Model registered", MODELS),
    "model.assessed": KindSpec("Đánh giá mô hình", "Model assessed", {**MODELS, "side": frozenset({"self", "police", "civil"})}),
    "model.recognised": KindSpec("Công nhận mô hình", "Model recognised", MODELS),
    "model.renewed": KindSpec("Công nhận lại mô hình", "Model renewed", MODELS),
    "model.declined": KindSpec("Chưa công nhận mô hình", "Model not recognised", MODELS),
    "model.replicated": KindSpec("Nhân rộng mô hình", "Model replicated", MODELS),
    "model.published": KindSpec(
        "Công khai câu chuyện mô hình", "Story of a model published", {"story": frozenset({"told", "taken_back"})}
    ),
    "model.lapsed": KindSpec(
        "Mô hình thôi hoạt động",
        "Model lapsed",
        {**MODELS, **MODEL_STATES, "why": frozenset({"closed", "not_renewed"})},
    ),
    "model.handed_over": KindSpec("Bàn giao mô hình", "Model handed over", {**MODELS, **MODEL_STATES}),
    "model.taken_over": KindSpec("Tiếp nhận mô hình", "Model taken over", {**MODELS, **MODEL_STATES}),
    "partner.joined": KindSpec("Có người, tổ chức tự nguyện tham gia", "Partner joined of their own will", PARTNERS),
    "partner.left": KindSpec("Người, tổ chức thôi tham gia", "Partner left", PARTNERS),
    "partner.forgotten": KindSpec("Xoá tên người, tổ chức đã thôi tham gia", "Partner forgotten", PARTNERS),
    "activity.kept_apart": KindSpec("Xác nhận hai buổi khác nhau", "Two activities told apart"),
    "household.supported": KindSpec("Hỗ trợ hộ gia đình", "Households supported", amount="hộ"),
    "point.raised": KindSpec(
        "Ghi việc được nêu tại buổi gặp", "Point raised at an activity", {"answer": frozenset({"owed", "none"})}
    ),
}
