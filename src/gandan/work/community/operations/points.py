"""What was raised at an activity: noted without names; what needs an answer is promised with an owner and a day."""

from datetime import date

from django.db.models import Max

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.ground.promises.queries import owed_about
from gandan.work.community.models import Activity, Point
from gandan.work.community.operations.activities import standing
from gandan.work.community.rules import check_nameless

ANSWER = "activity.answer"


class NothingWritten(Refused):
    """A point has words."""


@operation
def raise_point(
    *,
    activity: Activity | int,
    words: str,
    by: Person,
    on: date,
    due_on: date | None = None,
    owner: Unit | None = None,
    officer: Person | None = None,
) -> Point:
    """Note what was raised. With a day, somebody owes an answer by then: the owner, or else the unit that held it.

    :raises NotAllowed: if `by` may not note activities at its unit
    :raises NothingWritten: if there are no words
    :raises NamesSomebody: if they seem to say who raised it
    :raises NotStanding: if the owner does not exist on the day
    :raises DueBefore: if it would be due before today
    """
    fresh = standing(activity)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    if not words.strip():
        raise NothingWritten(gettext_noop("Chưa ghi việc được nêu."))
    check_nameless(words)
    last = Point.objects.filter(activity=fresh).aggregate(last=Max("position"))["last"] or 0
    point = Point.objects.create(activity=fresh, position=last + 1, words=words.strip(), owed=due_on is not None)
    record(Kind.POINT_RAISED, unit=fresh.unit, day=on, by=by, about=fresh, answer="owed" if due_on else "none")
    if due_on is not None:
        unit = owner or fresh.unit
        check_standing(unit, on)
        label = f"{fresh.pk}.{point.position}"
        owe(
            kind=ANSWER,
            about=point,
            label=label,
            owed_to=Receiver.CITIZEN,
            unit=unit,
            officer=officer,
            due_on=due_on,
            by=by,
            on=on,
        )
    return point


@operation
def answer_point(*, point: Point | int, answer: str, by: Person, on: date) -> Point:
    """Answer what was raised, by which the promise is kept.

    :raises NotAllowed: if `by` may not answer for the unit that owes it
    :raises NothingOwed: if no answer is owed
    :raises NothingWritten: if there are no words
    :raises NamesSomebody: if the answer seems to name somebody
    """
    pk = point if isinstance(point, int) else point.pk
    fresh = Point.objects.select_for_update(of=("self",)).select_related("activity").get(pk=pk)
    promise = owed_about(fresh, ANSWER)
    require(Right.WRITE_COMMUNITY, by=by, unit=promise.unit, on=on)
    if not answer.strip():
        raise NothingWritten(gettext_noop("Chưa ghi lời trả lời."))
    check_nameless(answer)
    fresh.answer, fresh.answered_on = answer.strip(), on
    fresh.save()
    keep(promise=promise, by=by, on=on)
    return fresh
