"""Household votes: the roll is frozen, one ballot a household, paper read by two, a count that anybody can check."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations.operations import rename
from gandan.ground.organisations.queries import public
from gandan.ground.privacy.queries import held as kept_ones
from gandan.ground.promises.models import Promise
from gandan.work.democracy.flow import Voted
from gandan.work.democracy.models import Ballot, Household, PaperEntry, Poll
from gandan.work.democracy.operations import (
    AlreadyRead,
    FewHouseholds,
    NoBallot,
    PapersOpen,
    TooManyPapers,
    WrongStep,
    annul_poll,
    close_poll,
    count_ballots,
    erase_rolls,
    give_code_anew,
    hand_paper,
    open_poll,
    read_paper,
    set_roll,
    vote,
)
from gandan.work.democracy.queries import UnknownPoll, poll, poll_kept, polls_kept, published_ballots
from gandan.work.democracy.rules.counting import Choice, Outcome, count, digest_of, read_list
from tests.cast import ACT, TODAY
from tests.democracy.conftest import lived_in
from tests.privacy.keeping import keep

TOMORROW, AFTER = TODAY + timedelta(1), TODAY + timedelta(8)


def cast_all(made: Poll, codes: dict[int, str], in_favour: int) -> list[str]:
    return [
        vote(poll=made, code=code, choice=Choice.FOR if nth <= in_favour else Choice.AGAINST, by=public(), on=TODAY)
        for nth, code in codes.items()
    ]


def test_the_roll_is_frozen_at_the_opening(ward):
    made, codes = ward.opened()

    assert (made.households, len(codes), len(set(codes.values()))) == (8, 8, 8)
    with pytest.raises(WrongStep):
        set_roll(poll=made, roll="1 Lê Lợi", by=ward.keeper, on=TODAY)
    assert Household.objects.filter(poll=made).count() == 8
    with pytest.raises(FewHouseholds):
        open_poll(poll=ward.prepared(roll="1 a\n2 b\n3 c\n4 d"), by=ward.keeper, on=TODAY)


def test_the_rule_says_what_carries_it_and_whether_it_is_secret(ward):
    head, _ = ward.opened("head")
    common, _ = ward.opened("contribution")

    assert (head.secret, head.numerator, head.denominator, head.over) == (True, 1, 2, True)
    assert (common.secret, common.numerator, common.denominator, common.over) == (False, 2, 3, False)


def test_a_household_has_one_ballot(ward):
    made, codes = ward.opened()
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=TODAY)
    for code in (codes[1], "0" * 16, ""):
        with pytest.raises(NoBallot):
            vote(poll=made, code=code, choice=Choice.AGAINST, by=public(), on=TODAY)
    hand_paper(poll=made, number=2, by=ward.keeper, on=TODAY)
    with pytest.raises(NoBallot):
        vote(poll=made, code=codes[2], choice=Choice.FOR, by=public(), on=TODAY)
    with pytest.raises(WrongStep):
        hand_paper(poll=made, number=1, by=ward.keeper, on=TODAY)
    fresh = give_code_anew(poll=made, number=3, by=ward.keeper, on=TODAY)
    with pytest.raises(NoBallot):
        vote(poll=made, code=codes[3], choice=Choice.FOR, by=public(), on=TODAY)
    vote(poll=made, code=fresh, choice=Choice.FOR, by=public(), on=TODAY)

    assert Ballot.objects.count() == 2


def test_the_count_can_be_checked_by_anybody_and_tells_nobody(ward):
    made, codes = ward.opened()
    marks = cast_all(made, codes, in_favour=5)
    with pytest.raises(UnknownPoll):
        published_ballots(made.pk, TODAY)
    close_poll(poll=made, by=ward.keeper, on=TODAY)  # every household has voted

    shown, published = poll(made.pk, TODAY), read_list(published_ballots(made.pk, TODAY))
    assert shown.outcome is Outcome.CARRIED
    assert count(shown.count.households, published) == shown.count
    assert digest_of(published) == shown.digest
    found = {one.mark: one.choice for one in published}
    assert [found[mark.replace(" ", "")] for mark in marks] == [Choice.FOR] * 5 + [Choice.AGAINST] * 3
    assert not set(Ballot.objects.values_list("household", flat=True)) - {None}
    assert Promise.objects.get(kind="poll.result").state == "kept"


def test_half_of_all_is_not_more_than_half(ward):
    made, codes = ward.opened()
    cast_all(made, {nth: codes[nth] for nth in (1, 2, 3, 4)}, in_favour=4)
    close_poll(poll=made, by=ward.keeper, on=AFTER)

    assert poll(made.pk, AFTER).outcome is Outcome.NOT_CARRIED  # all who came were for it, and they are four of eight


def test_households_may_vote_until_its_last_day_is_over(ward):
    made, codes = ward.opened()
    with pytest.raises(WrongStep):
        close_poll(poll=made, by=ward.keeper, on=made.closes_on)
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=made.closes_on)
    with pytest.raises(WrongStep):
        vote(poll=made, code=codes[2], choice=Choice.FOR, by=public(), on=AFTER)


def test_a_paper_ballot_counts_when_two_have_read_the_same(ward):
    made, _codes = ward.opened()
    for number in (1, 2):
        hand_paper(poll=made, number=number, by=ward.keeper, on=TODAY)
    read = {"poll": made, "on": TODAY}
    assert not read_paper(serial="A-01", choice=Choice.FOR, by=ward.keeper, **read)
    with pytest.raises(AlreadyRead):  # entered twice by the same person
        read_paper(serial="a 01", choice=Choice.FOR, by=ward.keeper, **read)
    assert read_paper(serial="A01", choice=Choice.FOR, by=ward.second, **read)
    with pytest.raises(AlreadyRead):  # it is a ballot
        read_paper(serial="A01", choice=Choice.FOR, by=ward.second, **read)

    read_paper(serial="A02", choice=Choice.FOR, by=ward.keeper, **read)
    assert not read_paper(serial="A02", choice=Choice.AGAINST, by=ward.second, **read)
    paper = poll_kept(made.pk, ward.keeper, TODAY).papers[0]
    assert (paper.serial, paper.differs) == ("A02", True)
    with pytest.raises(PapersOpen, match="A02"):
        close_poll(poll=made, by=ward.keeper, on=AFTER)
    assert read_paper(serial="A02", choice=Choice.AGAINST, by=ward.keeper, **read)  # both have looked again
    with pytest.raises(TooManyPapers):
        read_paper(serial="A03", choice=Choice.FOR, by=ward.keeper, **read)
    close_poll(poll=made, by=ward.keeper, on=AFTER)

    assert (poll(made.pk, AFTER).count.in_favour, poll(made.pk, AFTER).count.against) == (1, 1)


def test_an_open_ballot_on_paper_is_that_of_its_household(ward):
    made, _codes = ward.opened("contribution")
    hand_paper(poll=made, number=4, by=ward.keeper, on=TODAY)
    for reader in (ward.keeper, ward.second):
        read_paper(poll=made, serial="4", choice=Choice.FOR, by=reader, on=TODAY)

    assert Ballot.objects.get().household.number == 4


def test_nobody_of_the_police_reads_rolls_or_ballots_or_keeps_them(ward):
    made, codes = ward.opened()
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=TODAY)
    others = (ward.police_writer, ward.police_editor, ward.both, ward.cast.dung, ward.cast.giang, ward.cast.binh, ward.cast.minh,
              ward.cast.khanh, ward.cast.oanh, ward.cast.lan)  # fmt: skip
    for person in others:
        assert polls_kept(person, TODAY) == []
        for model in (Poll, Household, PaperEntry, Ballot):
            assert not model.objects.visible_to(person, TODAY).exists()
        with pytest.raises(UnknownPoll):
            poll_kept(made.pk, person, TODAY)
        for act in (lambda by: hand_paper(poll=made, number=2, by=by, on=TODAY),
                    lambda by: read_paper(poll=made, serial="1", choice=Choice.FOR, by=by, on=TODAY),
                    lambda by: annul_poll(poll=made, why="x", by=by, on=TODAY),
                    lambda by: close_poll(poll=made, by=by, on=AFTER)):  # fmt: skip
            with pytest.raises(NotAllowed):
                act(person)
    assert [row.id for row in polls_kept(ward.keeper, TODAY)] == [made.pk]


def test_the_ledger_hears_of_ballots_a_day_at_a_time_and_of_nobody(ward):
    made, codes = ward.opened()
    cast_all(made, codes, in_favour=5)
    assert not Event.objects.filter(facet_set__kind="ballot.given").exists()
    assert count_ballots(by=ward.cast.lan, on=TODAY) == 0  # the day is not over
    before = set(Ballot.objects.values_list("pk", flat=True))

    assert count_ballots(by=ward.cast.lan, on=TOMORROW) == 8
    assert count_ballots(by=ward.cast.lan, on=TOMORROW) == 0

    told = Event.objects.filter(facet_set__kind="ballot.given")
    assert {(one.about_type, one.about_id, one.day, one.by_id) for one in told} == {("", None, TODAY, ward.cast.lan.pk)}
    assert told.count() == 8
    assert not before & set(Ballot.objects.values_list("pk", flat=True))  # written anew, among the others
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM democracy_ballot")
        assert cursor.fetchone() == (1,)  # in one transaction, which no household has
    close_poll(poll=made, by=ward.keeper, on=TOMORROW)
    assert poll(made.pk, TOMORROW).count.in_favour == 5


def test_it_is_called_off_for_a_reason_and_never_counted(ward):
    made, codes = ward.opened()
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=TODAY)
    annul_poll(poll=made, why="Danh sách thiếu một hẻm", by=ward.keeper, on=TODAY)

    assert poll(made.pk, TODAY).annulled_why == "Danh sách thiếu một hẻm"
    with pytest.raises(WrongStep):
        vote(poll=made, code=codes[2], choice=Choice.FOR, by=public(), on=TODAY)
    with pytest.raises(UnknownPoll):
        published_ballots(made.pk, TODAY)


def test_a_ward_that_was_renamed_yesterday_votes_on(ward):
    made, codes = ward.opened()
    rename(unit=ward.area, name="Phường Sài Gòn Mới", act=ACT, by=ward.cast.importer, on=TODAY)
    vote(poll=made, code=codes[1], choice=Choice.FOR, by=public(), on=TOMORROW)
    count_ballots(by=ward.cast.lan, on=TODAY + timedelta(2))

    assert poll(made.pk, TOMORROW).area.name == "Phường Sài Gòn Mới"
    assert poll(made.pk, TOMORROW).voted == 1


def test_addresses_end_and_the_result_stays(ward):
    made, codes = ward.opened("contribution")
    cast_all(made, codes, in_favour=6)
    close_poll(poll=made, by=ward.keeper, on=TODAY)
    number = f"BP-{made.pk}"
    assert (keep(ward.cast.dung, number), keep(ward.keeper, number)) == (400, 302)  # never by the police
    erase_rolls(before=AFTER, but=kept_ones("democracy.poll", TODAY), by=ward.cast.lan, on=TODAY + timedelta(400))
    assert Household.objects.exclude(address="").count() == len(codes)
    assert keep(ward.keeper, number, step="release") == 302
    erase_rolls(before=AFTER, but=frozenset(), by=ward.cast.lan, on=TODAY + timedelta(400))

    assert {one.address for one in Household.objects.all()} == {""}
    assert not Ballot.objects.exclude(household=None).exists()
    assert digest_of(read_list(published_ballots(made.pk, AFTER))) == poll(made.pk, AFTER).digest


def tried(act) -> str:
    try:
        act()
        return "done"
    except Refused as refused:
        return refused.code
    finally:
        connections.close_all()


@pytest.fixture
def lived(committed):
    return lived_in()


def test_one_code_used_by_many_at_once_is_one_ballot(lived):
    made, codes = lived.opened()
    acts = [lambda: vote(poll=made.pk, code=codes[1], choice=Choice.FOR, by=public(), on=TODAY)] * 12
    with ThreadPoolExecutor(6) as pool:
        results = Counter(pool.map(tried, acts))

    assert results == {"done": 1, "no_ballot": 11}
    assert Ballot.objects.count() == 1


def test_a_paper_entered_by_both_at_once_is_one_ballot(lived):
    made, _codes = lived.opened()
    hand_paper(poll=made, number=1, by=lived.keeper, on=TODAY)
    acts = [
        lambda who=who: read_paper(poll=made.pk, serial="A1", choice=Choice.FOR, by=who, on=TODAY)
        for who in (lived.keeper, lived.second) * 5
    ]
    with ThreadPoolExecutor(6) as pool:
        results = Counter(pool.map(tried, acts))

    assert results == {"done": 2, "already_read": 8}
    assert (Ballot.objects.count(), PaperEntry.objects.count()) == (1, 2)


def test_while_the_poll_is_flooded_and_closed_the_count_is_whole(lived):
    made, codes = lived.opened()
    wrong = [lambda nth=nth: vote(poll=made.pk, code=f"{nth:016}", choice=Choice.FOR, by=public(), on=TODAY) for nth in range(30)]
    right = [lambda code=code: vote(poll=made.pk, code=code, choice=Choice.FOR, by=public(), on=TODAY) for code in codes.values()]
    mixed = [one for pair in zip(wrong[:8], right, strict=True) for one in pair] + wrong[8:]
    acts = [*mixed[:12], lambda: close_poll(poll=made.pk, by=lived.keeper, on=TODAY), *mixed[12:]]
    with ThreadPoolExecutor(6) as pool:
        results = Counter(pool.map(tried, acts))
    if Poll.objects.get(pk=made.pk).step == "open":
        close_poll(poll=made.pk, by=lived.keeper, on=AFTER)

    assert results["done"] >= 8
    counted = Poll.objects.get(pk=made.pk)
    assert counted.in_favour == Ballot.objects.count() == Household.objects.filter(voted=Voted.CODE.value).count() == 8
