"""Whoever can write in the database: each class of byte changed, moved or doubled is refused on both sides; nothing crashes."""

import pytest
from django.db import connections

from gandan.work.tips.door import follow
from gandan.work.tips.models import MemberKey, Message, ReaderSeal, Tip
from gandan.work.tips.rules import Broken
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.tips.member import Browser


@pytest.fixture
def two(channel):
    """Two threads, each with a message and an answer."""
    sent = [channel.send("Một"), channel.send("Hai")]
    thao = Browser(signed_in(channel.thao), channel.members["thao"])
    for one in sent:
        thao.say(one.number, f"Trả lời {one.number}")
    return channel, thao, sent


def flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def sender_reads(channel, sent) -> list[str]:
    found = follow(channel.house, receipt=sent.receipt, on=TODAY)
    return [one.text for one in found.said if not one.broken] if found else []


def member_reads(thao, number) -> list[str]:
    read = []
    found = thao.thread(number)
    for message in found["messages"]:
        try:
            read.append(thao.open(found, message))
        except Broken:
            continue
    return read


AT = {"nonce": 0, "last of the nonce": 23, "text": 24, "padding": 900, "tag": -1}


@pytest.mark.parametrize("at", AT.values(), ids=AT)
@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_changed_byte_of_a_message_is_refused_on_both_sides(two, at, direction):
    channel, thao, (sent, _) = two
    message = Message.objects.get(tip__number=sent.number, direction=direction)
    Message.objects.filter(pk=message.pk).update(content=flipped(bytes(message.content), at))

    assert len(sender_reads(channel, sent)) == 1
    assert len(member_reads(thao, sent.number)) == 1


@pytest.mark.parametrize("at", [0, 23, 24, 60, -1], ids=["nonce", "end of nonce", "wrapped", "seal", "tag"])
@pytest.mark.parametrize("reader", ["sender", "thao"])
def test_a_changed_byte_of_a_seal_is_refused(two, at, reader):
    channel, thao, (sent, _) = two
    name = b"" if reader == "sender" else channel.members["thao"].key.id
    seal = ReaderSeal.objects.get(message__tip__number=sent.number, message__direction="in", reader=name)
    ReaderSeal.objects.filter(pk=seal.pk).update(wrapped=flipped(bytes(seal.wrapped), at))

    assert len(sender_reads(channel, sent)) == (1 if reader == "sender" else 2)
    assert len(member_reads(thao, sent.number)) == (2 if reader == "sender" else 1)


@pytest.mark.parametrize("field", ["signature", "signer"])
@pytest.mark.parametrize("value", [bytes(64), b"", b"x" * 8], ids=["zeros", "empty", "other"])
def test_a_changed_signature_or_author_is_refused(two, field, value):
    channel, thao, (sent, _) = two
    Message.objects.filter(tip__number=sent.number, direction="out").update(**{field: value})

    assert sender_reads(channel, sent) == ["Một"]
    assert member_reads(thao, sent.number) == ["Một"]


@pytest.mark.parametrize("field", ["public", "verify"])
def test_a_changed_key_of_a_thread_is_refused(two, field):
    channel, thao, (sent, other) = two
    Tip.objects.filter(number=sent.number).update(**{field: getattr(Tip.objects.get(number=other.number), field)})

    assert sender_reads(channel, sent) == [f"Trả lời {sent.number}", "Một"][::-1] or field == "verify"
    assert (member_reads(thao, sent.number) == [f"Trả lời {sent.number}"]) == (field == "verify")


def swap(model, one, other, *fields):
    first, second = ({name: getattr(row, name) for name in fields} for row in (one, other))
    model.objects.filter(pk=one.pk).update(**second)
    model.objects.filter(pk=other.pk).update(**first)


def test_messages_swapped_between_tips_are_refused(two):
    channel, thao, sent = two
    one, other = (Message.objects.get(tip__number=s.number, direction="in") for s in sent)
    swap(Message, one, other, "content", "signature")

    assert [sender_reads(channel, s) for s in sent] == [[f"Trả lời {s.number}"] for s in sent]
    assert [member_reads(thao, s.number) for s in sent] == [[f"Trả lời {s.number}"] for s in sent]


def test_whole_messages_moved_to_another_tip_are_refused(two):
    channel, thao, sent = two
    one, other = (Message.objects.get(tip__number=s.number, direction="out") for s in sent)
    with connections["tips_owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE tips_message DROP CONSTRAINT one_message_a_place")
        cursor.execute("UPDATE tips_message SET tip_id = %s WHERE id = %s", [other.tip_id, one.pk])
        cursor.execute("UPDATE tips_message SET tip_id = %s WHERE id = %s", [one.tip_id, other.pk])
        cursor.execute("ALTER TABLE tips_message ADD CONSTRAINT one_message_a_place UNIQUE (tip_id, direction, sequence)")

    assert [sender_reads(channel, s) for s in sent] == [["Một"], ["Hai"]]
    assert [member_reads(thao, s.number) for s in sent] == [["Một"], ["Hai"]]


def test_seals_swapped_between_members_are_refused(two):
    channel, thao, (sent, _) = two
    mine, theirs = (
        ReaderSeal.objects.get(message__tip__number=sent.number, message__direction="in", reader=channel.members[name].key.id)
        for name in ("thao", "vinh")
    )
    swap(ReaderSeal, mine, theirs, "wrapped")

    assert member_reads(thao, sent.number) == [f"Trả lời {sent.number}"]
    assert len(sender_reads(channel, sent)) == 2


def test_seals_swapped_between_directions_are_refused(two):
    channel, thao, (sent, _) = two
    key = channel.members["thao"].key.id
    one, other = (
        ReaderSeal.objects.get(message__tip__number=sent.number, message__direction=direction, reader=key)
        for direction in ("in", "out")
    )
    swap(ReaderSeal, one, other, "wrapped")

    assert member_reads(thao, sent.number) == []


@pytest.mark.parametrize(("direction", "sequence"), [("in", 2), ("out", 1), ("out", 2)])
def test_a_message_played_again_elsewhere_in_its_thread_is_refused(two, direction, sequence):
    channel, thao, (sent, _) = two
    message = Message.objects.get(tip__number=sent.number, direction="in")
    if (direction, sequence) == ("out", 1):
        Message.objects.filter(tip__number=sent.number, direction="out").delete()
    again = Message.objects.create(
        tip_id=message.tip_id, direction=direction, sequence=sequence, day=message.day, content=message.content,
        signature=message.signature, signer=message.signer,
    )  # fmt: skip
    for seal in message.seals.all():
        ReaderSeal.objects.create(message=again, reader=seal.reader, wrapped=seal.wrapped)

    assert sender_reads(channel, sent).count("Một") == 1
    assert member_reads(thao, sent.number).count("Một") == 1


def test_a_key_put_beside_the_members_gets_nothing(two):
    channel, thao, (sent, _) = two
    row = MemberKey.objects.get(holder="vinh")
    MemberKey.objects.filter(pk=row.pk).update(box=bytes(31) + b"\x09")

    channel.send("Ba")
    assert {one["holder"] for one in thao.thread(sent.number)["readers"]} == {"thao", "recovery"}
    assert not ReaderSeal.objects.filter(message__tip__number=sent.number, reader=bytes(8)).exists()


@pytest.mark.parametrize("content", [b"", b"x", bytes(24), bytes(39), bytes(40), bytes(1064), bytes(70_000)])
def test_rubbish_is_refused_and_nothing_crashes(two, content):
    channel, thao, (sent, _) = two
    Message.objects.filter(tip__number=sent.number).update(content=content, signature=content[:64])
    ReaderSeal.objects.filter(message__tip__number=sent.number).update(wrapped=content)

    assert sender_reads(channel, sent) == member_reads(thao, sent.number) == []
