"""What can happen to what is owed, each with its facets and the sentence that tells of it: a part of `kinds.py`."""

from gandan.ground.ledger.facets import PROMISE, PUNCTUALITY, SUBJECT, WAS
from gandan.ground.ledger.rules import KindSpec

OF_PROMISES: dict[str, KindSpec] = {
    "promise.owed": KindSpec("Phát sinh việc phải làm", "Promise owed", PROMISE, SUBJECT),
    "promise.moved": KindSpec("Dời hạn", "Due date moved", {**PROMISE, "was": WAS}, SUBJECT),
    "promise.overdue": KindSpec("Quá hạn", "Fell overdue", PROMISE, SUBJECT),
    "promise.kept": KindSpec("Đã làm xong việc phải làm", "Promise kept", {**PROMISE, "punctuality": PUNCTUALITY}, SUBJECT),
    "promise.dropped": KindSpec("Không còn phải làm", "Promise dropped", {**PROMISE, "was": WAS}, SUBJECT),
    "promise.handed_over": KindSpec("Bàn giao việc phải làm", "Promise handed over", {**PROMISE, "was": WAS}, SUBJECT),
    "promise.taken_over": KindSpec("Tiếp nhận việc phải làm", "Promise taken over", {**PROMISE, "was": WAS}, SUBJECT),
    "promise.paused": KindSpec("Tạm dừng tính hạn", "Clock stopped", PROMISE, SUBJECT),
    "promise.resumed": KindSpec("Tính hạn trở lại", "Clock running again", PROMISE, SUBJECT),
    "promise.assigned": KindSpec("Giao người thực hiện", "Given to an officer", PROMISE, SUBJECT),
    "promise.reminded": KindSpec("Đã nhắc việc sắp đến hạn", "Reminder given", PROMISE, SUBJECT),
    "promise.escalated": KindSpec("Đã báo cấp trên việc quá hạn", "Escalated to the superior", PROMISE, SUBJECT),
}
