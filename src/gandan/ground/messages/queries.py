"""What can be asked about messages: those of a unit, those about a record, those that are in trouble."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from gandan.ground.ledger.prepared import asked
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.models import Message, SendingRule
from gandan.ground.messages.rules import (
    LANGUAGES,
    QUIET,
    Channel,
    Content,
    Said,
    State,
    Template,
    WayOut,
    laid_over,
    masked,
    stopped_name,
    template,
    words_name,
)
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows


class UnknownMessage(Refused):
    """There is no such message, or it isn't the viewer's to see."""


@dataclass(frozen=True)
class MessageRow:
    """A message as a list shows it: the receiver is masked."""

    id: int
    channel: Channel
    template: str
    language: str
    recipient: str
    unit: UnitRow
    about_type: str
    about_id: int
    state: State
    queued_at: datetime
    next_at: datetime
    sent_at: datetime | None
    tries: int
    answer: str
    perhaps_twice: bool
    enclosed: int | None


@dataclass(frozen=True)
class MessageShown:
    """One message, with its words as they were or will be sent."""

    row: MessageRow
    content: Content | None  # None: erased, as its time was up
    digest: str


def messages(
    viewer: Person,
    on: date,
    *,
    states: Collection[State] = (),
    channel: Channel | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[MessageRow]:
    """Return the messages of the units whose dossiers the viewer reads, the last written first."""
    found = Message.objects.visible_to(viewer, on)
    if states:
        found = found.filter(state__in=[state.value for state in states])
    if channel:
        found = found.filter(channel=channel.value)
    if after is not None:
        found = found.filter(pk__lt=after)
    return _rows(list(found.order_by("-pk")[:limit]))


def message(number: int, viewer: Person, on: date) -> MessageShown:
    """:raises UnknownMessage: if there is none that the viewer may see"""
    found = Message.objects.visible_to(viewer, on).filter(pk=number).first()
    if found is None:
        raise UnknownMessage(gettext_noop("Không có tin này, hoặc tin thuộc đơn vị khác."))
    (row,) = _rows([found])
    return MessageShown(row, Content.read(found.content) if found.erased_on is None else None, found.digest)


def messages_about(about_type: str, about_ids: Collection[int]) -> dict[int, list[MessageRow]]:
    """Return the messages about several records of one type, by record, the oldest first. Who may see them, others know."""
    found = list(Message.objects.filter(about_type=about_type, about_id__in=list(about_ids)).order_by("pk"))
    by_record: dict[int, list[MessageRow]] = {pk: [] for pk in about_ids}
    for row in _rows(found):
        by_record[row.about_id].append(row)
    return by_record


def written(keys: Collection[str]) -> frozenset[str]:
    """Return of which causes there is a message."""
    return frozenset(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def in_trouble(viewer: Person, on: date) -> int:
    """Return how many messages wait for a person, at the units whose dossiers the viewer reads."""
    return Message.objects.visible_to(viewer, on).filter(state=State.FAILED.value).count()


def waiting(at: datetime) -> dict[str, int]:
    """Return how many messages of each channel are due and not yet sent: what a stopped sender leaves behind."""
    due = Message.objects.filter(state=State.WAITING.value, next_at__lte=at).filter(Q(not_before=None) | Q(not_before__lte=at))
    return dict(due.values_list("channel").annotate(number=Count("pk")).order_by())


@dataclass(frozen=True)
class RuleRow:
    """A rule of the city for its messages, as it was noted."""

    id: int
    name: str
    value: Any
    source: str
    by_id: int
    noted_at: datetime


def rules_of(name: str) -> list[RuleRow]:
    """Return all that was ever said under a name, the last first: that one holds. Who changes them looks at the page."""
    found = SendingRule.objects.filter(name=name).order_by("-pk")
    return [RuleRow(one.pk, one.name, one.value, one.source, one.by_id, one.noted_at) for one in found]


def in_force() -> dict[str, Any]:
    """Return what the city says itself, by name."""
    held = asked("SELECT DISTINCT ON (name) name, value::text FROM outbox_sendingrule ORDER BY name, id DESC")
    return {name: json.loads(value) for name, value in held if value not in (None, "null")}


def words_in_use(codes: Collection[str]) -> dict[str, Template]:
    """Return templates in the words that are sent now: the city's where it has its own.

    :raises UnknownTemplate: if one is not among ours
    """
    house, said = {code: template(code) for code in codes}, in_force()
    return {
        code: laid_over(one, {to: Said(**own) for to in LANGUAGES if (own := said.get(words_name(code, to)))})
        for code, one in house.items()
    }


def quiet_hours(unless_said: str) -> str:
    """Return when nobody's telephone is to ring: what the city said, or what the house was started with."""
    return str(in_force().get(QUIET, unless_said))


def stopped_ways() -> set[WayOut]:
    """Return by which ways nothing is to be sent for now."""
    held = in_force()
    return {way for way in WayOut if held.get(stopped_name(way))}


def _rows(found: list[Message]) -> list[MessageRow]:
    units = rows({message.unit_id for message in found})
    return [
        MessageRow(
            id=one.pk,
            channel=Channel(one.channel),
            template=one.template,
            language=one.language,
            recipient=masked(Channel(one.channel), one.recipient),
            unit=units[one.unit_id],
            about_type=one.about_type,
            about_id=one.about_id,
            state=State(one.state),
            queued_at=one.queued_at,
            next_at=one.next_at,
            sent_at=one.sent_at,
            tries=one.tries,
            answer=one.answer,
            perhaps_twice=one.perhaps_twice,
            enclosed=one.enclosed,
        )
        for one in found
    ]
