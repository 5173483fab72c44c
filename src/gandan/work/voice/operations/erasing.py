"""What becomes of what cases say of people, when its time is up."""

from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import (
    Aside,
    Case,
    Extension,
    Extract,
    FollowUp,
    Note,
    Passing,
    Protocol,
    Reply,
    Sender,
    Stage,
    Visit,
)

AT_ONCE = 500


@operation
def anonymise_ended(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Take out of cases that ended before a day whatever tells whose they were or what they said; return their numbers.

    What stands in public stays: it was cleared of people before it was shown.

    :param but: cases that are held
    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    ended = Case.objects.filter(ended_on__lt=before, erased_on=None).exclude(pk__in=but)
    numbers = list(ended.order_by("ended_on", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for model in (Sender, Note, FollowUp):
        model.objects.filter(case_id__in=numbers).delete()
    Reply.objects.filter(case_id__in=numbers).update(words="")
    Passing.objects.filter(case_id__in=numbers).update(words="")
    Aside.objects.filter(case_id__in=numbers).delete()
    Stage.objects.filter(case_id__in=numbers).update(words="", allowed_by="")
    Extract.objects.filter(case_id__in=numbers).update(words="", conclusion="")
    Visit.objects.filter(case_id__in=numbers).update(place="", words="")
    Protocol.objects.filter(case_id__in=numbers).update(place="", giver="", giver_address="", circumstances="")
    Extension.objects.filter(case_id__in=numbers).update(words="", allowed_by="")
    Case.objects.filter(pk__in=numbers).update(words="", sealed_words="", search="", answers="", place="", erased_on=on)
    return numbers
