"""An ad-hoc request: sent to many units, prefilled for each, frozen as it is answered, returned, chased, gathered."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gandan.ground.calendar.queries import period
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.queries import queue
from gandan.results.requests import operations, queries
from gandan.results.requests.models import Answer, AnswerStep
from gandan.results.requests.rules import BadRequest, added, read_rows
from gandan.results.statements.operations import answer_statement, declare, state
from gandan.results.statements.rules import StatementVerdict as Said
from tests.cast import TODAY
from tests.measures.happening import finish, receive

ANNEX = "Hồ sơ đã nhận | dossiers-received\nTỷ lệ đúng hạn | dossiers-on-time-share\nSố buổi tuyên truyền tại khu phố | | buổi"
DUE = date(2026, 11, 27)


def asked(cast, **changes):
    said = {
        "superior": cast.police, "title": "Kết quả cấp căn cước", "paper": "Công văn 123/CATP-PV01",
        "period": period(None, "2026-Q3"),
        "outline": "Khó khăn, vướng mắc\nKiến nghị", "annex": ANNEX, "units": [cast.unit("CAP-W1"), cast.unit("CAP-W2")],
        "due_on": DUE, "line": Line.POLICE, "by": cast.dung, "on": TODAY,
    }  # fmt: skip
    return operations.ask(**(said | changes))


@pytest.fixture
def heads(cast):
    return {
        ward: enrol(username=f"head-{ward.lower()}", name=f"Trưởng {ward}", unit=cast.unit(ward), role=Role.UNIT_HEAD,
                    line=Line.POLICE, by=cast.importer, on=date(2026, 1, 5))
        for ward in ("CAP-W1", "CAP-W2")
    }  # fmt: skip


@pytest.fixture
def request_(cast):
    receive(cast, "CAP-W1", date(2026, 8, 6), times=5, procedure="identity")
    finish(cast, "CAP-W1", date(2026, 8, 10), "in_time", times=3, procedure="identity")
    finish(cast, "CAP-W1", date(2026, 8, 12), "late", procedure="identity")
    receive(cast, "CAP-W2", date(2026, 8, 6), times=2, procedure="identity")
    return asked(cast)


def of(request, unit):
    return Answer.objects.select_related("unit", "request").get(request=request, unit__code=unit)


def give(request, unit, by, on=TODAY):
    words, typed = {0: "Thiếu máy.", 1: "Cấp thêm máy."}, {2: (Decimal(4), "Sổ họp khu phố")}
    operations.write_answer(answer=of(request, unit), words=words, typed=typed, by=by, on=on)
    return operations.answer_request(answer=of(request, unit), by=by, on=on)


def test_each_unit_owes_an_answer_and_finds_it_filled_in(cast, request_, heads):
    assert {row.label for row in queue(heads["CAP-W1"], TODAY)} == {"Kết quả cấp căn cước (Công văn 123/CATP-PV01)"}
    figures = queries.prefilled(of(request_, "CAP-W1"))
    assert [(one.how, one.value) for one in figures] == [("counted", 5), ("counted", 75), ("none", None)]
    assert [one.code for one in queries.report_requests(heads["CAP-W1"], TODAY)] == ["yc-catp-1"]
    assert queries.report_requests(cast.quyen, TODAY) == []


def test_an_answer_is_frozen_at_a_posting(cast, request_, heads):
    given = give(request_, "CAP-W1", heads["CAP-W1"])
    receive(cast, "CAP-W1", date(2026, 8, 20), times=9, procedure="identity")

    assert given.posting is not None
    assert [(one.how, one.value) for one in queries.figures_of(of(request_, "CAP-W1"))] == [
        ("counted", 5), ("counted", 75), ("stated", 4),
    ]  # fmt: skip
    assert queries.prefilled(of(request_, "CAP-W1"))[0].value == 14
    assert [row.label for row in queue(heads["CAP-W1"], TODAY)] == []
    with pytest.raises(operations.NotAsked):
        operations.answer_request(answer=given, by=heads["CAP-W1"], on=TODAY)


def test_what_is_sent_back_is_owed_again_and_what_was_given_stays_on_record(cast, request_, heads):
    given = give(request_, "CAP-W1", heads["CAP-W1"])
    with pytest.raises(NotAllowed):
        operations.return_answer(answer=given, reason="x", by=heads["CAP-W2"], on=TODAY)
    with pytest.raises(BadRequest):
        operations.return_answer(answer=given, reason=" ", by=cast.dung, on=TODAY)
    operations.return_answer(answer=given, reason="Nêu rõ số máy.", by=cast.dung, on=TODAY)
    assert {row.label for row in queue(heads["CAP-W1"], TODAY)} == {"Trả lời lại: Kết quả cấp căn cước"}

    receive(cast, "CAP-W1", date(2026, 8, 20), times=9, procedure="identity")
    give(request_, "CAP-W1", heads["CAP-W1"])
    first, _, last = AnswerStep.objects.filter(answer=given).order_by("pk")
    assert (first.figures["0"], last.figures["0"]) == ("5.0", "14.0")


def test_all_is_gathered_with_who_has_not_answered_and_what_is_stated_apart(cast, request_, heads):
    give(request_, "CAP-W1", heads["CAP-W1"])
    with pytest.raises(NotAllowed):
        operations.gather(request=request_, by=heads["CAP-W1"], on=TODAY)
    operations.gather(request=request_, by=cast.dung, on=TODAY)
    found = queries.gathered(request_)

    assert (found.totals, found.stated) == ([5, 75, None], [None, None, 4])
    assert [one.code for one in found.silent] == ["CAP-W2"]
    book = openpyxl.load_workbook(BytesIO(queries.request_xlsx(request_, made_at=datetime(2026, 11, 20, 2, tzinfo=UTC))))
    assert book.sheetnames == ["Thông tin", "Biểu tổng hợp", "Nội dung", "Chưa trả lời"]
    said = [cell.value for row in book["Biểu tổng hợp"].iter_rows() for cell in row]
    assert "Cộng số nêu" in said
    assert any("nêu theo Sổ họp khu phố" in str(value) for value in said)
    made_at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert queries.request_pdf(request_, made_at=made_at).startswith(b"%PDF")
    assert queries.request_docx(request_, made_at=made_at).startswith(b"PK")


def test_shares_are_added_by_their_parts(cast, request_, heads):
    finish(cast, "CAP-W2", date(2026, 8, 10), "late", times=6, procedure="identity")
    for ward, head in heads.items():
        give(request_, ward, head)
    assert queries.gathered(request_).totals[:2] == [7, 30]


def test_what_is_stated_or_done_elsewhere_is_marked_in_an_answer(cast, heads):
    ward, third = cast.unit("CAP-W1"), period(None, "2026-Q3")
    made = state(unit=ward, code="dossiers-received", period=third, value=Decimal(8), source="Sổ giấy", evidence="x",
                 by=cast.giang, on=TODAY)  # fmt: skip
    answer_statement(statement=made, answer=Said.APPROVED, by=cast.hoa, on=TODAY)
    declare(unit=ward, work="dossiers", system="Cổng quốc gia", since=date(2026, 1, 1), source="x", by=cast.giang, on=TODAY)
    request = asked(cast, outline="")
    first = queries.prefilled(of(request, "CAP-W1"))[0]
    assert (first.how, first.value, first.source, first.systems) == ("stated", 8, "Sổ giấy", "Cổng quốc gia")


def test_a_unit_may_be_excused(cast, request_, heads):
    operations.excuse_answer(answer=of(request_, "CAP-W2"), reason="Mới thành lập.", by=cast.dung, on=TODAY)
    assert queue(heads["CAP-W2"], TODAY) == []
    with pytest.raises(operations.NotAsked):
        give(request_, "CAP-W2", heads["CAP-W2"])
    assert queries.request_row(request_).waiting == 1


@pytest.mark.parametrize("changes", [
    {"title": ""}, {"paper": " "}, {"outline": "", "annex": ""}, {"units": []}, {"due_on": date(2026, 11, 1)},
    {"annex": "Một dòng | nothing"}, {"annex": "a|b|c|d"}, {"annex": "\n".join(["x"] * 61)}, {"outline": "\n".join(["x"] * 21)},
])  # fmt: skip
def test_what_asks_nothing_or_nobody_is_refused(cast, changes):
    with pytest.raises(BadRequest):
        asked(cast, **changes)


def test_only_units_below_are_asked_about_a_period_that_is_over(cast):
    with pytest.raises(BadRequest):
        asked(cast, units=[cast.unit("BXDD-W1")])
    with pytest.raises(BadRequest):
        asked(cast, period=period(None, "2026-Q4"))
    with pytest.raises(NotAllowed):
        asked(cast, by=cast.binh)


def test_a_counted_row_is_not_typed_over_and_a_stated_one_has_its_source(request_, heads):
    answer, by = of(request_, "CAP-W1"), heads["CAP-W1"]
    for typed in ({0: (Decimal(99), "x")}, {2: (Decimal(1), " ")}, {7: (Decimal(1), "x")}):
        with pytest.raises(BadRequest):
            operations.write_answer(answer=answer, words={}, typed=typed, by=by, on=TODAY)
    with pytest.raises(BadRequest):
        operations.answer_request(answer=answer, by=by, on=TODAY)


def test_the_sum_of_nothing_is_nothing():
    assert added([]) is None
    assert added([(None, None, None)]) is None
    assert read_rows("\n \nMột dòng\n", {}) == read_rows("Một dòng", {})
