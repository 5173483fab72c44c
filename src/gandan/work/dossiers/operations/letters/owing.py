"""A letter is owed when an appointment is, or is about to be, missed; once for each lateness."""

from collections.abc import Sequence
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many
from gandan.ground.ledger.prepared import all_changed
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises import operations as promises
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.queries import NothingOwed, open_about
from gandan.work.dossiers.models import Apology, Dossier
from gandan.work.dossiers.operations.steps import LETTER, take_open
from gandan.work.dossiers.rules import kept


class AlreadyApologised(Refused):
    """For one lateness there is one letter."""


class NoNewAppointment(Refused):
    """The letter says until when the result will be there, and that lies ahead."""


@operation
def owe_apology(*, dossier: Dossier | int, by: Person, on: date, reason: str = "") -> Apology:
    """Note that a letter of apology is owed: the appointment can't be kept, or was not. Due no later than the appointment.

    :param reason: the code of the reason that the letter will give
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if the dossier is not open
    :raises AlreadyApologised: if the letter for this appointment was owed before
    """
    dossier = take_open(dossier, by, on)
    last = dossier.apologies.exclude(new_due_on=None).order_by("-new_due_on").first()
    appointed_on = last.new_due_on if last and last.new_due_on else dossier.due_on
    if dossier.apologies.filter(appointed_on=appointed_on).exists():
        raise AlreadyApologised(
            gettext_noop("Hồ sơ {number} đã có thư xin lỗi cho lần hẹn {day}."),
            number=dossier.number,
            day=f"{appointed_on:%d/%m/%Y}",
        )
    apology = Apology.objects.create(dossier=dossier, appointed_on=appointed_on, owed_on=on, reason=reason)
    record(Kind.LETTER_OWED, unit=dossier.unit, day=on, by=by, about=dossier, procedure=dossier.procedure.code)
    promises.owe(
        kind=LETTER, about=dossier, label=dossier.number, owed_to=Receiver.CITIZEN, unit=dossier.unit,
        due_on=max(appointed_on, on), subject=dossier.procedure.code, by=by, on=on,
    )  # fmt: skip
    return apology


@operation
def send_apology(*, apology: Apology | int, new_due_on: date, by: Person, on: date) -> Apology:
    """Note that the letter went out, with a new appointment. The first appointment stays what was promised: late is late.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongStep: if the dossier is not open
    :raises AlreadyApologised: if the letter was sent before
    :raises NoNewAppointment: if the new appointment does not lie ahead
    """
    pk = apology if isinstance(apology, int) else apology.pk
    dossier = take_open(Apology.objects.values_list("dossier_id", flat=True).get(pk=pk), by, on)
    return note_sent(unsent(pk, dossier), dossier, new_due_on, by, on)


def unsent(pk: int, dossier: Dossier) -> Apology:
    """Return the letter as it is now, and keep others from it.

    :raises AlreadyApologised: if it was sent before
    """
    return check_unsent(Apology.objects.select_for_update().get(pk=pk), dossier)


def check_unsent(letter: Apology, dossier: Dossier) -> Apology:
    """:raises AlreadyApologised: if the letter was sent before"""
    if letter.sent_on is not None:
        raise AlreadyApologised(
            gettext_noop("Thư xin lỗi của hồ sơ {number} đã gửi ngày {day}."),
            number=dossier.number,
            day=f"{letter.sent_on:%d/%m/%Y}",
        )
    return letter


def note_sent(letter: Apology, dossier: Dossier, new_due_on: date, by: Person, on: date) -> Apology:
    """Note that an unsent letter goes out, and tell the ledger and the promises.

    :raises NoNewAppointment: if the new appointment does not lie ahead
    """
    note_all_sent([(letter, dossier, new_due_on)], by, on)
    return letter


def note_all_sent(sent: Sequence[tuple[Apology, Dossier, date]], by: Person, on: date) -> None:
    """Note the same of many letters at once, each with its new appointment.

    :raises NoNewAppointment: if one of them does not lie ahead
    :raises NothingOwed: if one of them is not owed
    """
    for letter, _dossier, new_due_on in sent:
        if new_due_on <= on:
            raise NoNewAppointment(gettext_noop("Ngày hẹn lại phải sau ngày gửi thư ({day})."), day=f"{on:%d/%m/%Y}")
        letter.sent_on, letter.new_due_on = on, new_due_on
    all_changed([letter for letter, _, _ in sent], ["sent_on", "new_due_on"])
    record_many(
        [
            NewEvent(
                Kind.LETTER_SENT, unit_id=dossier.unit_id, day=on, by_id=by.pk, about_type=dossier._meta.label_lower,
                about_id=dossier.pk,
                facets={"procedure": dossier.procedure.code, "punctuality": kept(letter.appointed_on, on)},
            )
            for letter, dossier, _ in sent
        ]
    )  # fmt: skip
    owed = open_about(Dossier._meta.label_lower, [dossier.pk for _, dossier, _ in sent], LETTER)
    if len(owed) < len(sent):
        raise NothingOwed(gettext_noop("Không có việc phải làm loại này."))
    promises.keep_many(promises=[promise.pk for promise in owed.values()], by=by, on=on)
