"""Ideas and groups as they stand in public: moderated words, counts from five on, the answer and its milestones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.queries import AttachmentRow, attachment, attachments
from gandan.ground.ledger.rules import gettext_noop
from gandan.work.voice.models import Idea, IdeaGroup, Milestone
from gandan.work.voice.queries.ideas.calls import UnknownIdea
from gandan.work.voice.rules.ideas.flow import SHOWN_FROM, Decision, GroupState

ABOUT = Idea._meta.label_lower


@dataclass(frozen=True)
class IdeaRow:
    """An idea as it stands in public."""

    id: int
    number: str
    words: str
    sent_on: date
    supports: int | None  # None: fewer than are told
    group: int | None
    group_name: str
    files: Sequence[AttachmentRow] = ()


@dataclass(frozen=True)
class GroupShown:
    """A group of ideas as everybody finds it."""

    id: int
    call: int
    name: str
    state: GroupState
    ideas: int
    supports: int | None
    answer: str
    decision: Decision | None
    due_on: date | None
    answered_on: date | None
    overdue: bool
    milestones: Sequence[Milestone] = ()

    @property
    def late(self) -> bool:
        return bool(self.answered_on and self.due_on and self.answered_on > self.due_on)


def told(supports: int) -> int | None:
    """Return a count of supports as it is told: not at all below five."""
    return supports if supports >= SHOWN_FROM else None


def ideas_shown(call: int, *, after: int | None = None, group: int | None = None, limit: int = 20) -> list[IdeaRow]:
    """Return the ideas of a call that stand in public, the newest first; of one group, if asked."""
    found = Idea.objects.public().filter(call=call)
    if group is not None:
        found = found.filter(group=group)
    if after is not None:
        found = found.filter(pk__lt=after)
    return as_rows(list(found.select_related("group").order_by("-pk")[:limit]))


def idea_shown(call: int, number: int) -> IdeaRow:
    """:raises UnknownIdea: if none of this number stands in public under the call"""
    found = list(Idea.objects.public().filter(call=call, pk=number).select_related("group"))
    if not found:
        raise UnknownIdea(gettext_noop("Không có ý kiến này, hoặc ý kiến không hiện công khai."))
    return as_rows(found)[0]


def as_rows(found: Sequence[Idea]) -> list[IdeaRow]:
    files = attachments(ABOUT, [one.pk for one in found]) if found else {}
    return [
        IdeaRow(
            one.pk, one.number, one.shown_words, one.sent_on or one.begun_on, told(one.supports), one.group_id,
            one.group.name if one.group else "",
            [file for file in files.get(one.pk, ()) if file.media_type.startswith("image/")],
        )
        for one in found
    ]  # fmt: skip


def idea_photo(token: str) -> AttachmentRow:
    """:raises UnknownIdea: if it is no picture of an idea that stands in public"""
    found = attachment(token)
    shown = found.about_type == ABOUT and Idea.objects.public().filter(pk=found.about_id).exists()
    if not shown or not found.media_type.startswith("image/"):
        raise UnknownIdea(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    return found


def groups_shown(call: int, on: date) -> list[GroupShown]:
    """Return the groups of a call that a person confirmed: the answered first, then by how many ideas."""
    found = list(IdeaGroup.objects.filter(call=call).exclude(state=GroupState.PROPOSED.value))
    shown = as_groups(found, on)
    return sorted(shown, key=lambda one: (one.state is not GroupState.ANSWERED, -one.ideas, one.id))


def group_shown(call: int, number: int, on: date) -> GroupShown:
    """:raises UnknownIdea: if the call has no confirmed group of this number"""
    found = list(IdeaGroup.objects.filter(call=call, pk=number).exclude(state=GroupState.PROPOSED.value))
    if not found:
        raise UnknownIdea(gettext_noop("Không có nhóm ý kiến này."))
    return as_groups(found, on)[0]


def as_groups(found: Sequence[IdeaGroup], on: date) -> list[GroupShown]:
    numbers = [one.pk for one in found]
    counts = _counts(numbers)
    steps: dict[int, list[Milestone]] = {}
    for step in Milestone.objects.filter(group__in=numbers).order_by("due_on", "pk"):
        steps.setdefault(step.group_id, []).append(step)
    return [
        GroupShown(
            id=one.pk, call=one.call_id, name=one.name, state=GroupState(one.state), ideas=counts.get(one.pk, 0),
            supports=told(one.supports), answer=one.answer, decision=Decision(one.decision) if one.decision else None,
            due_on=one.answer_due_on, answered_on=one.answered_on,
            overdue=bool(one.answer_due_on and one.answered_on is None and one.answer_due_on < on),
            milestones=steps.get(one.pk, ()),
        )
        for one in found
    ]  # fmt: skip


def _counts(groups: Sequence[int]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for group in Idea.objects.filter(group__in=groups).values_list("group_id", flat=True):
        if group is not None:
            found[group] = found.get(group, 0) + 1
    return found
