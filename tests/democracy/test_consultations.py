"""Consultations: nobody is asked who they are, the civil side moderates, each paragraph that was spoken about is answered."""

from datetime import timedelta

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import public
from gandan.ground.privacy.queries import held as kept_ones
from gandan.ground.promises.models import Promise
from gandan.work.democracy.flow import Showing, WhyHidden
from gandan.work.democracy.models import Remark
from gandan.work.democracy.operations import (
    NotYourOwn,
    StillWaiting,
    WrongStage,
    answer_consultation,
    comment,
    erase_comments,
    hide_comment,
    open_consultation,
    show_comment,
)
from gandan.work.democracy.queries import UnknownComment, consultation, own_comments, to_moderate
from gandan.work.democracy.rules.writing import BadText
from tests.cast import TODAY
from tests.privacy.keeping import keep, kept

CODE = "1234567890123456"


def said(ward, asked, words="Xin đóng lúc 22 giờ.", position=1, code=CODE, on=TODAY):
    return comment(consultation=asked, position=position, words=words, code=code, by=public(), on=on)


def test_another_than_who_wrote_opens_it_and_the_answer_is_promised(ward):
    draft = ward.consultation(opened=False)
    with pytest.raises(NotYourOwn):
        open_consultation(consultation=draft, by=ward.writer, on=TODAY)
    asked = open_consultation(consultation=draft, by=ward.editor, on=TODAY)

    assert asked.closes_on == TODAY + timedelta(15)
    promise = Promise.objects.get(kind="consultation.answer")
    assert (promise.due_on, promise.owed_to) == (asked.answer_by, "public")


def test_a_comment_sent_twice_is_one(ward):
    asked = ward.consultation()
    assert said(ward, asked).pk == said(ward, asked).pk
    said(ward, asked, position=2)

    assert Remark.objects.count() == 2
    assert Event.objects.filter(facet_set__kind="comment.received").count() == 2


def test_nothing_of_a_comment_says_whose_it_is(ward):
    made = said(ward, ward.consultation())
    event = Event.objects.get(facet_set__kind="comment.received")

    assert (event.about_type, event.about_id, event.by_id) == ("", None, public().pk)
    assert {field.name for field in Remark._meta.get_fields()} == {
        "id", "consultation", "paragraph", "receipt", "words", "shown_words", "showing", "why_hidden", "given_on",
    }  # fmt: skip
    assert CODE.encode() not in bytes(Remark.objects.get(pk=made.pk).receipt)


def test_the_civil_side_moderates_and_the_police_read_nothing_before(ward):
    asked = ward.consultation()
    one, other = said(ward, asked), said(ward, asked, words="Anh A bẩn", code="2" * 16)

    assert [row.id for row in to_moderate(ward.moderator, TODAY)] == [one.pk, other.pk]
    for officer in (ward.police_writer, ward.police_editor, ward.cast.dung, ward.cast.giang, ward.writer):
        assert to_moderate(officer, TODAY) == []
        with pytest.raises(NotAllowed):
            show_comment(comment=one, words="x", by=officer, on=TODAY)
    show_comment(comment=one, words="Xin đóng lúc 22 giờ.", by=ward.moderator, on=TODAY)
    hide_comment(comment=other, why=WhyHidden.NAMES_SOMEONE, by=ward.moderator, on=TODAY)

    shown = consultation(asked.pk, TODAY)
    assert shown.parts[0].comments == ("Xin đóng lúc 22 giờ.",)
    assert (shown.shown, shown.waiting, shown.hidden) == (1, 0, {WhyHidden.NAMES_SOMEONE: 1})


def test_its_writer_finds_it_by_the_code_alone(ward):
    asked = ward.consultation()
    hide_comment(comment=said(ward, asked), why=WhyHidden.ABUSE, by=ward.moderator, on=TODAY)

    own = own_comments("1234 5678 9012 3456", TODAY)[0]
    assert (own.showing, own.why, own.position) == (Showing.HIDDEN, WhyHidden.ABUSE, 1)
    for wrong in ("", "3" * 16, "abc"):
        with pytest.raises(UnknownComment):
            own_comments(wrong, TODAY)


def test_all_who_spoke_are_answered_after_it_closed(ward):
    asked = ward.consultation()
    one = said(ward, asked)
    after = asked.closes_on + timedelta(1)
    answers = {"consultation": asked, "by": ward.editor}
    with pytest.raises(WrongStage):
        answer_consultation(**answers, summary="Cảm ơn.", answers={}, on=asked.closes_on)
    with pytest.raises(StillWaiting):
        answer_consultation(**answers, summary="Cảm ơn.", answers={}, on=after)
    show_comment(comment=one, words="Xin đóng lúc 22 giờ.", by=ward.moderator, on=after)
    with pytest.raises(BadText) as refused:
        answer_consultation(**answers, summary="Cảm ơn.", answers={}, on=after)
    assert refused.value.params["field"] == "answer_1"
    answer_consultation(**answers, summary="Cảm ơn.", answers={1: "Tiếp thu: đóng lúc 22 giờ."}, on=after)

    shown = consultation(asked.pk, after)
    assert (shown.parts[0].answer, shown.row.late) == ("Tiếp thu: đóng lúc 22 giờ.", False)
    assert Promise.objects.get(kind="consultation.answer").state == "kept"
    assert own_comments(CODE, after)[0].answer == "Tiếp thu: đóng lúc 22 giờ."


def test_after_its_last_day_it_takes_none(ward):
    asked = ward.consultation()
    said(ward, asked, on=asked.closes_on)
    with pytest.raises(WrongStage):
        said(ward, asked, code="2" * 16, on=asked.closes_on + timedelta(1))
    with pytest.raises(BadText):
        said(ward, asked, position=9, code="3" * 16)


def test_what_was_written_ends_and_what_stands_stays(ward):
    asked = ward.consultation()
    show_comment(comment=said(ward, asked), words="Xin đóng lúc 22 giờ.", by=ward.moderator, on=TODAY)
    after = asked.closes_on + timedelta(1)
    answer_consultation(consultation=asked, summary="Cảm ơn.", answers={1: "Được."}, by=ward.editor, on=after)

    number = f"LY-{asked.pk}"
    assert (keep(ward.editor, number), keep(ward.moderator, number)) == (403, 302)
    erase_comments(before=after + timedelta(1), but=kept_ones("democracy.consultation", TODAY), by=ward.cast.lan, on=after)
    assert Remark.objects.get().words, "a consultation that is held keeps what was written"
    assert number in kept(ward.moderator)
    assert keep(ward.moderator, number, step="release") == 302
    erase_comments(before=after + timedelta(1), but=frozenset(), by=ward.cast.lan, on=after + timedelta(200))

    assert Remark.objects.get().words == ""
    assert consultation(asked.pk, after).parts[0].comments == ("Xin đóng lúc 22 giờ.",)
    with pytest.raises(UnknownComment):
        own_comments(CODE, after)
