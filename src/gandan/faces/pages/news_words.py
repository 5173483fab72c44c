"""The words of what is published: audiences, verdicts, places where a claim is met, how bad an alert is."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Words
from gandan.work.notices.flow import Sort, State, Why
from gandan.work.notices.rules.kinds import Audience, Category, Certainty, Channel, Met, Severity, Urgency, Verdict
from gandan.work.notices.rules.plain import Level

SORTS: dict[Sort, Words] = {Sort.NOTICE: _("Thông báo"), Sort.CORRECTION: _("Đính chính"), Sort.ALERT: _("Cảnh báo")}
STATES: dict[State, tuple[Words, str]] = {
    State.DRAFT: (_("đang viết"), "wait"), State.SUBMITTED: (_("chờ duyệt"), "risk"), State.PUBLISHED: (_("đã đăng"), "kept"),
    State.WITHDRAWN: (_("đã rút"), "late"),
}  # fmt: skip
WHYS: dict[Why, Words] = {
    Why.UPDATED: _("có tin mới"), Why.CLARIFIED: _("nói lại cho rõ"), Why.OUR_ERROR: _("chúng tôi đã sai"),
    Why.REPLY: _("bên liên quan trả lời"),
}  # fmt: skip
AUDIENCES: dict[Audience, Words] = {
    Audience.EVERYONE: _("mọi người"), Audience.NEWCOMERS: _("người mới đến ở"), Audience.DRIVERS: _("người lái xe"),
    Audience.ELDERLY: _("người cao tuổi"), Audience.PARENTS: _("cha mẹ"), Audience.SHOPS: _("người buôn bán"),
    Audience.STUDENTS: _("học sinh, sinh viên"), Audience.FOREIGNERS: _("người nước ngoài"),
}  # fmt: skip
CHANNELS: dict[Channel, Words] = {
    Channel.PAGE: _("trang công khai"), Channel.EMAIL: _("thư điện tử cho người đăng ký"), Channel.FEED: _("nguồn tin Atom"),
    Channel.POSTER: _("tờ dán bảng tin"),
}  # fmt: skip
MET: dict[Met, Words] = {
    Met.TEXT_MESSAGES: _("tin nhắn"), Met.CALLS: _("cuộc gọi"), Met.SOCIAL_NETWORKS: _("mạng xã hội"),
    Met.CHAT_GROUPS: _("nhóm trò chuyện"), Met.PAPER: _("tờ rơi, giấy dán"), Met.WORD_OF_MOUTH: _("lời đồn"),
}  # fmt: skip
VERDICTS: dict[Verdict, tuple[Words, str]] = {
    Verdict.FALSE: (_("Sai"), "late"), Verdict.MISLEADING: (_("Dễ gây hiểu nhầm"), "risk"),
    Verdict.UNPROVEN: (_("Chưa đủ căn cứ"), "wait"), Verdict.MOSTLY_TRUE: (_("Phần lớn đúng"), "kept"),
    Verdict.TRUE: (_("Đúng"), "kept"),
}  # fmt: skip
SCALE: dict[Verdict, Words] = {
    Verdict.FALSE: _("Nguồn chính thức nói ngược lại."),
    Verdict.MISLEADING: _("Có phần đúng nhưng thiếu điều làm người đọc hiểu khác đi."),
    Verdict.UNPROVEN: _("Chưa nguồn nào đủ để nói đúng hay sai."),
    Verdict.MOSTLY_TRUE: _("Đúng, trừ chi tiết nhỏ đã nêu."),
    Verdict.TRUE: _("Hai nguồn độc lập trở lên xác nhận."),
}
CATEGORIES: dict[Category, Words] = {
    Category.MET: _("thời tiết"), Category.FIRE: _("cháy"), Category.SAFETY: _("an toàn"), Category.SECURITY: _("an ninh"),
    Category.RESCUE: _("cứu nạn"), Category.HEALTH: _("y tế"), Category.TRANSPORT: _("giao thông"),
    Category.INFRA: _("điện, nước, viễn thông"), Category.OTHER: _("việc khác"),
}  # fmt: skip
# What to do once it is over. Advice that holds everywhere; a body's own words on one alert are its instruction.
AFTER: dict[Category, Words] = {
    Category.MET: _("Nước rút: ngắt cầu dao trước khi dọn, đừng chạm dây điện rơi; cột, cây sắp đổ thì gọi 114."),
    Category.FIRE: _("Đừng vào lại nhà cháy khi chưa được báo là an toàn. Thấy khói trở lại, gọi 114."),
    Category.HEALTH: _("Thấy người mệt, khó thở: gọi 115."),
    Category.INFRA: _("Điện, nước có lại: kiểm tra trước khi dùng; thấy rò điện, rò khí thì tránh xa và gọi 114."),
}
SEVERITIES: dict[Severity, tuple[Words, str]] = {
    Severity.EXTREME: (_("đặc biệt nguy hiểm"), "late"), Severity.SEVERE: (_("nguy hiểm"), "late"),
    Severity.MODERATE: (_("cần đề phòng"), "risk"), Severity.MINOR: (_("cần biết"), "risk"),
}  # fmt: skip
URGENCIES: dict[Urgency, Words] = {
    Urgency.IMMEDIATE: _("làm ngay"), Urgency.EXPECTED: _("trong vài giờ tới"), Urgency.FUTURE: _("sắp tới"),
    Urgency.PAST: _("đã qua"),
}  # fmt: skip
CERTAINTIES: dict[Certainty, Words] = {
    Certainty.OBSERVED: _("đang xảy ra"), Certainty.LIKELY: _("rất có thể"), Certainty.POSSIBLE: _("có thể"),
    Certainty.UNLIKELY: _("ít khả năng"),
}  # fmt: skip
QUESTIONS: dict[str, Words] = {
    "can_be_checked": _("Điều này kiểm tra được đúng sai, không phải ý kiến, tình cảm hay dự đoán?"),
    "about_services_or_safety": _("Điều này về dịch vụ công hoặc an toàn của người dân?"),
    "about_conduct": _("Điều này nói về cách làm của một cơ quan hay cán bộ?"),
    "two_sources": _("Có ít nhất hai nguồn độc lập, mỗi nguồn có bản lưu?"),
    "checked_by_others": _("Người kiểm tra không thuộc cơ quan mà điều này nói đến?"),
}
LEVELS: dict[Level, tuple[Words, str]] = {
    Level.EASY: (_("dễ đọc"), "kept"), Level.MEDIUM: (_("đọc được"), "wait"), Level.HARD: (_("khó đọc"), "late"),
}  # fmt: skip
FINDINGS: dict[str, Words] = {
    "long_sentence": _("Câu dài quá 25 tiếng, nên tách"), "office_word": _("Chữ của công sở"), "abbreviation": _("Chữ viết tắt"),
}  # fmt: skip
