"""One inbox, one promise: a receipt, a unit, an answer by a day; whatever kind it is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock, public
from gandan.ground.privacy.queries import held
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.work.voice import queries
from gandan.work.voice.flow import Channel, MissingWords, Outcome, WhyHidden, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Sender
from gandan.work.voice.operations import (
    ChangedMeanwhile,
    KnownSource,
    NoSuchExtension,
    NotDoubles,
    NotTheirWork,
    add_answer,
    anonymise_ended,
    answer,
    appraise,
    assign,
    count_appraisals,
    extend,
    follow_succession,
    follow_up,
    hand_over,
    hide,
    merge,
    note,
    part,
    receive,
    say,
    see,
    show,
    start,
    withdraw,
)
from gandan.work.voice.rules.brought import Brought, NotReady
from gandan.work.voice.rules.receipts import UnknownReceipt
from tests.cast import TODAY
from tests.privacy.keeping import keep, kept
from tests.voice.conftest import AT

TOMORROW = TODAY + timedelta(days=1)
CODE = f"{1:016}"


def settled(town, case, words="Đã nhắc quán tắt loa.", **more):
    given = {"outcome": Outcome.DONE, "by": town.binh, "on": TODAY, "at": AT} | more
    return answer(case=case, words=words, **given)


def test_what_is_sent_goes_to_the_wards_police_and_an_answer_is_owed(town, send):
    case = send(phone="0909 123 456")

    assert (case.unit, case.ward, case.state) == (town.unit("CAP-W1"), town.unit("W1"), "new")
    assert case.due_on == date(2026, 12, 4)  # ten working days
    owed = Promise.objects.get(about_type="voice.case", about_id=case.pk)
    assert (owed.kind, owed.due_on, owed.unit, owed.label) == ("voice.answer", case.due_on, case.unit, case.number)
    event = Event.objects.get(facet_set__kind="voice.received")
    assert event.facet_set.facets == {"case": "report", "channel": "online", "service": "other"}
    assert Message.objects.get().template == "voice-received"


@pytest.mark.parametrize(("kind", "unit", "promise"), [
    ("report", "CAP-W1", "voice.answer"),
    ("crime", "CAP-W1", "voice.answer"),
    ("handover", "CAP-W1", "voice.answer"),
    ("question", "CATP", "voice.answer"),
    ("compliment", "PA08", "voice.answer"),
    ("conduct", "CATP", "complaint.answer"),
    ("complaint", "CATP", "complaint.answer"),
    ("denunciation", "CATP", "complaint.answer"),
])  # fmt: skip
def test_each_kind_goes_where_its_row_says(town, send, kind, unit, promise):
    case = send(kind, name="Trần An", concerned="PA08")

    assert case.unit == town.unit(unit)
    assert Promise.objects.filter(about_id=case.pk, kind=promise).count() == 1


def test_a_complaint_is_the_inspectorates_alone(town, send):
    case = send("conduct", concerned="CATP")

    with pytest.raises(queries.UnknownCase):
        queries.case(case.number, town.dung, TODAY)  # who heads the very unit
    assert queries.case(case.number, town.minh, TODAY).text == case.text
    assert [row.id for row in queries.cases(town.minh, TODAY).rows] == [case.pk]
    assert queries.cases(town.dung, TODAY).rows == []


def test_sealed_words_lie_sealed(send):
    case = send("crime", "Kẻ lạ mặt bẻ khoá xe", name="Trần An")

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, search, sealed_words FROM voice_case WHERE id = %s", [case.pk])
        words, search, sealed = cursor.fetchone()
    assert (words, search) == ("", "")
    assert "bẻ khoá".encode() not in bytes(sealed)
    assert Case.objects.get(pk=case.pk).text == "Kẻ lạ mặt bẻ khoá xe"


def test_the_receipt_opens_the_case_and_nothing_else_does(send):
    case = send()

    assert queries.held("0000 0000 0000 0001", TODAY).record == case
    for wrong in ("0000000000000002", "", "1"):
        with pytest.raises(UnknownReceipt):
            queries.held(wrong, TODAY)


def test_a_form_sent_five_times_is_one_case(town):
    brought = Brought(kind=CaseKind.QUESTION, text="Làm căn cước ở đâu?")
    sent = {
        receive(
            brought=brought, channel=Channel.ONLINE, code=f"{nth:016}", once="form-1", by=public(), on=TODAY, at=AT
        ).pk
        for nth in range(5)
    }  # fmt: skip

    assert len(sent) == 1


def test_an_old_ward_leads_to_who_took_over_and_a_pin_to_the_nearest(town, send):
    assert send(ward="O3").ward == town.unit("W2")
    assert send(ward="", latitude=10.781, longitude=106.702).unit == town.unit("CAP-W1")
    assert send(ward="", service="traffic-light").unit == town.unit("PC08")


@pytest.mark.parametrize(("given", "field"), [
    ({"text": "a"}, "text"),
    ({"ward": "X9"}, "ward"),
    ({"ward": "CATP"}, "ward"),
    ({"ward": "", "latitude": 8.5, "longitude": 112.0}, "place"),  # in the sea
    ({"phone": "12"}, "phone"),
    ({"email": "an@"}, "email"),
    ({"service": "noise"}, "attribute[when]"),
    ({"service": "noise", "answers": {"when": "never"}}, "attribute[when]"),
    ({"kind": "crime"}, "name"),
    ({"kind": "compliment"}, "concerned"),
])  # fmt: skip
def test_what_cannot_be_so_is_said_beside_its_field(send, given, field):
    with pytest.raises(NotReady) as refused:
        send(**given)

    assert set(refused.value.faults) == {field}


def test_an_officer_takes_down_what_somebody_says_and_a_stranger_to_it_may_not(town):
    def entered(by):
        brought = Brought(kind=CaseKind.REPORT, text="Nước tràn ra đường", service="other", ward="W2", name="Bà Sáu")
        return receive(brought=brought, channel=Channel.PHONE, code="1", by=by, on=TODAY, at=AT)

    case = entered(town.binh)
    assert (case.unit, Sender.objects.get().entered_by) == (town.unit("CAP-W2"), town.binh)
    with pytest.raises(NotAllowed):
        entered(town.lan)


def test_another_channel_brings_a_case_once(town):
    given = {
        "brought": Brought(kind=CaseKind.REPORT, text="Nước tràn ra đường", service="other", ward="W1"),
        "channel": Channel.OTHER, "by": town.binh, "on": TODAY, "at": AT, "source": "1022", "source_number": "77",
    }  # fmt: skip
    case = receive(code="1", **given)

    with pytest.raises(KnownSource) as known:
        receive(code="2", **given)
    assert known.value.number == case.number


def test_an_answer_is_seen_counted_and_kept_apart_from_notes(town, send):
    case = send(phone="0909123456")
    start(case=case, by=town.binh, on=TODAY, at=AT)
    note(case=case, words="Quán này bị nhắc lần thứ ba.", by=town.binh, on=TODAY, at=AT)
    say(case=case, words="Chúng tôi đang xác minh.", by=town.binh, on=TODAY, at=AT)
    settled(town, case)
    add_answer(case=case, words="Đã kiểm tra lại.", by=town.binh, on=TODAY, at=AT)

    held = queries.held(CODE, TODAY)
    assert [one.words for one in held.replies] == ["Chúng tôi đang xác minh.", "Đã nhắc quán tắt loa.", "Đã kiểm tra lại."]
    assert held.notes == ()
    assert "lần thứ ba" not in repr(held)
    assert see(case=case, by=public(), on=TODAY) == 3
    assert Promise.objects.get(about_id=case.pk).state == "kept"
    answered = Event.objects.get(facet_set__kind="voice.answered").facet_set.facets
    assert answered == {"case": "report", "punctuality": "in_time", "outcome": "done"}
    with pytest.raises(WrongState):
        settled(town, case)


def test_only_who_may_answers_and_not_over_anothers_head(town, send):
    case = send()
    with pytest.raises(NotAllowed):
        settled(town, case, by=town.chi)
    start(case=case, by=town.binh, on=TODAY, at=AT)
    with pytest.raises(ChangedMeanwhile):
        settled(town, case, seen=0)


def test_who_waits_too_long_is_noticed_and_the_answer_is_late(town, send):
    case = send(on=date(2026, 11, 2))
    sweep(on=TODAY, by=clock())
    assert Event.objects.filter(facet_set__kind="promise.overdue", about_id=case.pk).exists()

    settled(town, case)

    assert Event.objects.get(facet_set__kind="voice.answered").facet_set.facets["punctuality"] == "late"


def test_doubles_are_worked_on_once_and_each_sender_gets_the_answer(town, send):
    main, second, third = send(email="a@example.org"), send(email="b@example.org"), send()
    assert merge(into=main, cases=[second.pk, third.pk], by=town.binh, on=TODAY, at=AT) == 2
    assert [row.merged for row in queries.cases(town.binh, TODAY).rows] == [2]
    part(case=third, by=town.binh, on=TODAY, at=AT)

    settled(town, main)

    assert [one.words for one in queries.held(f"{2:016}", TODAY).replies] == ["Đã nhắc quán tắt loa."]
    assert queries.held(f"{3:016}", TODAY).replies == []
    assert Message.objects.filter(template="voice-answered").count() == 2
    assert Event.objects.filter(facet_set__kind="voice.answered").count() == 2
    assert set(Promise.objects.values_list("about_id", "state")) == {
        (main.pk, "kept"), (second.pk, "kept"), (third.pk, "open"),
    }  # fmt: skip


def test_only_open_cases_of_one_kind_and_unit_are_doubles(town, send):
    main = send()
    for other in (send(ward="W2"), send("question")):
        with pytest.raises(NotDoubles):
            merge(into=main, cases=[other.pk], by=town.binh, on=TODAY, at=AT)


def test_a_case_in_the_wrong_place_goes_on_and_its_sender_is_told(town, send):
    case = send(phone="0909123456")
    hand_over(case=case, to=town.unit("PC08"), words="Thuộc đèn tín hiệu.", by=town.binh, on=TODAY, at=AT)

    assert Promise.objects.get(about_id=case.pk).unit == town.unit("PC08")
    assert Case.objects.get().due_on == case.due_on
    assert Message.objects.filter(template="voice-moved").exists()
    (passed,) = queries.held(CODE, TODAY).passings
    assert (passed.to_unit.code, passed.words) == ("PC08", "Thuộc đèn tín hiệu.")
    with pytest.raises(NotAllowed):
        settled(town, case)
    with pytest.raises(NotTheirWork):
        hand_over(case=case, to=town.unit("BXDD-W1"), words="", by=town.phuc, on=TODAY, at=AT)


def test_a_ward_that_was_merged_leaves_its_cases_to_its_heir(town, send):
    before = date(2025, 6, 25)
    case = send(ward="O1", on=before)
    assert case.unit == town.unit("CAP-O1")

    assert follow_succession(unit=town.unit("CAP-O1"), by=clock(), on=date(2025, 7, 1), at=AT) == 1

    assert Case.objects.get(pk=case.pk).unit == town.unit("CAP-W1")


def test_an_officer_is_given_a_case(town, send):
    case = send()
    assign(case=case, officer=town.binh, by=town.binh, on=TODAY, at=AT)

    assert queries.case(case.number, town.binh, TODAY).officer == town.binh.name


def test_nothing_is_shown_before_a_moderator_has_looked_and_hiding_says_why(town, send):
    wished, other, private = send(public=True), send(public=True, phone="0909123456"), send()
    assert queries.shown() == []
    assert [one.pk for one in queries.to_moderate(town.hoa, TODAY)] == [wished.pk, other.pk]
    assert queries.to_moderate(town.binh, TODAY) == []  # the police line moderates nothing

    show(case=wished, words="Loa kéo hát đến nửa đêm.", by=town.hoa, on=TODAY, at=AT)
    hide(case=other, why=WhyHidden.NAMES_SOMEONE, by=town.hoa, on=TODAY, at=AT)

    assert [one.shown_words for one in queries.shown()] == ["Loa kéo hát đến nửa đêm."]
    assert Event.objects.get(facet_set__kind="voice.hidden").facet_set.facets["why"] == "names_someone"
    assert Message.objects.filter(template="voice-hidden").exists()
    for by, case in ((town.binh, other), (town.hoa, private)):
        with pytest.raises((NotAllowed, WrongState)):
            show(case=case, words="x", by=by, on=TODAY, at=AT)


def test_sealed_kinds_can_not_be_shown():
    assert [kind for kind, spec in KINDS.items() if spec.sealed and spec.shown] == []


def test_a_sender_follows_up_and_takes_back(town, send):
    case = send()
    follow_up(case=case, words="Hôm nay lại ồn.", by=public(), on=TODAY, at=AT)
    assert queries.case(case.number, town.binh, TODAY).new_words == 1

    withdraw(case=case, by=public(), on=TODAY, at=AT)

    assert Promise.objects.get(about_id=case.pk).state == "dropped"
    with pytest.raises(WrongState):
        withdraw(case=send("crime", name="Trần An"), by=public(), on=TODAY, at=AT)


def test_what_senders_think_is_counted_at_the_end_of_the_day_and_beside_no_case(town, send):
    for nth in range(3):
        case = send()
        settled(town, case)
        appraise(case=case, satisfied=nth > 0, by=public(), on=TODAY)
    assert count_appraisals(by=clock(), on=TODAY) == 0

    assert count_appraisals(by=clock(), on=TOMORROW) == 3

    told = Event.objects.filter(facet_set__kind="voice.appraised")
    assert sorted(one.facet_set.facets["said"] for one in told) == ["not_satisfied", "satisfied", "satisfied"]
    assert {(one.about_id, one.day) for one in told} == {(None, TODAY)}
    assert count_appraisals(by=clock(), on=TOMORROW) == 0
    with pytest.raises(WrongState):
        appraise(case=case, satisfied=True, by=public(), on=TOMORROW)


def test_a_list_finds_words_without_marks_and_numbers_and_never_who_sent_it(town, send):
    first = send(text="Đèn đường hỏng trước trường học", name="Nguyễn Thị Sáu")
    send(text="Vỉa hè bị lấn chiếm")

    def found(text):
        return [row.id for row in queries.cases(town.binh, TODAY, queries.Filters(text=text)).rows]

    assert found("den duong") == found(first.number) == found("truong hoc") == [first.pk]
    assert found("Nguyễn Thị Sáu") == []


def test_when_its_time_is_up_nothing_tells_whose_it_was(town, send):
    case = send(name="Nguyễn Thị Sáu", phone="0909123456")
    settled(town, case)

    assert (keep(town.chi, case.number), keep(town.binh, case.number)) == (400, 302)
    assert case.number in kept(town.binh)
    assert case.number not in kept(town.chi) + kept(town.lan)  # who keeps the house sees that something is kept
    assert anonymise_ended(before=TOMORROW, but=held("voice.case", localdate()), by=clock(), on=TOMORROW) == []
    assert keep(town.binh, case.number, step="release") == 302
    assert anonymise_ended(before=TOMORROW, but=held("voice.case", localdate()), by=clock(), on=TOMORROW) == [case.pk]

    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.text, fresh.place, fresh.answers) == ("", "", "")
    assert not Sender.objects.exists()
    with pytest.raises(UnknownReceipt):
        queries.held(CODE, TOMORROW)


def test_a_complaint_is_kept_by_the_inspectorate_and_nobody_else_knows(town, send):
    case = send("conduct", concerned="CATP")

    assert (keep(town.dung, case.number), keep(town.minh, case.number)) == (400, 302)
    assert case.number in kept(town.minh)
    assert "Không có bản ghi nào bị giữ lại" in kept(town.dung)  # the head of those of whom it speaks
    assert Event.objects.get(facet_set__kind="privacy.held").unit == town.police


def test_a_longer_term_names_who_allowed_it_and_the_sender_is_told(town, send):
    case = send("crime", name="Trần An", phone="0909123456")
    given = {"allowed_by": "Thủ trưởng Cơ quan điều tra, QĐ 12", "words": "Nhiều người liên quan", "by": town.binh, "on": TODAY}

    for unknown in ("procuracy", "normal", "none"):  # the procuracy's comes after the first
        with pytest.raises(NoSuchExtension):
            extend(case=case, grade=unknown, at=AT, **given)
    with pytest.raises(MissingWords):
        extend(case=case, grade="complex", at=AT, **{**given, "allowed_by": ""})
    assert extend(case=case, grade="complex", at=AT, **given).due_on == date(2027, 1, 20)
    assert extend(case=case, grade="procuracy", at=AT, **given).due_on == date(2027, 3, 20)

    assert Promise.objects.get(about_id=case.pk, kind="voice.answer").due_on == date(2027, 3, 20)
    assert [one.allowed_by for one in queries.held(CODE, TODAY).extensions] == ["Thủ trưởng Cơ quan điều tra, QĐ 12"] * 2
    assert Message.objects.filter(template="voice-word").count() == 2
