"""Lists of the desk and of the inspectorate: numbers, kinds and days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.tips.models import Extract, Tip
from gandan.work.tips.queries.desk import opened_to
from gandan.work.tips.rules import About, Pledge, Reward, State


@dataclass(frozen=True)
class TipRow:
    number: str
    about: About
    pledge: Pledge
    state: State
    received_on: date
    acknowledge_by: date
    answer_by: date
    erase_on: date
    acknowledged_on: date | None
    answered_on: date | None
    messages: int
    reward: Reward
    reward_amount: int | None

    def late(self, on: date) -> bool:
        missed = (self.acknowledged_on is None and self.acknowledge_by < on) or (self.answered_on is None and self.answer_by < on)
        return missed and self.state != State.CLOSED


@dataclass(frozen=True)
class LateRow:
    """A tip of which a day was missed, as the inspectorate hears of it."""

    number: str
    received_on: date
    due_on: date
    what: str  # acknowledge | answer
    told_on: date


def tips(by: Person, on: date, *, closed: bool = False, after: str = "", limit: int = 50) -> list[TipRow]:
    """Return the tips that are open to somebody, the newest day first; of one day in no order that tells anything."""
    found = opened_to(by, on).exclude(about=About.CANARY.value)
    found = found.filter(state=State.CLOSED.value) if closed else found.exclude(state=State.CLOSED.value)
    last = Tip.objects.filter(number=after).values_list("received_on", "number").first() if after else None
    if last:
        found = found.filter(Q(received_on__lt=last[0]) | Q(received_on=last[0], number__gt=last[1]))
    counted = found.annotate(said=Count("messages", filter=Q(messages__direction__in=["in", "out"])))
    return [as_row(tip, tip.said) for tip in counted.order_by("-received_on", "number")[:limit]]


def as_row(tip: Tip, said: int) -> TipRow:
    return TipRow(
        tip.number, About(tip.about), Pledge(tip.pledge), State(tip.state), tip.received_on, tip.acknowledge_by, tip.answer_by,
        tip.erase_on, tip.acknowledged_on, tip.answered_on, said, Reward(tip.reward), tip.reward_amount,
    )  # fmt: skip


def late(by: Person, on: date, *, limit: int = 200) -> list[LateRow]:
    """Return the tips whose day was missed and is still missed, the longest first.

    :raises NotAllowed: if `by` is not of the inspectorate
    """
    require_anywhere(Right.WATCH_TIPS, by=by, on=on)
    found = Tip.objects.filter(told_on__isnull=False, answered_on__isnull=True).exclude(state=State.CLOSED.value)
    rows = []
    for tip in found.order_by("answer_by", "number")[:limit]:
        unread = tip.acknowledged_on is None
        what, due = ("acknowledge", tip.acknowledge_by) if unread else ("answer", tip.answer_by)
        if due < on and tip.told_on:
            rows.append(LateRow(tip.number, tip.received_on, due, what, tip.told_on))
    return rows


def waiting_for(by: Person, on: date) -> dict[str, int]:
    """Return how many things wait at the desk for somebody: new tips, and extracts of others to check."""
    mine = opened_to(by, on)
    checks = Extract.objects.filter(tip__in=mine, checked_by__isnull=True).exclude(written_by=by.pk)
    new = mine.filter(state=State.NEW.value).exclude(about=About.CANARY.value)
    return {"new": new.count(), "checks": checks.count()}
