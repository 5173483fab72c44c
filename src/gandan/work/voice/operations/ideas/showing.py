"""Which ideas stand in public: the civil side says so, who sees words and never whose they are. Hiding needs a reason."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import fold
from gandan.work.voice.flow import MissingWords, Showing, WhyHidden, WrongState
from gandan.work.voice.models import Idea, IdeaPair
from gandan.work.voice.operations.telling import tell_idea_senders
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.ideas.pairs import pairs_of


@operation
def show_idea(*, idea: Idea | int, words: str, by: Person, on: date) -> Idea:
    """Let an idea stand in public, in these words: the sender's own, or without what names somebody.

    :raises NotAllowed: if `by` may not moderate for the call's unit
    :raises WrongState: if its sender doesn't wish it, or it stands so already
    :raises MissingWords: if no words are left
    """
    fresh = _moderated(idea, by, on, {Showing.WAITING, Showing.HIDDEN})
    said = tidy(words, 4000)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lời văn sẽ hiện."))
    fresh.showing, fresh.shown_words, fresh.why_hidden, fresh.search = Showing.SHOWN.value, said, "", fold(said)
    fresh.save(update_fields=["showing", "shown_words", "why_hidden", "search"])
    found_by(fresh, said)
    record(Kind.IDEA_SHOWN, about=fresh, unit=fresh.call.unit, day=on, by=by)
    return fresh


@operation
def hide_idea(*, idea: Idea | int, why: WhyHidden, by: Person, on: date) -> Idea:
    """Keep an idea off the public pages, for a reason that its sender reads.

    :raises NotAllowed: if `by` may not moderate for the call's unit
    :raises WrongState: if nobody wished it shown, or it is hidden already
    """
    fresh = _moderated(idea, by, on, {Showing.WAITING, Showing.SHOWN})
    fresh.showing, fresh.shown_words, fresh.why_hidden, fresh.proposed = Showing.HIDDEN.value, "", why.value, None
    fresh.save(update_fields=["showing", "shown_words", "why_hidden", "proposed"])
    found_by(fresh, "")
    record(Kind.IDEA_HIDDEN, about=fresh, unit=fresh.call.unit, day=on, by=by, why=why.value)
    tell_idea_senders({fresh.pk: fresh}, fresh.call.unit, "idea-hidden", f"hidden:{on}", by, on)
    return fresh


def found_by(idea: Idea, words: str) -> None:
    """Let an idea be found by these words while somebody writes nearly the same; by none, with none."""
    IdeaPair.objects.filter(idea=idea).delete()
    IdeaPair.objects.bulk_create([IdeaPair(call_id=idea.call_id, pair=pair, idea=idea) for pair in pairs_of(words)])


def _moderated(idea: Idea | int, by: Person, on: date, among: set[Showing]) -> Idea:
    number = idea if isinstance(idea, int) else idea.pk
    fresh = Idea.objects.sent().select_for_update(of=("self",)).select_related("call__unit").filter(pk=number).first()
    if fresh is None:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=number)
    require(Right.MODERATE_VOICE, by=by, unit=fresh.call.unit, on=on)
    if not fresh.wishes_shown or Showing(fresh.showing) not in among:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=fresh.number)
    return fresh
