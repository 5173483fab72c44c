"""What becomes of a group of ideas: a public answer, milestones with days, each seen by every sender by their receipt."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about, owed_about
from gandan.ground.promises.rules import punctuality
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.models import Idea, IdeaGroup, Milestone
from gandan.work.voice.operations.ideas.grouping import ANSWER, taken_group
from gandan.work.voice.operations.telling import tell_idea_senders
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.ideas.flow import Decision, GroupState, WrongGroup

MILESTONE = "idea.milestone"


@operation
def answer_group(*, group: IdeaGroup | int, words: str, decision: Decision, by: Person, on: date) -> IdeaGroup:
    """Answer a group of ideas in public, once for all of its senders.

    :raises NotAllowed: if `by` may not answer for the unit that decides
    :raises WrongGroup: if it was answered
    :raises MissingWords: if nothing is said
    """
    fresh = taken_group(group, GroupState.CONFIRMED)
    require(Right.ANSWER_IDEAS, by=by, unit=fresh.call.decider, on=on)
    said = tidy(words, 8000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi câu trả lời; ai cũng đọc được."))
    promise = owed_about(fresh, ANSWER)
    fresh.answer, fresh.decision, fresh.answered_on, fresh.state = said, decision.value, on, GroupState.ANSWERED.value
    fresh.save(update_fields=["answer", "decision", "answered_on", "state"])
    keep(promise=promise, by=by, on=on)
    senders = {one.pk: one for one in Idea.objects.filter(group=fresh)}
    record(
        Kind.IDEAS_ANSWERED, about=fresh, unit=fresh.call.decider, day=on, by=by, amount=len(senders),
        punctuality=punctuality(promise.due_on, on), decision=decision.value,
    )  # fmt: skip
    tell_idea_senders(senders, fresh.call.decider, "idea-answered", "answered", by, on)
    return fresh


@operation
def set_milestone(*, group: IdeaGroup | int, words: str, due_on: date, by: Person, on: date) -> Milestone:
    """Promise one step of what will become of a group, by a day.

    :raises NotAllowed: if `by` may not answer for the unit that decides
    :raises WrongGroup: if the group was not answered yet, or the day is past
    :raises MissingWords: if nothing is said
    """
    fresh = taken_group(group, GroupState.ANSWERED)
    require(Right.ANSWER_IDEAS, by=by, unit=fresh.call.decider, on=on)
    said = tidy(words, 300)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi sẽ làm gì."))
    if due_on < on:
        raise WrongGroup(gettext_noop("Ngày của mốc việc đã qua."))
    made = Milestone.objects.create(group=fresh, words=said, due_on=due_on)
    owe(
        kind=MILESTONE, about=made, label=said[:80], owed_to=Receiver.PUBLIC, unit=fresh.call.decider, due_on=due_on, by=by, on=on
    )  # fmt: skip
    record(Kind.MILESTONE_SET, about=made, unit=fresh.call.decider, day=on, by=by)
    return made


@operation
def reach_milestone(*, milestone: Milestone | int, result: str, by: Person, on: date) -> Milestone:
    """Say that a step was done, and what came of it. Senders are told.

    :raises NotAllowed: if `by` may not answer for the unit that decides
    :raises WrongGroup: if it was reached or given up before
    :raises MissingWords: if nothing is said
    """
    fresh, said = _open_milestone(milestone, result, by, on)
    fresh.reached_on, fresh.result = on, said
    fresh.save(update_fields=["reached_on", "result"])
    decider = fresh.group.call.decider
    promise = owed_about(fresh, MILESTONE)
    keep(promise=promise, by=by, on=on)
    record(Kind.MILESTONE_REACHED, about=fresh, unit=decider, day=on, by=by, punctuality=punctuality(promise.due_on, on))
    senders = {one.pk: one for one in Idea.objects.filter(group=fresh.group)}
    tell_idea_senders(senders, decider, "idea-word", f"milestone:{fresh.pk}", by, on)
    return fresh


@operation
def drop_milestone(*, milestone: Milestone | int, why: str, by: Person, on: date) -> Milestone:
    """Say in public that a step will not be done, and why.

    :raises NotAllowed: if `by` may not answer for the unit that decides
    :raises WrongGroup: if it was reached or given up before
    :raises MissingWords: if nothing is said
    """
    fresh, said = _open_milestone(milestone, why, by, on)
    fresh.dropped_on, fresh.result = on, said
    fresh.save(update_fields=["dropped_on", "result"])
    for promise in open_about(Milestone._meta.label_lower, [fresh.pk], MILESTONE).values():
        drop(promise=promise, by=by, on=on)
    record(Kind.MILESTONE_DROPPED, about=fresh, unit=fresh.group.call.decider, day=on, by=by)
    return fresh


@operation
def see_answer(*, idea: Idea, by: Person, on: date) -> bool:
    """Note that the sender of an idea has seen what was answered; return whether it was the first time."""
    unchanged()  # it is their own
    answered = Idea.objects.filter(pk=idea.pk, seen_on=None, group__state=GroupState.ANSWERED.value)
    return bool(answered.update(seen_on=on))


def _open_milestone(milestone: Milestone | int, words: str, by: Person, on: date) -> tuple[Milestone, str]:
    number = milestone if isinstance(milestone, int) else milestone.pk
    found = Milestone.objects.select_for_update(of=("self",)).select_related("group__call__decider")
    fresh = found.filter(pk=number).first()
    if fresh is None:
        raise WrongGroup(gettext_noop("Mốc việc này đã xong hoặc đã bỏ."))
    require(Right.ANSWER_IDEAS, by=by, unit=fresh.group.call.decider, on=on)
    if fresh.result:
        raise WrongGroup(gettext_noop("Mốc việc này đã xong hoặc đã bỏ."))
    said = tidy(words, 600)
    if not said:
        raise MissingWords("result", gettext_noop("Xin ghi kết quả, hoặc vì sao không làm."))
    return fresh, said
