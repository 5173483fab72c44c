"""All that can happen: each kind of event, its facets, and the sentence that tells of it in both languages."""

from enum import StrEnum

from gandan.ground.ledger.agreed import OF_PROGRAMMES
from gandan.ground.ledger.among_people import AMONG_PEOPLE
from gandan.ground.ledger.cases import OF_CASES
from gandan.ground.ledger.democracy import OF_DEMOCRACY
from gandan.ground.ledger.facets import (
    ANY,
    CHANNELS,
    EXPORTS,
    FILES,
    FINISHED,
    FORMS,
    HOW_RETURNED,
    LATE_BY,
    LINES,
    MESSAGE_RULES,
    PROMISE,
    PUNCTUALITY,
    QUESTIONS,
    SUBJECT,
    WAS,
    WAYS,
    WHY_REFUSED,
    WHY_STOPPED,
)  # fmt: skip
from gandan.ground.ledger.figures import OF_FIGURES
from gandan.ground.ledger.publications import OF_PUBLICATIONS
from gandan.ground.ledger.requests import OF_REQUESTS
from gandan.ground.ledger.rules import KindSpec
from gandan.ground.ledger.tips import OF_TIPS


class Kind(StrEnum):
    UNIT_FOUNDED = "unit.founded"
    UNIT_RENAMED = "unit.renamed"
    UNIT_MOVED = "unit.moved"
    UNIT_SUCCEEDED = "unit.succeeded"
    UNIT_CLOSED = "unit.closed"
    APPOINTMENT_BEGUN = "appointment.begun"
    APPOINTMENT_ENDED = "appointment.ended"
    APPOINTMENT_ASKED = "appointment.asked"
    APPOINTMENT_DECLINED = "appointment.declined"
    KEY_MADE = "key.made"
    KEY_REVOKED = "key.revoked"
    PERSON_LEFT = "person.left"
    PERSON_RETURNED = "person.returned"
    RECORD_OPENED_OUTSIDE = "record.opened_outside"
    GRANT_REFUSED = "grant.refused"
    ALERT_SEEN = "alert.seen"
    CALENDAR_CHANGED = "calendar.changed"
    PROMISE_OWED = "promise.owed"
    PROMISE_MOVED = "promise.moved"
    PROMISE_OVERDUE = "promise.overdue"
    PROMISE_KEPT = "promise.kept"
    PROMISE_DROPPED = "promise.dropped"
    PROMISE_HANDED_OVER = "promise.handed_over"
    PROMISE_TAKEN_OVER = "promise.taken_over"
    PROMISE_PAUSED = "promise.paused"
    PROMISE_RESUMED = "promise.resumed"
    PROMISE_ASSIGNED = "promise.assigned"
    PROMISE_REMINDED = "promise.reminded"
    PROMISE_ESCALATED = "promise.escalated"
    PROCEDURE_CHANGED = "procedure.changed"
    DOSSIER_REGISTERED = "dossier.registered"
    DOSSIER_REROUTED = "dossier.rerouted"
    DOSSIER_REFUSED = "dossier.refused"
    DOSSIER_RECEIVED = "dossier.received"
    DOSSIER_STARTED = "dossier.started"
    DOSSIER_SUPPLEMENT_ASKED = "dossier.supplement_asked"
    DOSSIER_SUPPLEMENTED = "dossier.supplemented"
    DOSSIER_PAYMENT_ASKED = "dossier.payment_asked"
    DOSSIER_PAID = "dossier.paid"
    DOSSIER_STOPPED = "dossier.stopped"
    DOSSIER_FINISHED = "dossier.finished"
    DOSSIER_WITHDRAWN = "dossier.withdrawn"
    DOSSIER_TAKEN_BACK = "dossier.taken_back"
    DOSSIER_RETURNED = "dossier.returned"
    DOSSIER_HANDED_OVER = "dossier.handed_over"
    DOSSIER_TAKEN_OVER = "dossier.taken_over"
    LETTER_OWED = "letter.owed"
    LETTER_SENT = "letter.sent"
    LETTER_EXPLAINED = "letter.explained"
    LETTERS_ASKED = "letter.asked"
    LETTER_PRINTED = "letter.printed"
    LETTER_RULE_SET = "letter.rule_set"
    DELIVERY_WANTED = "delivery.wanted"
    DELIVERY_DROPPED = "delivery.dropped"
    DELIVERY_REDIRECTED = "delivery.redirected"
    DELIVERY_PACKED = "delivery.packed"
    DELIVERY_UNPACKED = "delivery.unpacked"
    DELIVERY_HANDED = "delivery.handed"
    DELIVERY_FORWARDED = "delivery.forwarded"
    DELIVERY_DELIVERED = "delivery.delivered"
    DELIVERY_FAILED = "delivery.failed"
    DELIVERY_RETURNED = "delivery.returned"
    DELIVERY_COLLECTED = "delivery.collected"
    DELIVERY_SCANNED = "delivery.scanned"
    MANIFEST_SIGNED = "manifest.signed"
    PARTNER_KEYED = "partner.keyed"
    RECEIPT_GIVEN = "receipt.given"
    RECEIPT_REPLACED = "receipt.replaced"
    CONTACT_NOTED = "contact.noted"
    COLLECTOR_NOTED = "collector.noted"
    TICKET_ISSUED = "ticket.issued"
    RATING_GIVEN = "rating.given"
    RATING_ANSWERED = "rating.answered"
    OPENINGS_SET = "openings.set"
    BOOKING_MADE = "booking.made"
    BOOKING_MOVED = "booking.moved"
    BOOKING_CANCELLED = "booking.cancelled"
    BOOKING_USED = "booking.used"
    IMPORT_FINISHED = "import.finished"
    PROGRAMME_OPENED = "programme.opened"
    PROGRAMME_AMENDED = "programme.amended"
    PROGRAMME_CLOSED = "programme.closed"
    DIRECTIVE_NOTED = "directive.noted"
    DIRECTIVE_ANSWERED = "directive.answered"
    DIRECTIVE_COMPLETE = "directive.complete"
    PLAN_ENDED = "plan.ended"
    TASK_ADDED = "task.added"
    TASK_BEGUN = "task.begun"
    TASK_SHOWN = "task.shown"
    TASK_DONE = "task.done"
    TASK_DROPPED = "task.dropped"
    TASK_PASSED = "task.passed"
    FIGURES_RELEASED = "figures.released"
    REPORT_DRAFTED = "report.drafted"
    REPORT_EDITED = "report.edited"
    REPORT_DUTY_SET = "report.duty_set"
    REPORTS_ASKED = "report.many_asked"
    REPORT_COMMENTED = "report.commented"
    REPORT_SUBMITTED = "report.submitted"
    REPORT_FROZEN = "report.frozen"
    REPORT_RETURNED = "report.returned"
    REPORT_NUMBERED = "report.numbered"
    REPORT_SIGNED = "report.signed"
    REPORT_PUBLISHED = "report.published"
    REPORT_RESTATED = "report.restated"
    REPORT_DISCARDED = "report.discarded"
    ATTACHMENT_TAKEN = "attachment.taken"
    ATTACHMENT_ERASED = "attachment.erased"
    FORM_LAID_OVER = "form.laid_over"
    EXPORT_ASKED = "export.asked"
    MESSAGE_SENT = "message.sent"
    MESSAGE_FAILED = "message.failed"
    MESSAGE_RETRIED = "message.retried"
    MESSAGE_DROPPED = "message.dropped"
    MESSAGE_RULED = "message.ruled"
    TIP_COUNTED = "tip.counted"
    TIP_REWARDED = "tip.rewarded"
    TIP_IDENTITY_OPENED = "tip.identity_opened"
    TIP_KEY_ADDED = "tip.key_added"
    TIP_KEY_REMOVED = "tip.key_removed"
    TIP_KEYS_RECOVERED = "tip.keys_recovered"
    TIP_RECOVERY_REHEARSED = "tip.recovery_rehearsed"
    PUBLICATION_DRAFTED = "publication.drafted"
    PUBLICATION_EDITED = "publication.edited"
    PUBLICATION_SUBMITTED = "publication.submitted"
    PUBLICATION_SENT_BACK = "publication.sent_back"
    PUBLICATION_PUBLISHED = "publication.published"
    PUBLICATION_CHANGED = "publication.changed"
    PUBLICATION_WITHDRAWN = "publication.withdrawn"
    SUBSCRIPTION_ASKED = "subscription.asked"
    SUBSCRIPTION_CONFIRMED = "subscription.confirmed"
    SUBSCRIPTION_STOPPED = "subscription.stopped"
    CONTACTS_SET = "contacts.set"
    PRIVACY_REQUESTED = "privacy.requested"
    PRIVACY_ACKNOWLEDGED = "privacy.acknowledged"
    PRIVACY_EXTENDED = "privacy.extended"
    PRIVACY_ANSWERED = "privacy.answered"
    PRIVACY_TAKEN_BACK = "privacy.taken_back"
    PRIVACY_HELD = "privacy.held"
    PRIVACY_RELEASED = "privacy.released"
    PRIVACY_ERASED = "privacy.erased"
    PRIVACY_RESEALED = "privacy.resealed"
    PRIVACY_RULED = "privacy.ruled"
    ACTIVITY_HELD = "activity.held"
    ACTIVITY_KEPT_APART = "activity.kept_apart"
    HOUSEHOLDS_SUPPORTED = "household.supported"
    POINT_RAISED = "point.raised"
    SERVICES_SET = "services.set"
    VOICE_RECEIVED = "voice.received"
    VOICE_STARTED = "voice.started"
    VOICE_SAID = "voice.said"
    VOICE_NOTED = "voice.noted"
    VOICE_FOLLOWED_UP = "voice.followed_up"
    VOICE_ANSWERED = "voice.answered"
    VOICE_WITHDRAWN = "voice.withdrawn"
    VOICE_EXTENDED = "voice.extended"
    VOICE_HANDED_OVER = "voice.handed_over"
    VOICE_TAKEN_OVER = "voice.taken_over"
    VOICE_MERGED = "voice.merged"
    VOICE_PARTED = "voice.parted"
    VOICE_SHOWN = "voice.shown"
    VOICE_HIDDEN = "voice.hidden"
    VOICE_APPRAISED = "voice.appraised"
    HANDOVER_ARRANGED = "handover.arranged"
    HANDOVER_TAKEN_IN = "handover.taken_in"
    HANDOVER_GIVEN = "handover.given"
    HANDOVER_TAKEN = "handover.taken"
    HANDOVER_STORED = "handover.stored"
    HANDOVER_KEPT_BACK = "handover.kept_back"
    CRITERIA_SET = "criteria.set"
    MODEL_REGISTERED = "model.registered"
    MODEL_ASSESSED = "model.assessed"
    MODEL_RECOGNISED = "model.recognised"
    MODEL_RENEWED = "model.renewed"
    MODEL_DECLINED = "model.declined"
    MODEL_REPLICATED = "model.replicated"
    MODEL_PUBLISHED = "model.published"
    MODEL_LAPSED = "model.lapsed"
    MODEL_HANDED_OVER = "model.handed_over"
    MODEL_TAKEN_OVER = "model.taken_over"
    PARTNER_JOINED = "partner.joined"
    PARTNER_LEFT = "partner.left"
    PARTNER_FORGOTTEN = "partner.forgotten"
    MEETING_PLANNED = "meeting.planned"
    MEETING_CHANGED = "meeting.changed"
    MEETING_INVITED = "meeting.invited"
    MEETING_REPLIED = "meeting.replied"
    MEETING_HELD = "meeting.held"
    MEETING_ATTENDED = "meeting.attended"
    MEETING_SIGNED = "meeting.signed"
    PAPER_PUT = "paper.put"
    MINUTES_WRITTEN = "minutes.written"
    VOTE_OPENED = "vote.opened"
    VOTE_CLOSED = "vote.closed"
    CONCLUSION_MADE = "conclusion.made"
    PAGES_SAVED = "page.saved"
    JOURNEYS_SAVED = "journey.saved"
    INITIATIVE_PROPOSED = "initiative.proposed"
    INITIATIVE_TRIED = "initiative.tried"
    INITIATIVE_RECOGNISED = "initiative.recognised"
    INITIATIVE_DECLINED = "initiative.declined"
    INITIATIVE_COPIED = "initiative.copied"
    COMMENDATION_GIVEN = "commendation.given"
    STATEMENT_MADE = "statement.made"
    STATEMENT_ANSWERED = "statement.answered"
    STATEMENT_TAKEN_BACK = "statement.taken_back"
    WORK_DECLARED = "work.declared"
    WORK_RECONCILED = "work.reconciled"
    FIGURES_REPORTED = "figure.reported"
    DUTY_DECLARED = "duty.declared"
    DUTY_PROVED = "duty.proved"
    DUTY_DROPPED = "duty.dropped"
    CONSULTATION_WRITTEN = "consultation.written"
    CONSULTATION_OPENED = "consultation.opened"
    CONSULTATION_ANSWERED = "consultation.answered"
    COMMENT_RECEIVED = "comment.received"
    COMMENT_SHOWN = "comment.shown"
    COMMENT_HIDDEN = "comment.hidden"
    POLL_PREPARED = "poll.prepared"
    POLL_ROLL_SET = "poll.roll_set"
    POLL_OPENED = "poll.opened"
    POLL_CODE_REPLACED = "poll.code_replaced"
    POLL_PAPER_HANDED = "poll.paper_handed"
    POLL_DECIDED = "poll.decided"
    POLL_ANNULLED = "poll.annulled"
    BALLOT_GIVEN = "ballot.given"
    TEMPLATE_SET = "template.set"


KINDS: dict[Kind, KindSpec] = {
    Kind.UNIT_FOUNDED: KindSpec("Đơn vị được thành lập", "Unit founded", {"type": ANY}),
    Kind.UNIT_RENAMED: KindSpec("Đơn vị đổi tên", "Unit renamed"),
    Kind.UNIT_MOVED: KindSpec("Đơn vị chuyển vị trí trong hệ thống", "Unit moved in the tree", {"line": LINES}),
    Kind.UNIT_SUCCEEDED: KindSpec(
        "Đơn vị được đơn vị khác kế thừa", "Unit succeeded by another", {"how": frozenset({"whole", "divided"})}
    ),
    Kind.UNIT_CLOSED: KindSpec("Đơn vị kết thúc hoạt động", "Unit closed"),
    Kind.APPOINTMENT_BEGUN: KindSpec("Phân công nhiệm vụ", "Appointment begun", {"role": ANY}),
    Kind.APPOINTMENT_ENDED: KindSpec("Thôi nhiệm vụ", "Appointment ended", {"role": ANY}),
    Kind.APPOINTMENT_ASKED: KindSpec(
        "Đề nghị giao vai trò cần hai người đồng ý", "A role that takes two was asked for", {"role": ANY}
    ),
    Kind.APPOINTMENT_DECLINED: KindSpec("Không đồng ý giao vai trò", "Role not given", {"role": ANY}),
    Kind.KEY_MADE: KindSpec("Cấp khoá cho chương trình", "Key given to a program"),
    Kind.KEY_REVOKED: KindSpec("Thu hồi khoá của chương trình", "Key of a program revoked"),
    Kind.PERSON_LEFT: KindSpec("Cán bộ thôi làm việc", "Person left"),
    Kind.PERSON_RETURNED: KindSpec("Mở lại tài khoản của cán bộ trở về", "Account opened again"),
    Kind.RECORD_OPENED_OUTSIDE: KindSpec(
        "Hồ sơ được đơn vị khác mở xem, có nêu lý do", "Record opened by another unit, for a reason"
    ),
    Kind.GRANT_REFUSED: KindSpec("Từ chối việc tự giao quyền cho mình", "Giving oneself a right refused"),
    Kind.ALERT_SEEN: KindSpec("Đã xem thông báo", "Alert seen"),
    Kind.CALENDAR_CHANGED: KindSpec(
        "Lịch làm việc thay đổi",
        "Working calendar changed",
        {
            "what": frozenset({"holiday", "exchange", "half_day", "week", "period"}),
            "change": frozenset({"declared", "withdrawn"}),
        },
    ),
    Kind.PROMISE_OWED: KindSpec("Phát sinh việc phải làm", "Promise owed", PROMISE, SUBJECT),
    Kind.PROMISE_MOVED: KindSpec("Dời hạn", "Due date moved", {**PROMISE, "was": WAS}, SUBJECT),
    Kind.PROMISE_OVERDUE: KindSpec("Quá hạn", "Fell overdue", PROMISE, SUBJECT),
    Kind.PROMISE_KEPT: KindSpec("Đã làm xong việc phải làm", "Promise kept", {**PROMISE, "punctuality": PUNCTUALITY}, SUBJECT),
    Kind.PROMISE_DROPPED: KindSpec("Không còn phải làm", "Promise dropped", {**PROMISE, "was": WAS}, SUBJECT),
    Kind.PROMISE_HANDED_OVER: KindSpec("Bàn giao việc phải làm", "Promise handed over", {**PROMISE, "was": WAS}, SUBJECT),
    Kind.PROMISE_TAKEN_OVER: KindSpec("Tiếp nhận việc phải làm", "Promise taken over", {**PROMISE, "was": WAS}, SUBJECT),
    Kind.PROMISE_PAUSED: KindSpec("Tạm dừng tính hạn", "Clock stopped", PROMISE, SUBJECT),
    Kind.PROMISE_RESUMED: KindSpec("Tính hạn trở lại", "Clock running again", PROMISE, SUBJECT),
    Kind.PROMISE_ASSIGNED: KindSpec("Giao người thực hiện", "Given to an officer", PROMISE, SUBJECT),
    Kind.PROMISE_REMINDED: KindSpec("Đã nhắc việc sắp đến hạn", "Reminder given", PROMISE, SUBJECT),
    Kind.PROMISE_ESCALATED: KindSpec("Đã báo cấp trên việc quá hạn", "Escalated to the superior", PROMISE, SUBJECT),
    Kind.PROCEDURE_CHANGED: KindSpec("Thủ tục thay đổi", "Procedure changed", {"procedure": ANY}),
    Kind.DOSSIER_REGISTERED: KindSpec("Người dân nộp hồ sơ trực tuyến", "Dossier handed in online", {"procedure": ANY}),
    Kind.DOSSIER_REROUTED: KindSpec(
        "Chuyển hồ sơ mới nộp đến nơi giải quyết", "New dossier passed on to where it is handled", {"procedure": ANY}
    ),
    Kind.DOSSIER_REFUSED: KindSpec(
        "Từ chối tiếp nhận hồ sơ", "Dossier refused", {"procedure": ANY, "channel": CHANNELS, "why": WHY_REFUSED}
    ),
    Kind.DOSSIER_STARTED: KindSpec("Bắt đầu xử lý hồ sơ", "Work on the dossier started", {"procedure": ANY}),
    Kind.DOSSIER_SUPPLEMENT_ASKED: KindSpec(
        "Yêu cầu bổ sung giấy tờ, tạm dừng tính hạn", "Further papers asked for, the clock stands still", {"procedure": ANY}
    ),
    Kind.DOSSIER_SUPPLEMENTED: KindSpec("Đã bổ sung đủ giấy tờ", "Further papers brought", {"procedure": ANY}),
    Kind.DOSSIER_PAYMENT_ASKED: KindSpec(
        "Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính hạn", "Payment asked for, the clock stands still", {"procedure": ANY}
    ),
    Kind.DOSSIER_PAID: KindSpec("Đã thực hiện nghĩa vụ tài chính", "Payment made", {"procedure": ANY}),
    Kind.DOSSIER_STOPPED: KindSpec("Dừng giải quyết hồ sơ", "Dossier stopped", {"procedure": ANY, "why": WHY_STOPPED}),
    Kind.DOSSIER_TAKEN_BACK: KindSpec(
        "Người nộp rút hồ sơ trước khi tiếp nhận", "Dossier taken back before receipt", {"procedure": ANY}
    ),
    Kind.DOSSIER_RETURNED: KindSpec("Trả kết quả", "Result handed over", {"procedure": ANY, "how": HOW_RETURNED}),
    Kind.DOSSIER_RECEIVED: KindSpec("Tiếp nhận hồ sơ", "Dossier received", {"procedure": ANY, "channel": CHANNELS}),
    Kind.DOSSIER_FINISHED: KindSpec("Giải quyết xong hồ sơ", "Dossier finished", {"procedure": ANY, "punctuality": FINISHED}),
    Kind.DOSSIER_WITHDRAWN: KindSpec("Người nộp rút hồ sơ", "Dossier withdrawn", {"procedure": ANY}),
    Kind.DOSSIER_HANDED_OVER: KindSpec("Bàn giao hồ sơ", "Dossier handed over", {"procedure": ANY}),
    Kind.DOSSIER_TAKEN_OVER: KindSpec("Tiếp nhận hồ sơ bàn giao", "Dossier taken over", {"procedure": ANY}),
    Kind.LETTER_OWED: KindSpec("Phải gửi thư xin lỗi", "Letter of apology owed", {"procedure": ANY}),
    Kind.LETTER_SENT: KindSpec("Đã gửi thư xin lỗi", "Letter of apology sent", {"procedure": ANY, "punctuality": PUNCTUALITY}),
    Kind.DELIVERY_WANTED: KindSpec("Người nộp chọn nhận qua bưu điện", "Result wanted by post", {"procedure": ANY}),
    Kind.DELIVERY_DROPPED: KindSpec("Người nộp chọn nhận tại quầy", "Result no longer wanted by post", {"procedure": ANY}),
    Kind.DELIVERY_REDIRECTED: KindSpec("Người nộp đổi địa chỉ nhận", "Delivery address changed", {"procedure": ANY}),
    Kind.DELIVERY_PACKED: KindSpec("Xếp kết quả vào bảng kê bưu gửi", "Result put on a list for the post", {"procedure": ANY}),
    Kind.DELIVERY_UNPACKED: KindSpec("Rút kết quả khỏi bảng kê bưu gửi", "Result taken off a list", {"procedure": ANY}),
    Kind.LETTER_EXPLAINED: KindSpec("Ghi lý do của thư xin lỗi", "Reason of a letter of apology given", {"procedure": ANY}),
    Kind.LETTERS_ASKED: KindSpec("Ký một loạt thư xin lỗi", "Letters of apology put before their signatory", amount="letters"),
    Kind.LETTER_PRINTED: KindSpec("Đã in thư xin lỗi", "Letter of apology printed", {"procedure": ANY}),
    Kind.LETTER_RULE_SET: KindSpec("Đặt quy định về thư xin lỗi", "Rule for letters of apology set"),
    Kind.DELIVERY_HANDED: KindSpec(
        "Giao kết quả cho bưu điện", "Result handed to the post", {"procedure": ANY, "handed": PUNCTUALITY}, frozenset({"handed"})
    ),
    Kind.DELIVERY_FORWARDED: KindSpec("Kết quả đang trên đường đi", "Result on its way", {"procedure": ANY}),
    Kind.DELIVERY_DELIVERED: KindSpec(
        "Bưu điện đã phát kết quả",
        "Result delivered by post",
        {"procedure": ANY, "punctuality": PUNCTUALITY, "late_by": LATE_BY},
        frozenset({"late_by"}),
    ),
    Kind.DELIVERY_FAILED: KindSpec("Phát không thành công", "Delivery failed", {"procedure": ANY}),
    Kind.DELIVERY_RETURNED: KindSpec("Bưu điện hoàn trả kết quả", "Result returned by the post", {"procedure": ANY}),
    Kind.DELIVERY_COLLECTED: KindSpec(
        "Người nộp đến nhận kết quả đã hoàn trả", "Returned result collected at the counter", {"procedure": ANY}
    ),
    Kind.DELIVERY_SCANNED: KindSpec(
        "Bưu điện báo tin về bưu gửi", "Word from the post about a parcel", {"way": frozenset({"page", "file", "webhook"})}
    ),
    Kind.MANIFEST_SIGNED: KindSpec(
        "Ký biên bản giao nhận bưu gửi",
        "List of parcels signed",
        {"direction": frozenset({"out", "back"}), "side": frozenset({"office", "post"})},
    ),
    Kind.PARTNER_KEYED: KindSpec("Cấp khoá ký cho bưu điện", "Signing secret given to the post"),
    Kind.RECEIPT_GIVEN: KindSpec("Cấp giấy tiếp nhận", "Receipt given", {"procedure": ANY}),
    Kind.RECEIPT_REPLACED: KindSpec("Cấp lại giấy tiếp nhận bị mất", "Lost receipt replaced", {"procedure": ANY}),
    Kind.CONTACT_NOTED: KindSpec("Ghi cách liên hệ với người nộp", "Contact details noted", {"procedure": ANY}),
    Kind.COLLECTOR_NOTED: KindSpec("Ghi người được uỷ quyền nhận thay", "Authorised collector noted", {"procedure": ANY}),
    Kind.OPENINGS_SET: KindSpec("Đặt giờ tiếp dân tại quầy", "Hours of the counter set"),
    Kind.BOOKING_MADE: KindSpec("Đặt giờ đến quầy", "Time at the counter booked"),
    Kind.BOOKING_MOVED: KindSpec("Đổi giờ đến quầy", "Time at the counter moved"),
    Kind.BOOKING_CANCELLED: KindSpec("Huỷ giờ đến quầy", "Time at the counter cancelled"),
    Kind.BOOKING_USED: KindSpec("Người đặt giờ đã đến quầy", "Came at the time that was booked"),
    Kind.TICKET_ISSUED: KindSpec("Cấp phiếu góp ý", "Rating ticket issued", {"procedure": ANY}, sealed=True),
    Kind.RATING_GIVEN: KindSpec(
        "Có phiếu góp ý về phục vụ", "A service was rated", {"procedure": ANY, "satisfied": frozenset({"yes", "no"})}, sealed=True
    ),
    Kind.RATING_ANSWERED: KindSpec(
        "Có câu trả lời trong phiếu góp ý",
        "A question of a rating was answered",
        {"question": QUESTIONS, "score": frozenset("12345")},
        sealed=True,
    ),
    Kind.IMPORT_FINISHED: KindSpec("Nhập xong dữ liệu từ tệp", "Import from a file finished"),
    Kind.FIGURES_RELEASED: KindSpec("Công khai số liệu của nửa tháng đã chốt", "Figures of a closed half-month released"),
    Kind.ATTACHMENT_TAKEN: KindSpec("Nhận tệp kèm theo", "Attached file taken in", {"form": FILES}),
    Kind.ATTACHMENT_ERASED: KindSpec("Xoá tệp kèm theo", "Attached file erased", {"form": FILES}),
    Kind.FORM_LAID_OVER: KindSpec("Đơn vị thay mẫu giấy", "Own template laid over a form", {"form": FORMS}),
    Kind.EXPORT_ASKED: KindSpec("Yêu cầu xuất tệp", "A file asked for", {"form": EXPORTS}),
    Kind.MESSAGE_SENT: KindSpec("Đã gửi tin cho người dân", "Message sent", {"channel": WAYS}),
    Kind.MESSAGE_FAILED: KindSpec("Không gửi được tin", "Message could not be sent", {"channel": WAYS}),
    Kind.MESSAGE_RETRIED: KindSpec("Cho gửi lại tin", "Message to be tried again", {"channel": WAYS}),
    Kind.MESSAGE_DROPPED: KindSpec("Không gửi tin nữa", "Message given up", {"channel": WAYS}),
    Kind.MESSAGE_RULED: KindSpec("Đổi cách nhắn tin cho người dân", "Rule for messages changed", {"rule": MESSAGE_RULES}),
    Kind.SERVICES_SET: KindSpec("Danh mục dịch vụ phản ánh thay đổi", "Services that can be reported changed"),
    **{Kind(code): spec for code, spec in (OF_CASES | OF_REQUESTS | AMONG_PEOPLE | OF_PUBLICATIONS).items()},
    **{Kind(code): spec for code, spec in (OF_FIGURES | OF_PROGRAMMES | OF_DEMOCRACY | OF_TIPS).items()},
}
