"""Searching, comparing and sorting Vietnamese text."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gandan.ground.vietnam.text import TONES, fold, nfc, one_spelling, person_sort_key, same_text, sort_key

ONSETS = "b c ch đ g gh gi h kh l m n ng ngh nh ph qu t th tr v x"
OPEN = "a e ê i o ô ơ u ư y ia ai ay ao oa oe uy uê ươ oai oay uya iêu"
CLOSED = "an ăng âng oan oang uyên uyn uât ươm iêng uôn inh uych"

syllables = st.builds(
    lambda onset, rime, tone, at: unicodedata.normalize(
        "NFC", (onset + rime)[: len(onset) + at % len(rime) + 1] + tone + (onset + rime)[len(onset) + at % len(rime) + 1 :]
    ),
    st.sampled_from(["", *ONSETS.split()]),
    st.sampled_from([*OPEN.split(), *CLOSED.split()]),
    st.sampled_from(["", *TONES]),
    st.integers(0, 9),
)
phrases = st.lists(syllables, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Phường Bến Nghé", "phuong ben nghe"),
        ("  ĐÀ   Nẵng ", "da nang"),
        ("Hoà Hưng", "hoa hung"),
        ("Hòa Hưng", "hoa hung"),
        (unicodedata.normalize("NFD", "Thủ Đức"), "thu duc"),
    ],
)
def test_a_name_is_found_without_its_marks(text, key):
    assert fold(text) == key


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_folding_twice_changes_nothing_and_every_normal_form_folds_alike(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("HOÁ", "HÓA"),
        ("Hòang", "Hoàng"),
        ("Qúy", "Quý"),
        ("Quý", "Quý"),
        ("quốc", "quốc"),
        ("già", "già"),
        ("gì", "gì"),
        ("Nguyễn", "Nguyễn"),
        ("Khuỷu", "Khuỷu"),
        ("ngoài", "ngoài"),
        ("thuở", "thuở"),
        ("Đắk", "Đắk"),
        ("Xã Bình Hưng Hoà B", "Xã Bình Hưng Hòa B"),
    ],
)
def test_a_tone_has_one_place(written, read):
    assert one_spelling(written) == read
    assert one_spelling(unicodedata.normalize("NFD", written)) == read


@given(phrases)
@settings(deadline=None, max_examples=300)
def test_placing_tones_keeps_letters_and_tones_and_settles_at_once(text):
    placed = one_spelling(text)
    assert one_spelling(placed) == placed
    assert sorted(unicodedata.normalize("NFD", placed)) == sorted(unicodedata.normalize("NFD", text))
    assert same_text(text, placed.upper())
    assert sort_key(text) == sort_key(placed)


def test_one_tone_is_not_another():
    assert not same_text("Bình Hòa", "Bình Hóa")
    assert not same_text("Tân Bình", "Tan Binh")


@pytest.mark.parametrize(
    "in_order",
    [
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ăn", "ân", "ba", "da", "đa", "ga"],
        ["o", "ô", "ơ", "u", "ư", "x", "y"],
        ["da", "dư", "đa", "đư", "em"],
        ["tuân thủ", "tuần chay", "tui", "túi mật"],
        ["hòa bình", "hòa bình 2", "Hoà Bình A"],
        ["Phường 1", "Phường 2", "Phường 10", "Phường An Khánh", "Phường Ân Thịnh", "Phường Đa Kao", "Phường Em"],
        ["An Phú", "An Phú Đông", "An Phúc"],
        ["1", "2", "10", "010b", "a"],
    ],
)
def test_lists_are_in_the_order_of_the_alphabet(in_order):
    keys = [sort_key(text) for text in in_order]
    assert keys == sorted(set(keys))


def test_what_reads_the_same_has_one_key():
    assert sort_key("Hoà Hưng") == sort_key("hòa  hưng") == sort_key(unicodedata.normalize("NFD", "HÒA-HƯNG"))


def test_people_are_listed_by_their_given_names():
    names = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Ân", "Lê Bình", "Đỗ Minh Châu", "Lê Văn Châu", "Hồ Đức"]
    keys = [person_sort_key(name) for name in names]
    assert keys == sorted(set(keys))


def naive_order(text: str) -> list[tuple[list[int], list[int]]]:
    """The same order, slowly: for each syllable its letters, then its tone."""
    alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    words = []
    for word in text.split():
        apart = unicodedata.normalize("NFD", word)
        tones = [TONES.index(c) for c in apart if c in TONES]
        letters = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
        words.append(([alphabet.index(c) for c in letters], tones))
    return words


@given(phrases, phrases)
@example("ê ăng", "ê ăng\u0300")
@settings(deadline=None, max_examples=300)
def test_bytes_sort_as_the_alphabet_does(one, other):
    assert (sort_key(one) < sort_key(other)) == (naive_order(one) < naive_order(other))


@given(st.text(max_size=30))
@settings(deadline=None, max_examples=200)
def test_any_text_has_a_key(text):
    assert isinstance(sort_key(text), bytes)
    assert isinstance(person_sort_key(text), bytes)
