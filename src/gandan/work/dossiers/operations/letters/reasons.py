"""Why a letter is owed, until when the result is promised anew, and the rules of a body."""

from datetime import date

from gandan.ground.calendar.rules import parse_term
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology, LetterRule
from gandan.work.dossiers.operations.letters.owing import NoNewAppointment, unsent
from gandan.work.dossiers.operations.steps import take_open
from gandan.work.dossiers.rules.letters import LONGEST_REASON, OTHER, NoReason, reason_words, reasons

MOST_DAYS_BEFORE, MOST_REAPPOINTMENTS = 15, 9


class BadRule(Refused):
    """A rule that nobody can keep."""


@operation
def give_reason(
    *, letter: Apology | int, reason: str, by: Person, on: date, words: str = "", wanted_on: date | None = None
) -> Apology:
    """Say why a result is late, from the list or in words, and until when it is promised, if not by the rule.

    :raises NotAllowed, WrongStep, BeforeReceipt, NotStanding: see `steps.take_open`
    :raises AlreadyApologised: if the letter was sent
    :raises NoReason: if the reason is not on the list, or "other" without words, or too long
    :raises NoNewAppointment: if the new appointment does not lie ahead
    """
    pk = letter if isinstance(letter, int) else letter.pk
    dossier = take_open(Apology.objects.values_list("dossier_id", flat=True).get(pk=pk), by, on)
    fresh = unsent(pk, dossier)
    if reason not in reasons():
        raise NoReason(gettext_noop("Chưa chọn lý do. Thư phải nói vì sao không kịp hẹn."))
    said = " ".join(words.split()) if reason == OTHER or words else ""
    if len(said) > LONGEST_REASON:
        raise NoReason(gettext_noop("Lý do dài quá {most} chữ. Xin viết gọn lại."), most=LONGEST_REASON)
    reason_words(reason, said)
    if wanted_on is not None and wanted_on <= max(on, fresh.appointed_on):
        day = f"{max(on, fresh.appointed_on):%d/%m/%Y}"
        raise NoNewAppointment(gettext_noop("Ngày hẹn lại phải sau ngày gửi thư ({day})."), day=day)
    fresh.reason, fresh.words, fresh.wanted_on = reason, said, wanted_on
    fresh.save(update_fields=["reason", "words", "wanted_on"])
    record(Kind.LETTER_EXPLAINED, unit=dossier.unit, day=on, by=by, about=dossier, procedure=dossier.procedure.code)
    return fresh


@operation
def set_letter_rule(
    *, unit: Unit, valid_from: date, days_before: int, again: str, max_reappointments: int, source: str, by: Person, on: date
) -> LetterRule:
    """Set how a body and those below it apologise, from a day on.

    :raises NotAllowed: if `by` may not decide on the unit's forms and letters
    :raises BadTerm: if the term can't be read
    :raises BadRule: if nobody could keep it, or it names no source
    """
    require(Right.MANAGE_FORMS, by=by, unit=unit, on=on)
    if days_before > MOST_DAYS_BEFORE or max_reappointments > MOST_REAPPOINTMENTS or days_before < 0 or max_reappointments < 0:
        raise BadRule(gettext_noop("Số ngày báo trước từ 0 đến {days}, số lần hẹn lại từ 0 đến {times}."),
                      days=MOST_DAYS_BEFORE, times=MOST_REAPPOINTMENTS)  # fmt: skip
    if parse_term(again).amount < 1:
        raise BadRule(gettext_noop("Thời hạn hẹn lại ít nhất là một ngày."))
    if not source.strip():
        raise BadRule(gettext_noop("Chưa ghi văn bản quy định."))
    rule, _made = LetterRule.objects.update_or_create(
        unit=unit, valid_from=valid_from,
        defaults={"days_before": days_before, "again": again.strip(), "max_reappointments": max_reappointments,
                  "source": source.strip()[:300]},
    )  # fmt: skip
    record(Kind.LETTER_RULE_SET, unit=unit, day=on, by=by, about=rule)
    return rule
