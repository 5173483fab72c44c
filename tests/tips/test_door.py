"""Sending and coming back, as the door does it; and what its role may do in the database."""

import psycopg
import pytest
from django.db import ProgrammingError, connections

from gandan.work.tips.door import AlreadySent, Closed, TooMany, Upload, follow, reply, use
from gandan.work.tips.models import MemberKey, Message, Piece, ReaderSeal, Tip
from gandan.work.tips.rules import About, Pledge
from gandan.work.tips.rules import files as file_rules
from gandan.work.tips.rules.sealing import Direction, bytes_of
from tests.cast import TODAY
from tests.tips.conftest import opened


def seal_of(channel, name, direction="in"):
    return ReaderSeal.objects.select_related("message").get(reader=channel.members[name].key.id, message__direction=direction)


def test_a_tip_is_opened_by_each_of_the_desk_and_by_nobody_else(channel):
    channel.send("Chuyện ở bến xe")
    tip = Tip.objects.get()
    secret = channel.house.vault.secret(tip.pk)

    for name in ("thao", "vinh", "recovery"):
        assert opened(channel.members[name], seal_of(channel, name), secret)["text"] == "Chuyện ở bến xe"
    readers = {bytes(one.reader) for one in ReaderSeal.objects.all()}
    assert channel.members["minh"].key.id not in readers
    assert channel.members["an"].key.id not in readers


def test_what_is_said_of_officers_goes_to_the_inspectorate_alone(channel):
    channel.send("Cán bộ vòi tiền", about=About.CONDUCT)

    readers = {bytes(one.reader) for one in ReaderSeal.objects.all()}
    assert channel.members["minh"].key.id in readers
    assert channel.members["thao"].key.id not in readers


def test_a_receipt_opens_the_thread_however_it_is_typed(channel):
    sent = channel.send("Một")
    typed = f" {sent.receipt[:4]}-{sent.receipt[4:8]} {sent.receipt[8:]} "

    found = follow(channel.house, receipt=typed, on=TODAY)
    assert [one.text for one in found.said] == ["Một"]
    assert found.number == sent.number


def test_a_thread_goes_on(channel):
    sent = channel.send("Một")

    found = reply(channel.house, receipt=sent.receipt, text="Hai", on=TODAY)

    assert [one.text for one in found.said] == ["Một", "Hai"]
    assert list(Message.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.parametrize("receipt", ["", "abc", "0" * 16, "9" * 80, "１２３４５６７８９０１２３４５６"])
def test_what_is_no_receipt_opens_nothing(channel, receipt):
    channel.send()

    assert follow(channel.house, receipt=receipt, on=TODAY) is None
    assert reply(channel.house, receipt=receipt, text="x", on=TODAY) is None


def test_a_thread_has_its_share_of_a_day(channel):
    sent = channel.send()
    for _ in range(19):
        reply(channel.house, receipt=sent.receipt, text="x", on=TODAY)

    with pytest.raises(TooMany):
        reply(channel.house, receipt=sent.receipt, text="x", on=TODAY)


def test_a_token_is_good_for_one_sending(channel):
    use(b"abcdefghijkl", TODAY)
    with pytest.raises(AlreadySent):
        use(b"abcdefghijkl", TODAY)


def test_a_key_that_the_root_has_not_signed_reads_nothing(channel):
    MemberKey.objects.exclude(holder="thao").update(signature=bytes(64))
    channel.send()

    assert {bytes(one.reader) for one in ReaderSeal.objects.all()} == {b"", channel.members["thao"].key.id}


def test_without_anybody_who_could_open_it_nothing_is_taken(channel):
    MemberKey.objects.exclude(seat="recovery").update(signature=bytes(64))
    with pytest.raises(Closed):
        channel.send()

    assert not Tip.objects.exists()


def test_an_identity_needs_both_sides(channel):
    sent = channel.send(pledge=Pledge.CONFIDENTIAL, identity="Nguyễn Thị Kín")
    halves = ReaderSeal.objects.filter(message__direction=Direction.IDENTITY)

    assert {bytes(one.reader) for one in halves} == {channel.members[name].key.id for name in ("an", "yen")}
    assert [one.text for one in follow(channel.house, receipt=sent.receipt, on=TODAY).said] == ["Tin thử"]
    MemberKey.objects.filter(holder="yen").update(removed_on=TODAY)
    with pytest.raises(Closed):
        channel.send(pledge=Pledge.CONFIDENTIAL, identity="x")


def test_a_file_comes_in_sealed_pieces(channel):
    content = bytes(range(256)) * 1000
    sent = channel.send(uploads=[Upload("a.bin", "application/pdf", content)])
    tip = Tip.objects.get()
    said = opened(channel.members["thao"], seal_of(channel, "thao"), channel.house.vault.secret(tip.pk))
    (file,) = said["files"]
    pieces = [bytes(one.content) for one in Piece.objects.order_by("nth")]

    assert len(pieces) == file["pieces"] == 4
    assert (
        file_rules.whole(bytes_of(file["key"]), tip.pk.bytes, Piece.objects.first().file.bytes, pieces, file["size"]) == content
    )
    assert follow(channel.house, receipt=sent.receipt, on=TODAY).said[0].files == ("a.bin",)


@pytest.mark.parametrize("statement", [
    "SELECT * FROM tips_tip", "SELECT * FROM tips_memberkey", "SELECT wrapped FROM tips_readerseal", "DELETE FROM tips_tip",
    "UPDATE tips_tip SET state = 'closed'", "INSERT INTO tips_memberkey (id) VALUES (gen_random_uuid())",
    "INSERT INTO tips_extract (id) VALUES (gen_random_uuid())", "TRUNCATE tips_spent", "CREATE TABLE x (a int)",
])  # fmt: skip
def test_the_doors_role_may_add_and_look_up_and_nothing_else(channel, statement):
    channel.send()
    with pytest.raises(ProgrammingError) as refused, connections["door"].cursor() as cursor:
        cursor.execute(statement)

    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_ids_tell_no_order(channel):
    for _ in range(12):
        channel.send()
    numbers = list(Tip.objects.order_by("number").values_list("pk", flat=True))

    assert numbers != sorted(numbers)
    assert {pk.version for pk in numbers} == {4}
