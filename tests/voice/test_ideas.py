"""Calls for ideas: sent without a name, looked at, grouped by a person, supported once, answered for every sender."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import clock, importer, public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.queries import held
from gandan.ground.promises.models import Promise
from gandan.work.voice.flow import MissingWords, WhyHidden, WrongState
from gandan.work.voice.models import Ballot, BallotKey, Idea, IdeaContact, IdeaGroup
from gandan.work.voice.operations import ideas as operations
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.ideas.flow import AlreadySupported, CallClosed, Decision, NotProven, WrongGroup
from gandan.work.voice.rules.receipts import UnknownReceipt
from tests.cast import TODAY
from tests.privacy.keeping import keep, kept
from tests.voice.conftest import LAST, WORDS

TOMORROW = TODAY + timedelta(days=1)


def grouped(cast, call, *ideas, name="Tủ sách khu phố"):
    return operations.confirm_group(call=call, ideas=[one.pk for one in ideas], name=name, by=cast.hoa, on=TODAY)


def voter(call, phone):
    stands_for, sealed = operations.ask_code(call=call, phone=phone, by=public(), on=TODAY)
    code = re.search(r"\d{6}", Message.objects.filter(template="ballot-code").latest("pk").content)[0]
    operations.prove(call=call, voter=stands_for, sealed=sealed, code=code, by=public(), on=TODAY)
    return stands_for


def test_a_call_says_who_decides_and_what_becomes_of_ideas_before_it_opens(cast):
    for missing in ("title", "theme", "decides", "becomes"):
        words = CallWords(**{name: "" if name == missing else "x" for name in ("title", "theme", "decides", "becomes")})
        with pytest.raises(MissingWords) as refused:
            operations.draft_call(
                unit=cast.city, decider=cast.city, words=words, opens_on=TODAY, closes_on=LAST, by=cast.hoa, on=TODAY
            )
        assert refused.value.field == missing


def test_only_the_civil_side_leads_calls(cast, call):
    for person in (cast.giang, cast.dung, cast.binh, cast.quyen):
        with pytest.raises(NotAllowed):
            operations.extend_call(call=call, closes_on=LAST + timedelta(days=1), by=person, on=TODAY)
        with pytest.raises(NotAllowed):
            operations.end_call(call=call, by=person, on=TODAY)


def test_nobody_makes_the_call_of_another_unit_their_own(cast, call):
    ward = cast.unit("BXDD-W1")
    leader = enrol(
        username="ward", name="Lê Ward", unit=ward, role=Role.PROGRAMME_OFFICER_CIVIL, line=Line.CIVIL, by=importer(), on=TODAY
    )
    written = {"unit": ward, "decider": ward, "words": WORDS, "opens_on": TODAY, "closes_on": LAST, "by": leader, "on": TODAY}
    assert operations.draft_call(**written).unit == ward
    with pytest.raises(NotAllowed):
        operations.draft_call(call=call, **written)


def test_a_call_is_extended_and_the_promise_to_sort_moves_with_it(cast, call):
    before = Promise.objects.get(kind="idea.sort").due_on
    operations.extend_call(call=call, closes_on=LAST + timedelta(days=14), by=cast.hoa, on=TODAY)

    assert Promise.objects.get(kind="idea.sort").due_on > before
    with pytest.raises(CallClosed):
        operations.extend_call(call=call, closes_on=LAST, by=cast.hoa, on=TODAY)


def test_what_is_written_is_kept_until_it_is_sent_and_sent_once(call):
    written = operations.write_idea(call=call, code="7", words="ngắn", public=True, phone="12", by=public(), on=TODAY)
    with pytest.raises(NotReady) as refused:
        operations.send_idea(idea=written, by=public(), on=TODAY)
    assert set(refused.value.faults) == {"words", "phone"}
    assert queries.unsent_idea("7", call.pk, TODAY).phone == "12"

    operations.write_idea(call=call, code="7", words="Mở tủ sách ở khu phố.", public=True, by=public(), on=TODAY)
    for _nervous in range(5):
        operations.send_idea(idea=written, by=public(), on=TODAY)
    assert Event.objects.filter(facet_set__kind="idea.received").count() == 1
    late = operations.write_idea(call=call, code="7", words="Viết lại", public=True, by=public(), on=TODAY)
    assert late.words == "Mở tủ sách ở khu phố."
    assert not IdeaContact.objects.exists()  # nobody wished to be told
    with pytest.raises(CallClosed):
        operations.write_idea(call=call, code="8", words="x", public=True, by=public(), on=LAST + timedelta(days=1))


def test_what_was_never_sent_is_erased(call):
    operations.write_idea(call=call, code="7", words="Chưa xong", public=True, by=public(), on=TODAY)
    assert operations.erase_unsent(by=clock(), on=TODAY + timedelta(days=30)) == []
    assert len(operations.erase_unsent(by=clock(), on=TODAY + timedelta(days=31))) == 1
    assert not Idea.objects.exists()


def test_an_idea_stands_in_public_in_moderated_words_only(cast, call, think):
    idea = think("Mở tủ sách, gọi cô Ba 0909123456.", phone="0909 123 456")
    assert queries.ideas_shown(call.pk) == []
    for person in (cast.giang, cast.dung, cast.binh):
        with pytest.raises(NotAllowed):
            operations.show_idea(idea=idea, words="x", by=person, on=TODAY)
        assert queries.ideas_to_moderate(person, TODAY) == []
    operations.show_idea(idea=idea, words="Mở tủ sách.", by=cast.hoa, on=TODAY)

    assert [one.words for one in queries.ideas_shown(call.pk)] == ["Mở tủ sách."]
    operations.hide_idea(idea=idea, why=WhyHidden.NAMES_SOMEONE, by=cast.hoa, on=TODAY)
    assert queries.ideas_shown(call.pk) == []
    assert queries.idea_by_receipt(f"{1:016}", TODAY).record.why_hidden == "names_someone"
    assert Message.objects.get(template="idea-hidden")
    with pytest.raises(WrongState):
        operations.show_idea(idea=think(public_too=False), words="x", by=cast.hoa, on=TODAY)


def test_the_police_find_no_idea_before_it_is_grouped_and_never_whose_it_is(cast, call, think):
    shown, waiting, hidden = think(email="an@example.org"), think("Trồng cây ở sân chung cư."), think("Lời lẽ nặng nề ở đây.")
    operations.hide_idea(idea=hidden, why=WhyHidden.ABUSE, by=cast.hoa, on=TODAY)
    for person in (cast.dung, cast.giang, cast.binh):
        assert not Idea.objects.visible_to(person, TODAY).exists()
    group = grouped(cast, call, shown)

    assert list(Idea.objects.visible_to(cast.dung, TODAY)) == [shown]
    assert set(Idea.objects.visible_to(cast.hoa, TODAY)) == {shown, waiting, hidden}
    found = queries.group_to_answer(call.pk, group.pk, cast.dung, TODAY)
    assert "an@example.org" not in repr([vars(one) for one in found.ideas])
    assert [event.by.username for event in Event.objects.filter(facet_set__kind="idea.received")] == ["public"] * 3


def test_the_night_proposes_and_a_person_decides(cast, call, think):
    one, two, three, four = think(), think("Tủ sách cho khu phố."), think("Tủ sách ở chung cư."), think("Trồng cây.")
    assert operations.propose_groups(call=call, clusters=[[one.pk, two.pk, three.pk], [four.pk]], by=clock(), on=TODAY) == 1
    table = queries.sorting(call.pk, cast.hoa, TODAY)
    assert [len(proposal.ideas) for proposal in table.proposals] == [3]
    assert queries.groups_shown(call.pk, TODAY) == []  # nobody outside sees a proposal

    group = grouped(cast, call, one, two)  # split: the third is something else
    assert operations.propose_groups(call=call, clusters=[[one.pk, two.pk, three.pk]], by=clock(), on=TODAY) == 1
    table = queries.sorting(call.pk, cast.hoa, TODAY)
    assert [(proposal.group.id, proposal.ideas) for proposal in table.proposals] == [(group.pk, [three])]
    assert operations.join_group(group=group, ideas=[three.pk], by=cast.hoa, on=TODAY) == 1
    assert operations.part_from_group(group=group, ideas=[one.pk], by=cast.hoa, on=TODAY) == 1
    operations.rename_group(group=group, name="Tủ sách", by=cast.hoa, on=TODAY)
    with pytest.raises(WrongGroup):
        grouped(cast, call, two)
    for refused in (cast.dung, cast.giang):
        with pytest.raises(NotAllowed):
            operations.confirm_group(call=call, ideas=[one.pk], name="x", by=refused, on=TODAY)
    operations.part_from_group(group=group, ideas=[two.pk, three.pk], by=cast.hoa, on=TODAY)
    assert not IdeaGroup.objects.filter(pk=group.pk).exists()
    assert Promise.objects.get(kind="idea.answer").state == "dropped"


def test_a_group_is_answered_once_for_all_its_senders(cast, call, think):
    one, two = think(email="an@example.org"), think(public_too=False)
    group = grouped(cast, call, one, two)
    owed = Promise.objects.get(kind="idea.answer")
    assert (owed.unit, owed.owed_to, owed.due_on) == (cast.police, "public", group.answer_due_on)
    with pytest.raises(MissingWords):
        operations.answer_group(group=group, words=" ", decision=Decision.PARTLY, by=cast.dung, on=TODAY)
    operations.answer_group(group=group, words="Mở ở ba khu phố trước.", decision=Decision.PARTLY, by=cast.dung, on=TODAY)

    event = Event.objects.get(facet_set__kind="idea.answered")
    assert (event.amount, event.facet_set.facets) == (2, {"punctuality": "in_time", "decision": "partly"})
    assert Message.objects.filter(template="idea-answered").count() == 1
    for code in ("1", "2"):
        held = queries.idea_by_receipt(f"{code:0>16}", TODAY)
        assert held.group.answer == "Mở ở ba khu phố trước."
        assert operations.see_answer(idea=held.record, by=public(), on=TODAY)
    assert queries.group_to_answer(call.pk, group.pk, cast.dung, TODAY).seen == 2
    with pytest.raises(WrongGroup):
        operations.part_from_group(group=group, ideas=[one.pk], by=cast.hoa, on=TODAY)

    step = operations.set_milestone(group=group, words="Ba tủ sách", due_on=LAST, by=cast.dung, on=TODAY)
    other = operations.set_milestone(group=group, words="Cả phường", due_on=LAST, by=cast.dung, on=TODAY)
    operations.reach_milestone(milestone=step, result="Đã mở ba tủ.", by=cast.dung, on=TOMORROW)
    operations.drop_milestone(milestone=other, why="Chưa đủ kinh phí.", by=cast.dung, on=TOMORROW)
    with pytest.raises(WrongGroup):
        operations.reach_milestone(milestone=other, result="x", by=cast.dung, on=TOMORROW)
    states = list(Promise.objects.filter(kind="idea.milestone").order_by("pk").values_list("state", flat=True))
    assert states == ["kept", "dropped"]
    shown = queries.group_shown(call.pk, group.pk, TODAY)
    assert [one.result for one in shown.milestones] == ["Đã mở ba tủ.", "Chưa đủ kinh phí."]


def test_somebody_supports_once_and_no_list_says_who(cast, call, think):
    idea, other = think(), think("Trồng cây ở sân chung cư.")
    for one in (idea, other):
        operations.show_idea(idea=one, words=one.words, by=cast.hoa, on=TODAY)
    first = voter(call, "0909 123 456")
    operations.support(voter=first, idea=idea.pk, by=public(), on=TODAY)
    with pytest.raises(AlreadySupported):
        operations.support(voter=voter(call, "+84 909123456"), idea=idea.pk, by=public(), on=TODAY)
    operations.support(voter=first, idea=other.pk, by=public(), on=TODAY)
    assert len({ballot.digest for ballot in Ballot.objects.all()}) == 2  # nothing tells that they are one person's
    with pytest.raises(NotProven):
        operations.prove(call=call, voter=first, sealed="", code="", by=public(), on=TODAY)

    group = grouped(cast, call, idea)
    with pytest.raises(AlreadySupported):  # they supported what is now in the group
        operations.support(voter=first, group=group.pk, by=public(), on=TODAY)
    for number in range(4):
        operations.support(voter=voter(call, f"09010000{number:02}"), group=group.pk, by=public(), on=TODAY)

    assert operations.count_supports(by=clock(), on=TODAY) == 0  # the day isn't over
    assert operations.count_supports(by=clock(), on=TOMORROW) == 6
    events = Event.objects.filter(facet_set__kind="idea.supported")
    assert {(event.about_type, event.about_id, event.by.username) for event in events} == {("", None, "clock")}
    assert not Ballot.objects.exclude(idea=None, group=None, on=None).exists()
    group.refresh_from_db()
    assert group.supports == 5
    assert queries.group_shown(call.pk, group.pk, TODAY).supports == 5
    assert queries.idea_shown(call.pk, other.pk).supports is None  # one: not told


def test_at_its_end_the_ballots_and_their_key_are_destroyed(cast, call, think):
    idea = think()
    operations.show_idea(idea=idea, words=idea.words, by=cast.hoa, on=TODAY)
    operations.support(voter=voter(call, "0909123456"), idea=idea.pk, by=public(), on=TODAY)
    assert BallotKey.objects.get().secret
    operations.end_call(call=call, by=clock(), on=TODAY)

    assert not BallotKey.objects.exists()
    assert not Ballot.objects.exists()
    assert Idea.objects.get().supports == 1
    assert Promise.objects.get(kind="idea.sort").state == "open"
    grouped(cast, call, idea)
    assert Promise.objects.get(kind="idea.sort").state == "kept"
    with pytest.raises(CallClosed):
        operations.ask_code(call=call, phone="0909123456", by=public(), on=TODAY)


def test_when_its_time_is_up_an_idea_is_nobodys(cast, call, think):
    shown, kept_back = think(email="an@example.org"), think("Không muốn hiện điều này.", public_too=False)
    operations.show_idea(idea=shown, words="Mở tủ sách.", by=cast.hoa, on=TODAY)
    operations.end_call(call=call, by=cast.hoa, on=TODAY)

    assert (keep(cast.dung, shown.number), keep(cast.hoa, shown.number)) == (400, 302)  # the civil side alone
    assert (shown.number in kept(cast.hoa), shown.number in kept(cast.giang)) == (True, False)
    over = {"before": TOMORROW, "by": importer(), "on": TOMORROW}
    assert operations.close_ideas(but=held("voice.idea", localdate()), **over) == [kept_back.pk]
    assert keep(cast.hoa, shown.number, step="release") == 302
    assert operations.close_ideas(but=held("voice.idea", localdate()), **over) == [shown.pk]
    assert not IdeaContact.objects.exists()
    assert [one.words for one in queries.ideas_shown(call.pk)] == ["Mở tủ sách."]
    assert Idea.objects.get(pk=kept_back.pk).search == ""
    with pytest.raises(UnknownReceipt):
        queries.idea_by_receipt(f"{1:016}", TOMORROW)
