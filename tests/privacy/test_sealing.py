"""Sealing, without a database: what opens where, and with which keys."""

import time

import pytest

from gandan.ground.privacy.rules import NORMALISERS, BadKeys, Keyring, Normaliser, SealBroken, UnknownKey, made_key, read_keys
from gandan.ground.privacy.rules.sealing import HEAD

OLD, NEW = (read_keys(made_key())[0] for _ in range(2))
PHONE, ADDRESS = b"dossiers_dossier.phone", b"dossiers_dossier.address"


@pytest.mark.parametrize("text", ["0909 123 456", "Nguyễn Thị Ánh – 12 Lê Lợi", "x" * 100_000])
def test_what_was_sealed_opens_to_the_same(text):
    ring = Keyring([NEW])

    assert ring.open(ring.seal(text, PHONE), PHONE) == text


def test_the_same_text_never_looks_the_same():
    ring = Keyring([NEW])

    assert len({ring.seal("0909123456", PHONE) for _ in range(50)}) == 50


def test_a_value_that_was_moved_to_another_column_does_not_open():
    ring = Keyring([NEW])

    with pytest.raises(SealBroken):
        ring.open(ring.seal("0909123456", PHONE), ADDRESS)


@pytest.mark.parametrize("at", [5, HEAD - 1, HEAD, -1])
def test_a_value_that_was_changed_does_not_open(at):
    ring = Keyring([NEW])
    sealed = bytearray(ring.seal("0909123456", PHONE))
    sealed[at] ^= 1

    with pytest.raises(SealBroken):
        ring.open(bytes(sealed), PHONE)


@pytest.mark.parametrize("junk", [b"", b"\x01", b"plain text that nobody sealed", b"\x01" * 20])
def test_what_is_no_sealed_value_is_refused(junk):
    with pytest.raises(SealBroken):
        Keyring([NEW]).open(junk, PHONE)


def test_the_newest_key_seals_and_all_of_them_open():
    before = Keyring([OLD]).seal("0909123456", PHONE)
    ring = Keyring([NEW, OLD])

    assert ring.open(before, PHONE) == "0909123456"
    with pytest.raises(UnknownKey):
        Keyring([OLD]).open(ring.seal("0909123456", PHONE), PHONE)


def test_an_index_is_alike_for_a_value_and_a_column_alone():
    ring = Keyring([NEW, OLD])

    assert ring.index("0909123456", PHONE) == ring.index("0909123456", PHONE)
    assert ring.index("0909123456", PHONE) != ring.index("0909123456", ADDRESS), "two columns could be joined"
    assert ring.indexes("0909123456", PHONE) == [Keyring([key]).index("0909123456", PHONE) for key in (NEW, OLD)]


@pytest.mark.parametrize("spelling", ["0909 123 456", "0909.123.456", "+84 909 123 456", "0084909123456", "84-909-123-456"])
def test_a_phone_number_has_one_spelling(spelling):
    assert NORMALISERS[Normaliser.PHONE](spelling) == "0909123456"


@pytest.mark.parametrize("text", ["short", "!" * 44, "A" * 40])
def test_a_key_that_cannot_be_read_stops_the_start_and_is_not_repeated(text):
    with pytest.raises(BadKeys) as told:
        read_keys(text)

    assert text not in str(told.value)


def test_keys_stand_newest_first_with_remarks():
    first, second = made_key(), made_key()

    assert read_keys(f"# since 2026\n{first}  # now\n\n{second}\n") == [*read_keys(first), *read_keys(second)]


@pytest.mark.parametrize("keys", [[], [NEW, NEW], [b"short"]])
def test_a_ring_needs_keys_that_differ(keys):
    with pytest.raises(BadKeys):
        Keyring(keys)


def test_sealing_is_fast():
    ring = Keyring([NEW])
    began = time.perf_counter()
    for _ in range(10_000):
        ring.open(ring.seal("12 Lê Lợi, phường Bến Thành", ADDRESS), ADDRESS)

    assert time.perf_counter() - began < 2, "10.000 values took more than two seconds"
