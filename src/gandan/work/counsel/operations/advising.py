"""Advice is given to a superior, who owes an answer: accepted, in part, refused; and the directive that came of it."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, may, require
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.rules import check_nameless
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.ground.promises.queries import owed_about
from gandan.work.counsel.models import Advice
from gandan.work.counsel.rules import Answer, WrongState, WrongUnits, said

ANSWER = "advice.answer"


@operation
def advise(
    *, unit: Unit, addressee: Unit, subject: str, text: str, due_on: date, by: Person, on: date, number: str = ""
) -> Advice:
    """Advise a superior on something. From now on they owe an answer by a day.

    :raises NotAllowed: if `by` may not work on counsel at the unit
    :raises WrongUnits: if a unit would advise itself
    :raises NothingSaid: if there is no subject
    :raises NamesSomebody: if subject or text seem to name somebody
    :raises NotStanding: if the addressee does not exist on the day
    :raises DueBefore: if an answer would be owed before today
    """
    require(Right.WRITE_COUNSEL, by=by, unit=unit, on=on)
    check_standing(addressee, on)
    if unit.pk == addressee.pk:
        raise WrongUnits(gettext_noop("Đơn vị không tham mưu cho chính mình."))
    about = said("subject", subject, gettext_noop("Ghi tham mưu việc gì."))
    check_nameless(f"{about}\n{text}")
    made = Advice.objects.create(
        unit=unit, addressee=addressee, number=number.strip()[:80], subject=about[:300], text=text.strip(), given_on=on,
        due_on=max(due_on, on),
    )  # fmt: skip
    record(Kind.ADVICE_GIVEN, unit=unit, day=on, by=by, about=made)
    owe(
        kind=ANSWER, about=made, label=made.subject[:200], owed_to=Receiver.ORGANISATION, unit=addressee, due_on=due_on, by=by,
        on=on,
    )  # fmt: skip
    return made


@operation
def answer(*, advice: Advice | int, answer: Answer, words: str, by: Person, on: date, directive: str = "") -> Advice:
    """Answer advice for the superior, or note their answer for the unit that advised: both may.

    :param directive: the number of what came of it, if something did
    :raises NotAllowed: if `by` may not work on counsel for either
    :raises WrongState: if it was answered, or this is no answer
    :raises NothingSaid: if it is refused without a reason
    :raises NamesSomebody: if the answer seems to name somebody
    """
    fresh = _taken(advice, by, on)
    if fresh.answer != Answer.NONE or answer is Answer.NONE:
        raise WrongState(gettext_noop("Tham mưu này đã có trả lời, hoặc chưa chọn trả lời nào."))
    if answer is Answer.REFUSED:
        said("words", words, gettext_noop("Không chấp thuận thì ghi vì sao."))
    check_nameless(words)
    fresh.answer, fresh.words, fresh.answered_on, fresh.directive = answer.value, words.strip(), on, directive.strip()[:80]
    fresh.save()
    keep(promise=owed_about(fresh, ANSWER), by=by, on=on)
    record(Kind.ADVICE_ANSWERED, unit=fresh.unit, day=on, by=by, about=fresh, answer=answer.value)
    return fresh


@operation
def name_directive(*, advice: Advice | int, directive: str, by: Person, on: date) -> Advice:
    """Say by its number which directive came of advice that was taken.

    :raises NotAllowed: if `by` may not work on counsel for either
    :raises WrongState: if the advice was not taken
    :raises NothingSaid: if there is no number
    """
    fresh = _taken(advice, by, on)
    if fresh.answer not in {Answer.ACCEPTED, Answer.IN_PART}:
        raise WrongState(gettext_noop("Chỉ tham mưu được chấp thuận mới dẫn đến văn bản chỉ đạo."))
    number = said("directive", directive, gettext_noop("Ghi số văn bản chỉ đạo."))[:80]
    if number == fresh.directive:
        unchanged()
        return fresh
    first, fresh.directive = not fresh.directive, number
    fresh.save(update_fields=["directive"])
    record(Kind.ADVICE_DIRECTED, unit=fresh.unit, day=on, by=by, about=fresh, directive="first" if first else "changed")
    return fresh


def _taken(advice: Advice | int, by: Person, on: date) -> Advice:
    pk = advice if isinstance(advice, int) else advice.pk
    fresh = Advice.objects.select_for_update(of=("self",)).select_related("unit", "addressee").get(pk=pk)
    if not any(may(Right.WRITE_COUNSEL, by=by, unit=unit, on=on) for unit in (fresh.unit, fresh.addressee)):
        raise NotAllowed(gettext_noop("Tham mưu này của {unit}."), unit=fresh.unit.name)
    return fresh
