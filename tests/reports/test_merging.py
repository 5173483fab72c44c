"""What two people write at once is joined, and no word of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.results.reports.rules import Merged, merge

BASE = "Câu một nói về hộ chiếu.\n\nCâu hai nói về thư xin lỗi.\n"


def test_different_places_are_both_taken():
    mine = BASE.replace("hộ chiếu", "hộ chiếu và căn cước")
    theirs = BASE.replace("thư xin lỗi", "mười thư xin lỗi")

    assert merge(BASE, mine, theirs) == Merged("Câu một nói về hộ chiếu và căn cước.\n\nCâu hai nói về mười thư xin lỗi.\n")


def test_the_same_place_keeps_both_wordings():
    merged = merge("Kết quả tốt.", "Kết quả rất tốt và kịp thời.", "Kết quả khá.")

    assert merged.both == 1
    assert merged.text == "Kết quả khá. rất tốt và kịp thời."


@pytest.mark.parametrize(
    ("mine", "theirs", "text"),
    [
        (BASE, BASE + "Câu ba.", BASE + "Câu ba."),
        (BASE + "Câu ba.", BASE, BASE + "Câu ba."),
        (BASE + "Câu ba.", BASE + "Câu ba.", BASE + "Câu ba."),
        pytest.param(BASE + "Câu ba và hơn.", BASE + "Câu ba", BASE + "Câu ba và hơn.", id="an answer that was lost on its way"),
        pytest.param("", BASE, "", id="what one deleted and the other left alone is gone"),
    ],
)
def test_what_only_one_changed_is_as_they_left_it(mine, theirs, text):
    assert merge(BASE, mine, theirs) == Merged(text)


def test_what_one_deleted_and_the_other_rewrote_stays_as_rewritten():
    assert merge("a b c", "a c", "a B c").text == "a B c"


WORDS = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"]), max_size=12)
NEW = st.lists(st.sampled_from(["mới", "lạ", "khác", "thêm", "nữa"]), max_size=4)


@st.composite
def edited(draw, base, name):
    """The base with words added, deleted and replaced in one place or two; the new ones are marked with their writer."""
    words = list(base)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(words)))
        end = draw(st.integers(start, min(start + 3, len(words))))
        words[start:end] = [f"{word}-{name}" for word in draw(NEW)]
    return words


@given(st.data())
def test_no_new_word_of_either_is_lost(data):
    base = data.draw(WORDS)
    mine, theirs = data.draw(edited(base, "A")), data.draw(edited(base, "B"))
    merged = merge(" ".join(base), " ".join(mine), " ".join(theirs)).text.split()

    for words, name in ((mine, "-A"), (theirs, "-B")):
        new = [word for word in words if word.endswith(name)]
        assert [word for word in merged if word.endswith(name)] == new


@given(st.data())
def test_many_writers_one_after_the_other_lose_nothing(data):
    """Five write on one text; each has seen some earlier version of it."""
    versions = [data.draw(WORDS)]
    written = []
    for name in "ABCDE":
        base = data.draw(st.sampled_from(versions))
        mine = data.draw(edited([word for word in base if "-" not in word], name))
        kept = [word for word in base if "-" in word]
        written += [word for word in mine if word.endswith(f"-{name}")]
        versions.append(merge(" ".join(base), " ".join([*kept, *mine]), " ".join(versions[-1])).text.split())

    assert {word for word in written if written.count(word) == 1} <= set(versions[-1])
