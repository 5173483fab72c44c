"""One dossier: received, finished, withdrawn."""

from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises import operations as promises
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.queries import open_about
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.models import Channel, Delivery, Dossier, Status
from gandan.work.dossiers.operations.numbering import Numbers
from gandan.work.dossiers.queries import procedure_on
from gandan.work.dossiers.rules import NumbersUsedUp, handles, punctuality
from gandan.work.dossiers.rules.numbers import LAST_SERIAL
from gandan.work.dossiers.rules.reading import tidy
from gandan.work.dossiers.rules.rows import LENGTHS

RESULT, LETTER = "dossier.result", "apology.letter"


class NotHandledHere(Refused):
    """The unit does not handle the procedure on the day."""


class NoApplicant(Refused):
    """A dossier is somebody's, by a name that fits on the receipt."""


class WrongStep(Refused):
    """The dossier has been finished or withdrawn already."""


class BeforeReceipt(Refused):
    """Nothing happens to a dossier before it was received."""


class Steps:
    """What every step of a dossier begins and ends with."""

    @staticmethod
    def take(dossier: Dossier | int, by: Person, on: date) -> Dossier:
        """Return the open dossier as it is now, and keep others from it until our transaction ends."""
        pk = dossier if isinstance(dossier, int) else dossier.pk
        fresh = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=pk)
        require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
        if fresh.status != Status.RECEIVED.value:
            raise WrongStep(gettext_noop("Hồ sơ {number} đã giải quyết xong hoặc đã rút."), number=fresh.number)
        if on < fresh.received_on:
            raise BeforeReceipt(
                gettext_noop("Hồ sơ {number} được tiếp nhận ngày {received}, sau ngày {day}."),
                number=fresh.number,
                received=f"{fresh.received_on:%d/%m/%Y}",
                day=f"{on:%d/%m/%Y}",
            )
        check_standing(fresh.unit, on)
        return fresh

    @staticmethod
    def settle(dossier: Dossier, by: Person, on: date, *, kept: bool) -> None:
        """Keep or drop what was promised: the result, and with it a letter that nobody needs any more."""
        for kind, settle in ((RESULT, promises.keep if kept else promises.drop), (LETTER, promises.drop)):
            owed = open_about(dossier._meta.label_lower, [dossier.pk], kind).get(dossier.pk)
            if owed is not None:
                settle(promise=owed, by=by, on=on)


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
) -> Dossier:
    """Receive a dossier: give it a number and an appointment by the procedure's rule of that day.

    :param by_post: the applicant wants the result brought by the post
    :raises NotAllowed: if `by` may not receive dossiers at the unit
    :raises NotStanding: if the unit doesn't exist on the day
    :raises UnknownProcedure: if the procedure has no rule on the day
    :raises NotHandledHere: if the unit doesn't handle it
    :raises NoApplicant: if nobody is named
    :raises NumbersUsedUp: if the unit has given out all numbers of the day
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    check_standing(unit, on)
    rule = procedure_on(procedure, on)
    if not handles(rule.handled_by, unit.code):
        raise NotHandledHere(gettext_noop("{unit} không giải quyết thủ tục “{procedure}”."), unit=unit.name, procedure=rule.name)
    name = tidy(applicant)
    if not name:
        raise NoApplicant(gettext_noop("Chưa ghi họ tên người nộp."))
    if len(name) > LENGTHS["applicant"]:
        raise NoApplicant(gettext_noop("Họ tên dài quá {most} chữ."), most=LENGTHS["applicant"])
    number = Numbers([(unit.pk, on)]).take(unit.pk, on)
    if number is None:
        raise NumbersUsedUp(
            gettext_noop("{unit} đã dùng hết {last} số hồ sơ của ngày {day}. Xin tiếp nhận vào ngày làm việc sau."),
            unit=unit.name,
            last=LAST_SERIAL,
            day=f"{on:%d/%m/%Y}",
        )
    calendar = working_calendar(unit)
    dossier = Dossier(
        number=number,
        procedure=rule,
        unit=unit,
        channel=channel.value,
        applicant=name,
        applicant_key=fold(name),
        received_on=on,
        due_on=due_date(on, rule.term, calendar),
    )
    dossier.save()
    record(Kind.DOSSIER_RECEIVED, unit=unit, day=on, by=by, about=dossier, procedure=rule.code, channel=channel.value)
    promises.owe(
        kind=RESULT, about=dossier, label=number, owed_to=Receiver.CITIZEN, unit=unit, due_on=dossier.due_on,
        subject=rule.code, calendar=calendar, by=by, on=on,
    )  # fmt: skip
    if by_post:
        Delivery.objects.create(dossier=dossier, wanted_on=on)
    return dossier


@operation
def finish(*, dossier: Dossier | int, by: Person, on: date) -> Dossier:
    """Finish a dossier: its result is there. Early, in time or late is a matter of its own dates.

    A letter of apology that was owed and not sent is owed no longer.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if it is finished or withdrawn already
    :raises BeforeReceipt: if it was received later than `on`
    :raises NotStanding: if its unit has ended, and the dossier waits to be handed over
    """
    dossier = Steps.take(dossier, by, on)
    procedure, said = dossier.procedure.code, punctuality(dossier.due_on, on)
    dossier.status, dossier.finished_on = Status.FINISHED.value, on
    dossier.save(update_fields=["status", "finished_on"])
    record(Kind.DOSSIER_FINISHED, unit=dossier.unit, day=on, by=by, about=dossier, procedure=procedure, punctuality=said.value)
    Steps.settle(dossier, by, on, kept=True)
    return dossier


@operation
def withdraw(*, dossier: Dossier | int, by: Person, on: date) -> Dossier:
    """Note that the applicant has taken a dossier back. Nothing is owed about it any more.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if it is finished or withdrawn already
    :raises BeforeReceipt: if it was received later than `on`
    :raises NotStanding: if its unit has ended, and the dossier waits to be handed over
    """
    dossier = Steps.take(dossier, by, on)
    dossier.status, dossier.withdrawn_on = Status.WITHDRAWN.value, on
    dossier.save(update_fields=["status", "withdrawn_on"])
    record(Kind.DOSSIER_WITHDRAWN, unit=dossier.unit, day=on, by=by, about=dossier, procedure=dossier.procedure.code)
    Steps.settle(dossier, by, on, kept=False)
    return dossier
