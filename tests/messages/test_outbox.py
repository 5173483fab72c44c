"""The outbox: written with its cause, taken in hand by one sender, sent once, tried again, given up by a person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.messages.operations import (
    NotInTrouble,
    begin,
    claim,
    drop,
    erase_ended,
    failed,
    release,
    retry,
    send_many,
    sent,
)
from gandan.ground.messages.queries import UnknownMessage, in_trouble, message, messages, messages_about, waiting
from gandan.ground.messages.rules import Channel, State, Trouble
from gandan.ground.organisations.queries import clock
from tests.cast import TODAY
from tests.messages.conftest import PARAMETERS

SOON = datetime(2100, 1, 1, tzinfo=UTC)  # later than any test writes


def take(at=SOON, **more):
    return claim(by=clock(), on=TODAY, at=at, **more)


def told(kind):
    return Event.objects.filter(facet_set__kind=kind)


def test_a_message_is_rendered_at_once_and_kept(write):
    row = write()

    assert (row.state, row.recipient, row.tries, row.unit.code) == ("waiting", "anh@example.com", 0, "PA08")
    assert "Đã tiếp nhận hồ sơ 001.00.00.G01-261116-0001" in row.content
    assert len(row.digest) == 64


def test_the_same_cause_makes_no_second_message(write):
    first = write()

    assert write(to="other@example.com").pk == first.pk
    assert Message.objects.get().recipient == "anh@example.com"


def test_it_is_there_if_its_cause_is(write):
    def cause():
        with transaction.atomic():
            write()
            raise RuntimeError("no cause")

    with pytest.raises(RuntimeError, match="no cause"):
        cause()

    assert not Message.objects.exists()


def test_one_sender_has_it_until_the_lease_is_up(write):
    write()
    (held,) = take()

    assert take(SOON + timedelta(minutes=9)) == []
    (again,) = take(SOON + timedelta(minutes=10))
    assert again.hand != held.hand
    assert begin(held=held, by=clock(), on=TODAY) is False  # it is somebody else's now
    sent(held=held, answer="250", by=clock(), on=TODAY)
    assert Message.objects.get().state == "held"
    assert not Message.objects.get().perhaps_twice


def test_a_sender_that_died_while_the_server_was_told_leaves_a_mark(write):
    write()
    (held,) = take()
    assert begin(held=held, by=clock(), on=TODAY)

    (again,) = take(SOON + timedelta(hours=1))
    sent(held=again, answer="250", by=clock(), on=TODAY)

    row = Message.objects.get()
    assert (row.state, row.perhaps_twice) == ("sent", True)


def test_what_went_out_is_told_once(write, cast):
    write()
    (held,) = take()
    for _ in range(2):
        sent(held=held, answer="<id@x>", by=clock(), on=TODAY)

    row, event = Message.objects.get(), told("message.sent").get()
    assert (row.state, row.tries, row.answer, row.sent_at is not None) == ("sent", 1, "<id@x>", True)
    assert (event.unit_id, event.day, event.facet_set.facets) == (cast.unit("PA08").pk, TODAY, {"channel": "email"})
    assert take() == []


def test_channels_that_are_quiet_wait(write):
    write()
    write(key="receipt:1:sms", channel=Channel.SMS, to="0903123456")

    assert [one.channel for one in take(channels=[Channel.EMAIL])] == [Channel.EMAIL]
    assert [one.channel for one in take()] == [Channel.SMS]


def test_nothing_goes_before_its_moment(write):
    write(not_before=SOON + timedelta(days=1))

    assert take() == []
    assert len(take(SOON + timedelta(days=1))) == 1


def test_tries_are_counted_and_at_last_it_is_a_persons_turn(write, cast):
    write()
    at, tries = SOON, 0
    while Message.objects.get().state != "failed":
        (held,) = take(at)
        failed(held=held, trouble=Trouble.LATER, answer="451 later", by=clock(), on=TODAY, at=at)
        at, tries = at + timedelta(days=2), tries + 1

    assert tries == 9
    assert told("message.failed").count() == 1
    assert in_trouble(cast.alice, TODAY) == 1
    assert in_trouble(cast.binh, TODAY) == 0
    assert take(at) == []


def test_a_server_that_is_away_costs_no_try(write):
    write()
    for day in range(20):
        (held,) = take(SOON + timedelta(days=day))
        failed(held=held, trouble=Trouble.AWAY, answer="refused", by=clock(), on=TODAY, at=SOON + timedelta(days=day))

    row = Message.objects.get()
    assert (row.state, row.tries) == ("waiting", 0)


def test_a_person_lets_it_be_tried_again_elsewhere(write, cast):
    write()
    (held,) = take()
    failed(held=held, trouble=Trouble.REFUSED, answer="550 no such user", by=clock(), on=TODAY, at=SOON)
    with pytest.raises(NotAllowed):
        retry(message=held.id, by=cast.binh, on=TODAY)

    retry(message=held.id, to="hong.anh@example.com", by=cast.alice, on=TODAY)

    (again,) = take()
    assert again.recipient == "hong.anh@example.com"
    with pytest.raises(NotInTrouble):
        retry(message=held.id, by=cast.alice, on=TODAY)
    assert told("message.retried").count() == 1


def test_a_person_gives_it_up(write, cast):
    row = write()
    drop(message=row, by=cast.alice, on=TODAY)

    assert take() == []
    assert told("message.dropped").count() == 1
    with pytest.raises(NotInTrouble):
        drop(message=row, by=cast.alice, on=TODAY)


def test_what_was_not_begun_can_be_let_go(write):
    write()
    release(held=take(), by=clock(), on=TODAY)

    assert len(take()) == 1


def test_receiver_and_text_end(write, cast):
    row = write()
    later = row.keep_until + timedelta(days=1)

    assert erase_ended(by=clock(), on=row.keep_until) == []
    assert erase_ended(by=clock(), on=later) == [row.pk]
    row.refresh_from_db()
    assert (row.recipient, row.content, row.state, len(row.digest)) == ("", "", "dropped", 64)
    assert message(row.pk, cast.alice, later).content is None
    assert take(SOON + timedelta(days=999)) == []


def test_lists_show_one_units_messages_with_masked_receivers(write, cast):
    rows = [write(key=f"receipt:{nth}") for nth in range(3)]

    seen = messages(cast.alice, TODAY, limit=2)
    assert [one.id for one in seen] == [rows[2].pk, rows[1].pk]
    assert [one.id for one in messages(cast.alice, TODAY, after=seen[-1].id)] == [rows[0].pk]
    assert seen[0].recipient == "a…@example.com"
    assert messages(cast.binh, TODAY) == []
    assert messages(cast.alice, TODAY, states=[State.SENT]) == []
    assert messages(cast.alice, TODAY, channel=Channel.SMS) == []
    with pytest.raises(UnknownMessage):
        message(rows[0].pk, cast.binh, TODAY)
    assert len(messages_about(rows[0].about_type, [rows[0].about_id])[rows[0].about_id]) == 3
    assert waiting(SOON) == {"email": 3}


def test_many_cost_as_few_statements_as_one(write, cast, django_assert_num_queries):
    from gandan.ground.messages.operations import Note

    notes = [
        Note(f"n:{nth}", Channel.EMAIL, "a@example.com", "dossier-receipt", PARAMETERS, cast.police, cast.police)
        for nth in range(50)
    ]
    with django_assert_num_queries(5):  # a savepoint and its release around the words in use, an insert and a look
        assert len(send_many(notes=notes, by=cast.alice, on=TODAY)) == 50
