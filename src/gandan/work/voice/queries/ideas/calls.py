"""Calls for ideas: those that stand in public, and those that somebody leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import Showing
from gandan.work.voice.models import Call, Idea, IdeaGroup
from gandan.work.voice.rules.ideas.flow import CallState, GroupState


class UnknownCall(Refused):
    """There is no such call, or it isn't for this viewer."""


class UnknownIdea(Refused):
    """There is no such idea, or it doesn't stand in public."""


@dataclass(frozen=True)
class CallShown:
    """A call as everybody finds it."""

    record: Call
    unit: UnitRow
    decider: UnitRow
    state: CallState
    takes: bool  # ideas, on the day

    @property
    def id(self) -> int:
        return self.record.pk


def calls(on: date, *, after: int | None = None, limit: int = 20) -> list[CallShown]:
    """Return the calls that stand in public, the newest first."""
    found = Call.objects.exclude(state=CallState.DRAFT.value).filter(opens_on__lte=on)
    if after is not None:
        found = found.filter(pk__lt=after)
    return _shown(list(found.order_by("-pk")[:limit]), on)


def call(number: int, on: date) -> CallShown:
    """:raises UnknownCall: if none of this number stands in public"""
    found = Call.objects.exclude(state=CallState.DRAFT.value).filter(pk=number).first()
    if found is None:
        raise UnknownCall(gettext_noop("Không có lời kêu gọi này."))
    return _shown([found], on)[0]


def calls_to_lead(viewer: Person, on: date, *, number: int | None = None, limit: int = 100) -> list[CallShown]:
    """Return the calls that the viewer leads or answers, drafts too for who leads, the newest first; or the one asked for."""
    leads = visible_units(Right.LEAD_CALLS, viewer, on)
    answers = visible_units(Right.ANSWER_IDEAS, viewer, on)
    found = Call.objects.filter(Q(unit__among=leads) | (Q(decider__among=answers) & ~Q(state=CallState.DRAFT.value)))
    if number is not None:
        found = found.filter(pk=number)
    return _shown(list(found.order_by("-pk")[:limit]), on)


def overview(call: int) -> Mapping[str, int]:
    """Return how many ideas a call got, how many groups were made of them, how many of these were answered, and in time."""
    ideas = Idea.objects.filter(call=call).sent()
    groups = IdeaGroup.objects.filter(call=call).exclude(state=GroupState.PROPOSED.value)
    counted = ideas.aggregate(
        ideas=Count("pk"),
        shown=Count("pk", filter=Q(showing=Showing.SHOWN.value)),
        hidden=Count("pk", filter=Q(showing=Showing.HIDDEN.value)),
        answered_ideas=Count("pk", filter=Q(group__state=GroupState.ANSWERED.value)),
    )
    return counted | groups.aggregate(groups=Count("pk"), answered=Count("pk", filter=Q(state=GroupState.ANSWERED.value)))


def _shown(found: list[Call], on: date) -> list[CallShown]:
    units = rows({unit for one in found for unit in (one.unit_id, one.decider_id)})
    return [
        CallShown(
            one, units[one.unit_id], units[one.decider_id], CallState(one.state),
            one.state == CallState.OPEN and one.opens_on <= on <= one.closes_on,
        )
        for one in found
    ]  # fmt: skip
