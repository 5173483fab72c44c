"""What stands on the public pages: a moderator says so, who sees words and never whose they are. Hiding needs a reason."""

from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import MissingWords, Showing, WhyHidden, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations.holding import locked, touched
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.rules.brought import tidy


@operation
def show(*, case: Case | int, words: str, by: Person, on: date, at: datetime) -> Case:
    """Let a case stand in public, in these words: the sender's own, or without what names somebody.

    :raises NotAllowed: if `by` may not moderate for its unit
    :raises WrongState: if its sender doesn't wish it, its kind may not, or it stands so already
    :raises MissingWords: if no words are left
    """
    fresh = _moderated(case, by, on)
    said = tidy(words, 8000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lời văn sẽ hiện."))
    fresh.showing, fresh.shown_words, fresh.why_hidden = Showing.SHOWN.value, said, ""
    touched(fresh, at, "showing", "shown_words", "why_hidden")
    record(Kind.VOICE_SHOWN, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return fresh


@operation
def hide(*, case: Case | int, why: WhyHidden, by: Person, on: date, at: datetime) -> Case:
    """Keep a case off the public pages, for a reason that its sender reads. It is answered all the same.

    :raises NotAllowed: if `by` may not moderate for its unit
    :raises WrongState: if nobody wished it shown, or it is hidden already
    """
    fresh = _moderated(case, by, on, hiding=True)
    fresh.showing, fresh.shown_words, fresh.why_hidden = Showing.HIDDEN.value, "", why.value
    touched(fresh, at, "showing", "shown_words", "why_hidden")
    record(Kind.VOICE_HIDDEN, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind, why=why.value)
    tell_sender(fresh, "voice-hidden", f"hidden:{fresh.pk}:{fresh.version}", by, on)
    return fresh


def _moderated(case: Case | int, by: Person, on: date, *, hiding: bool = False) -> Case:
    fresh = locked(case)
    require(Right.MODERATE_VOICE, by=by, unit=fresh.unit, on=on)
    from_states = {Showing.WAITING, Showing.SHOWN} if hiding else {Showing.WAITING, Showing.HIDDEN}
    if not (fresh.wishes_shown and KINDS[CaseKind(fresh.kind)].shown and Showing(fresh.showing) in from_states):
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=fresh.number)
    return fresh
