"""Rows of the desks where things are written for everyone, and of pages and operations for which no more is needed than who
asks and where. How a row is written stands in `expected.py`.
"""

from gandan.ground.organisations.rights import Right
from tests.architecture.rows import NOBODYS, SIGNED_IN, Row

API = "/api/v1"
NOTICES, POLLS, PROGRAMMES = Right.WRITE_NOTICES, Right.KEEP_POLLS, Right.MANAGE_PROGRAMMES
PROCEDURES, FORMS, VOICE = Right.MANAGE_PROCEDURES, Right.MANAGE_FORMS, Right.ANSWER_VOICE
TAKEN_DOWN = {"kind": "question", "text": "Giờ tiếp dân thế nào?", "concerned": "CAP-W1"}
REASON = {"reason": "workload"}
DAYS = "/settings/calendar/"
HOLIDAY = {"step": "holiday", "day": "2026-12-24", "name": "Nghỉ", "source": "1/QĐ"}

DESKS: dict[str, list[Row]] = {
    "publishing": [Row(SIGNED_IN, "/publishing/")],
    "publishing-write": [Row(NOTICES, "/publishing/new/notice/")],
    "publishing-contacts": [Row(Right.PUBLISH_NOTICES, "/publishing/contacts/")],
    "democracy": [Row(SIGNED_IN, "/democracy/")],
    "democracy-moderate": [Row(Right.MODERATE_VOICE, "/democracy/comments/")],
    "democracy-duty-new": [Row(NOTICES, "/democracy/duties/new/")],
    "democracy-consultation-new": [Row(NOTICES, "/democracy/consultations/new/")],
    "democracy-poll-new": [Row(POLLS, "/democracy/polls/new/")],
    "settings-calendar": [  # what counts for everybody is changed by those at the top
        Row(Right.MANAGE_CALENDAR, DAYS),
        Row(NOBODYS, DAYS, "post", HOLIDAY),
        Row(NOBODYS, DAYS, "post", {"step": "load"}),
    ],
    "procedures": [Row(PROCEDURES, "/settings/procedures/"), Row(PROCEDURES, "/settings/procedures/", "post")],
    "procedure": [Row(PROCEDURES, "/settings/procedures/anywhere/")],
    "procedure-write": [Row(PROCEDURES, "/settings/procedures/write/")],
    "settings-partners": [Row(Right.MANAGE_UNITS, "/settings/partners/")],
    "letter-layouts": [Row(FORMS, "/letters/forms/")],
    "letter-layout": [Row(FORMS, "/letters/forms/receipt/")],
    "task-new": [Row(PROGRAMMES, "/tasks/new/")],
    "voice-enter": [Row(VOICE, "/voice/enter/", also=Right.HANDLE_COMPLAINTS)],
    "voice-appeals": [Row(SIGNED_IN, "/voice/appeals/")],
    "voice-bursts": [Row(SIGNED_IN, "/voice/bursts/")],
    "voice-channels": [Row(SIGNED_IN, "/voice/channels/")],
    "voice-extracts": [Row(SIGNED_IN, "/voice/extracts/")],
    "voice-items": [Row(SIGNED_IN, "/voice/items/")],
    "voice-moderate-words": [Row(SIGNED_IN, "/voice/words/")],
    "advice": [Row(Right.READ_COUNSEL, "/advice/")],
    "advice-new": [Row(Right.WRITE_COUNSEL, "/advice/new/")],
    "inspections": [Row(Right.READ_COUNSEL, "/inspections/")],
    "inspection-new": [Row(Right.WRITE_COUNSEL, "/inspections/new/")],
    "reliefs": [Row(Right.READ_RELIEF, "/relief/")],
    "receptions": [Row(SIGNED_IN, "/reception/")],
}
LETTERS: dict[str, list[Row]] = {
    "GET /api/v1/letters/{number}": [Row(Right.READ_DOSSIERS, API + "/letters/{letter}", missing=True)],
    "POST /api/v1/letters/{number}/reason": [
        Row(Right.WRITE_DOSSIERS, API + "/letters/{letter}/reason", "post", REASON, missing=True)
    ],
    "GET /api/v1/exports/{token}": [Row(NOBODYS, API + "/exports/{export}", missing=True)],
    "GET /api/v1/exports/{token}/file": [Row(NOBODYS, API + "/exports/{export}/file", missing=True)],
    "GET /api/v1/exports": [Row(SIGNED_IN, f"{API}/exports")],
    "GET /api/v1/hand-overs/items": [Row(SIGNED_IN, f"{API}/hand-overs/items")],
    "GET /api/v1/duties": [Row(SIGNED_IN, f"{API}/duties")],
    "GET /api/v1/consultations": [Row(SIGNED_IN, f"{API}/consultations")],
    "GET /api/v1/household-votes": [Row(SIGNED_IN, f"{API}/household-votes")],
    "POST /api/v1/voice": [Row(VOICE, f"{API}/voice", "post", TAKEN_DOWN)],
    "POST /api/v1/voice/{number}/answer": [
        Row(VOICE, API + "/voice/{case}/answer", "post", {"text": "Từ 7 giờ 30.", "outcome": "explained"}, missing=True)
    ],
}
