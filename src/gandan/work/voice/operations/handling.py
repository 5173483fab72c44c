"""What a unit does with a case: begin, say, note, answer. Answers and notes never share a table."""

from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.operations import keep_many, reassign
from gandan.ground.promises.queries import open_about, owed_about
from gandan.ground.promises.rules import punctuality
from gandan.work.voice.flow import OPEN, MissingWords, Outcome, Showing, State
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Note, Reply
from gandan.work.voice.operations.holding import taken, touched
from gandan.work.voice.operations.stages.opening import overtake
from gandan.work.voice.operations.telling import tell_sender, tell_senders
from gandan.work.voice.rules.brought import tidy

ABOUT = Case._meta.label_lower
LONGEST = 8000
ALWAYS = frozenset(State)


@operation
def start(*, case: Case | int, by: Person, on: date, at: datetime, seen: int | None = None) -> Case:
    """Begin to work on a case. Its sender sees it.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it is being worked on, or answered
    """
    fresh = taken(case, by, on, among={State.NEW}, seen=seen)
    fresh.state = State.WORKING.value
    touched(fresh, at, "state")
    record(Kind.VOICE_STARTED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return fresh


@operation
def assign(*, case: Case | int, officer: Person | None, by: Person, on: date, at: datetime) -> Case:
    """Give a case to an officer of its unit; to nobody in particular with None.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered
    """
    fresh = taken(case, by, on)
    reassign(promise=owed_about(fresh, KINDS[CaseKind(fresh.kind)].promise), officer=officer, by=by, on=on)
    touched(fresh, at)
    return fresh


@operation
def note(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Note:
    """Write something down for other officers. The sender never sees it.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises MissingWords: if nothing is said
    """
    fresh = taken(case, by, on, among=ALWAYS)
    said = _said(words, gettext_noop("Xin ghi nội dung ghi chú."))
    made = Note.objects.create(case=fresh, words=said, by=by, on=on)
    touched(fresh, at)
    record(Kind.VOICE_NOTED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return made


@operation
def say(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Reply:
    """Say something to the sender on the way: a question, what is being done. The answer is still owed.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered or withdrawn
    :raises MissingWords: if nothing is said
    """
    fresh = taken(case, by, on)
    said = _said(words, gettext_noop("Xin ghi điều cần báo cho người gửi."))
    made = Reply.objects.create(case=fresh, is_answer=False, words=said, unit=fresh.unit, by=by, on=on)
    if fresh.state == State.NEW:
        fresh.state = State.WORKING.value
    touched(fresh, at, "state")
    record(Kind.VOICE_SAID, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    tell_sender(fresh, "voice-word", f"word:{made.pk}", by, on)
    return made


@operation
def answer(
    *, case: Case | int, words: str, outcome: Outcome, by: Person, on: date, at: datetime, seen: int | None = None
) -> Reply:
    """Answer a case, and with it all that were merged into it: each sender gets the answer, each promise is kept.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered or withdrawn
    :raises MissingWords: if nothing is said
    :raises ChangedMeanwhile: if it is no longer as it was seen
    """
    fresh = taken(case, by, on, seen=seen)
    said = _said(words, gettext_noop("Xin ghi câu trả lời cho người gửi."))
    return settle(fresh, said, outcome, by, on, at)


def settle(fresh: Case, said: str, outcome: Outcome, by: Person, on: date, at: datetime) -> Reply:
    """Let an answer stand for a case that is taken and all that are merged into it."""
    public = said if KINDS[CaseKind(fresh.kind)].shown else ""
    made = Reply.objects.create(case=fresh, words=said, public_words=public, unit=fresh.unit, by=by, on=on)
    merged = Case.objects.select_for_update(of=("self",)).select_related("unit").filter(merged_into=fresh, state__in=OPEN)
    settled = [fresh, *merged.order_by("pk")]
    for one in settled:
        one.state, one.outcome, one.ended_on, one.changed_at = State.ANSWERED.value, outcome.value, on, at
        one.version += 1
        if one.showing == Showing.WAITING and one.merged_into_id:
            one.showing = Showing.PRIVATE.value
    Case.objects.bulk_update(settled, ["state", "outcome", "ended_on", "changed_at", "version", "showing"], batch_size=500)
    record_many(
        [
            NewEvent(
                Kind.VOICE_ANSWERED, one.unit_id, on, by.pk,
                {"case": one.kind, "punctuality": punctuality(one.due_on, on), "outcome": outcome.value}, ABOUT, one.pk,
            )
            for one in settled
        ]
    )  # fmt: skip
    overtake([one.pk for one in settled], by, on, at)
    owed = open_about(ABOUT, [one.pk for one in settled], KINDS[CaseKind(fresh.kind)].promise)
    keep_many(promises=[promise.pk for promise in owed.values()], by=by, on=on)
    tell_senders(settled, "voice-answered", {one.pk: f"answered:{made.pk}:{one.pk}" for one in settled}, by, on)
    return made


@operation
def add_answer(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Reply:
    """Add to an answer that was given: the first one stays as it was.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it wasn't answered yet
    :raises MissingWords: if nothing is said
    """
    fresh = taken(case, by, on, among={State.ANSWERED})
    said = _said(words, gettext_noop("Xin ghi câu trả lời cho người gửi."))
    public = said if KINDS[CaseKind(fresh.kind)].shown else ""
    made = Reply.objects.create(case=fresh, words=said, public_words=public, unit=fresh.unit, by=by, on=on)
    touched(fresh, at)
    record(Kind.VOICE_SAID, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    tell_sender(fresh, "voice-word", f"word:{made.pk}", by, on)
    return made


@operation
def read_follow_ups(*, case: Case | int, by: Person, on: date) -> int:
    """Note that the desk has seen what the sender added; return how many were new.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    """
    fresh = taken(case, by, on, among=ALWAYS)
    unchanged()  # that somebody looked stands in the log of readings
    return fresh.follow_ups.filter(read_on=None).update(read_on=on)


def _said(words: str, otherwise: str) -> str:
    said = tidy(words, LONGEST)
    if not said:
        raise MissingWords("words", otherwise)
    return said
