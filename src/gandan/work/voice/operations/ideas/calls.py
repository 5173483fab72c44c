"""A call for ideas: drafted, opened, extended, ended. Its secret lives as long as it is open."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, move, owe
from gandan.ground.promises.queries import open_about
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.models import Ballot, BallotKey, Call, Idea
from gandan.work.voice.operations.ideas.supporting import count_supports
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.ideas.ballots import new_secret
from gandan.work.voice.rules.ideas.flow import CallClosed, CallState
from gandan.work.voice.rules.terms import term_of

SORT = "idea.sort"


@dataclass(frozen=True)
class CallWords:
    """What a call says of itself."""

    title: str
    theme: str
    decides: str
    becomes: str
    title_en: str = ""
    theme_en: str = ""


_NEEDED = {
    "title": gettext_noop("Xin đặt tên cho lời kêu gọi."),
    "theme": gettext_noop("Xin ghi hiến kế về điều gì."),
    "decides": gettext_noop("Xin ghi ai quyết định và quyết định thế nào."),
    "becomes": gettext_noop("Xin ghi ý kiến rồi sẽ thành gì: ai đọc, trả lời khi nào, ở đâu."),
}


@operation
def draft_call(
    *,
    unit: Unit,
    decider: Unit,
    words: CallWords,
    opens_on: date,
    closes_on: date,
    by: Person,
    on: date,
    call: Call | None = None,
) -> Call:
    """Write a call, or write it anew, before it is opened.

    :raises NotAllowed: if `by` may not lead calls of the unit, or of that whose call it is so far
    :raises MissingWords: if something is not said
    :raises CallClosed: if it is open already, or its days are the wrong way round
    """
    for led in (unit, *((call.unit,) if call else ())):
        require(Right.LEAD_CALLS, by=by, unit=led, on=on)
    check_standing(decider, on)
    said = {name: tidy(getattr(words, name), 200 if name.startswith("title") else 8000) for name in words.__dataclass_fields__}
    for name, template in _NEEDED.items():
        if not said[name]:
            raise MissingWords(name, template)
    if closes_on < opens_on or closes_on < on:
        raise MissingWords("closes_on", gettext_noop("Ngày cuối phải sau ngày mở và chưa qua."))
    fresh = call or Call(drafted_by=by)
    if fresh.state != CallState.DRAFT:
        raise CallClosed(gettext_noop("Lời kêu gọi đã mở thì không sửa lời nữa; chỉ gia hạn hoặc kết thúc."))
    for name, value in said.items():
        setattr(fresh, name, value)
    fresh.unit, fresh.decider, fresh.opens_on, fresh.closes_on, fresh.first_closes_on = (
        unit,
        decider,
        opens_on,
        closes_on,
        closes_on,
    )
    fresh.save()
    record(Kind.CALL_DRAFTED, about=fresh, unit=unit, day=on, by=by)
    return fresh


@operation
def open_call(*, call: Call | int, by: Person, on: date) -> Call:
    """Open a call: ideas are taken from its first day on. That they will be sorted is promised from now.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises CallClosed: if it was opened before, or its last day is past
    """
    fresh = held_call(call, CallState.DRAFT)
    require(Right.LEAD_CALLS, by=by, unit=fresh.unit, on=on)
    if fresh.closes_on < on:
        raise CallClosed(gettext_noop("Ngày cuối của lời kêu gọi đã qua."))
    fresh.state = CallState.OPEN.value
    fresh.save(update_fields=["state"])
    BallotKey.objects.create(call=fresh, secret=new_secret())
    owe(
        kind=SORT, about=fresh, label=fresh.title[:80], owed_to=Receiver.PUBLIC, unit=fresh.unit, due_on=_sorted_by(fresh),
        by=by, on=on,
    )  # fmt: skip
    record(Kind.CALL_OPENED, about=fresh, unit=fresh.unit, day=on, by=by)
    return fresh


@operation
def extend_call(*, call: Call | int, closes_on: date, by: Person, on: date) -> Call:
    """Give a call a later last day.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises CallClosed: if it isn't open, or the day isn't later
    """
    fresh = held_call(call, CallState.OPEN)
    require(Right.LEAD_CALLS, by=by, unit=fresh.unit, on=on)
    if closes_on <= fresh.closes_on:
        raise CallClosed(gettext_noop("Ngày cuối mới phải sau {day}."), day=f"{fresh.closes_on:%d/%m/%Y}")
    fresh.closes_on = closes_on
    fresh.save(update_fields=["closes_on"])
    if owed := open_about(Call._meta.label_lower, [fresh.pk], SORT).get(fresh.pk):
        move(promise=owed, due_on=_sorted_by(fresh), by=by, on=on)
    record(Kind.CALL_EXTENDED, about=fresh, unit=fresh.unit, day=on, by=by)
    return fresh


@operation
def end_call(*, call: Call | int, by: Person, on: date) -> Call:
    """End a call: the last ballots are counted, then they and the secret they were keyed with are destroyed.

    :raises NotAllowed: if `by` may not lead calls of the unit
    :raises CallClosed: if it isn't open
    """
    fresh = held_call(call, CallState.OPEN)
    require(Right.LEAD_CALLS, by=by, unit=fresh.unit, on=on)
    while Ballot.objects.filter(call=fresh, on__isnull=False).exists():
        count_supports(by=by, on=on, of=fresh.pk)
    Ballot.objects.filter(call=fresh).delete()
    BallotKey.objects.filter(call=fresh).delete()
    fresh.state, fresh.ended_on = CallState.ENDED.value, on
    fresh.save(update_fields=["state", "ended_on"])
    record(Kind.CALL_ENDED, about=fresh, unit=fresh.unit, day=on, by=by)
    keep_if_sorted(fresh, by, on)
    return fresh


def held_call(call: Call | int, *among: CallState) -> Call:
    """Return a call to work on, and let nobody else until our transaction ends.

    :raises CallClosed: if it stands otherwise
    """
    number = call if isinstance(call, int) else call.pk
    fresh = Call.objects.select_for_update(of=("self",)).select_related("unit", "decider").get(pk=number)
    if among and fresh.state not in among:
        raise CallClosed(gettext_noop("Lời kêu gọi này không còn ở bước làm được điều đó."))
    return fresh


def keep_if_sorted(call: Call, by: Person, on: date) -> None:
    """Keep the promise to sort ideas, once the call has ended and none is left without a group."""
    owed = open_about(Call._meta.label_lower, [call.pk], SORT).get(call.pk)
    if owed and call.state == CallState.ENDED and not Idea.objects.filter(call=call, group=None).to_group().exists():
        keep(promise=owed, by=by, on=on)


def _sorted_by(call: Call) -> date:
    return due_date(call.closes_on, term_of("idea", "sort", call.closes_on).term, working_calendar(call.unit))
