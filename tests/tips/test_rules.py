"""Sealing, receipts, proofs, parts: each by itself, without a database."""

import secrets
from datetime import date, timedelta
from uuid import uuid4

import pytest

from gandan.ground.accounts.proof import Unproven
from gandan.work.tips.rules import (
    Broken,
    Costs,
    Direction,
    Key,
    Place,
    Seat,
    Side,
    certify,
    claim_code,
    draw,
    files,
    plain,
    proof,
    public_of,
    sealing,
    sharing,
    threads,
)

CHEAP = Costs(1, 8192)
TIP, OTHER = uuid4().bytes, uuid4().bytes
PLACE = Place(TIP, Direction.IN, 1)


def member():
    secret = secrets.token_bytes(64)
    return secret, public_of(secret)


def test_a_message_opens_for_its_reader():
    secret, (box, _) = member()
    key = secrets.token_bytes(32)
    content = sealing.seal(key, sealing.padded(sealing.envelope("Chào")), PLACE.bound)

    assert sealing.open_message(PLACE, content, sealing.to_reader(key, box, PLACE.bound), box, secret[:32])["text"] == "Chào"


@pytest.mark.parametrize("place", [
    Place(OTHER, Direction.IN, 1), Place(TIP, Direction.OUT, 1), Place(TIP, Direction.NOTE, 1), Place(TIP, Direction.IN, 2),
], ids=["another tip", "another direction", "a note", "another turn"])  # fmt: skip
def test_what_was_moved_doesnt_open(place):
    secret, (box, _) = member()
    key = secrets.token_bytes(32)
    content, seal = sealing.seal(key, sealing.padded(b"{}"), PLACE.bound), sealing.to_reader(key, box, PLACE.bound)

    with pytest.raises(Broken):
        sealing.unseal(key, content, place.bound)
    with pytest.raises(Broken):
        sealing.from_reader(seal, box, secret[:32], place.bound)
    with pytest.raises(Broken):
        sealing.check_signature(public_of(secret)[1], sealing.sign(secret[32:], content, PLACE.bound), content, place.bound)


@pytest.mark.parametrize("length", [0, 1, 1022, 1023, 1024, 4095, 16383, 65535])
def test_a_text_has_one_of_four_lengths(length):
    made = sealing.padded(b"\0" * length)

    assert len(made) in sealing.SIZES
    assert sealing.unpadded(made) == b"\0" * length


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(sealing.TooLong):
        sealing.padded(b"x" * 65536)


@pytest.mark.parametrize("length", [0, 1, 5000, 65536, 65537, 200_000, 9_999_999])
def test_a_file_is_padded_a_little_and_comes_back(length):
    key, data = secrets.token_bytes(32), secrets.token_bytes(length)
    sealed = list(files.pieces(key, TIP, OTHER, data))

    assert length <= files.padme(length) <= max(4096, 4 * length, length * 1.12)
    assert files.whole(key, TIP, OTHER, sealed, length) == data


@pytest.mark.parametrize("change", [
    lambda pieces: pieces[::-1], lambda pieces: pieces[:-1], lambda pieces: [*pieces, pieces[-1]], lambda pieces: pieces[1:],
    lambda pieces: [pieces[0], pieces[0], *pieces[1:]], lambda pieces: [],
], ids=["turned round", "cut", "longer", "headless", "doubled", "none"])  # fmt: skip
def test_a_file_that_was_changed_doesnt_open(change):
    key = secrets.token_bytes(32)
    sealed = list(files.pieces(key, TIP, OTHER, bytes(200_000)))

    with pytest.raises(Broken):
        files.whole(key, TIP, OTHER, change(sealed), 200_000)


def test_a_receipt_draws_the_same_thread_and_another_pepper_another():
    one, again, other = (draw("1234567812345678", pepper, CHEAP) for pepper in (b"a" * 32, b"a" * 32, b"b" * 32))

    assert one == again
    assert len({one.locator, other.locator, one.secret, one.seed}) == 4
    assert claim_code(one, TIP) == claim_code(again, TIP) != claim_code(one, OTHER)
    assert plain(" 1234-5678 1234.5678") == plain("１２３４５６７８12345678") == "1234567812345678"


def test_two_parts_of_three_give_the_secret_back_and_one_nothing():
    secret = secrets.token_bytes(64)
    one, two, three = sharing.parts(secret)

    assert {sharing.together(pair) for pair in ((one, two), (two, three), (three, one))} == {secret}
    for bad in ([one], [one, one], [one, two[:-1] + ("0" if two[-1] != "0" else "1")], [one, "x"]):
        with pytest.raises(Broken):
            sharing.together(bad)


def test_a_key_holds_if_the_root_signed_it_and_only_in_its_time():
    seed = secrets.token_bytes(32)
    _, root = public_of(bytes(32) + seed)
    box, verify = member()[1]
    parts = (Seat.DESK, Side.POLICE, "thao", box, verify, date(2026, 1, 1), date(2027, 1, 1))
    key = Key(*parts, certify(Key(*parts), seed))

    assert key.good(root, date(2026, 6, 1))
    assert not key.good(root, date(2027, 1, 1))
    assert not key.good(public_of(secrets.token_bytes(64))[1], date(2026, 6, 1))
    assert not Key(Seat.CUSTODIAN, *parts[1:], key.signature).good(root, date(2026, 6, 1))
    assert not Key(*parts[:2], "vinh", *parts[3:], key.signature).good(root, date(2026, 6, 1))


def test_a_proof_is_for_its_token_and_its_time():
    secret = b"s" * 32
    token = proof.issue(secret, at=1000, bits=6)
    good = proof.solve(token, 6)

    assert proof.check(secret, token, good, at=1010)[1] is True
    assert proof.check(secret, token, "", at=1000 + proof.RIPE)[1] is False
    for wrong in (
        lambda: proof.check(secret, token, "", at=1010),
        lambda: proof.check(secret, token, good, at=1000 + proof.STALE + 1),
        lambda: proof.check(secret, token, good, at=999),
        lambda: proof.check(secret, proof.issue(secret, at=1000, bits=30), good, at=1010),
        lambda: proof.check(b"t" * 32, token, good, at=1010),
        lambda: proof.check(secret, token[:-4] + "AAAA", good, at=1010),
        lambda: proof.check(secret, token, "1." * 16, at=1010),
        lambda: proof.check(secret, token, "9" * 4000, at=1010),
        lambda: proof.check(secret, "ế", good, at=1010),
    ):
        with pytest.raises(Unproven):
            wrong()


@pytest.mark.parametrize(("rate", "bits"), [(0, 12), (29, 12), (30, 13), (60, 14), (120, 15), (10_000, 17)])
def test_more_work_is_asked_for_while_many_come(rate, bits):
    assert proof.bits_at(rate) == bits


def test_terms_are_those_of_the_day():
    rows = [
        {"from": date(2020, 1, 1), "acknowledge": 7, "answer": 30, "keep": 365, "canary": 2, "source": "a"},
        {"from": date(2027, 1, 1), "acknowledge": 3, "answer": 20, "keep": 90, "canary": 2, "source": "b"},
    ]
    day = date(2026, 12, 31)

    assert threads.read_terms(rows, day).days(day, threads.About.CRIME) == (
        day + timedelta(7), day + timedelta(30), day + timedelta(365),
    )  # fmt: skip
    assert threads.read_terms(rows, date(2027, 1, 1)).source == "b"
    assert all(threads.NUMBER.match(threads.new_number()) for _ in range(20))
