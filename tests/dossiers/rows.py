"""Units, procedures and a checker for tests of rows, without a database."""

from datetime import date, timedelta, timezone

from gandan.ground.calendar.rules import Term, TermUnit, WorkingCalendar, due_date
from gandan.work.dossiers.rules import Checker, Gazetteer, Heir, Place, ProcedureRule, Rulebook, bind, read_mapping, values_of
from gandan.work.dossiers.rules.mapping import FIELDS

VIETNAM = timezone(timedelta(hours=7))
TODAY = date(2026, 7, 3)
MERGED = date(2025, 7, 1)
DISSOLVED = date(2025, 3, 1)
FOUNDED = date(2016, 1, 1)

SAI_GON = Place(1, "CAP-W1", "Công an phường Sài Gòn", MERGED)
TAN_DINH = Place(2, "CAP-W2", "Công an phường Tân Định", MERGED)
BEN_NGHE = Place(3, "CAP-O3", "Công an phường Bến Nghé", FOUNDED, MERGED, (Heir(1, MERGED, True),))
DA_KAO = Place(4, "CAP-O4", "Công an phường Đa Kao", FOUNDED, MERGED, (Heir(1, MERGED, False), Heir(2, MERGED, False)))
DISTRICT = Place(5, "CAQ-5", "Công an Quận 1", FOUNDED, DISSOLVED, (Heir(3, DISSOLVED, True), Heir(4, DISSOLVED, False)))
PASSPORTS = Place(6, "PA08", "Phòng Quản lý xuất nhập cảnh", FOUNDED)
WARD_ONE = Place(7, "CAP-O7", "Công an phường 1", FOUNDED)
WARD_ONE_ELSEWHERE = Place(8, "CAP-O8", "Công an Phường 1", FOUNDED)
PLACES = (SAI_GON, TAN_DINH, BEN_NGHE, DA_KAO, DISTRICT, PASSPORTS, WARD_ONE, WARD_ONE_ELSEWHERE)

EIGHT_DAYS, SEVEN_DAYS, THREE_DAYS = (Term(n, TermUnit.WORKING_DAYS) for n in (8, 7, 3))
RULEBOOK = Rulebook(
    {
        "passport": [ProcedureRule(1, "passport", FOUNDED, None, EIGHT_DAYS, ("PA08", "PA08-*"), THREE_DAYS)],
        "reissue": [ProcedureRule(4, "reissue", FOUNDED, None, EIGHT_DAYS, ("PA08",), None, 30)],
        "identity-card": [
            ProcedureRule(2, "identity-card", FOUNDED, DISSOLVED, SEVEN_DAYS, ("CAQ-*",)),
            ProcedureRule(3, "identity-card", DISSOLVED, None, SEVEN_DAYS, ("CAP-*",)),
        ],
    }
)
CALENDAR = WorkingCalendar()
COLUMNS = {
    "source_number": "Số", "procedure": "Thủ tục", "unit": "Đơn vị", "applicant": "Người nộp", "channel": "Cách nộp",
    "received_on": "Nhận", "due_on": "Hẹn", "finished_on": "Xong", "finished_unit": "Nơi xong", "withdrawn_on": "Rút",
    "letter_owed_on": "Nợ thư", "letter_sent_on": "Gửi thư", "letter_new_due_on": "Hẹn lại", "delivery_handed_on": "Gửi đi",
    "delivery_settled_on": "Phát", "delivery_outcome": "Kết quả", "tracking": "Bưu gửi",
    "refused_on": "Từ chối", "started_on": "Xử lý", "supplement_asked_on": "Hỏi thêm", "supplemented_on": "Bổ sung",
    "payment_asked_on": "Báo tiền", "paid_on": "Nộp tiền",
    "stopped_on": "Dừng", "returned_on": "Trả",
}  # fmt: skip
ROW = {"source_number": "HS-1", "procedure": "passport", "unit": "PA08", "applicant": "Trần Thị Hoa", "received_on": "15/06/2026"}


def check(**fields):
    """Hold one row against the rules: `ROW` with some of it changed."""
    bound = bind(read_mapping({"fields": COLUMNS}), list(COLUMNS.values()))
    gazetteer = Gazetteer(PLACES, [(PASSPORTS.id, "Phòng PA08")])
    due = lambda day, term, unit, pauses=(): due_date(day, term, CALENDAR, pauses)  # noqa: E731
    checker = Checker(bound, gazetteer=gazetteer, rulebook=RULEBOOK, due=due, zone=VIETNAM, today=TODAY)
    cells = [(ROW | fields).get(name, "") for name in COLUMNS]
    assert set(fields) <= set(FIELDS)
    return checker.check(2, cells, values_of(bound)(cells))
