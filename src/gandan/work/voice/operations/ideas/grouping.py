"""Ideas that say the same: the night proposes, a person confirms, names, adds and parts. Nobody looks at who sent them."""

from collections.abc import Collection, Sequence
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, owe
from gandan.ground.promises.queries import open_about
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.models import Call, Idea, IdeaGroup
from gandan.work.voice.operations.ideas.calls import held_call, keep_if_sorted
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.ideas.flow import CallState, GroupState, WrongGroup
from gandan.work.voice.rules.terms import term_of

ANSWER = "idea.answer"
IDEAS = Idea._meta.label_lower
GROUPS = IdeaGroup._meta.label_lower


@operation
def propose_groups(*, call: Call | int, clusters: Sequence[Collection[int]], by: Person, on: date) -> int:
    """Lay the night's proposals before those who sort: whole new groups, and ideas that may belong to a confirmed one.

    What people have confirmed stays as it is; proposals of earlier nights that nobody took up make way.

    :param clusters: numbers of ideas that seem to say the same, two or more together
    :raises NotAllowed: if `by` may not lead calls of the unit
    """
    fresh = held_call(call, CallState.OPEN, CallState.ENDED)
    require(Right.LEAD_CALLS, by=by, unit=fresh.unit, on=on)
    unchanged()  # a proposal is nobody's decision
    Idea.objects.filter(call=fresh, proposed__isnull=False).update(proposed=None)
    IdeaGroup.objects.filter(call=fresh, state=GroupState.PROPOSED.value).delete()
    standing = dict(Idea.objects.filter(call=fresh).to_group().values_list("pk", "group_id"))
    made = 0
    for cluster in clusters:
        known = [number for number in cluster if number in standing]
        free = [number for number in known if standing[number] is None]
        groups = {standing[number] for number in known} - {None}
        if not free or len(known) < 2 or len(groups) > 1:
            continue
        group = IdeaGroup.objects.create(call=fresh, state=GroupState.PROPOSED.value).pk if not groups else groups.pop()
        Idea.objects.filter(pk__in=free).update(proposed=group)
        made += 1
    return made


@operation
def confirm_group(*, call: Call | int, ideas: Collection[int], name: str, by: Person, on: date) -> IdeaGroup:
    """Make a group of these ideas, however it was proposed, and give it a name. A public answer is owed from now.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises MissingWords: if it gets no name
    :raises WrongGroup: if there are none, or some are in a group already or not of this call
    """
    fresh = held_call(call, CallState.OPEN, CallState.ENDED)
    require(Right.LEAD_CALLS, by=by, unit=fresh.unit, on=on)
    said = tidy(name, 200)
    if not said:
        raise MissingWords("name", gettext_noop("Xin đặt tên cho nhóm, như người dân sẽ đọc."))
    held = _free(fresh, ideas)
    due_on = due_date(on, term_of("idea", "answer", on).term, working_calendar(fresh.decider))
    group = IdeaGroup.objects.create(call=fresh, name=said, state=GroupState.CONFIRMED.value, answer_due_on=due_on)
    owe(
        kind=ANSWER, about=group, label=said[:80], owed_to=Receiver.PUBLIC, unit=fresh.decider, due_on=due_on, by=by, on=on
    )  # fmt: skip
    record(Kind.IDEAS_GROUPED, about=group, unit=fresh.unit, day=on, by=by, amount=len(held))
    _put(held, group, fresh, by, on)
    return group


@operation
def join_group(*, group: IdeaGroup | int, ideas: Collection[int], by: Person, on: date) -> int:
    """Add ideas to a group; their senders get its answer, also one that was given. Return how many.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises WrongGroup: if nobody has confirmed the group, or some are in a group already or not of this call
    """
    held_group = taken_group(group)
    require(Right.LEAD_CALLS, by=by, unit=held_group.call.unit, on=on)
    held = _free(held_group.call, ideas)
    record(Kind.IDEAS_GROUPED, about=held_group, unit=held_group.call.unit, day=on, by=by, amount=len(held))
    _put(held, held_group, held_group.call, by, on)
    return len(held)


@operation
def part_from_group(*, group: IdeaGroup | int, ideas: Collection[int], by: Person, on: date) -> int:
    """Part ideas from a group: they say something else. A group that nothing is left of owes nothing. Return how many.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises WrongGroup: if it was answered: its senders have the answer
    """
    held_group = taken_group(group, GroupState.CONFIRMED)
    require(Right.LEAD_CALLS, by=by, unit=held_group.call.unit, on=on)
    parted = Idea.objects.filter(group=held_group, pk__in=list(ideas)).update(group=None)
    if not parted:
        unchanged()
        return 0
    record(Kind.IDEAS_PARTED, about=held_group, unit=held_group.call.unit, day=on, by=by, amount=parted)
    if not Idea.objects.filter(group=held_group).exists() and not held_group.milestones.exists():
        for promise in open_about(GROUPS, [held_group.pk], ANSWER).values():
            drop(promise=promise, by=by, on=on)
        held_group.delete()
    return parted


@operation
def rename_group(*, group: IdeaGroup | int, name: str, by: Person, on: date) -> IdeaGroup:
    """Give a group another name.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises MissingWords: if it gets no name
    """
    fresh = taken_group(group)
    require(Right.LEAD_CALLS, by=by, unit=fresh.call.unit, on=on)
    fresh.name = tidy(name, 200)
    if not fresh.name:
        raise MissingWords("name", gettext_noop("Xin đặt tên cho nhóm, như người dân sẽ đọc."))
    fresh.save(update_fields=["name"])
    record(Kind.GROUP_RENAMED, about=fresh, unit=fresh.call.unit, day=on, by=by)
    return fresh


def taken_group(group: IdeaGroup | int, *among: GroupState) -> IdeaGroup:
    """Return a confirmed group to work on, and let nobody else until our transaction ends.

    :raises WrongGroup: if it stands otherwise
    """
    number = group if isinstance(group, int) else group.pk
    found = IdeaGroup.objects.select_for_update(of=("self",)).select_related("call__unit", "call__decider")
    fresh = found.filter(pk=number).first()
    if fresh is None or fresh.state not in (among or {GroupState.CONFIRMED, GroupState.ANSWERED}):
        raise WrongGroup(gettext_noop("Nhóm ý kiến này không còn ở bước làm được điều đó."))
    return fresh


def _free(call: Call, numbers: Collection[int]) -> list[Idea]:
    wanted = set(numbers)
    held = list(Idea.objects.to_group().select_for_update(of=("self",)).filter(call=call, group=None, pk__in=wanted))
    if not held or len(held) != len(wanted):
        raise WrongGroup(gettext_noop("Xin chọn ít nhất một ý kiến của lời kêu gọi này, chưa nằm trong nhóm nào."))
    return held


def _put(held: Sequence[Idea], group: IdeaGroup, call: Call, by: Person, on: date) -> None:
    """Put ideas into a group, with the supports they had; a proposal that was taken up makes way."""
    proposals = {one.proposed_id for one in held if one.proposed_id is not None}
    Idea.objects.filter(pk__in=[one.pk for one in held]).update(group=group, proposed=None)
    group.supports += sum(one.supports for one in held)
    group.save(update_fields=["supports"])
    empty = IdeaGroup.objects.filter(pk__in=proposals, state=GroupState.PROPOSED.value, proposed__isnull=True)
    empty.delete()
    keep_if_sorted(call, by, on)
