"""A longer term, where the law allows one: who decided and why stands with it, and the sender is told."""

from datetime import date, datetime

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.operations import move
from gandan.ground.promises.queries import owed_about
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Extension
from gandan.work.voice.operations.holding import taken, touched
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.terms import AFTER_ANOTHER, NoTerm, term_of


class NoSuchExtension(Refused):
    """The law knows no such longer term for this kind, or it was given before."""


@operation
def extend(
    *, case: Case | int, grade: str, allowed_by: str, words: str, by: Person, on: date, at: datetime, since: date | None = None
) -> Extension:
    """Give a case a longer term of the law.

    :param since: the day from which the term runs, if not that of receipt (an acceptance)
    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered or withdrawn
    :raises MissingWords: if nobody is named who allowed it, or no reason is said
    :raises NoSuchExtension: if the law knows no such term for this kind, it was given before, or is no longer
    """
    fresh = taken(case, by, on)
    allowed, said = tidy(allowed_by, 300), tidy(words, 2000)
    if not allowed:
        raise MissingWords("allowed_by", gettext_noop("Xin ghi ai quyết định gia hạn, số quyết định."))
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lý do gia hạn, người gửi đọc được."))
    refusal = NoSuchExtension(
        gettext_noop("Luật không có mức gia hạn này cho việc {number}, hoặc đã gia hạn."), number=fresh.number
    )
    known = {one.grade for one in fresh.extensions.all()}
    needed = AFTER_ANOTHER.get((fresh.kind, grade))
    try:
        term = term_of(fresh.kind, "answer", on, grade).term
    except NoTerm:
        raise refusal from None
    if grade in known or grade == "normal" or (needed and needed not in known):
        raise refusal
    start = fresh.due_on if needed else since or fresh.received_on
    due_on = due_date(start, term, working_calendar(fresh.unit))
    if due_on <= fresh.due_on:
        raise refusal
    made = Extension.objects.create(
        case=fresh, grade=grade, was_due_on=fresh.due_on, due_on=due_on, allowed_by=allowed, words=said, by=by, on=on
    )
    move(promise=owed_about(fresh, KINDS[CaseKind(fresh.kind)].promise), due_on=due_on, by=by, on=on)
    fresh.due_on = due_on
    touched(fresh, at, "due_on")
    record(Kind.VOICE_EXTENDED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind, grade=grade)
    tell_sender(fresh, "voice-word", f"extended:{made.pk}", by, on)
    return made
