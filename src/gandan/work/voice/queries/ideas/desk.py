"""What those who sort, moderate and answer find: words, never whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import Showing
from gandan.work.voice.models import Idea, IdeaGroup
from gandan.work.voice.queries.ideas.calls import CallShown, UnknownCall, UnknownIdea, calls_to_lead
from gandan.work.voice.queries.ideas.public import GroupShown, as_groups
from gandan.work.voice.rules.ideas.flow import GroupState

PROPOSALS, ALONE = 20, 50


@dataclass(frozen=True)
class Proposal:
    """Ideas that seem to say the same, before anybody looked; `group` is the confirmed one they may belong to."""

    id: int
    group: GroupShown | None
    ideas: Sequence[Idea]


@dataclass(frozen=True)
class Sorting:
    """The table at which a call is sorted."""

    call: CallShown
    proposals: Sequence[Proposal]
    groups: Sequence[GroupShown]
    alone: Sequence[Idea]  # nobody says what they say, so far
    ungrouped: int
    may_lead: bool


@dataclass(frozen=True)
class Answerable:
    """A group with its ideas, for who answers it."""

    call: CallShown
    group: GroupShown
    ideas: Sequence[Idea]
    seen: int  # senders who have seen the answer
    may_answer: bool
    may_lead: bool


def sorting(number: int, viewer: Person, on: date, *, after: int | None = None) -> Sorting:
    """Return a call with what there is to sort; for who only answers, with its groups alone.

    :raises UnknownCall: if the viewer neither leads nor answers it
    """
    shown = _call(number, viewer, on)
    leads = may(Right.LEAD_CALLS, by=viewer, unit=shown.record.unit, on=on)
    groups = as_groups(list(IdeaGroup.objects.filter(call=number).exclude(state=GroupState.PROPOSED.value)), on)
    free = Idea.objects.visible_to(viewer, on).to_group().filter(call=number, group=None)
    if not leads:
        return Sorting(shown, (), groups, (), 0, False)
    alone = free.filter(proposed=None)
    if after is not None:
        alone = alone.filter(pk__lt=after)
    proposed: dict[int, list[Idea]] = {}
    for idea in free.filter(proposed__isnull=False).order_by("proposed", "pk")[:1000]:
        proposed.setdefault(idea.proposed_id or 0, []).append(idea)
    by_number = {one.id: one for one in groups}
    proposals = [Proposal(pk, by_number.get(pk), ideas) for pk, ideas in proposed.items()]
    proposals.sort(key=lambda one: (-len(one.ideas), one.id))
    note(What.LISTED, by=viewer, about_type="voice.idea", detail=str(len(proposals)))
    return Sorting(shown, proposals[:PROPOSALS], groups, list(alone.order_by("-pk")[: ALONE + 1]), free.count(), True)


def ideas_to_moderate(viewer: Person, on: date, *, limit: int = 20) -> list[Idea]:
    """Return the ideas that wait for a moderator, the oldest first: words, and nothing of whose they are."""
    units = visible_units(Right.MODERATE_VOICE, viewer, on)
    found = Idea.objects.filter(showing=Showing.WAITING.value, call__unit__among=units)
    return list(found.select_related("call").order_by("pk")[:limit])


def groups_to_answer(viewer: Person, on: date) -> list[tuple[CallShown, GroupShown]]:
    """Return the groups that the viewer's units owe an answer, the most pressing first."""
    units = visible_units(Right.ANSWER_IDEAS, viewer, on)
    waiting = IdeaGroup.objects.filter(call__decider__among=units, state=GroupState.CONFIRMED.value)
    found = list(waiting.order_by("answer_due_on", "pk")[:200])
    known = {one.id: one for one in calls_to_lead(viewer, on)}
    return [(known[one.call], one) for one in as_groups(found, on) if one.call in known]


def group_to_answer(call: int, number: int, viewer: Person, on: date) -> Answerable:
    """Return a group with the words of its ideas.

    :raises UnknownCall: if the viewer neither leads nor answers the call
    :raises UnknownIdea: if the call has no confirmed group of this number
    """
    shown = _call(call, viewer, on)
    found = list(IdeaGroup.objects.filter(call=call, pk=number).exclude(state=GroupState.PROPOSED.value))
    if not found:
        raise UnknownIdea(gettext_noop("Không có nhóm ý kiến này."))
    ideas = Idea.objects.visible_to(viewer, on).filter(group=number).order_by("pk")
    note(What.LISTED, by=viewer, about_type="voice.idea", detail=f"group {number}")
    return Answerable(
        shown, as_groups(found, on)[0], list(ideas[:500]), ideas.filter(seen_on__isnull=False).count(),
        may(Right.ANSWER_IDEAS, by=viewer, unit=shown.record.decider, on=on),
        may(Right.LEAD_CALLS, by=viewer, unit=shown.record.unit, on=on),
    )  # fmt: skip


def group_of(what: str, number: int, viewer: Person, on: date) -> tuple[int, int]:
    """Return call and group of a group or a milestone.

    :raises UnknownCall: if the viewer neither leads nor answers the call
    :raises UnknownIdea: if there is none of this number
    """
    groups = IdeaGroup.objects.filter(milestones=number) if what == "milestone" else IdeaGroup.objects.filter(pk=number)
    found = groups.first()
    if found is None:
        raise UnknownIdea(gettext_noop("Không có nhóm ý kiến này."))
    _call(found.call_id, viewer, on)
    return found.call_id, found.pk


def _call(number: int, viewer: Person, on: date) -> CallShown:
    found = calls_to_lead(viewer, on, number=number)
    if not found:
        raise UnknownCall(gettext_noop("Không có lời kêu gọi này."))
    return found[0]
