"""What the night's grouping looks at: the text of ideas and their call, and nothing else."""

from collections.abc import Collection
from datetime import date

from gandan.work.voice.models import Call, Idea
from gandan.work.voice.rules.ideas.flow import CallState
from gandan.work.voice.rules.ideas.grouping import groups_of


def to_be_grouped() -> list[int]:
    """Return the calls that have ideas without a group."""
    free = Idea.objects.to_group().filter(group=None).order_by().values("call")
    return list(Call.objects.filter(pk__in=free).exclude(state=CallState.DRAFT.value).order_by("pk").values_list("pk", flat=True))


def clusters(call: int) -> list[list[int]]:
    """Return the numbers of ideas of a call that seem to say the same, two or more together."""
    texts = dict(Idea.objects.to_group().filter(call=call).order_by("pk").values_list("pk", "search"))
    numbers = list(texts)
    return [[numbers[at] for at in group] for group in groups_of(list(texts.values()))]


def ending(on: date) -> list[int]:
    """Return the open calls whose last day is over."""
    found = Call.objects.filter(state=CallState.OPEN.value, closes_on__lt=on)
    return list(found.order_by("pk").values_list("pk", flat=True))


def words_of_ideas(numbers: Collection[int]) -> dict[int, str]:
    """Return the words of ideas, by their numbers."""
    return {one.pk: one.text for one in Idea.objects.filter(pk__in=list(numbers))}
