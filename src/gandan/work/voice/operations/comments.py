"""Comments are said, looked at by the civil side, shown or hidden for a reason, appealed against, looked at anew."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import MissingWords, Showing, WhyHidden, WrongState
from gandan.work.voice.models import Remark
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.comments import LONGEST, About, Appeal, NoAppeal, SameJudge
from gandan.work.voice.rules.receipts import digest_of

AT_ONCE = 500


@operation
def say_under(*, about: About, number: int, unit: Unit, words: str, code: str, by: Person, on: date) -> Remark:
    """Say something under a notice or a call. It stands there once somebody has looked. The same code twice is once.

    :param unit: whose notice or call it is; that it stands in public the face has looked at
    :raises MissingWords: if nothing is said
    """
    said = tidy(words, LONGEST)
    if len(said) < 2:
        raise MissingWords("words", gettext_noop("Xin ghi điều Ông/Bà muốn nói."))
    known = Remark.objects.filter(receipt=digest_of(code)).first()
    if known is not None:
        unchanged()
        return known
    made = Remark.objects.create(
        about_kind=about.value, about_number=number, unit=unit, receipt=digest_of(code), words=said, on=on
    )  # fmt: skip
    record(Kind.REMARK_RECEIVED, unit=unit, day=on, by=by, about=made, under=about.value)
    return made


@operation
def show_comment(*, comment: int, words: str, by: Person, on: date) -> Remark:
    """Let a comment stand in public, in these words: its own, or without what names somebody.

    :raises NotAllowed: if `by` may not moderate for the unit
    :raises WrongState: if it stands so already
    :raises MissingWords: if no words are left
    :raises SameJudge: if `by` hid it, and its author appeals
    """
    fresh = _moderated(comment, by, on, {Showing.WAITING, Showing.HIDDEN})
    said = tidy(words, LONGEST)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi lời văn sẽ hiện."))
    _settle(fresh, Appeal.GRANTED, by, on)
    fresh.showing, fresh.shown_words, fresh.why_hidden = Showing.SHOWN.value, said, ""
    fresh.judged_by, fresh.judged_on = by, on
    fresh.save()
    record(Kind.REMARK_SHOWN, about=fresh, unit=fresh.unit, day=on, by=by, under=fresh.about_kind)
    return fresh


@operation
def hide_comment(*, comment: int, why: WhyHidden, by: Person, on: date) -> Remark:
    """Keep a comment off the public pages, for a reason that its author reads and everybody counts.

    :raises NotAllowed: if `by` may not moderate for the unit
    :raises WrongState: if it is hidden already, and nobody appeals
    :raises SameJudge: if `by` hid it, and its author appeals
    """
    fresh = _moderated(comment, by, on, {Showing.WAITING, Showing.SHOWN}, appealed=True)
    _settle(fresh, Appeal.DENIED, by, on)
    was_hidden = fresh.showing == Showing.HIDDEN
    fresh.showing, fresh.shown_words, fresh.why_hidden = Showing.HIDDEN.value, "", why.value
    fresh.judged_by, fresh.judged_on = by, on
    fresh.save()
    if not was_hidden:
        record(Kind.REMARK_HIDDEN, about=fresh, unit=fresh.unit, day=on, by=by, under=fresh.about_kind, why=why.value)
    return fresh


@operation
def appeal(*, comment: Remark, words: str, by: Person, on: date) -> Remark:
    """Ask, by the receipt, that somebody else looks again at a comment that was hidden: once.

    :raises NoAppeal: if it isn't hidden, or was appealed before
    :raises MissingWords: if no reason is said
    """
    fresh = Remark.objects.select_for_update(of=("self",)).select_related("unit").get(pk=comment.pk)
    if fresh.showing != Showing.HIDDEN or fresh.appeal:
        raise NoAppeal(gettext_noop("Chỉ đề nghị xem lại được một lần, khi bình luận không được cho hiện."))
    said = tidy(words, LONGEST)
    if not said:
        raise MissingWords("words", gettext_noop("Xin ghi vì sao nên xem lại."))
    fresh.appeal, fresh.appeal_words, fresh.appealed_on = Appeal.OPEN.value, said, on
    fresh.save(update_fields=["appeal", "appeal_words", "appealed_on"])
    record(Kind.REMARK_APPEALED, about=fresh, unit=fresh.unit, day=on, by=by, under=fresh.about_kind)
    return fresh


@operation
def close_comments(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Cut comments said before a day from their authors: receipts open nothing, words that don't stand in public go.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    ended = Remark.objects.filter(on__lt=before, erased_on=None).exclude(pk__in=but)
    numbers = list(ended.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Remark.objects.filter(pk__in=numbers).update(words="", appeal_words="", erased_on=on)
    return numbers


def _moderated(number: int, by: Person, on: date, among: set[Showing], *, appealed: bool = False) -> Remark:
    fresh = Remark.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=number).first()
    if fresh is None:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=number)
    require(Right.MODERATE_VOICE, by=by, unit=fresh.unit, on=on)
    if Showing(fresh.showing) not in among and not (appealed and fresh.appeal == Appeal.OPEN):
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=fresh.pk)
    return fresh


def _settle(fresh: Remark, outcome: Appeal, by: Person, on: date) -> None:
    """Settle an open appeal: by somebody else than who hid it."""
    if fresh.appeal != Appeal.OPEN:
        return
    if fresh.judged_by_id == by.pk:
        raise SameJudge(gettext_noop("Người đã quyết định không cho hiện thì không tự xem lại. Xin để người khác xem."))
    fresh.appeal = outcome.value
    record(Kind.APPEAL_SETTLED, about=fresh, unit=fresh.unit, day=on, by=by, outcome=outcome.value)
