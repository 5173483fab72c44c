"""What a row must be to be taken in, and what is said when it isn't."""

import unicodedata
from datetime import date

import pytest

from gandan.work.dossiers.rules import REASONS, Candidate, Move, Refusal
from tests.dossiers import rows
from tests.dossiers.rows import check

KNOWN = "identity-card, passport, reissue"


def test_a_row_becomes_a_dossier_with_a_due_date_reckoned():
    taken = check()

    assert isinstance(taken, Candidate)
    assert (taken.source_number, taken.unit.code, taken.rule.code, taken.applicant) == (
        "HS-1",
        "PA08",
        "passport",
        "Trần Thị Hoa",
    )
    assert (taken.received_on, taken.due_on, taken.due_stated) == (date(2026, 6, 15), date(2026, 6, 25), False)
    assert (taken.channel, taken.moves, taken.letter, taken.parcel) == ("counter", (), None, None)


def test_an_appointment_that_the_file_states_stands():
    taken = check(due_on="01/09/2026")

    assert (taken.due_on, taken.due_stated) == (date(2026, 9, 1), True)


@pytest.mark.parametrize("unit", ["PA08", "pa08", "Phòng quản lý xuất nhập cảnh", "PHONG QUAN LY XUAT NHAP CANH", "Phòng PA08"])
def test_a_unit_is_known_by_its_code_and_by_what_people_call_it(unit):
    assert check(unit=unit).unit is rows.PASSPORTS


def test_accents_apart_are_the_same_accents():
    assert (
        check(
            unit=unicodedata.normalize("NFD", rows.PASSPORTS.name), applicant=unicodedata.normalize("NFD", "Nguyễn Ổi")
        ).applicant
        == "Nguyễn Ổi"
    )


CARD = {"procedure": "identity-card"}
POSTED = {"finished_on": "18/06/2026", "delivery_handed_on": "18/06/2026"}
case = pytest.param

REFUSED = [
    case({"source_number": ""}, "missing", "Số", {}, id="no number"),
    case({"received_on": " "}, "missing", "Nhận", {}, id="no day of receipt"),
    case({"received_on": "31/02/2026"}, "not_in_the_calendar", "Nhận", {"value": "31/02/2026"}, id="31 February"),
    case({"received_on": "sáng nay"}, "not_a_date", "Nhận", {"value": "sáng nay"}, id="no date"),
    case({"received_on": "15/06/2062"}, "in_the_future", "Nhận", {"today": "03/07/2026"}, id="a slip of the year"),
    case({"finished_on": "01/06/2026"}, "before_receipt", "Xong", {"received_on": "15/06/2026"}, id="finished before receipt"),
    case({"due_on": "01/06/2026"}, "before_receipt", "Hẹn", {}, id="due before receipt"),
    case({"procedure": "marriage"}, "unknown_procedure", "Thủ tục", {"known": KNOWN}, id="unknown procedure"),
    case({"received_on": "15/06/2015"}, "procedure_not_in_force", "Thủ tục", {"day": "15/06/2015"}, id="before the rules"),
    case({"unit": "PA80"}, "unknown_unit", "Đơn vị", {"value": "PA80"}, id="unknown unit"),
    case({"unit": "CAP-O3"}, "unit_closed", "Đơn vị", {"unit": "CAP-O3", "heirs": "CAP-W1"}, id="a unit that ended"),
    case({"unit": "Công an phường Đa Kao"}, "unit_divided", "Đơn vị", {"heirs": "CAP-W1, CAP-W2"}, id="a unit that was divided"),
    case(
        {**CARD, "unit": "CAP-W1", "received_on": "02/06/2025"},
        "unit_not_yet", "Đơn vị", {"from_on": "01/07/2025", "before": "CAP-O3, CAP-O4"}, id="before the unit existed",
    ),
    case(
        {**CARD, "unit": "Công an phường 1", "received_on": "02/06/2025"},
        "ambiguous_unit", "Đơn vị", {"units": "CAP-O7, CAP-O8"}, id="two units of one name",
    ),
    case({"unit": "CAP-W1"}, "unit_does_not_handle", "Đơn vị", {"procedure": "passport"}, id="not handled there"),
    case({"channel": "bồ câu"}, "unknown_channel", "Cách nộp", {"value": "bồ câu"}, id="unknown channel"),
    case({"applicant": "x" * 201}, "too_long", "Người nộp", {"found": "201", "allowed": "200"}, id="too long a name"),
    case({"finished_on": "18/06/2026", "withdrawn_on": "18/06/2026"}, "finished_and_withdrawn", "Rút", {}, id="both ends"),
    case({"delivery_handed_on": "18/06/2026"}, "needs", "Gửi đi", {"other": "Xong"}, id="sent without a result"),
    case(
        POSTED | {"finished_on": "19/06/2026"}, "before_finish", "Gửi đi", {}, id="sent before the result",
    ),
    case(
        {**POSTED, "delivery_settled_on": "17/06/2026", "delivery_outcome": "delivered"},
        "before_handing", "Phát", {}, id="arrived before it left",
    ),
    case(
        {**POSTED, "delivery_settled_on": "19/06/2026", "delivery_outcome": "eaten"},
        "unknown_outcome", "Kết quả", {"value": "eaten"}, id="unknown outcome",
    ),
    case(
        {**POSTED, "delivery_settled_on": "19/06/2026"},
        "needs", "Phát", {"other": "Kết quả"}, id="settled without an outcome",
    ),
    case({"letter_new_due_on": "30/06/2026"}, "needs", "Hẹn lại", {"other": "Gửi thư"}, id="a new appointment without a letter"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "code", "column", "params"), REFUSED)
def test_refused(fields, code, column, params):
    refused = check(**fields)

    assert isinstance(refused, Refusal)
    problem = refused.problems[0]
    assert (problem.code, problem.column) == (code, column)
    assert params.items() <= problem.params.items()
    said = REASONS[code].sentence.format(**problem.params) + REASONS[code].remedy.format(**problem.params)
    assert "{" not in said


def test_all_that_is_wrong_is_said_at_once():
    refused = check(source_number="", finished_on="31/11/2026", withdrawn_on="01/01/2030")

    assert [(problem.column, problem.code) for problem in refused.problems] == [
        ("Xong", "not_in_the_calendar"), ("Rút", "in_the_future"), ("Số", "missing"),
    ]  # fmt: skip


def test_a_name_near_the_one_written_is_offered():
    problem = check(unit="Công an phường Xài Gòn").problems[0]

    assert "Công an phường Sài Gòn" in REASONS["unknown_unit"].remedy.format(**problem.params)


def test_every_reason_has_a_sentence_and_a_remedy():
    assert all(reason.sentence.strip() and reason.remedy.strip() for reason in REASONS.values())


class TestReorganised:
    """A dossier that was open when its unit ended."""

    def test_goes_to_the_main_heir_on_that_day(self):
        taken = check(**CARD, unit="CAP-O3", received_on="27/06/2025", finished_on="04/07/2025")

        assert taken.moves == (Move(rows.MERGED, rows.BEN_NGHE.id, rows.SAI_GON.id),)
        assert taken.last_unit == rows.SAI_GON.id

    def test_goes_on_through_every_reorganisation(self):
        taken = check(**CARD, unit="CAQ-5", received_on="26/02/2025", finished_on="04/07/2025")

        assert [(move.on, move.new) for move in taken.moves] == [
            (rows.DISSOLVED, rows.BEN_NGHE.id),
            (rows.MERGED, rows.SAI_GON.id),
        ]

    def test_stays_where_it_was_finished_before(self):
        assert check(**CARD, unit="CAP-O3", received_on="20/06/2025", finished_on="30/06/2025").moves == ()

    def test_a_divided_unit_needs_to_say_who_has_it(self):
        row = {**CARD, "unit": "CAP-O4", "received_on": "27/06/2025", "finished_on": "04/07/2025"}
        problem = check(**row).problems[0]

        assert (problem.code, problem.column, problem.params["heirs"]) == ("unit_divided", "Nơi xong", "CAP-W1, CAP-W2")
        assert check(**row, finished_unit="CAP-W2").moves == (Move(rows.MERGED, rows.DA_KAO.id, rows.TAN_DINH.id),)

    def test_an_open_one_is_with_the_heir_today(self):
        assert check(**CARD, unit="CAP-O3", received_on="27/06/2025").last_unit == rows.SAI_GON.id

    def test_one_that_another_unit_finished_was_handed_to_it(self):
        taken = check(**CARD, unit="CAP-W1", received_on="02/07/2025", finished_on="09/07/2025", finished_unit="CAP-W2")

        assert taken.moves == (Move(date(2025, 7, 9), rows.SAI_GON.id, rows.TAN_DINH.id),)

    def test_its_letter_and_parcel_belong_to_who_stood_on_the_day(self):
        taken = check(
            **CARD, unit="CAP-O3", received_on="16/06/2025", finished_on="30/06/2025", letter_owed_on="25/06/2025",
            letter_sent_on="25/06/2025", delivery_handed_on="30/06/2025", delivery_settled_on="02/07/2025",
            delivery_outcome="delivered",
        )  # fmt: skip

        assert (taken.letter.owed_at, taken.letter.sent_at) == (rows.BEN_NGHE.id, rows.BEN_NGHE.id)
        assert (taken.parcel.handed_at, taken.parcel.settled_at) == (rows.BEN_NGHE.id, rows.SAI_GON.id)
        assert taken.last_unit == rows.BEN_NGHE.id


class TestFingerprint:
    def test_the_same_row_written_otherwise_is_the_same(self):
        again = check(unit="phong quan ly xuat nhap canh", received_on="2026-06-15", applicant=" Trần  Thị Hoa")

        assert again.fingerprint == check().fingerprint

    @pytest.mark.parametrize(
        "fields",
        [{"applicant": "Trần Thị Hòa"}, {"received_on": "16/06/2026"}, {"finished_on": "16/06/2026"}, {"channel": "online"}],
    )
    def test_another_word_is_another_row(self, fields):
        assert check(**fields).fingerprint != check().fingerprint


def test_the_post_has_its_own_term():
    taken = check(finished_on="24/06/2026", delivery_handed_on="25/06/2026", tracking="EV123456785VN")

    assert (taken.parcel.due_on, taken.parcel.outcome, taken.parcel.tracking) == (date(2026, 6, 30), "", "EV123456785VN")


@pytest.mark.parametrize(("fields", "code"), [
    ({"finished_on": "16/06/2026", "stopped_on": "17/06/2026"}, "two_ends"),
    ({"refused_on": "16/06/2026", "withdrawn_on": "17/06/2026"}, "two_ends"),
    ({"returned_on": "17/06/2026"}, "needs"),
    ({"supplemented_on": "17/06/2026"}, "needs"),
    ({"finished_on": "18/06/2026", "returned_on": "17/06/2026"}, "out_of_order"),
    ({"supplement_asked_on": "18/06/2026", "finished_on": "17/06/2026"}, "out_of_order"),
])  # fmt: skip
def test_steps_that_can_not_have_happened_are_refused(fields, code):
    assert [problem.code for problem in check(**fields).problems] == [code]


def test_a_pause_moves_the_due_date_by_its_days():
    plain, paused = check(), check(supplement_asked_on="17/06/2026", supplemented_on="19/06/2026")

    assert (paused.due_on - plain.due_on).days > 0
    assert check(supplement_asked_on="01/07/2026", supplemented_on="03/07/2026").due_on == plain.due_on


def test_waiting_for_money_stops_the_clock_too_and_one_wait_ends_another():
    plain, paid = check(), check(payment_asked_on="17/06/2026", paid_on="19/06/2026")
    both = check(
        supplement_asked_on="16/06/2026", supplemented_on="18/06/2026", payment_asked_on="17/06/2026", paid_on="19/06/2026"
    )

    assert (paid.due_on - plain.due_on).days > 0
    assert [(one.status, one.since.day, one.until.day) for one in both.steps.waits] == [
        ("supplement", 16, 17), ("payment", 17, 19),
    ]  # fmt: skip
    assert both.due_on > paid.due_on
    assert [problem.code for problem in check(paid_on="17/06/2026").problems] == ["needs"]


def test_days_of_verification_come_before_the_term():
    plain, verified = check(), check(procedure="reissue")

    assert verified.due_on == verified.first_due_on
    assert (verified.due_on - plain.due_on).days >= 30
