"""What a sender does by the receipt, without an account: see the answer, add something, say whether it helped, withdraw."""

import random
from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.operations import drop
from gandan.ground.promises.queries import open_about
from gandan.work.voice.flow import OPEN, MissingWords, State, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, FollowUp, Reply
from gandan.work.voice.operations.holding import ABOUT, check, locked, touched
from gandan.work.voice.operations.stages.opening import overtake
from gandan.work.voice.rules.brought import tidy

MOST = 50  # that one sender may add


@operation
def see(*, case: Case, by: Person, on: date) -> int:
    """Note that the sender has opened what was said to them; return how much was new."""
    unchanged()  # it is their own
    return Reply.objects.filter(case=case, seen_on=None).update(seen_on=on)


@operation
def follow_up(*, case: Case, words: str, by: Person, on: date, at: datetime) -> FollowUp:
    """Add something to a case. The desk sees it.

    :raises MissingWords: if nothing is said
    :raises WrongState: if it was withdrawn, or has been added to very often
    """
    fresh = locked(case)
    check(fresh, set(State) - {State.WITHDRAWN})
    said = tidy(words, 4000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi điều Ông/Bà muốn nói thêm."))
    if fresh.follow_ups.count() >= MOST:
        raise WrongState(gettext_noop("Việc này đã được nói thêm {most} lần. Xin gửi một việc mới."), most=MOST)
    made = FollowUp.objects.create(case=fresh, words=said, on=on)
    touched(fresh, at)
    record(Kind.VOICE_FOLLOWED_UP, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return made


@operation
def appraise(*, case: Case, satisfied: bool, by: Person, on: date) -> Case:
    """Say whether the answer helped. It is counted with others of the day, and never beside the case.

    :raises WrongState: if there is no answer, or it was said before
    """
    fresh = locked(case)
    check(fresh, {State.ANSWERED})
    if fresh.satisfied is not None:
        raise WrongState(gettext_noop("Ông/Bà đã cho nhận xét về trả lời này."))
    unchanged()  # the ledger is told at the end of the day, of all together
    fresh.satisfied, fresh.appraised_on = satisfied, on
    fresh.save(update_fields=["satisfied", "appraised_on"])
    return fresh


@operation
def count_appraisals(*, by: Person, on: date) -> int:
    """Tell the ledger what was said before this day, each by itself and in no order; return how many were."""
    waiting = Case.objects.select_for_update(of=("self",)).filter(appraised_on__lt=on, unit__closed_on=None)
    said = list(waiting.values_list("pk", "kind", "unit_id", "appraised_on", "satisfied"))
    if not said:
        unchanged()
        return 0
    told = [
        NewEvent(
            Kind.VOICE_APPRAISED, unit, day or on, by.pk, {"case": kind, "said": "satisfied" if satisfied else "not_satisfied"}
        )
        for _pk, kind, unit, day, satisfied in said
    ]  # fmt: skip
    random.SystemRandom().shuffle(told)
    record_many(told)
    Case.objects.filter(pk__in=[pk for pk, *_ in said]).update(appraised_on=None)
    return len(said)


@operation
def withdraw(*, case: Case, by: Person, on: date, at: datetime) -> Case:
    """Take a case back. Nothing is owed any more.

    :raises WrongState: if it was answered or withdrawn, or the law doesn't let such a case be taken back
    """
    fresh = locked(case)
    check(fresh, OPEN)
    if fresh.kind in {CaseKind.CRIME, CaseKind.DENUNCIATION}:
        raise WrongState(gettext_noop("Loại việc này cơ quan vẫn phải xem xét theo luật. Xin ghi ý của Ông/Bà ở ô nói thêm."))
    for promise in open_about(ABOUT, [fresh.pk], KINDS[CaseKind(fresh.kind)].promise).values():
        drop(promise=promise.pk, by=by, on=on)
    overtake([fresh.pk], by, on, at)
    fresh.state, fresh.ended_on, fresh.showing, fresh.merged_into = State.WITHDRAWN.value, on, "", None
    touched(fresh, at, "state", "ended_on", "showing", "merged_into")
    Case.objects.filter(merged_into=fresh).update(merged_into=None)
    record(Kind.VOICE_WITHDRAWN, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return fresh
