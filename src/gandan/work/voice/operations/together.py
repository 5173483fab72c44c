"""Many reports of one event are answered in one act: each sender gets the answer, each promise is kept."""

from collections.abc import Sequence
from datetime import date, datetime

from gandan.ground.ledger.operations import operation
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.voice.flow import Outcome
from gandan.work.voice.models import Reply
from gandan.work.voice.operations.handling import answer
from gandan.work.voice.operations.merging import NotDoubles, merge


@operation
def answer_together(
    *, cases: Sequence[int], words: str, outcome: Outcome, by: Person, on: date, at: datetime
) -> Reply:  # fmt: skip
    """Merge open reports of one event into the first of them, and answer it.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises NotDoubles: if some are of another kind or unit, or were answered meanwhile
    :raises MissingWords: if nothing is said
    """
    numbers = list(dict.fromkeys(cases))
    if not numbers:
        raise NotDoubles(gettext_noop("Không còn việc nào đang mở trong nhóm này. Xin xem lại danh sách."))
    if len(numbers) > 1:
        merge(into=numbers[0], cases=numbers[1:], by=by, on=on, at=at)
    return answer(case=numbers[0], words=words, outcome=outcome, by=by, on=on, at=at)
