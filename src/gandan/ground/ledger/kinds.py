"""All that can happen: each kind of event, its facets, and the sentence that tells of it in both languages."""

from enum import StrEnum

from gandan.ground.ledger.agreed import OF_PROGRAMMES
from gandan.ground.ledger.among_people import AMONG_PEOPLE
from gandan.ground.ledger.cases import OF_CASES
from gandan.ground.ledger.counters import OF_DOSSIERS
from gandan.ground.ledger.democracy import OF_DEMOCRACY
from gandan.ground.ledger.facets import (
    ANY,
    EXPORTS,
    FILES,
    FORMS,
    LINES,
    MESSAGE_RULES,
    WAYS,
)
from gandan.ground.ledger.figures import OF_FIGURES
from gandan.ground.ledger.ideas import OF_IDEAS
from gandan.ground.ledger.joint import OF_JOINT_WORK
from gandan.ground.ledger.owed import OF_PROMISES
from gandan.ground.ledger.publications import OF_PUBLICATIONS
from gandan.ground.ledger.relief import OF_RELIEF
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
    PROGRAMME_DRAFTED = "programme.drafted"
    PROGRAMME_EDITED = "programme.edited"
    PROGRAMME_APPROVED = "programme.approved"
    PROGRAMME_RETURNED = "programme.returned"
    PROGRAMME_NUMBERED = "programme.numbered"
    PROGRAMME_SIGNED = "programme.signed"
    PROGRAMME_DROPPED = "programme.dropped"
    PLAN_DERIVED = "plan.derived"
    PLAN_ISSUED = "plan.issued"
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
    REPORT_READ_AGAIN = "report.read_again"
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
    CHANNEL_SET = "channel.set"
    CHANNEL_BROUGHT = "channel.brought"
    RECEPTION_PLANNED = "reception.planned"
    RECEPTION_CALLED_OFF = "reception.called_off"
    RECEPTION_BOOKED = "reception.booked"
    RECEPTION_GIVEN_BACK = "reception.given_back"
    VOICE_SET_ASIDE = "voice.set_aside"
    VOICE_APPEALED = "voice.appealed"
    VOICE_APPEAL_DECIDED = "voice.appeal_decided"
    CRIME_TOLD = "crime.told"
    CRIME_FILED = "crime.filed"
    COMPLAINT_ACCEPTED = "complaint.accepted"
    COMPLAINT_REFUSED = "complaint.refused"
    COMPLAINT_REFERRED = "complaint.referred"
    COMPLAINT_EXTRACTED = "complaint.extracted"
    COMPLAINT_CONCLUDED = "complaint.concluded"
    HANDOVER_ARRANGED = "handover.arranged"
    HANDOVER_TAKEN_IN = "handover.taken_in"
    HANDOVER_GIVEN = "handover.given"
    HANDOVER_TAKEN = "handover.taken"
    HANDOVER_STORED = "handover.stored"
    HANDOVER_KEPT_BACK = "handover.kept_back"
    CALL_DRAFTED = "call.drafted"
    CALL_OPENED = "call.opened"
    CALL_EXTENDED = "call.extended"
    CALL_ENDED = "call.ended"
    IDEA_RECEIVED = "idea.received"
    IDEA_SHOWN = "idea.shown"
    IDEA_HIDDEN = "idea.hidden"
    IDEAS_GROUPED = "idea.grouped"
    IDEAS_PARTED = "idea.parted"
    GROUP_RENAMED = "idea.group_renamed"
    IDEAS_ANSWERED = "idea.answered"
    IDEA_SUPPORTED = "idea.supported"
    MILESTONE_SET = "milestone.set"
    MILESTONE_REACHED = "milestone.reached"
    MILESTONE_DROPPED = "milestone.dropped"
    REMARK_RECEIVED = "remark.received"
    REMARK_SHOWN = "remark.shown"
    REMARK_HIDDEN = "remark.hidden"
    REMARK_APPEALED = "remark.appealed"
    APPEAL_SETTLED = "remark.appeal_settled"
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
    MATTER_OPENED = "matter.opened"
    MATTER_CHANGED = "matter.changed"
    MATTER_ASKED = "matter.asked"
    MATTER_DISCUSSED = "matter.discussed"
    MATTER_PLEDGED = "matter.pledged"
    MATTER_PLEDGE_BROKEN = "matter.pledge_broken"
    MATTER_PROPOSED = "matter.proposed"
    MATTER_RETURNED = "matter.returned"
    MATTER_SETTLED = "matter.settled"
    MATTER_REOPENED = "matter.reopened"
    MATTER_HANDED_OVER = "matter.handed_over"
    MATTER_TAKEN_OVER = "matter.taken_over"
    ADVICE_GIVEN = "advice.given"
    ADVICE_ANSWERED = "advice.answered"
    ADVICE_DIRECTED = "advice.directed"
    INSPECTION_PLANNED = "inspection.planned"
    INSPECTION_HELD = "inspection.held"
    INSPECTION_FOUND = "inspection.found"
    INSPECTION_CLOSED = "inspection.closed"
    INSPECTION_CANCELLED = "inspection.cancelled"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_ENDED = "emergency.ended"
    DEPOT_SET = "depot.set"
    NEED_RECEIVED = "need.received"
    NEED_SET_ASIDE = "need.set_aside"
    NEED_RETURNED = "need.returned"
    NEED_MET = "need.met"
    NEED_WITHDRAWN = "need.withdrawn"
    NEED_DECLINED = "need.declined"
    OFFER_RECEIVED = "offer.received"
    OFFER_DECLINED = "offer.declined"
    RELIEF_STOCKED = "relief.stocked"
    RELIEF_MISSED = "relief.missed"
    RELIEF_HANDED_OUT = "relief.handed_out"
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
    REQUEST_ASKED = "request.asked"
    REQUEST_EDITED = "request.edited"
    REQUEST_ANSWERED = "request.answered"
    REQUEST_RETURNED = "request.returned"
    REQUEST_EXCUSED = "request.excused"
    REQUEST_GATHERED = "request.gathered"


PARTS = (
    OF_DOSSIERS, OF_CASES, OF_PROMISES,
    OF_REQUESTS, AMONG_PEOPLE, OF_JOINT_WORK, OF_RELIEF, OF_PUBLICATIONS, OF_FIGURES, OF_PROGRAMMES,
    OF_DEMOCRACY, OF_TIPS, OF_IDEAS,
)  # fmt: skip

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
    **{Kind(code): spec for part in PARTS for code, spec in part.items()},
}
