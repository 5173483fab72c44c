"""A request of somebody about their data: taken in, acknowledged, answered within the legal term."""

from datetime import date

from django.db.models import Model

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import PUBLIC, Right
from gandan.ground.privacy.flow import OPEN, Ground, Outcome, Step, Wish, may_step
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.queries import terms
from gandan.ground.privacy.rules import terms_on
from gandan.ground.promises import operations as promises
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.queries import open_about

ACKNOWLEDGE, ANSWER = "privacy.acknowledge", "privacy.answer"
MOST = 4000  # letters


class WrongStep(Refused):
    """The request has been answered or taken back."""


class AlreadyOpen(Refused):
    """The same has been asked about this record and waits for its answer."""


class AlreadyExtended(Refused):
    """The term is moved once, and before it is over."""


class NoWords(Refused):
    """An answer that isn't wholly yes says why, in a code and in words; and nothing written is longer than it may be."""


@operation
def ask(
    *,
    about: Model,
    label: str,
    unit: Unit,
    wish: Wish,
    text: str = "",
    reply_to: str = "",
    by: Person,
    on: date,
) -> Request:
    """Take in what somebody asks of their own data in one record. That it is theirs has been checked by whoever takes it in:
    an officer at the counter, or the page that opens with the receipt (`by` is the public then).

    :param about: the record; `label` is what it is called, such as a dossier's number
    :param reply_to: where the answer goes, if not to where the record says
    :raises NotAllowed: if `by` is an officer who may not handle requests at the unit
    :raises NotStanding: if the unit doesn't exist on the day
    :raises AlreadyOpen: if the same has been asked and isn't answered
    :raises NoWords: if what is written is too long
    """
    online = by.username == PUBLIC
    if not online:
        require(Right.HANDLE_REQUESTS, by=by, unit=unit, on=on)
    check_standing(unit, on)
    for written in (text, reply_to):
        _check_length(written)
    about_type = about._meta.label_lower
    same = Request.objects.filter(about_type=about_type, about_id=about.pk, wish=wish.value, step__in=[s.value for s in OPEN])
    if same.exists():
        raise AlreadyOpen(gettext_noop("Yêu cầu này đã được nhận và đang chờ trả lời."))
    rule, calendar = terms_on(terms(), on), working_calendar(unit)
    request = Request.objects.create(
        about_type=about_type,
        about_id=about.pk,
        label=label,
        unit=unit,
        wish=wish.value,
        channel="online" if online else "counter",
        text=text.strip(),
        reply_to=reply_to.strip(),
        asked_on=on,
        due_on=due_date(on, rule.answer[wish.value], calendar),
        by=by,
    )
    record(Kind.PRIVACY_REQUESTED, unit=unit, day=on, by=by, about=request, wish=wish.value, channel=request.channel)
    for kind, day in ((ACKNOWLEDGE, due_date(on, rule.acknowledge, calendar)), (ANSWER, request.due_on)):
        promises.owe(
            kind=kind, about=request, label=label, owed_to=Receiver.CITIZEN, unit=unit, due_on=day,
            subject=wish.value, calendar=calendar, by=by, on=on,
        )  # fmt: skip
    return request


@operation
def acknowledge(*, request: Request | int, by: Person, on: date) -> Request:
    """Note that the person was told that their request came, and by when it is answered.

    :raises NotAllowed: if `by` may not handle requests at the unit
    :raises WrongStep: if it is acknowledged, answered or taken back already
    """
    fresh = _take(request, Step.ACKNOWLEDGED, by, on)
    fresh.step, fresh.acknowledged_on = Step.ACKNOWLEDGED.value, on
    fresh.save(update_fields=["step", "acknowledged_on"])
    record(Kind.PRIVACY_ACKNOWLEDGED, unit=fresh.unit, day=on, by=by, about=fresh, wish=fresh.wish)
    _settle(fresh, ACKNOWLEDGE, by, on)
    return fresh


@operation
def extend(*, request: Request | int, by: Person, on: date) -> Request:
    """Put the answer off by as much as the law allows, once; the person is told.

    :raises NotAllowed: if `by` may not handle requests at the unit
    :raises WrongStep: if it is answered or taken back already
    :raises AlreadyExtended: if it was put off before, or its term is over
    """
    fresh = _take(request, Step.ANSWERED, by, on)
    if fresh.extended_on is not None or fresh.due_on < on:
        raise AlreadyExtended(gettext_noop("Chỉ gia hạn được một lần, khi chưa quá hạn."))
    rule = terms_on(terms(), fresh.asked_on)
    fresh.due_on, fresh.extended_on = due_date(fresh.due_on, rule.extension[fresh.wish], working_calendar(fresh.unit)), on
    fresh.save(update_fields=["due_on", "extended_on"])
    record(Kind.PRIVACY_EXTENDED, unit=fresh.unit, day=on, by=by, about=fresh, wish=fresh.wish)
    owed = open_about(fresh._meta.label_lower, [fresh.pk], ANSWER).get(fresh.pk)
    if owed is not None:
        promises.move(promise=owed, due_on=fresh.due_on, by=by, on=on)
    return fresh


@operation
def answer(*, request: Request | int, outcome: Outcome, text: str, reason: Ground | None = None, by: Person, on: date) -> Request:
    """Answer a request. What is granted has been done by the package that has the record.

    :param reason: why it is not wholly granted
    :raises NotAllowed: if `by` may not handle requests at the unit
    :raises WrongStep: if it is answered or taken back already
    :raises NoWords: if nothing is written, or it is not granted without a reason
    """
    fresh = _take(request, Step.ANSWERED, by, on)
    _check_length(text)
    if not text.strip():
        raise NoWords(gettext_noop("Chưa ghi lời trả lời."))
    if outcome is not Outcome.GRANTED and reason is None:
        raise NoWords(gettext_noop("Chọn lý do không thực hiện, hoặc chỉ thực hiện một phần."))
    fresh.step, fresh.answered_on, fresh.answer = Step.ANSWERED.value, on, text.strip()
    fresh.outcome, fresh.reason = outcome.value, reason.value if reason and outcome is not Outcome.GRANTED else ""
    fresh.save(update_fields=["step", "answered_on", "answer", "outcome", "reason"])
    said = "late" if on > fresh.due_on else "in_time"
    record(
        Kind.PRIVACY_ANSWERED, unit=fresh.unit, day=on, by=by, about=fresh,
        wish=fresh.wish, outcome=outcome.value, punctuality=said,
    )  # fmt: skip
    _settle(fresh, ACKNOWLEDGE, by, on)
    _settle(fresh, ANSWER, by, on)
    return fresh


@operation
def take_back(*, request: Request | int, by: Person, on: date) -> Request:
    """Note that the person no longer asks. Nothing is owed about it any more.

    :raises NotAllowed: if `by` may not handle requests at the unit
    :raises WrongStep: if it is answered or taken back already
    """
    fresh = _take(request, Step.TAKEN_BACK, by, on)
    fresh.step, fresh.answered_on = Step.TAKEN_BACK.value, on
    fresh.save(update_fields=["step", "answered_on"])
    record(Kind.PRIVACY_TAKEN_BACK, unit=fresh.unit, day=on, by=by, about=fresh, wish=fresh.wish)
    _settle(fresh, ACKNOWLEDGE, by, on, kept=False)
    _settle(fresh, ANSWER, by, on, kept=False)
    return fresh


def _take(request: Request | int, to: Step, by: Person, on: date) -> Request:
    """Return the request as it is now, and keep others from it until our transaction ends."""
    pk = request if isinstance(request, int) else request.pk
    fresh = Request.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    require(Right.HANDLE_REQUESTS, by=by, unit=fresh.unit, on=on)
    if not may_step(Step(fresh.step), to):
        raise WrongStep(gettext_noop("Yêu cầu này đã qua bước đó."))
    return fresh


def _settle(request: Request, kind: str, by: Person, on: date, *, kept: bool = True) -> None:
    owed = open_about(request._meta.label_lower, [request.pk], kind).get(request.pk)
    if owed is not None:
        (promises.keep if kept else promises.drop)(promise=owed, by=by, on=on)


def _check_length(written: str) -> None:
    if len(written) > MOST:
        raise NoWords(gettext_noop("Chỉ ghi được tối đa {most} chữ."), most=MOST)
