"""Abuse: a person decides, the sender is told and may appeal, the words stay sealed until another person has looked."""

from datetime import date, datetime

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import owe
from gandan.ground.vietnam.text import fold
from gandan.work.voice.flow import MissingWords, Outcome, State, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Aside, Case
from gandan.work.voice.operations.handling import settle
from gandan.work.voice.operations.holding import locked, taken, touched
from gandan.work.voice.operations.receiving import term_for
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.rules.brought import tidy


class OwnDecision(Refused):
    """Who set it aside does not decide about that."""


@operation
def set_aside(*, case: Case | int, why: str, by: Person, on: date, at: datetime) -> Aside:
    """Set a case aside as abuse. Its sender is told why and that they may appeal; its words go under seal.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered, or its kind is one that the law makes us look at whatever its tone
    :raises MissingWords: if no reason is said
    """
    fresh, said = taken(case, by, on), tidy(why, 2000)
    if KINDS[CaseKind(fresh.kind)].sealed:
        raise WrongState(gettext_noop("Việc {number} phải được xem xét theo luật, dù lời lẽ thế nào."), number=fresh.number)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lý do, người gửi đọc được."))
    made = Aside.objects.create(case=fresh, words=fresh.words, why=said, by=by, on=on)
    fresh.words, fresh.search, fresh.showing, fresh.shown_words = "", "", "", ""
    touched(fresh, at, "words", "search", "showing", "shown_words")
    record(Kind.VOICE_SET_ASIDE, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    settle(fresh, said, Outcome.REFUSED, by, on, at)
    return made


@operation
def appeal_case(*, case: Case, words: str, by: Person, on: date, at: datetime) -> Aside:
    """Ask that another person look again, by the receipt.

    :raises WrongState: if it was not set aside, or was appealed
    :raises MissingWords: if nothing is said
    """
    fresh, said = locked(case), tidy(words, 4000)
    aside = Aside.objects.filter(case=fresh, appealed_on=None).first()
    if aside is None:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=fresh.number)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi vì sao Ông/Bà không đồng ý."))
    aside.appeal, aside.appealed_on = said, on
    aside.save(update_fields=["appeal", "appealed_on"])
    record(Kind.VOICE_APPEALED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return aside


@operation
def decide_appeal(*, case: Case | int, uphold: bool, by: Person, on: date, at: datetime) -> Aside:
    """Decide an appeal: it stays aside, or its words come back and an answer is owed again.

    :raises NotAllowed: if `by` may not handle complaints at the unit
    :raises WrongState: if there is no appeal, or it was decided
    :raises OwnDecision: if `by` set it aside
    """
    fresh = locked(case)
    require(Right.HANDLE_COMPLAINTS, by=by, unit=fresh.unit, on=on)
    aside = Aside.objects.select_for_update(of=("self",)).filter(case=fresh, decided_on=None).exclude(appealed_on=None).first()
    if aside is None:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=fresh.number)
    if aside.by_id == by.pk:
        raise OwnDecision(gettext_noop("Người đã loại việc này không tự xét lại."))
    aside.upheld, aside.decided_by, aside.decided_on = uphold, by, on
    aside.save(update_fields=["upheld", "decided_by", "decided_on"])
    said = "upheld" if uphold else "taken_back"
    record(Kind.VOICE_APPEAL_DECIDED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind, said=said)
    if not uphold:
        kind = CaseKind(fresh.kind)
        fresh.words, fresh.search = aside.words, fold(f"{aside.words} {fresh.place}")
        fresh.state, fresh.outcome, fresh.ended_on = State.WORKING.value, "", None
        fresh.due_on = due_date(on, term_for(kind, fresh.service, on), working_calendar(fresh.unit))
        touched(fresh, at, "words", "search", "state", "outcome", "ended_on", "due_on")
        owe(
            kind=KINDS[kind].promise, about=fresh, label=fresh.number, owed_to=Receiver.CITIZEN, unit=fresh.unit,
            due_on=fresh.due_on, by=by, on=on, subject=fresh.service.code if fresh.service else fresh.kind,
        )  # fmt: skip
    tell_sender(fresh, "voice-word", f"appeal:{aside.pk}", by, on)
    return aside
