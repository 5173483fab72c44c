"""A dossier that was taken in: worked on, waiting for its applicant, finished, withdrawn, stopped, its result handed over."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.operations import operation
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises import operations as promises
from gandan.ground.promises.queries import owed_about
from gandan.work.dossiers.flow import HOW_RETURNED, WHY_STOPPED, Need, Status, Step
from gandan.work.dossiers.models import Dossier, Wait
from gandan.work.dossiers.operations.steps import RESULT, NeedsMore, Taking, settle, take, worded
from gandan.work.dossiers.queries import pauses
from gandan.work.dossiers.rules import punctuality, shifted
from gandan.work.dossiers.rules.papers import read_papers


@operation
def start(*, dossier: Dossier | int, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Note that somebody works on a dossier.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    step = take(dossier, Step.START, by, on, seen=seen)
    step.record()
    return step.done(Status.PROCESSING)


@operation
def ask_supplement(
    *,
    dossier: Dossier | int,
    papers: Sequence[Mapping[str, Any]],
    words: str,
    by: Person,
    on: date,
    answer_by: date | None = None,
    seen: int | None = None,
) -> Dossier:
    """Ask the applicant for further papers. From `on` the clock stands still, by actual days.

    :param papers: what is missing: name, and how many originals, certified copies, copies
    :param words: why, for the applicant
    :param answer_by: until when an answer is asked for
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    :raises BadPapers: if the list of papers can't be used
    """
    missing, said = read_papers(papers), worded(words)
    given = frozenset({Need.PAPERS} if missing else ()) | frozenset({Need.WORDS} if said else ())
    step = take(dossier, Step.ASK_SUPPLEMENT, by, on, seen=seen, given=given)
    return _wait(step, Status.SUPPLEMENT, Wait(words=said, papers=missing, answer_by=_ahead(answer_by, on)))


@operation
def supplemented(*, dossier: Dossier | int, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Note that the applicant has brought what was missing: the clock runs again from `on`.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    return _go_on(take(dossier, Step.SUPPLEMENTED, by, on, seen=seen))


@operation
def ask_payment(
    *,
    dossier: Dossier | int,
    amount: int,
    words: str,
    by: Person,
    on: date,
    answer_by: date | None = None,
    seen: int | None = None,
) -> Dossier:
    """Ask the applicant to meet a financial duty. From `on` the clock stands still, by actual days.

    :param amount: in đồng
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    """
    said = worded(words)
    given = frozenset({Need.AMOUNT} if 0 < amount < 2**31 else ()) | frozenset({Need.WORDS} if said else ())
    step = take(dossier, Step.ASK_PAYMENT, by, on, seen=seen, given=given)
    return _wait(step, Status.PAYMENT, Wait(words=said, amount=amount, answer_by=_ahead(answer_by, on)))


@operation
def paid(*, dossier: Dossier | int, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Note that the financial duty has been met: the clock runs again from `on`.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    return _go_on(take(dossier, Step.PAID, by, on, seen=seen))


@operation
def finish(*, dossier: Dossier | int, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Finish a dossier: its result is there. Early, in time or late is a matter of its own dates.

    A letter of apology that was owed and not sent is owed no longer.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    step = take(dossier, Step.FINISH, by, on, seen=seen)
    step.record(punctuality=punctuality(step.dossier.due_on, on).value)
    settle(step.dossier, by, on, kept=True)
    return step.done(Status.FINISHED, finished_on=on)


@operation
def withdraw(*, dossier: Dossier | int, by: Person, on: date, words: str = "", seen: int | None = None) -> Dossier:
    """Note that the applicant has taken a dossier back. Nothing is owed about it any more.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    step = take(dossier, Step.WITHDRAW, by, on, seen=seen)
    step.record()
    _end_wait(step.dossier, on)
    settle(step.dossier, by, on, kept=False)
    return step.done(Status.WITHDRAWN, words=worded(words), withdrawn_on=on)


@operation
def stop(*, dossier: Dossier | int, why: str, words: str, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Stop a dossier without a result. Nothing is owed about it any more; the applicant is told why.

    :param why: a code of `flow.WHY_STOPPED`
    :param words: why, for the applicant
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    """
    said = worded(words)
    given = frozenset({Need.WHY} if why in WHY_STOPPED else ()) | frozenset({Need.WORDS} if said else ())
    step = take(dossier, Step.STOP, by, on, seen=seen, given=given)
    step.record(why=why)
    _end_wait(step.dossier, on)
    settle(step.dossier, by, on, kept=False)
    return step.done(Status.STOPPED, why=why, words=said, closed_on=on)


@operation
def return_result(*, dossier: Dossier | int, how: str, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Hand the result over to its applicant, or to whom the applicant has sent.

    :param how: a code of `flow.HOW_RETURNED`
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    :raises BeforeReceipt: if the result was not there on that day
    """
    given = frozenset({Need.HOW} if how in HOW_RETURNED else ())
    step = take(dossier, Step.RETURN, by, on, seen=seen, given=given)
    if step.dossier.finished_on is not None and on < step.dossier.finished_on:
        raise NeedsMore(
            Need.HOW, gettext_noop("Hồ sơ có kết quả ngày {day}, nên không trả được trước ngày đó."),
            day=f"{step.dossier.finished_on:%d/%m/%Y}",
        )  # fmt: skip
    step.record(how=how)
    return step.done(Status.RETURNED, why=how, returned_on=on)


def _wait(step: Taking, status: Status, wait: Wait) -> Dossier:
    dossier = step.dossier
    step.record()
    wait.dossier, wait.status, wait.came_from, wait.since = dossier, status.value, dossier.status, step.on
    wait.save()
    promises.pause(promise=owed_about(dossier, RESULT), by=step.by, on=step.on)
    return step.done(status, words=wait.words)


def _go_on(step: Taking) -> Dossier:
    """Let the clock run again; a term that had run out before the wait began stays where it was."""
    dossier = step.dossier
    step.record()
    wait = dossier.waits.get(until=None)
    wait.until = step.on
    wait.save(update_fields=["until"])
    promise = owed_about(dossier, RESULT)
    due_on = dossier.due_on if promise.overdue_on else _due(dossier, wait, step.on)
    promises.resume(promise=promise, due_on=promise.due_on if promise.overdue_on else due_on, by=step.by, on=step.on)
    return step.done(Status(wait.came_from), due_on=due_on)


def _due(dossier: Dossier, wait: Wait, until: date) -> date:
    """Return the due date with all waits; one that another system appointed is put off by the days of the last wait."""
    calendar = working_calendar(dossier.unit_id)
    if dossier.due_stated:
        return shifted(dossier.due_on, wait.since, until, calendar)
    return due_date(dossier.received_on, dossier.procedure.term, calendar, pauses(dossier))


def _end_wait(dossier: Dossier, on: date) -> None:
    dossier.waits.filter(until=None).update(until=on)


def _ahead(answer_by: date | None, on: date) -> date | None:
    if answer_by is not None and answer_by < on:
        raise NeedsMore(Need.WORDS, gettext_noop("Hạn trả lời {day} đã qua. Xin chọn ngày sau."), day=f"{answer_by:%d/%m/%Y}")
    return answer_by
