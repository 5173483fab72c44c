"""Support: once per person, and nobody can say whose. A telephone proves that somebody is one person; its number is not kept."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import Channel
from gandan.ground.organisations.models import Person
from gandan.work.voice.flow import Showing
from gandan.work.voice.models import Ballot, BallotKey, Call, Idea, IdeaGroup
from gandan.work.voice.rules.brought import NotReady, NotSaid, phone_of
from gandan.work.voice.rules.ideas.ballots import ballot_of, new_code, sealed_code, voter_of
from gandan.work.voice.rules.ideas.flow import AlreadySupported, CallClosed, CallState, GroupState, NotProven

CODE_KEPT = timedelta(days=1)
AT_ONCE = 20_000


@operation
def ask_code(*, call: Call, phone: str, by: Person, on: date, language: str = "vi") -> tuple[str, str]:
    """Send a code to a telephone; return what stands for it in this call, and by what the code is recognised.

    The message tells of the call alone, not what is supported, and is erased after a day.

    :raises NotReady: if that is no telephone number
    :raises CallClosed: if the call is not open
    """
    secret = _secret(call)
    number = phone_of(phone)
    if not number:
        raise NotReady(
            {"phone": NotSaid(gettext_noop("“{phone}” không giống một số điện thoại. Xin kiểm tra lại."), phone=phone[:30])}
        )
    voter, code = voter_of(secret, number), new_code()
    unchanged()  # nobody has supported anything yet
    note = Note(
        key=f"ballot:{sealed_code(secret, code, voter)[:40]}", channel=Channel.SMS, to=number, template="ballot-code",
        parameters={"code": code}, about=call, unit=call.unit, language=language, kept_for=CODE_KEPT,
    )  # fmt: skip
    send_many(notes=[note], by=by, on=on)
    return voter, sealed_code(secret, code, voter)


@operation
def prove(*, call: Call, voter: str, sealed: str, code: str, by: Person, on: date) -> None:
    """Say that the code which was sent to the telephone was given.

    :raises NotProven: if it is another
    :raises CallClosed: if the call is not open
    """
    unchanged()  # nobody has supported anything yet
    if not sealed or sealed_code(_secret(call), code.strip(), voter) != sealed:
        raise NotProven(gettext_noop("Mã chưa đúng. Xin xem lại tin nhắn, hoặc lấy mã khác."))


@operation
def support(*, voter: str, by: Person, on: date, idea: int | None = None, group: int | None = None) -> None:
    """Support an idea that stands alone, or a group: once. It is counted with others when the day is over.

    :param voter: what stands for somebody who was proven
    :raises AlreadySupported: if they have supported it, or an idea that is now in the group
    :raises CallClosed: if the call is not open, or this can't be supported
    """
    alone = None if idea is None else Idea.objects.select_related("call", "group__call").filter(pk=idea).first()
    taken = alone.group if alone is not None else IdeaGroup.objects.select_related("call").filter(pk=group or 0).first()
    target: Idea | IdeaGroup | None = taken or alone
    closed = target is None or target.call.state != CallState.OPEN
    unseen = alone is not None and taken is None and alone.showing != Showing.SHOWN
    if target is None or closed or unseen or (taken and taken.state == GroupState.PROPOSED):
        raise CallClosed(gettext_noop("Lời kêu gọi này không còn nhận ủng hộ."))
    unchanged()  # the ledger is told at the end of the day, of all together
    earlier = [f"idea {pk}" for pk in taken.ideas.values_list("pk", flat=True)] if taken else []
    digest = ballot_of(voter, f"group {taken.pk}" if taken else f"idea {target.pk}")
    known = [digest, *(ballot_of(voter, name) for name in earlier)]
    if Ballot.objects.filter(pk__in=known).exists():
        raise AlreadySupported(gettext_noop("Số điện thoại này đã ủng hộ ý kiến này rồi. Mỗi người một lần."))
    made = Ballot(digest=digest, call_id=target.call_id, idea=None if taken else alone, group=taken, on=on)
    Ballot.objects.bulk_create([made], ignore_conflicts=True)


@operation
def count_supports(*, by: Person, on: date, of: int | None = None) -> int:
    """Count the ballots of the days that are over: each an event by itself, in no order; then they say no longer for what.

    :param of: a call that ends: all of its ballots
    """
    waiting = Ballot.objects.select_for_update(of=("self",)).filter(on__isnull=False)
    waiting = waiting.filter(call=of) if of is not None else waiting.filter(on__lt=on)
    held = list(waiting.values_list("pk", "idea_id", "group_id", "call__unit_id", "on")[:AT_ONCE])
    if not held:
        unchanged()
        return 0
    told = [NewEvent(Kind.IDEA_SUPPORTED, unit, day or on, by.pk) for *_, unit, day in held]
    random.SystemRandom().shuffle(told)
    record_many(told)
    _add(held)
    Ballot.objects.filter(pk__in=[pk for pk, *_ in held]).update(on=None, idea=None, group=None)
    return len(held)


def _add(held: Sequence[tuple[str, int | None, int | None, int, date | None]]) -> None:
    """Add what was counted; a ballot for an idea that came into a group meanwhile is one for the group."""
    ideas = Counter(idea for _pk, idea, *_ in held if idea is not None)
    groups = Counter(group for _pk, _idea, group, *_ in held if group is not None)
    for number, group in Idea.objects.filter(pk__in=ideas).values_list("pk", "group_id"):
        Idea.objects.filter(pk=number).update(supports=F("supports") + ideas[number])
        if group is not None:
            groups[group] += ideas[number]
    for number, count in groups.items():
        IdeaGroup.objects.filter(pk=number).update(supports=F("supports") + count)


def _secret(call: Call) -> str:
    key = BallotKey.objects.filter(call=call.pk).first()
    if key is None:
        raise CallClosed(gettext_noop("Lời kêu gọi này không còn nhận ủng hộ."))
    return str(key.secret)
