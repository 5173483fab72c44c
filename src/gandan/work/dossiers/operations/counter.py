"""A dossier begins: handed in at a counter, or online and then taken in or refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import WorkingCalendar, due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, part, record, unchanged
from gandan.ground.ledger.prepared import added
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises import operations as promises
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.queries import owed_about
from gandan.ground.vietnam.text import person_sort_key, words_of
from gandan.work.dossiers.flow import WHY_REFUSED, Need, Status, Step
from gandan.work.dossiers.models import Channel, Contact, Delivery, Dossier, Procedure, StepTaken
from gandan.work.dossiers.operations.numbering import Numbers
from gandan.work.dossiers.operations.once import answered, keep_answer
from gandan.work.dossiers.operations.steps import RESULT, TAKE, check_given, take, worded
from gandan.work.dossiers.queries import procedure_on
from gandan.work.dossiers.rules import NumbersUsedUp, handles
from gandan.work.dossiers.rules.numbers import LAST_SERIAL
from gandan.work.dossiers.rules.papers import read_papers
from gandan.work.dossiers.rules.reach import NOBODY, Reach
from gandan.work.dossiers.rules.reading import tidy
from gandan.work.dossiers.rules.rows import LENGTHS
from gandan.work.dossiers.rules.taking import taking_term


class NotHandledHere(Refused):
    """The unit does not handle the procedure on the day."""


class NoApplicant(Refused):
    """A dossier is somebody's, by a name that fits on the receipt."""


class NotOnline(Refused):
    """The procedure is not taken in online."""


class NotByPost(Refused):
    """The result of the procedure is not brought by the post."""


@operation
def receive(
    *,
    procedure: str,
    unit: Unit,
    applicant: str,
    by: Person,
    on: date,
    channel: Channel = Channel.COUNTER,
    by_post: bool = False,
    papers: Sequence[Mapping[str, Any]] = (),
    reach: Reach = NOBODY,
    once: str = "",
) -> Dossier:
    """Receive a dossier: give it a number and an appointment by the procedure's rule of that day.

    :param by_post: the applicant wants the result brought by the post
    :param papers: what was handed in: name, and how many originals, certified copies, copies
    :param reach: who the applicant is and how they are reached, kept for this dossier alone
    :param once: a key under which the same request is answered once
    :raises BadKey, KeyUsedBefore: see `once.answered`
    :raises NotAllowed: if `by` may not receive dossiers at the unit
    :raises NotStanding: if the unit doesn't exist on the day
    :raises UnknownProcedure: if the procedure has no rule on the day
    :raises NotHandledHere: if the unit doesn't handle it
    :raises NotByPost: if its results are not brought by the post
    :raises NoApplicant: if nobody is named
    :raises BadPapers: if the list of papers can't be used
    :raises NumbersUsedUp: if the unit has given out all numbers of the day
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    asked = {"procedure": procedure, "unit": unit.code, "applicant": applicant, "channel": channel, "papers": list(papers)}
    before = answered(once, by, {**asked, "by_post": by_post, "reach": reach.plain()})
    if before is not None:
        unchanged()
        return before
    calendar = working_calendar(unit)
    dossier = _new(procedure, unit, applicant, on, calendar, channel=channel, papers=papers, by_post=by_post)
    added(dossier)
    _taken_in(dossier, calendar, by, on)
    if by_post:
        added(Delivery(dossier=dossier, wanted_on=on))
    if reach != NOBODY:
        added(Contact(dossier=dossier, **reach.plain()))
    keep_answer(once, by, dossier)
    return dossier


@operation
def register(
    *,
    procedure: str,
    unit: Unit,
    applicant: str,
    by: Person,
    on: date,
    by_post: bool = False,
    papers: Sequence[Mapping[str, Any]] = (),
) -> Dossier:
    """Hand a dossier in online. It has its number; its term begins when an officer takes it in, which is owed in a day or so.

    :param by: the public, or who hands it in for somebody
    :raises NotStanding, UnknownProcedure, NotHandledHere, NotByPost, NoApplicant, BadPapers, NumbersUsedUp: see `receive`
    :raises NotOnline: if the procedure is not taken in online
    """
    calendar = working_calendar(unit)
    dossier = _new(procedure, unit, applicant, on, calendar, channel=Channel.ONLINE, papers=papers, by_post=by_post)
    if not dossier.procedure.online_allowed:
        raise NotOnline(gettext_noop("Thủ tục “{procedure}” chưa nhận trực tuyến."), procedure=dossier.procedure.name)
    dossier.status, dossier.handed_in_on = Status.REGISTERED.value, on
    dossier.save()
    record(Kind.DOSSIER_REGISTERED, unit=unit, day=on, by=by, about=dossier, procedure=dossier.procedure.code)
    promises.owe(
        kind=TAKE, about=dossier, label=dossier.number, owed_to=Receiver.CITIZEN, unit=unit,
        due_on=due_date(on, taking_term(on), calendar), subject=dossier.procedure.code, calendar=calendar, by=by, on=on,
    )  # fmt: skip
    if by_post:
        Delivery.objects.create(dossier=dossier, wanted_on=on)
    return dossier


@operation
def take_in(*, dossier: Dossier | int, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Take in a dossier that was handed in online. Its term begins on `on`, by the rule of that day.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    :raises UnknownProcedure, NotHandledHere: if the procedure is not handled here on that day
    """
    step = take(dossier, Step.RECEIVE, by, on, seen=seen)
    fresh = step.dossier
    fresh.procedure = _rule(fresh.procedure.code, fresh.unit, on)
    calendar = working_calendar(fresh.unit)
    fresh.received_on, fresh.due_on = on, due_date(on, fresh.procedure.term, calendar, fresh.procedure.verification(on))
    step.first_event = _taken_in(fresh, calendar, by, on)
    promises.keep(promise=owed_about(fresh, TAKE), by=by, on=on)
    return step.done(Status.RECEIVED, procedure=fresh.procedure, received_on=fresh.received_on, due_on=fresh.due_on)


@operation
def refuse(*, dossier: Dossier | int, why: str, words: str, by: Person, on: date, seen: int | None = None) -> Dossier:
    """Refuse a dossier that was handed in online, and tell the applicant why.

    :param why: a code of `flow.WHY_REFUSED`
    :param words: why, for the applicant
    :raises NotAllowed, ChangedMeanwhile, WrongStep, NeedsMore, BeforeReceipt, NotStanding: see `steps.take`
    """
    said = worded(words)
    given = frozenset({Need.WHY} if why in WHY_REFUSED else ()) | frozenset({Need.WORDS} if said else ())
    step = take(dossier, Step.REFUSE, by, on, seen=seen, given=given)
    step.record(channel=step.dossier.channel, why=why)
    promises.keep(promise=owed_about(step.dossier, TAKE), by=by, on=on)
    return step.done(Status.REFUSED, why=why, words=said, closed_on=on)


@operation
def take_back(*, dossier: Dossier | int, by: Person, on: date, words: str = "", seen: int | None = None) -> Dossier:
    """Note that the applicant took a dossier back before anybody had taken it in.

    :raises NotAllowed, ChangedMeanwhile, WrongStep, BeforeReceipt, NotStanding: see `steps.take`
    """
    step = take(dossier, Step.TAKE_BACK, by, on, seen=seen)
    step.record()
    promises.drop(promise=owed_about(step.dossier, TAKE), by=by, on=on)
    return step.done(Status.WITHDRAWN, words=worded(words), withdrawn_on=on)


@operation
def turn_away(*, procedure: str, unit: Unit, applicant: str, why: str, words: str, by: Person, on: date) -> Dossier:
    """Refuse at the counter what can't be taken in: the applicant leaves with the reasons in writing (form 03), and a number.

    :param why: a code of `flow.WHY_REFUSED`
    :raises NotAllowed: if `by` may not receive dossiers at the unit
    :raises NotStanding, UnknownProcedure, NotHandledHere, NoApplicant, NumbersUsedUp: see `receive`
    :raises NeedsMore: if there is no reason
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    said = worded(words)
    check_given(Step.REFUSE, frozenset({Need.WHY} if why in WHY_REFUSED else ()) | frozenset({Need.WORDS} if said else ()))
    dossier = _new(procedure, unit, applicant, on, working_calendar(unit), channel=Channel.COUNTER)
    dossier.status, dossier.closed_on = Status.REFUSED.value, on
    dossier.save()
    first = record(
        Kind.DOSSIER_REFUSED, unit=unit, day=on, by=by, about=dossier, procedure=dossier.procedure.code,
        channel=dossier.channel, why=why,
    )  # fmt: skip
    StepTaken.objects.create(
        dossier=dossier, step=Step.REFUSE.value, on=on, by=by, why=why, words=said, first_event=first, before={}
    )
    return dossier


def _rule(code: str, unit: Unit, on: date) -> Procedure:
    check_standing(unit, on)
    rule = procedure_on(code, on)
    if not handles(rule.handled_by, unit.code):
        raise NotHandledHere(gettext_noop("{unit} không giải quyết thủ tục “{procedure}”."), unit=unit.name, procedure=rule.name)
    return rule


def _new(
    procedure: str,
    unit: Unit,
    applicant: str,
    on: date,
    calendar: WorkingCalendar,
    *,
    channel: Channel,
    papers: Sequence[Mapping[str, Any]] = (),
    by_post: bool = False,
) -> Dossier:
    """Return a dossier with a number and the day appointed, not yet written."""
    rule = _rule(procedure, unit, on)
    if by_post and not rule.delivery_allowed:
        raise NotByPost(gettext_noop("Kết quả thủ tục “{procedure}” không gửi qua bưu điện."), procedure=rule.name)
    name = tidy(applicant)
    if not name:
        raise NoApplicant(gettext_noop("Chưa ghi họ tên người nộp."))
    if len(name) > LENGTHS["applicant"]:
        raise NoApplicant(gettext_noop("Họ tên dài quá {most} chữ."), most=LENGTHS["applicant"])
    handed_in = read_papers(papers)
    number = Numbers([(unit.pk, on)]).take(unit.pk, on)
    if number is None:
        raise NumbersUsedUp(
            gettext_noop("{unit} đã dùng hết {last} số hồ sơ của ngày {day}. Xin tiếp nhận vào ngày làm việc sau."),
            unit=unit.name,
            last=LAST_SERIAL,
            day=f"{on:%d/%m/%Y}",
        )
    return Dossier(
        number=number,
        procedure=rule,
        unit=unit,
        channel=channel.value,
        applicant=name,
        applicant_key=" ".join(words_of(name)),
        applicant_order=person_sort_key(name),
        received_on=on,
        due_on=due_date(on, rule.term, calendar, rule.verification(on)),
        papers=handed_in,
    )


def _taken_in(dossier: Dossier, calendar: WorkingCalendar, by: Person, on: date) -> int:
    """Tell the ledger that a dossier was received, promise its result, and return the number of the event."""
    code = dossier.procedure.code
    event = record(
        Kind.DOSSIER_RECEIVED, unit=dossier.unit, day=on, by=by, about=dossier, procedure=code, channel=dossier.channel
    )
    part(promises.owe)(
        kind=RESULT, about=dossier, label=dossier.number, owed_to=Receiver.CITIZEN, unit=dossier.unit, due_on=dossier.due_on,
        subject=code, calendar=calendar, by=by, on=on,
    )  # fmt: skip
    return event
