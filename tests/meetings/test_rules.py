"""Merging minutes, counting votes, what a meeting saved: without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.work.meetings.rules import Choice, Outcome, Tally, has_quorum, merge, outcome, quorum, saved

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
WORDS = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu"]), max_size=6)


@pytest.mark.parametrize(
    ("base", "kept", "mine", "text", "both"),
    [
        ("a\nb", "a\nb", "a\nb\nc", "a\nb\nc", False),
        ("a\nb", "x\na\nb", "a\nb\nc", "x\na\nb\nc", False),
        ("a", "a\nhọ", "a\nta", "a\nhọ\nta", True),
        ("", "họ", "ta", "họ\nta", True),
        ("a\nb\nc", "a\nB\nc", "a\nb\nC", "a\nB\nC", False),
        ("a\nb\nc", "a\nB\nc", "a\nx\nc", "a\nB\nx\nc", True),
        ("a\nb", "b", "a\nb\nc", "b\nc", False),
        ("a", "a\nx", "a\nx", "a\nx", False),
    ],
)
def test_two_hands_become_one_text(base, kept, mine, text, both):
    merged = merge(base, kept, mine)
    assert merged.text == text
    assert merged.both == both


@given(WORDS, WORDS, WORDS, WORDS)
def test_no_word_that_was_added_is_lost_and_order_is_kept(base, before, after, more):
    kept = [*(f"họ {word} {n}" for n, word in enumerate(before)), *base, *(f"họ sau {n}" for n in range(len(after)))]
    mine = [*base, *(f"ta {word} {n}" for n, word in enumerate(more))]
    text = merge("\n".join(base), "\n".join(kept), "\n".join(mine)).text.splitlines()

    for written in (kept, mine):
        added = [line for line in written if line.startswith(("họ", "ta"))]
        assert [line for line in text if line in added] == added


@pytest.mark.parametrize(
    ("choices", "chair", "result"),
    [
        ([YES, YES, NO], None, Outcome.CARRIED),
        ([YES, NO, NO], YES, Outcome.REJECTED),
        ([YES, NO], YES, Outcome.CARRIED),
        ([YES, NO], NO, Outcome.REJECTED),
        ([YES, NO, ABSTAIN], ABSTAIN, Outcome.TIED),
        ([], None, Outcome.TIED),
    ],
)
def test_a_tie_is_decided_by_the_chair_or_stays_one(choices, chair, result):
    assert outcome(Tally.of(choices), chair) is result


@pytest.mark.parametrize(("entitled", "percent", "needed"), [(10, 50, 5), (11, 50, 6), (3, 67, 3), (1, 50, 1), (0, 50, 1)])
def test_a_quorum_is_never_less_than_its_part(entitled, percent, needed):
    assert quorum(entitled, percent) == needed
    assert has_quorum(needed, entitled, percent)
    assert not has_quorum(needed - 1, entitled, percent)


def test_what_was_saved_is_reckoned_by_the_formula():
    assert saved(papers=[10, 5], invited=20, remote=3, paperless=True) == saved(papers=[15], invited=20, remote=3, paperless=True)
    assert vars(saved(papers=[10, 5], invited=20, remote=3, paperless=True)) == {"pages": 300, "journeys": 6}
    assert saved(papers=[10], invited=20, remote=0, paperless=False).pages == 0
