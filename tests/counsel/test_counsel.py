"""Advice that is owed an answer, and inspections of both sides with remedies by a day; operations, pages and API."""

import json
from datetime import date, timedelta

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.rules import NamesSomebody
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import DueBefore
from gandan.results.measures.queries import figures
from gandan.work.counsel import operations as counsel
from gandan.work.counsel import queries
from gandan.work.counsel.models import Advice, Finding, Inspection
from gandan.work.counsel.rules import Answer, NothingSaid, Step, WrongState, WrongUnits
from tests.accounts.proving import signed_in
from tests.cast import TODAY, TWO_LEVELS

SOON, BEFORE = TODAY + timedelta(20), TODAY - timedelta(40)


@pytest.fixture
def city(cast):
    """Binh is a specialist of the ward's police; Quyen of its Party building board."""
    appoint(person=cast.binh, unit=cast.unit("CAP-W1"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.importer, on=TWO_LEVELS)
    return cast


def advised(cast, on=TODAY, **other):
    given = {
        "unit": cast.unit("CAP-W1"), "addressee": cast.police, "subject": "Lắp đèn hẻm", "text": "Căn cứ tình hình",
        "due_on": on + timedelta(20), "by": cast.binh, "on": on,
    }  # fmt: skip
    return counsel.advise(**{**given, **other})


def planned(cast, on=TODAY, **other):
    given = {
        "unit": cast.unit("CAP-W1"), "partner": cast.unit("BXDD-W1"), "place": cast.unit("PC08"), "title": "Kiểm tra tiếp dân",
        "about": "Giờ tiếp dân", "planned_for": on, "by": cast.binh, "on": on,
    }  # fmt: skip
    return counsel.plan(**{**given, **other})


def held(cast, on=TODAY):
    made = planned(cast, on)
    return counsel.hold(inspection=made, conclusion="Còn thiếu", held_on=on, by=cast.quyen, on=on)


def found(cast, inspection, on=TODAY):
    return counsel.find(
        inspection=inspection, words="Chưa niêm yết", remedy="Niêm yết giờ", due_on=on + timedelta(10), by=cast.binh, on=on
    )


def figure(cast, code):
    at, period = cast.city.pk, Period(date(2026, 1, 1), date(2027, 1, 1))
    return figures([code], [at], [period]).cell(code, at, period).value


def test_advice_is_owed_an_answer_and_leads_to_a_directive(city):
    made = advised(city)
    owed = Promise.objects.get(kind="advice.answer")
    assert (owed.unit.code, owed.state) == ("CATP", "open")
    counsel.answer(advice=made, answer=Answer.IN_PART, words="Làm trước hai hẻm", by=city.dung, on=TODAY)
    counsel.name_directive(advice=made, directive="12/KH-CATP", by=city.binh, on=TODAY)
    counsel.name_directive(advice=made, directive="12/KH-CATP", by=city.binh, on=TODAY)

    row = queries.one_advice(made.pk, city.binh, TODAY)
    assert (row.answer, row.directive, Promise.objects.get(pk=owed.pk).state) == (Answer.IN_PART, "12/KH-CATP", "kept")
    assert Event.objects.filter(facet_set__kind="advice.directed").count() == 1
    assert [figure(city, code) for code in ("advice-given", "advice-taken", "advice-unanswered")] == [1, 1, 0]
    with pytest.raises(WrongState):
        counsel.answer(advice=made, answer=Answer.REFUSED, words="x", by=city.dung, on=TODAY)


@pytest.mark.parametrize(("wrong", "why"), [
    ({"subject": " "}, NothingSaid),
    ({"subject": "Việc của ông Tám"}, NamesSomebody),
    ({"due_on": BEFORE}, DueBefore),
])  # fmt: skip
def test_what_advice_may_not_be(city, wrong, why):
    with pytest.raises(why):
        advised(city, **wrong)
    assert not Advice.objects.exists()


def test_advice_is_refused_for_a_reason_and_goes_to_another_unit(city):
    with pytest.raises(WrongUnits):
        advised(city, addressee=city.unit("CAP-W1"))
    made = advised(city)
    with pytest.raises(NothingSaid):
        counsel.answer(advice=made, answer=Answer.REFUSED, words=" ", by=city.dung, on=TODAY)
    with pytest.raises(NotAllowed):
        counsel.answer(advice=made, answer=Answer.ACCEPTED, words="", by=city.chi, on=TODAY)
    counsel.answer(advice=made, answer=Answer.REFUSED, words="Chưa có kinh phí", by=city.dung, on=TODAY)
    with pytest.raises(WrongState):
        counsel.name_directive(advice=made, directive="1", by=city.dung, on=TODAY)


def test_an_inspection_is_held_by_two_sides_and_closed_once_all_is_remedied(city):
    with pytest.raises(WrongUnits):
        planned(city, partner=city.unit("CAP-W2"))
    inspection = held(city)
    finding = found(city, inspection)
    assert Promise.objects.get(kind="inspection.remedy").unit.code == "PC08"
    with pytest.raises(counsel.StillOwed):
        counsel.close(inspection=inspection, by=city.quyen, on=TODAY)
    appoint(person=city.phuc, unit=city.unit("PC08"), role=Role.SPECIALIST, line=Line.POLICE, by=city.importer, on=TODAY)
    assert queries.inspection(inspection.pk, city.phuc, TODAY).findings[0].may_work
    with pytest.raises(NotAllowed):
        counsel.close(inspection=inspection, by=city.phuc, on=TODAY)
    counsel.remedy(finding=finding, result="Đã niêm yết", by=city.phuc, on=TODAY)
    assert counsel.close(inspection=inspection, by=city.quyen, on=TODAY).step == Step.CLOSED
    for again in (counsel.close, counsel.cancel):
        with pytest.raises(WrongState):
            again(inspection=inspection, by=city.quyen, on=TODAY)
    assert [figure(city, code) for code in ("inspections-held", "inspection-findings", "remedies-in-time-share")] == [1, 1, 100]


def test_nothing_is_found_before_it_was_held_nor_said_of_a_person(city):
    inspection = planned(city)
    with pytest.raises(WrongState):
        found(city, inspection)
    with pytest.raises(WrongState):
        counsel.hold(inspection=inspection, conclusion="x", held_on=SOON, by=city.binh, on=TODAY)
    with pytest.raises(NamesSomebody):
        counsel.hold(inspection=inspection, conclusion="Anh Ba làm sai", held_on=TODAY, by=city.binh, on=TODAY)
    assert counsel.cancel(inspection=inspection, by=city.binh, on=TODAY).step == Step.CANCELLED


def test_others_see_nothing(city):
    inspection, advice = held(city), advised(city)
    assert queries.inspections(city.chi, TODAY).rows == []
    assert queries.advice(city.chi, TODAY).rows == []
    for look, one in ((queries.inspection, inspection), (queries.one_advice, advice)):
        with pytest.raises(NotAllowed):
            look(one.pk, city.chi, TODAY)
    assert len(queries.inspections(city.quyen, TODAY).rows) == 1
    assert len(queries.advice(city.dung, TODAY).rows) == 1


def test_lists_are_paged_and_cost_no_more_for_many(city, django_assert_max_num_queries):
    for nth in range(5):
        found(city, held(city, TODAY - timedelta(nth)))
        advised(city, on=TODAY - timedelta(nth))
    for listed in (queries.advice, queries.inspections):
        first = listed(city.binh, TODAY, limit=3)
        rest = listed(city.binh, TODAY, after=first.next)
        assert len({row.id for row in (*first.rows, *rest.rows)}) == 5
        with django_assert_max_num_queries(6):
            listed(city.binh, TODAY)


def test_the_pages_go_from_advice_to_directive(city):
    binh, dung = signed_in(city.binh), signed_in(city.dung)
    form = {"addressee": "CATP", "subject": "Lắp đèn hẻm", "number": "1/TM", "text": "Căn cứ", "due_on": "2026-12-20"}
    named = binh.post("/advice/new/", form | {"subject": "Việc ông Tám"})
    assert (named.status_code, "chỉ ra một người" in named.content.decode().partition("wrong_subject")[2][:800]) == (422, True)
    page = binh.post("/advice/new/", form).url
    assert "chưa trả lời" in binh.get("/advice/").content.decode()
    assert "Lắp đèn hẻm" in dung.get("/?group=later").content.decode()
    refused = dung.post(page, {"do": "answer", "answer": "refused", "words": ""})
    assert (refused.status_code, "ghi vì sao" in refused.content.decode()) == (422, True)
    assert dung.post(page, {"do": "answer", "answer": "accepted", "words": "Đồng ý", "directive": "12/KH"}).status_code == 302
    assert "12/KH" in binh.get("/advice/?answer=accepted").content.decode()
    assert signed_in(city.chi).get(page).status_code == 403
    assert binh.get("/advice/999999/").status_code == 404


def test_the_pages_go_from_plan_to_closing(city):
    binh, quyen = signed_in(city.binh), signed_in(city.quyen)
    form = {"title": "Kiểm tra tiếp dân", "number": "1/KH", "place": "PC08", "partner": "BXDD-W1", "planned_for": "2026-11-20"}
    wrong = binh.post("/inspections/new/", form | {"place": "NOWHERE"})
    assert (wrong.status_code, "NOWHERE" in wrong.content.decode().partition("wrong_place")[2][:400]) == (422, True)
    page = binh.post("/inspections/new/", form).url
    assert quyen.post(page, {"do": "hold", "held_on": "2026-11-20", "conclusion": "Còn thiếu"}).status_code == 302
    short = quyen.post(page, {"do": "find", "words": "Chưa niêm yết", "remedy": "", "due_on": "2026-12-01"})
    assert (short.status_code, "Chưa niêm yết" in short.content.decode()) == (422, True)
    assert binh.post(page, {"do": "find", "words": "Thiếu", "remedy": "Niêm yết", "due_on": "2026-12-01"}).status_code == 302
    finding = Finding.objects.get()
    assert binh.get(f"/inspections/findings/{finding.pk}/").url == page
    assert quyen.post(page, {"do": "close"}).status_code == 422
    assert binh.post(page, {"do": "remedy", "finding": str(finding.pk), "result": "Đã niêm yết"}).status_code == 302
    assert quyen.post(page, {"do": "close"}).status_code == 302
    assert "đã khắc phục xong" in binh.get("/inspections/").content.decode()
    assert Inspection.objects.get().step == Step.CLOSED
    assert signed_in(city.chi).get(page).status_code == 403


def test_programs_give_advice_and_read_both(city):
    binh = signed_in(city.binh)
    given = {"unit": "CAP-W1", "addressee": "CATP", "subject": "Lắp đèn hẻm", "due_on": "2026-12-20"}
    made = binh.post("/api/v1/advice", json.dumps(given), content_type="application/json")
    assert (made.status_code, made.json()["answer"]) == (201, "none")
    assert [one["subject"] for one in binh.get("/api/v1/advice?answer=none").json()["items"]] == ["Lắp đèn hẻm"]
    inspection = held(city)
    found(city, inspection)
    assert [one["step"] for one in binh.get("/api/v1/inspections?step=held").json()["items"]] == ["held"]
    assert binh.get(f"/api/v1/inspections/{inspection.pk}").json()["findings"][0]["remedy"] == "Niêm yết giờ"
    assert signed_in(city.chi).get(f"/api/v1/inspections/{inspection.pk}").status_code == 403
    for nowhere in ("inspections", "matters", "relief"):
        assert binh.get(f"/api/v1/{nowhere}/999999").status_code == 404
