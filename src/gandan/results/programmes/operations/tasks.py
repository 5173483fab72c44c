"""Tasks: given beside the text, done step by step, shown by evidence, dropped for a reason."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max, Model

from gandan.ground.calendar.rules import Grain
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.queries import event as one_event
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.operations import keep, move
from gandan.ground.promises.queries import open_about, owed_about
from gandan.results.programmes.models import (
    Content,
    DirectivePoint,
    Evidence,
    Programme,
    Step,
    Task,
    TaskFeedKey,
    Turn,
)
from gandan.results.programmes.operations.answering import tell_answered
from gandan.results.programmes.operations.taking import ProgrammeClosed, require_at, require_over, said, standing, taken
from gandan.results.programmes.operations.turning import ABOUT, OWED, let_go, turn_tasks
from gandan.results.programmes.rules import Origin, TurnState

KEPT = timedelta(days=10 * 365)


class NoUnit(Refused):
    """A task is somebody's."""


class OutsideProgramme(Refused):
    """The day is not within the programme."""


class AlreadyDone(Refused):
    """The task is done, or was dropped."""


class NothingShown(Refused):
    """Who says that a task is done shows it, or says what came of it."""


class UnknownPart(Refused):
    """There is no such content, step, point or event."""


@operation
def add_task(
    *, programme: Programme, text: str, units: Sequence[Unit], by: Person, on: date, due_on: date | None = None,
    every: Grain | None = None, content: int | None = None, points: Sequence[DirectivePoint] = (), steps: Sequence[str] = (),
    origin: Origin = Origin.UNIT, about: Model | None = None, owed: bool = True,
) -> Task:  # fmt: skip
    """Give a task beside the text of a programme; what it came from gives it once, however often it is asked for.

    :param content: the number of the content to which it belongs
    :param about: the record of another package that it came from, as a conclusion of a meeting
    :param owed: make it a promise of each unit; no, where what it came from is owed as such already
    :raises NotAllowed: if `by` may not manage the programme (of a conclusion: may not do its tasks)
    :raises ProgrammeClosed: if the programme has been closed
    :raises NothingWritten: if it has no words
    :raises NoUnit: if no unit is to do it
    :raises NotStanding: if one of them does not exist on the day
    :raises OutsideProgramme: if it would be due on a day that has passed, or after the programme
    """
    programme = taken(programme, by, on, Right.DO_TASKS if origin is Origin.CONCLUSION else None)
    about_type = about._meta.label_lower if about is not None else ""
    if about is not None and (known := Task.objects.filter(origin_type=about_type, origin_id=about.pk).first()):
        unchanged()
        return known
    words = said(text)
    if not units:
        raise NoUnit(gettext_noop("Nhiệm vụ phải có đơn vị thực hiện."))
    for unit in units:
        check_standing(unit, on)
    if due_on is not None and not (on <= due_on < programme.during.upper):
        raise OutsideProgramme(
            gettext_noop("Hạn {day} đã qua, hoặc nằm ngoài chương trình {code}."), day=f"{due_on:%d/%m/%Y}", code=programme.code
        )
    last = programme.tasks.aggregate(last=Max("position"))["last"] or 0
    task = Task.objects.create(
        programme=programme, key=secrets.token_hex(5), content=_content(programme, content), position=last + 1, text=words,
        due_on=None if every else due_on, every=every.value if every else "", origin=origin.value, origin_type=about_type,
        origin_id=about.pk if about is not None else None,
    )  # fmt: skip
    task.units.set(units)
    task.points.set(points)
    turn_tasks(programme, by=by, on=on, only=[task], owed=owed)
    if steps:
        _write_steps(list(task.turns.all()), steps)
    record(Kind.TASK_ADDED, about=task, unit=standing(programme.unit, on), day=on, by=by, origin=origin.value)
    tell_answered(points, by=by, on=on)
    return task


def _content(programme: Programme, number: int | None) -> Content | None:
    if number is None:
        return None
    found = programme.contents.filter(number=number, left_on=None).first()
    if found is None:
        raise UnknownPart(gettext_noop("Chương trình không có nội dung {number}."), number=number)
    return found


def _write_steps(turns: Sequence[Turn], steps: Sequence[str]) -> None:
    Step.objects.bulk_create(
        Step(turn=turn, position=nth, text=text.strip()[:300])
        for turn in turns
        for nth, text in enumerate((text for text in steps if text.strip()), start=1)
    )


@operation
def plan_steps(*, turn: Turn, steps: Sequence[str], by: Person, on: date) -> Turn:
    """Write down by which steps a unit does a task; those that are there stay, in front.

    :raises NotAllowed: if `by` may not do tasks at the unit
    :raises AlreadyDone: if it is done or was dropped
    :raises NothingWritten: if there are none
    """
    fresh = _turn(turn, by, on)
    words = [text.strip()[:300] for text in steps if text.strip()]
    said("".join(words))
    last = fresh.steps.aggregate(last=Max("position"))["last"] or 0
    Step.objects.bulk_create(Step(turn=fresh, position=nth, text=text) for nth, text in enumerate(words, start=last + 1))
    _begun(fresh, by, on)
    return fresh


@operation
def tick(*, turn: Turn, step: int, done: bool, by: Person, on: date) -> Step:
    """Say that a step is done, or not after all.

    :raises NotAllowed: if `by` may not do tasks at the unit
    :raises AlreadyDone: if the task is done or was dropped
    :raises UnknownPart: if it has no such step
    """
    fresh = _turn(turn, by, on)
    found = fresh.steps.filter(position=step).first()
    if found is None:
        raise UnknownPart(gettext_noop("Nhiệm vụ không có bước này."))
    found.done_on = on if done else None
    found.save(update_fields=["done_on"])
    _begun(fresh, by, on)
    return found


@operation
def begin(*, turn: Turn, by: Person, on: date) -> Turn:
    """Say that a unit has begun to do a task.

    :raises NotAllowed: if `by` may not do tasks at the unit
    :raises AlreadyDone: if it is done or was dropped
    """
    fresh = _turn(turn, by, on)
    _begun(fresh, by, on)
    return fresh


def _begun(turn: Turn, by: Person, on: date) -> None:
    if turn.begun_on is not None:
        unchanged()
        return
    turn.begun_on = on
    turn.save(update_fields=["begun_on"])
    record(Kind.TASK_BEGUN, about=turn, unit=turn.unit, day=on, by=by)


@operation
def show(
    *, turn: Turn, note: str, by: Person, on: date, source: Readable | None = None, name: str = "", event: int | None = None
) -> Evidence:
    """Add what shows that a task is being done: a file, an event of the ledger, or in words where it can be seen.

    :raises NotAllowed: if `by` may not do tasks at the unit
    :raises AlreadyDone: if it was dropped
    :raises NothingWritten: if it doesn't say what it shows
    :raises UnknownPart: if the ledger has no such event
    :raises Refused: if the file can't be kept, with what to do instead
    """
    fresh = _turn(turn, by, on, also=TurnState.DONE)
    words = said(note)[:300]
    if event is not None and one_event(event) is None:
        raise UnknownPart(gettext_noop("Sổ cái không có lượt ghi nhận số {number}."), number=event)
    if event is not None and (known := fresh.evidence.filter(event=event).first()):
        unchanged()
        return known
    file = None
    if source is not None:
        file = attach(about=fresh, unit=fresh.unit, source=source, name=name, keep_until=on + KEPT, by=by, on=on, purpose="task")
    made = Evidence.objects.create(turn=fresh, note=words, file=file, event=event, added_on=on)
    record(Kind.TASK_SHOWN, about=fresh, unit=fresh.unit, day=on, by=by)
    return made


@operation
def finish(*, turn: Turn, outcome: str, by: Person, on: date) -> Turn:
    """Say that a unit has done a task, by which the promise is kept.

    :raises NotAllowed: if `by` may not do tasks at the unit
    :raises AlreadyDone: if it is done or was dropped
    :raises NothingShown: if there is neither evidence nor a word of what came of it
    """
    fresh = _turn(turn, by, on)
    if not outcome.strip() and not fresh.evidence.exists():
        raise NothingShown(gettext_noop("Xin ghi kết quả, hoặc gắn minh chứng, trước khi báo hoàn thành."))
    fresh.state, fresh.done_on, fresh.outcome = TurnState.DONE.value, on, outcome.strip()[:1000]
    fresh.begun_on = fresh.begun_on or on
    fresh.save(update_fields=["state", "done_on", "outcome", "begun_on"])
    record(Kind.TASK_DONE, about=fresh, unit=fresh.unit, day=on, by=by)
    if (promise := open_about(ABOUT, [fresh.pk], OWED).get(fresh.pk)) is not None:
        keep(promise=promise, by=by, on=on)
    return fresh


@operation
def put_off(*, turn: Turn, due_on: date, by: Person, on: date) -> Turn:
    """Give a unit another day for a task.

    :raises NotAllowed: if `by` may not manage the programme
    :raises AlreadyDone: if it is done or was dropped
    :raises OutsideProgramme: if the day has passed, or lies after the programme
    """
    fresh = _managed(turn, by, on)
    if not on <= due_on < fresh.task.programme.during.upper:
        raise OutsideProgramme(
            gettext_noop("Hạn {day} đã qua, hoặc nằm ngoài chương trình {code}."),
            day=f"{due_on:%d/%m/%Y}", code=fresh.task.programme.code,
        )  # fmt: skip
    if due_on == fresh.due_on:
        unchanged()
        return fresh
    fresh.due_on = due_on
    fresh.save(update_fields=["due_on"])
    move(promise=owed_about(fresh, OWED), due_on=due_on, by=by, on=on)
    return fresh


@operation
def drop_turn(*, turn: Turn, why: str, by: Person, on: date) -> Turn:
    """Say that a unit need not do a task, and why.

    :raises NotAllowed: if `by` may not manage the programme
    :raises AlreadyDone: if it is done or was dropped
    :raises NothingWritten: if it doesn't say why
    """
    fresh = _managed(turn, by, on)
    let_go(fresh, said(why), by=by, on=on)
    record(Kind.TASK_DROPPED, about=fresh, unit=standing(fresh.unit, on), day=on, by=by)
    return fresh


@operation
def give_task_feed(*, by: Person, on: date) -> str:
    """Give somebody a key by which a calendar reads their units' tasks, shown once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    TaskFeedKey.objects.update_or_create(person=by, defaults={"digest": hashlib.sha256(token.encode()).hexdigest()})
    unchanged()  # their own, and nothing that counts
    return token


@operation
def take_task_feed_back(*, by: Person, on: date) -> None:
    """Have the key of somebody's calendar open nothing any more."""
    TaskFeedKey.objects.filter(person=by).delete()
    unchanged()


def _fresh(turn: Turn) -> Turn:
    taken_ = Turn.objects.select_for_update(of=("self",)).select_related(
        "unit", "task__programme__unit", "task__programme__upper"
    )
    return taken_.get(pk=turn.pk)


def _turn(turn: Turn, by: Person, on: date, also: TurnState = TurnState.OPEN) -> Turn:
    fresh = _fresh(turn)
    require_at([standing(fresh.unit, on)], by, on)
    _check_open(fresh, also)
    return fresh


def _managed(turn: Turn, by: Person, on: date) -> Turn:
    fresh = _fresh(turn)
    require_over(fresh.task.programme, by, on)
    _check_open(fresh, TurnState.OPEN)
    return fresh


def _check_open(turn: Turn, also: TurnState) -> None:
    if turn.state not in {TurnState.OPEN.value, also.value}:
        raise AlreadyDone(gettext_noop("Nhiệm vụ này đã xong, hoặc không còn phải làm."))
    if turn.task.programme.closed_on:
        raise ProgrammeClosed(gettext_noop("Chương trình {code} đã tổng kết, không sửa được nữa."), code=turn.task.programme.code)
