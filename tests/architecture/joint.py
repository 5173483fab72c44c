"""Rows of what both sides do together: matters, advice, inspections, relief; and of what is written for others.

How a row is written stands in `expected.py`.
"""

from gandan.ground.organisations.rights import Right
from tests.architecture.rows import NOBODYS, SIGNED_IN, Row

API = "/api/v1"
COUNSEL, ADVISES, HELPS, GIVES = Right.READ_COUNSEL, Right.WRITE_COUNSEL, Right.READ_RELIEF, Right.WRITE_RELIEF
NOTICES = Right.WRITE_NOTICES
FILE = {"what": "dossiers", "form": "csv", "asked_at": "{unit}", "unit": "{unit}"}
PROOF = {"place": "page", "posted_on": "2026-11-20", "address": "https://phuong.example/a"}
FOUND = {"do": "find", "words": "Thiếu", "remedy": "Niêm yết", "due_on": "2026-12-01"}
ADVICE = {"unit": "{unit}", "addressee": "CATP", "subject": "Lắp đèn hẻm", "due_on": "2026-12-20"}
MATTER = {"unit": "{unit}", "partner": "MTTQ", "area": "W1", "issue": "land", "title": "Lối đi chung", "place": "Hẻm sau chợ",
          "settle_by": "2026-12-20"}  # fmt: skip
WRITTEN = {"title": "Lịch tiếp dân", "summary": "Sáng thứ Năm.", "text": "Tiếp dân sáng thứ Năm hằng tuần.",
           "audience": "everyone", "channels": "page"}  # fmt: skip

JOINT: dict[str, list[Row]] = {
    "matter-pledge": [Row(Right.READ_MATTERS, "/matters/pledges/{pledge}/")],
    "advice-one": [
        Row(COUNSEL, "/advice/{advice}/"),
        Row(ADVISES, "/advice/{advice}/", "post", {"do": "directive", "directive": "1"}, whole=False),
    ],
    "inspection": [
        Row(COUNSEL, "/inspections/{inspection}/"),
        Row(COUNSEL, "/inspections/{planned}/"),
        Row(ADVISES, "/inspections/{inspection}/", "post", FOUND),
    ],
    "inspection-finding": [Row(SIGNED_IN, "/inspections/findings/{finding}/")],
    "relief": [Row(HELPS, "/relief/{relief}/", citywide=True)],
    "relief-enter": [Row(GIVES, "/relief/{relief}/enter/", citywide=True)],
    "relief-depot": [Row(GIVES, "/relief/{relief}/depots/{depot}/")],
    "relief-need": [Row(HELPS, "/relief/needs/{need}/"), Row(GIVES, "/relief/needs/{need}/", "post", {"do": "decline"})],
    "publishing-one": [Row(NOTICES, "/publishing/{notice}/", missing=True)],
    "publishing-edit": [
        Row(NOTICES, "/publishing/{notice}/edit/", missing=True),
        Row(NOTICES, "/publishing/{notice}/edit/", "post", WRITTEN, missing=True, whole=False),
    ],
    "publishing-act": [Row(NOTICES, "/publishing/{notice}/submit/", "post", missing=True)],
    "democracy-duty": [Row(NOTICES, "/democracy/duties/{duty}/", missing=True)],
    "democracy-consultation": [Row(NOTICES, "/democracy/consultations/{consultation}/", missing=True)],
    "democracy-consultation-edit": [Row(NOTICES, "/democracy/consultations/{consultation}/edit/", missing=True)],
    "activity-point": [Row(SIGNED_IN, "/activities/points/{point}/")],
    # What counts for everybody begins at the top; whoever tries here is appointed further down.
    "directive-new": [Row(NOBODYS, "/directives/new/")],
    "programme-new": [Row(NOBODYS, "/programmes/new/")],
}
JOINT_API: dict[str, list[Row]] = {
    "POST /api/v1/advice": [Row(ADVISES, f"{API}/advice", "post", ADVICE)],
    "GET /api/v1/inspections/{number}": [Row(COUNSEL, API + "/inspections/{inspection}")],
    "GET /api/v1/relief/{number}": [Row(HELPS, API + "/relief/{relief}", citywide=True)],
    "POST /api/v1/matters": [Row(Right.WRITE_MATTERS, f"{API}/matters", "post", MATTER)],
    "POST /api/v1/duties/{number}/proofs": [Row(NOTICES, API + "/duties/{duty}/proofs", "post", PROOF, missing=True)],
    "POST /api/v1/exports": [Row(Right.READ_DOSSIERS, f"{API}/exports", "post", FILE, says="không có quyền xem hồ sơ")],
}
