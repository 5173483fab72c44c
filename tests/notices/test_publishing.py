"""Four eyes, the publisher's name, changes in the open, no judge in one's own case, and nobody who made a claim."""

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.models import ClaimCheck, Issued, Publication
from gandan.work.notices.operations import (
    BadChange,
    BadText,
    ClaimStopped,
    NotYourOwn,
    OwnJudge,
    WrongStep,
    change,
    draft,
    edit,
    publish,
    reply,
    send_back,
    submit,
    withdraw,
)
from gandan.work.notices.queries import alerts_now, errors_of_ours, found, news, shown
from tests.cast import TODAY
from tests.notices.conftest import AT, GOOD, SOURCES, claim, out, storm, text


def test_who_writes_does_not_let_out(desk_of_news):
    unit, writer = desk_of_news.cast.unit("BTGDVTU"), desk_of_news.writer
    made = draft(unit=unit, sort=Sort.NOTICE, text=text(), by=writer, on=TODAY)
    submit(publication=made, by=writer, on=TODAY)

    with pytest.raises(NotYourOwn):
        publish(publication=made, by=writer, on=TODAY, at=AT)
    assert publish(publication=made, by=desk_of_news.editor, on=TODAY, at=AT).edition == 1
    assert Event.objects.get(facet_set__kind="publication.published").unit_id == unit.pk


def test_the_database_itself_lets_nothing_out_with_two_eyes(desk_of_news):
    made = out(desk_of_news)

    with pytest.raises(IntegrityError, match="out_only_with_four_eyes"):
        Publication.objects.filter(pk=made.pk).update(let_out_by=desk_of_news.writer)


def test_nobody_publishes_for_another_unit(desk_of_news):
    made = draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.NOTICE, text=text(), by=desk_of_news.writer, on=TODAY)
    submit(publication=made, by=desk_of_news.writer, on=TODAY)

    with pytest.raises(NotAllowed):
        publish(publication=made, by=desk_of_news.police_editor, on=TODAY, at=AT)


def test_what_is_sent_back_says_why_and_is_written_anew(desk_of_news):
    made = draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.NOTICE, text=text(), by=desk_of_news.writer, on=TODAY)
    submit(publication=made, by=desk_of_news.writer, on=TODAY)

    assert send_back(publication=made, why="Câu đầu quá dài.", by=desk_of_news.editor, on=TODAY).sent_back == "Câu đầu quá dài."
    with pytest.raises(WrongStep):
        publish(publication=made, by=desk_of_news.editor, on=TODAY, at=AT)
    assert edit(publication=made, text=text(title="Ngắn hơn"), by=desk_of_news.writer, on=TODAY).title == "Ngắn hơn"


def test_what_was_said_before_stays_to_be_seen_and_our_error_is_named(desk_of_news):
    made = out(desk_of_news)

    change(publication=made, why=Why.OUR_ERROR, words="Chúng tôi ghi nhầm giờ.", text="Từ 7 giờ.", by=desk_of_news.editor,
           on=TODAY, at=AT)  # fmt: skip

    editions = shown(made.pk).editions
    assert [(one.number, one.text) for one in editions] == [(2, "Từ 7 giờ."), (1, text().text)]
    assert [one.words for one in errors_of_ours()] == ["Chúng tôi ghi nhầm giờ."]
    with pytest.raises(BadChange):
        change(publication=made, why=Why.UPDATED, words="x", by=desk_of_news.editor, on=TODAY, at=AT)


def test_withdrawn_an_hour_later_it_stays_at_its_address_and_leaves_every_list(desk_of_news):
    made = out(desk_of_news)

    withdraw(publication=made, why="Buổi này hoãn.", by=desk_of_news.editor, on=TODAY, at=AT + timedelta(hours=1))

    assert shown(made.pk).withdrawn
    assert news(TODAY) == []
    assert [one.record.pk for one in news(TODAY, archived=True)] == [made.pk]
    assert found("can cuoc", set(Sort)) == []
    with pytest.raises(WrongStep):
        withdraw(publication=made, why="x", by=desk_of_news.editor, on=TODAY, at=AT)


def test_a_notice_of_a_ward_is_not_told_in_another(desk_of_news):
    cast = desk_of_news.cast
    made = out(desk_of_news, said=text(place=cast.unit("W1"), until=TODAY + timedelta(3)))

    assert [one.record.pk for one in news(TODAY, place=cast.unit("W1").pk)] == [made.pk]
    assert news(TODAY, place=cast.unit("W2").pk) == []
    assert news(TODAY + timedelta(4)) == []
    assert [one.record.pk for one in found("CAN CUOC luu dong", {Sort.NOTICE})] == [made.pk]
    assert found("CAN CUOC luu dong", {Sort.CORRECTION}) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [("can_be_checked", "no"), ("about_conduct", "yes"), ("about_services_or_safety", "no"), ("checked_by_others", "")],
)
def test_an_opinion_or_a_complaint_is_not_corrected(desk_of_news, question, answer):
    said = claim(desk_of_news.cast, answers={**GOOD, question: answer})
    made = draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.CORRECTION, text=said, by=desk_of_news.writer, on=TODAY)

    with pytest.raises(ClaimStopped) as stopped:
        submit(publication=made, by=desk_of_news.writer, on=TODAY)
    assert stopped.value.params["question"] == question


def test_one_source_is_not_enough(desk_of_news):
    said = claim(desk_of_news.cast, sources=SOURCES[:1])
    made = draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.CORRECTION, text=said, by=desk_of_news.writer, on=TODAY)

    with pytest.raises(ClaimStopped):
        submit(publication=made, by=desk_of_news.writer, on=TODAY)


@pytest.mark.parametrize("concerned", ["CAP-W1", "CATP"])
def test_no_body_checks_claims_about_itself_or_who_is_above_it(desk_of_news, concerned):
    cast = desk_of_news.cast
    said = claim(cast, concerned=cast.unit(concerned))
    made = draft(unit=cast.unit("CAP-W1"), sort=Sort.CORRECTION, text=said, by=desk_of_news.police_writer, on=TODAY)

    with pytest.raises(OwnJudge):
        submit(publication=made, by=desk_of_news.police_writer, on=TODAY)


def test_the_civil_side_checks_what_is_said_of_the_police_and_the_police_may_reply(desk_of_news):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))

    reply(publication=made, words="Phòng PC08 không nhắn tin.", by=desk_of_news.editor, on=TODAY, at=AT)

    told = shown(made.pk)
    assert told.check.reply == "Phòng PC08 không nhắn tin."
    assert told.editions[0].why == "reply"


def test_a_correction_has_no_room_for_who_said_it():
    names = {field.name for field in ClaimCheck._meta.get_fields()}

    assert names == {"id", "publication", "claim", "met", "verdict", "concerned", "answers", "reply", "replied_on", "sources"}


def test_another_verdict_is_a_new_edition_and_the_first_stays(desk_of_news):
    made = out(desk_of_news, Sort.CORRECTION, claim(desk_of_news.cast))

    change(
        publication=made, why=Why.UPDATED, words="Có nguồn mới.", verdict="misleading", by=desk_of_news.editor, on=TODAY, at=AT
    )

    assert [one.verdict for one in shown(made.pk).editions] == ["misleading", "false"]


def test_a_picture_and_a_text_are_asked_for(desk_of_news):
    with pytest.raises(BadText):
        draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.NOTICE, text=text(title=" "), by=desk_of_news.writer, on=TODAY)
    with pytest.raises(BadText):
        draft(unit=desk_of_news.cast.unit("BTGDVTU"), sort=Sort.ALERT, text=text(), by=desk_of_news.writer, on=TODAY)


def test_an_alert_is_told_changed_and_cancelled_message_by_message(desk_of_news):
    made = out(desk_of_news, Sort.ALERT, storm(desk_of_news.cast))
    assert [one.record.pk for one in alerts_now(AT)] == [made.pk]
    assert alerts_now(AT, place=desk_of_news.cast.unit("W2").pk) == []
    assert alerts_now(AT + timedelta(days=1)) == []

    change(publication=made, why=Why.UPDATED, words="Mưa to hơn.", text="Trên 150 mm.", by=desk_of_news.editor, on=TODAY, at=AT)
    withdraw(publication=made, why="Hết mưa.", by=desk_of_news.editor, on=TODAY, at=AT)

    assert alerts_now(AT) == []
    sent = Issued.objects.order_by("sent")
    assert [one.kind for one in sent] == ["Alert", "Update", "Cancel"]
    assert len({one.sent for one in sent}) == 3, "each at a moment of its own, as CAP refers by it"
