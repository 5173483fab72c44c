"""What becomes of the words of a matter when their time is up: that it was, what was promised and how it ended stay."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.matters.models import Ask, Dialogue, Matter

AT_ONCE = 200


@operation
def erase_words(*, before: date, but: Collection[int], by: Person, on: date) -> list[int]:
    """Erase what was asked and said in matters that were settled before a day, and return their numbers.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    written = Q(asks__in=Ask.objects.exclude(words=b"")) | Q(dialogues__in=Dialogue.objects.exclude(minutes=b""))
    ended = Matter.objects.filter(written, settled_on__lt=before).exclude(pk__in=but).order_by("pk").distinct()
    numbers = list(ended.values_list("pk", flat=True)[:AT_ONCE])
    Ask.objects.filter(matter__in=numbers).update(words="")
    Dialogue.objects.filter(matter__in=numbers).update(minutes="")
    return numbers
