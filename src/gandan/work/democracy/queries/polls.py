"""Household votes: the question, the count and its check for everyone; rolls and papers for their keepers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count as HowMany
from django.db.models import QuerySet

from gandan.ground.ledger.prepared import planned
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows
from gandan.work.democracy.flow import Step, Voted
from gandan.work.democracy.models import Ballot, Household, PaperEntry, Poll
from gandan.work.democracy.rules.counting import Choice, Count, Marked, Outcome, listed, needed

MOST = 50
OUT = (Step.OPEN.value, Step.DECIDED.value, Step.ANNULLED.value)


class UnknownPoll(Refused):
    """There is no such poll."""


@dataclass(frozen=True)
class PollRow:
    """A poll as everyone sees it. Before it is closed nobody sees what was chosen, its keepers neither."""

    id: int
    unit: UnitRow
    area: UnitRow
    neighbourhood: str
    rule: str
    title: str
    question: str
    secret: bool
    share: Fraction
    over: bool
    source: str
    step: Step
    opened_on: date | None
    closes_on: date
    closed_on: date | None
    count: Count
    voted: int
    papers_out: int
    outcome: Outcome | None
    digest: str
    annulled_why: str
    on: date

    @property
    def takes_ballots(self) -> bool:
        return self.step is Step.OPEN and self.on <= self.closes_on

    @property
    def needed(self) -> int:
        """How many households carry it."""
        return needed(self.count.households, self.share, over=self.over)


@dataclass(frozen=True)
class RollRow:
    number: int
    address: str
    voted: Voted | None


@dataclass(frozen=True)
class PaperRow:
    """A paper ballot that is no ballot yet: who has read it, and whether two have read it differently. Never what they read."""

    serial: str
    readers: tuple[str, ...]
    differs: bool
    mine: bool


@dataclass(frozen=True)
class PollKept:
    """A poll as its keepers see it."""

    row: PollRow
    roll: tuple[RollRow, ...]
    papers: tuple[PaperRow, ...]
    papers_handed: int
    papers_read: int


def _rows(found: Iterable[Poll], on: date) -> list[PollRow]:
    records = list(found)
    units = rows({number for one in records for number in (one.unit_id, one.area_id)})
    going_on = [one.pk for one in records if one.step == Step.OPEN]
    voting = Household.objects.filter(poll__in=going_on).exclude(voted="").values_list("poll").order_by("poll")
    voted = dict(voting.annotate(many=HowMany("pk"))) if going_on else {}
    return [_row(one, units, voted, on) for one in records]


def _row(one: Poll, units: dict[int, UnitRow], voting: dict[int, int], on: date) -> PollRow:
    voted = voting.get(one.pk, 0) if one.step == Step.OPEN else one.in_favour + one.against + one.neither
    return PollRow(
        id=one.pk, unit=units[one.unit_id], area=units[one.area_id], neighbourhood=one.neighbourhood, rule=one.rule,
        title=one.title, question=one.question, secret=one.secret, share=Fraction(one.numerator, one.denominator), over=one.over,
        source=one.source, step=Step(one.step), opened_on=one.opened_on, closes_on=one.closes_on, closed_on=one.closed_on,
        count=Count(one.households, one.in_favour, one.against, one.neither), voted=voted, papers_out=one.papers_out,
        outcome=Outcome(one.outcome) if one.outcome else None, digest=one.digest, annulled_why=one.annulled_why, on=on,
    )  # fmt: skip


def polls(on: date, *, areas: Iterable[int] | None = None, before: int | None = None, limit: int = MOST) -> list[PollRow]:
    """Return the polls that are or were open, the latest first: for everyone."""
    return _rows(_out(None if areas is None else tuple(sorted(areas)), before, limit), on)


@planned
def _out(areas: tuple[int, ...] | None, before: int | None, limit: int) -> QuerySet[Poll]:
    found = Poll.objects.filter(step__in=OUT)
    if areas is not None:
        found = found.filter(area__among=areas)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-pk")[:limit]


def poll(number: int, on: date) -> PollRow:
    """:raises UnknownPoll: if there is none that everyone may read"""
    return _one(Poll.objects.filter(pk=number, step__in=OUT), on)


def _one(found: Iterable[Poll], on: date) -> PollRow:
    for row in _rows(found, on):
        return row
    raise UnknownPoll(gettext_noop("Không có lần bỏ phiếu này, hoặc thuộc nơi khác."))


def published_ballots(number: int, on: date) -> str:
    """Return the list of ballots of a poll that is decided: a mark and a choice a line, so that anybody may count them.

    :raises UnknownPoll: if there is none that is decided
    """
    _one(Poll.objects.filter(pk=number, step=Step.DECIDED.value), on)
    return listed(
        Marked(mark, Choice(choice)) for mark, choice in Ballot.objects.filter(poll=number).values_list("mark", "choice")
    )


def polls_kept(viewer: Person, on: date, *, before: int | None = None) -> list[PollRow]:
    """Return the polls that the viewer keeps, the latest first."""
    found = Poll.objects.visible_to(viewer, on)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _rows(found.order_by("-pk")[:MOST], on)


def poll_kept(number: int, viewer: Person, on: date) -> PollKept:
    """:raises UnknownPoll: if there is none that the viewer keeps"""
    row = _one(Poll.objects.visible_to(viewer, on).filter(pk=number), on)
    roll = tuple(
        RollRow(one.number, one.address, Voted(one.voted) if one.voted else None)
        for one in Household.objects.visible_to(viewer, on).filter(poll=number).order_by("number")
    )
    read = Ballot.objects.visible_to(viewer, on).filter(poll=number, how=Voted.PAPER.value).values_list("mark", flat=True)
    done = set(read)
    entries = PaperEntry.objects.visible_to(viewer, on).filter(poll=number).exclude(serial__in=done).select_related("by")
    by_serial: dict[str, list[PaperEntry]] = {}
    for one in entries.order_by("serial", "pk"):
        by_serial.setdefault(one.serial, []).append(one)
    papers = tuple(
        PaperRow(serial, tuple(one.by.name for one in found), len(found) > 1, any(one.by_id == viewer.pk for one in found))
        for serial, found in by_serial.items()
    )
    return PollKept(row, roll, papers, sum(one.voted is Voted.PAPER for one in roll), len(done))
