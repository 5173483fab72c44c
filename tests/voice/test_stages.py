"""Legal steps beside the answer, to the hour; extracts without a name; many reports of one event answered in one act."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.work.voice import queries
from gandan.work.voice.flow import MissingWords, Outcome, WrongState
from gandan.work.voice.models import Case, Stage
from gandan.work.voice.operations import (
    NoSuchExtension,
    NotDoubles,
    accept,
    answer_together,
    conclude,
    hand_file,
    hand_over,
    lengthen,
    pass_extract,
    refer,
    refuse,
    tell_investigators,
    withdraw,
)
from gandan.work.voice.rules.bursts import Came, bursts
from gandan.work.voice.rules.stages import Clock, NoSuchStage, TellsWho
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.voice.conftest import AT

NAMED = {"name": "Trần Thị An", "phone": "0909123456"}
HAND = {"on": TODAY, "at": AT}


def crime(send, **more):
    return send("crime", "Xe bị bẻ khoá", **NAMED, **more)


def denunciation(send):
    return send("denunciation", "Cán bộ nhận tiền", concerned="CAP-W1", **NAMED)


@pytest.mark.parametrize(("on", "hours"), [(TODAY, 12), (date(2024, 6, 3), 24)])
def test_a_crime_report_is_told_within_the_hours_of_its_day(town, send, on, hours):
    case = crime(send, on=on, ward="O1" if on.year == 2024 else "W1")
    (stage,) = queries.stages_of(case)
    assert stage.due_at - stage.began_at == timedelta(hours=hours)
    assert set(Promise.objects.values_list("kind", flat=True)) == {"voice.answer", "crime.transfer"}


def test_telling_in_time_and_late_is_counted_to_the_minute_and_the_file_follows(town, send):
    case, other = crime(send), crime(send)
    tell_investigators(case=case, body="Cơ quan CSĐT", words="Điện báo 12", by=town.binh, **HAND)
    late = AT + timedelta(hours=12, minutes=1)
    tell_investigators(case=other, body="Cơ quan CSĐT", words="", by=town.binh, on=TODAY, at=late)

    told = Event.objects.filter(facet_set__kind="crime.told").order_by("pk")
    assert [one.facet_set.facets["punctuality"] for one in told] == ["in_time", "late"]
    assert [one.clock for one in queries.stages_of(case)] == [Clock.TRANSFER, Clock.FILE]
    hand_file(case=case, body="Cơ quan CSĐT", words="BB 3", by=town.binh, **HAND)
    assert Event.objects.filter(facet_set__kind="crime.filed").count() == 1
    with pytest.raises(NoSuchStage):
        hand_file(case=case, body="Cơ quan CSĐT", words="", by=town.binh, **HAND)
    with pytest.raises(MissingWords):
        hand_file(case=other, body=" ", words="", by=town.binh, **HAND)


def test_a_far_place_has_the_longer_clock_once_and_says_who_allowed_it(town, send):
    case = crime(send)
    with pytest.raises(MissingWords):
        lengthen(case=case, clock=Clock.TRANSFER, grade="remote", allowed_by="", by=town.binh, **HAND)
    stage = lengthen(case=case, clock=Clock.TRANSFER, grade="remote", allowed_by="Trưởng CAP", by=town.binh, **HAND)
    assert stage.due_at - stage.began_at == timedelta(hours=24)
    for grade in ("remote", "endless"):
        with pytest.raises(NoSuchExtension):
            lengthen(case=case, clock=Clock.TRANSFER, grade=grade, allowed_by="x", by=town.binh, **HAND)


def test_a_step_moves_with_its_case_and_ends_with_it(town, send):
    case = crime(send)
    hand_over(case=case, to=town.unit("PC08"), words="", by=town.binh, **HAND)
    assert Promise.objects.get(kind="crime.transfer").unit == town.unit("PC08")
    complaint = send("complaint", "Quyết định xử phạt sai", concerned="CAP-W1", **NAMED)
    withdraw(case=complaint, by=town.importer, **HAND)
    assert (Stage.objects.get(case=complaint).end, Promise.objects.get(kind="complaint.accept").state) == ("overtaken", "dropped")


def test_a_complaint_is_accepted_and_its_term_runs_from_then(town, send):
    case = send("complaint", "Quyết định xử phạt sai", concerned="CAP-W1", **NAMED)
    assert queries.stages_of(case)[0].due_at.date() == TODAY + timedelta(days=10)
    later = TODAY + timedelta(days=4)
    with pytest.raises(NotAllowed):
        accept(case=case, words="", by=town.dung, on=later, at=AT + timedelta(days=4))

    accept(case=case, words="TB 7", by=town.minh, on=later, at=AT + timedelta(days=4))

    assert Case.objects.get().due_on == later + timedelta(days=30)
    assert Promise.objects.get(kind="complaint.answer").due_on == later + timedelta(days=30)
    event = Event.objects.get(facet_set__kind="complaint.accepted")
    assert (event.facet_set.facets["punctuality"], event.unit) == ("in_time", town.police)
    with pytest.raises(NoSuchStage):
        refuse(case=case, words="x", by=town.minh, **HAND)


def test_what_is_not_taken_up_says_why_and_what_is_anothers_says_whose(town, send):
    first, second = (send("complaint", "Quyết định sai", concerned="CAP-W1", **NAMED) for _ in range(2))
    with pytest.raises(MissingWords):
        refuse(case=first, words=" ", by=town.minh, **HAND)
    refuse(case=first, words="Quá thời hiệu 90 ngày.", by=town.minh, **HAND)
    with pytest.raises(MissingWords):
        refer(case=second, body="", words="Thuộc UBND.", by=town.minh, **HAND)
    refer(case=second, body="UBND phường Sài Gòn", words="Thuộc UBND.", by=town.minh, **HAND)

    assert list(Case.objects.order_by("pk").values_list("outcome", flat=True)) == ["refused", "passed_out"]
    assert "UBND phường Sài Gòn" in queries.held(f"{2:016}", TODAY).replies[0].words


def test_an_extract_goes_to_who_decides_and_never_says_who_denounced(town, send):
    case = denunciation(send)
    head = enrol(
        username="son", name="Cao Sơn", unit=town.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=town.importer,
        on=date(2025, 7, 1),
    )  # fmt: skip
    given = {"to": town.unit("CAP-W1"), "by": town.minh, **HAND}
    with pytest.raises(WrongState):
        pass_extract(case=case, words="Nhận tiền", **given)
    accept(case=case, words="", by=town.minh, **HAND)
    for telling in ("Bà TRAN THI AN nói cán bộ nhận tiền", "Gọi 0909 123 456"):
        with pytest.raises(TellsWho):
            pass_extract(case=case, words=telling, **given)
    extract = pass_extract(case=case, words="Cán bộ quầy 2 bị tố nhận tiền ngày 3/11.", **given)

    (seen,) = queries.extracts(head, TODAY)
    assert (seen.words, seen.may_conclude) == ("Cán bộ quầy 2 bị tố nhận tiền ngày 3/11.", True)
    with pytest.raises(queries.UnknownCase):
        queries.case(case.number, head, TODAY)
    assert queries.extracts(town.binh, TODAY) == []
    with pytest.raises(NotAllowed):
        conclude(extract=extract, words="x", by=town.binh, **HAND)
    desk = signed_in(head)
    assert "quầy 2" in desk.get("/voice/extracts/").content.decode()
    assert desk.post("/voice/extracts/", {"extract": str(extract.pk), "words": ""}).status_code == 422
    assert desk.post("/voice/extracts/", {"extract": "99999", "words": "x"}).status_code == 422
    assert desk.post("/voice/extracts/", {"extract": str(extract.pk), "words": "Đúng, đã kỷ luật."}).status_code == 302
    assert queries.extracts_of(case, town.minh, TODAY)[0].conclusion == "Đúng, đã kỷ luật."
    assert Event.objects.get(facet_set__kind="complaint.concluded").unit == town.police


def test_the_steps_stand_on_the_pages_of_both_sides(town, send):
    case = crime(send)
    desk, home = signed_in(town.binh), f"/voice/{case.number}/"
    assert "Báo cơ quan điều tra" in desk.get(home).content.decode()
    assert desk.post(home, {"do": "tell", "body": "", "words": "x"}).status_code == 422
    assert desk.post(home, {"do": "tell", "body": "Cơ quan CSĐT", "words": "mật nội bộ"}).status_code == 302
    sender = Client()
    sender.post("/public/voice/mine/", {"code": f"{1:016}"})
    mine = sender.get("/public/voice/mine/").content.decode()
    assert "Chuyển hồ sơ tố giác" in mine
    assert "mật nội bộ" not in mine
    assert "tel:113" in desk.get("/voice/enter/?kind=crime").content.decode()


def came(nth, minutes, **more):
    given = {"kind": "report", "service": 1, "unit": 1, "ward": 1, "latitude": None, "longitude": None} | more
    return Came(id=nth, at=datetime(2026, 11, 20, 8, tzinfo=AT.tzinfo) + timedelta(minutes=minutes), **given)


def test_what_comes_together_is_one_event_by_place_time_and_kind():
    flood = [came(nth, nth) for nth in range(1, 7)]
    elsewhere = [came(10 + nth, nth, ward=2) for nth in range(4)]  # too few
    later = [came(20 + nth, 200 + nth) for nth in range(5)]
    pins = [came(30 + nth, nth, ward=None, latitude=10.7 + 0.1 * (nth % 2), longitude=106.7) for nth in range(8)]

    found = bursts([*later, *pins, *elsewhere, *flood])

    assert [one.ids for one in found] == [(1, 2, 3, 4, 5, 6), (20, 21, 22, 23, 24)]


def test_sixty_reports_of_one_event_are_answered_in_one_act(town, send, django_assert_max_num_queries):
    for nth in range(60):
        send(text=f"Nước ngập hẻm {nth}", phone="0909123456")
    other = send(ward="W2")
    (group,) = queries.bursts_at(town.binh, TODAY, AT)
    assert (group.many, group.ward.code) == (60, "W1")
    assert queries.bursts_at(town.chi, TODAY, AT) == []
    answered = {"outcome": Outcome.DONE, "by": town.binh, **HAND}
    with pytest.raises(NotAllowed):
        answer_together(cases=group.ids, words="Đã bơm", **answered | {"by": town.chi})
    with pytest.raises(NotDoubles):
        answer_together(cases=[*group.ids, other.pk], words="Đã bơm", **answered)
    with django_assert_max_num_queries(60):
        answer_together(cases=group.ids, words="Đã bơm", **answered)

    assert Case.objects.filter(state="answered").count() == 60
    assert Promise.objects.filter(state="kept").count() == 60
    assert Message.objects.filter(template="voice-answered").count() == 60
    assert queries.held(f"{60:016}", TODAY).replies[0].words == "Đã bơm"


def test_the_desk_answers_a_group_on_its_page(town, send):
    for _ in range(5):
        send()
    desk = signed_in(town.binh)
    page = desk.get("/voice/bursts/").content.decode()
    ids = page.split('name="ids" value="')[1].split('"')[0]
    wrong = desk.post("/voice/bursts/", {"ids": ids, "key": ids.split()[0], "words": "Đã nhắc", "outcome": ""})
    assert (wrong.status_code, "Đã nhắc" in wrong.content.decode()) == (422, True)
    assert desk.post("/voice/bursts/", {"ids": ids, "words": "Đã nhắc", "outcome": "done"}).status_code == 302
    assert "Không có nhóm nào" in desk.get("/voice/bursts/").content.decode()
