"""What the law asks for beside the answer is done, refused or referred; how late to the minute is told to the ledger."""

from contextlib import suppress
from datetime import date, datetime

from django.utils.timezone import get_default_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.operations import keep, move
from gandan.ground.promises.queries import open_about, owed_about
from gandan.work.voice.flow import MissingWords, Outcome, State
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Stage
from gandan.work.voice.operations.extending import NoSuchExtension
from gandan.work.voice.operations.handling import settle
from gandan.work.voice.operations.holding import ABOUT, taken, touched
from gandan.work.voice.operations.stages.opening import due_of, open_stage
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.stages import STAGES, Clock, NoSuchStage, StageEnd, in_time
from gandan.work.voice.rules.terms import NoTerm, term_of


@operation
def tell_investigators(*, case: Case | int, body: str, words: str, by: Person, on: date, at: datetime) -> Stage:
    """Say that a crime report was told to the investigating body; from then on its file is owed there, where the law says so.

    :param body: to whom: the office and its desk
    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises NoSuchStage: if it was told already, or is no crime report
    :raises MissingWords: if nobody is named
    """
    fresh, stage = _stage(case, Clock.TRANSFER, by, on)
    done = _done(fresh, stage, StageEnd.TOLD, _named(body), words, by, on, at)
    record(Kind.CRIME_TOLD, about=fresh, unit=fresh.unit, day=on, by=by, punctuality=in_time(done.due_at, at))
    with suppress(NoTerm):
        open_stage(fresh, Clock.FILE, by, on, at)
    return done


@operation
def hand_file(*, case: Case | int, body: str, words: str, by: Person, on: date, at: datetime) -> Stage:
    """Say that the file of a crime report was handed over to the investigating body.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises NoSuchStage: if it wasn't told yet, or the file is there
    :raises MissingWords: if nobody is named
    """
    fresh, stage = _stage(case, Clock.FILE, by, on)
    done = _done(fresh, stage, StageEnd.FILED, _named(body), words, by, on, at)
    record(Kind.CRIME_FILED, about=fresh, unit=fresh.unit, day=on, by=by, punctuality=in_time(done.due_at, at))
    return done


@operation
def accept(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Stage:
    """Accept a complaint or a denunciation (thụ lý): the term of its answer runs from now on, and its sender is told.

    :raises NotAllowed: if `by` may not handle complaints at the unit
    :raises NoSuchStage: if that was decided
    """
    fresh, stage = _stage(case, Clock.ACCEPT, by, on)
    done = _done(fresh, stage, StageEnd.ACCEPTED, "", words, by, on, at)
    fresh.due_on = due_date(on, term_of(fresh.kind, "answer", on).term, working_calendar(fresh.unit))
    fresh.state = State.WORKING.value
    touched(fresh, at, "due_on", "state")
    move(promise=owed_about(fresh, KINDS[CaseKind(fresh.kind)].promise), due_on=fresh.due_on, by=by, on=on)
    record(
        Kind.COMPLAINT_ACCEPTED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind,
        punctuality=in_time(done.due_at, at),
    )  # fmt: skip
    tell_sender(fresh, "voice-word", f"accepted:{fresh.pk}", by, on)
    return done


@operation
def refuse(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Stage:
    """Refuse to take up a complaint or a denunciation, for a reason that its sender reads.

    :raises NotAllowed: if `by` may not handle complaints at the unit
    :raises NoSuchStage: if that was decided
    :raises MissingWords: if no reason is said
    """
    return _declined(case, StageEnd.REFUSED, "", words, by, on, at)


@operation
def refer(*, case: Case | int, body: str, words: str, by: Person, on: date, at: datetime) -> Stage:
    """Refer a complaint or a denunciation to the body whose it is by law; its sender is told which, and why.

    :raises NotAllowed: if `by` may not handle complaints at the unit
    :raises NoSuchStage: if that was decided
    :raises MissingWords: if no body or no reason is said
    """
    return _declined(case, StageEnd.REFERRED, _named(body), words, by, on, at)


@operation
def lengthen(
    *, case: Case | int, clock: Clock, grade: str, allowed_by: str, by: Person, on: date, at: datetime
) -> Stage:  # fmt: skip
    """Give a step the longer clock that the law has for it: a far place, a check in several places.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises NoSuchStage: if the step is done
    :raises MissingWords: if nobody is named who allowed it
    :raises NoSuchExtension: if the law knows no such grade, or it was given
    """
    fresh, stage = _stage(case, clock, by, on)
    allowed = tidy(allowed_by, 300)
    if not allowed:
        raise MissingWords("allowed_by", gettext_noop("Xin ghi ai quyết định gia hạn, số quyết định."))
    try:
        due_at = due_of(fresh, clock, grade, stage.began_at.astimezone(get_default_timezone()).date(), stage.began_at)
    except NoTerm:
        due_at = stage.due_at
    if due_at <= stage.due_at or stage.grade != "normal":
        raise NoSuchExtension(
            gettext_noop("Luật không có mức gia hạn này cho việc {number}, hoặc đã gia hạn."), number=fresh.number
        )
    stage.grade, stage.due_at, stage.allowed_by = grade, due_at, allowed
    stage.save(update_fields=["grade", "due_at", "allowed_by"])
    touched(fresh, at)
    move(promise=owed_about(fresh, STAGES[clock].promise), due_on=due_at.astimezone(get_default_timezone()).date(), by=by, on=on)
    record(Kind.VOICE_EXTENDED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind, grade=grade)
    return stage


def _declined(
    case: Case | int, end: StageEnd, body: str, words: str, by: Person, on: date, at: datetime
) -> Stage:  # fmt: skip
    fresh, stage = _stage(case, Clock.ACCEPT, by, on)
    said = tidy(words, 8000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lý do, người gửi đọc được."))
    done = _done(fresh, stage, end, body, said, by, on, at)
    kind = Kind.COMPLAINT_REFUSED if end is StageEnd.REFUSED else Kind.COMPLAINT_REFERRED
    record(kind, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind, punctuality=in_time(done.due_at, at))
    outcome = Outcome.REFUSED if end is StageEnd.REFUSED else Outcome.PASSED_OUT
    settle(fresh, f"{said}\n{body}".strip(), outcome, by, on, at)
    return done


def _stage(case: Case | int, clock: Clock, by: Person, on: date) -> tuple[Case, Stage]:
    fresh = taken(case, by, on)
    stage = Stage.objects.select_for_update(of=("self",)).filter(case=fresh, clock=clock.value, end="").first()
    if stage is None:
        raise NoSuchStage(gettext_noop("Việc {number} không có bước này, hoặc bước này đã xong."), number=fresh.number)
    return fresh, stage


def _done(
    fresh: Case, stage: Stage, end: StageEnd, body: str, words: str, by: Person, on: date, at: datetime
) -> Stage:  # fmt: skip
    stage.end, stage.done_at, stage.body, stage.words, stage.by = end.value, at, body, tidy(words, 8000), by
    stage.save(update_fields=["end", "done_at", "body", "words", "by"])
    if owed := open_about(ABOUT, [fresh.pk], STAGES[Clock(stage.clock)].promise).get(fresh.pk):
        keep(promise=owed.pk, by=by, on=on)
    if fresh.state == State.NEW:
        fresh.state = State.WORKING.value
    touched(fresh, at, "state")
    return stage


def _named(body: str) -> str:
    said = tidy(body, 200)
    if not said:
        raise MissingWords("body", gettext_noop("Xin ghi cơ quan nhận."))
    return said
