"""What the standard of civic reports serves: only cases that stand in public, in moderated words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gandan.ground.documents.queries import AttachmentRow
from gandan.ground.organisations.queries import rows
from gandan.work.voice.flow import OPEN, State
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, Reply
from gandan.work.voice.queries.one import photos_of
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of

MOST = 1000
FIELDS = (
    "pk", "service__code", "service__name", "unit_id", "ward_id", "shown_words", "place", "latitude", "longitude", "state",
    "received_at", "changed_at", "due_on",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a list of requests is narrowed to."""

    ids: Collection[int] = ()
    services: Collection[str] = ()
    is_open: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None
    updated_until: datetime | None = None


@dataclass(frozen=True)
class Reported:
    """A report as it stands in public."""

    id: int
    service: str
    service_name: str
    unit: str
    ward: str
    ward_name: str
    words: str
    answer: str
    place: str
    latitude: float | None
    longitude: float | None
    is_open: bool
    received_at: datetime
    changed_at: datetime
    due_on: date
    photos: Sequence[AttachmentRow]


def reported(asked: Asked, *, page: int = 1, size: int = MOST) -> list[Reported]:
    """Return reports that stand in public, the last received first."""
    found = Case.objects.public().filter(kind=CaseKind.REPORT.value)
    wanted = Q()
    if asked.ids:
        wanted &= Q(pk__in=list(asked.ids))
    if asked.services:
        wanted &= Q(service__code__in=list(asked.services))
    if asked.is_open is not None:
        wanted &= Q(state__in=OPEN) if asked.is_open else ~Q(state__in=OPEN)
    for name, value in (
        ("received_at__gte", asked.since),
        ("received_at__lte", asked.until),
        ("changed_at__gte", asked.updated_since),
        ("changed_at__lte", asked.updated_until),
    ):
        if value is not None:
            wanted &= Q(**{name: value})
    start = (page - 1) * size
    listed = list(found.filter(wanted).order_by("-received_at", "-pk").values(*FIELDS)[start : start + size])
    numbers = [one["pk"] for one in listed]
    told = Reply.objects.filter(case_id__in=numbers, is_answer=True).order_by("pk").values_list("case_id", "public_words")
    answers = dict(told)
    photos = photos_of(numbers) if numbers else {}
    units = rows({unit for one in listed for unit in (one["unit_id"], one["ward_id"]) if unit is not None})
    return [
        Reported(
            id=one["pk"], service=one["service__code"] or "", service_name=one["service__name"] or "",
            unit=units[one["unit_id"]].name, ward=units[one["ward_id"]].code if one["ward_id"] else "",
            ward_name=units[one["ward_id"]].name if one["ward_id"] else "", words=one["shown_words"],
            answer=answers.get(one["pk"], ""), place=one["place"], latitude=one["latitude"], longitude=one["longitude"],
            is_open=State(one["state"]) in OPEN, received_at=one["received_at"], changed_at=one["changed_at"],
            due_on=one["due_on"], photos=photos.get(one["pk"], ()),
        )
        for one in listed
    ]  # fmt: skip


def id_by_receipt(code: str) -> int:
    """Return the number of the case that a receipt opens.

    :raises UnknownReceipt: if there is none
    """
    found = Case.objects.filter(receipt=digest_of(code), erased_on=None).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownReceipt
    return int(found)
