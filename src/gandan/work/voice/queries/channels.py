"""Other channels: how they are read, what their files brought, and the answers that go back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, require, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import BroughtFile, Case, Reply, SourceChannel
from gandan.work.voice.rules.channels import BadMapping

MOST = 500


@dataclass(frozen=True)
class ChannelRow:
    id: int
    code: str
    name: str
    unit: UnitRow
    columns: Mapping[str, str]
    services: Mapping[str, str]
    webhook: str
    failures: int


@dataclass(frozen=True)
class FileRow:
    """A file that came, and what became of its rows."""

    id: int
    source: str
    name: str
    on: date
    taken: int
    known: int
    refused: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class AnswerRow:
    """An answer as its channel gets it: by its own number."""

    id: int
    source_number: str
    number: str
    outcome: str
    words: str
    at: datetime


def channels(viewer: Person, on: date) -> list[ChannelRow]:
    """Return the channels that the viewer looks after or manages."""
    units = visible_units(Right.ANSWER_VOICE, viewer, on) | visible_units(Right.MANAGE_VOICE, viewer, on)
    found = list(SourceChannel.objects.filter(unit_id__among=units).order_by("code"))
    named = rows({one.unit_id for one in found})
    return [
        ChannelRow(one.pk, one.code, one.name, named[one.unit_id], one.columns, one.services, one.webhook, one.failures)
        for one in found
    ]


def brought_files(viewer: Person, on: date) -> list[FileRow]:
    """Return the last files that came at the viewer's units."""
    found = BroughtFile.objects.visible_to(viewer, on).select_related("source").order_by("-pk")[:20]
    return [
        FileRow(one.pk, one.source.code, one.name, one.on, one.taken, one.known, json.loads(one.refused or "[]")) for one in found
    ]


def answers_of(code: str, viewer: Person, on: date, *, after: int = 0, limit: int = MOST) -> list[AnswerRow]:
    """Return the answers to a channel's cases, the oldest first, from one on.

    :raises BadMapping: if there is no such channel
    :raises NotAllowed: if the viewer may not answer people at the unit that looks after it
    """
    channel = SourceChannel.objects.select_related("unit").filter(code=code).first()
    if channel is None:
        raise BadMapping(gettext_noop("Không có kênh nào mang mã {code}."), code=code[:30])
    require(Right.ANSWER_VOICE, by=viewer, unit=channel.unit, on=on)
    return told_of(code, after=after, limit=limit)


def told_of(code: str, *, after: int = 0, limit: int = MOST) -> list[AnswerRow]:
    """Return the same, for the machine's own hands. A double gets the answer of the case it was merged into."""
    own = dict(Case.objects.filter(source=code, merged_into=None).values_list("pk", "source_number"))
    doubles: dict[int, list[tuple[int, str]]] = {}
    merged = Case.objects.filter(source=code).exclude(merged_into=None).values_list("merged_into", "pk", "source_number")
    for into, pk, number in merged:
        doubles.setdefault(int(into or 0), []).append((pk, number))
    replies = (
        Reply.objects.filter(case_id__in={*own, *doubles}, is_answer=True, pk__gt=after).select_related("case").order_by("pk")
    )
    found = []
    for one in replies[:limit]:
        mine = [(one.case_id, own[one.case_id])] if one.case_id in own else []
        sign = one.case.number.partition("-")[0]
        for pk, number in [*mine, *doubles.get(one.case_id, [])]:
            found.append(AnswerRow(one.pk, number, f"{sign}-{pk}", one.case.outcome, one.words, one.at))
    return found


@dataclass(frozen=True)
class Webhook:
    """Where a channel's answers are posted, signed by what, from which answer on."""

    id: int
    code: str
    address: str
    secret: str
    after: int


def webhooks() -> list[Webhook]:
    """Return the channels that are told by themselves; those that fail again and again are left for a person to look at."""
    found = SourceChannel.objects.exclude(webhook="").filter(failures__lt=50).order_by("pk")
    return [Webhook(one.pk, one.code, one.webhook, one.secret, one.told_upto) for one in found]
