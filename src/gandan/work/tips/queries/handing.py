"""Extracts that were checked and wait to be taken where crime reports are kept: the tip's number, the words, the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from gandan.ground.privacy.fields import unseal
from gandan.work.tips.models import Extract


@dataclass(frozen=True)
class ExtractToTake:
    """All that leaves the channel for an investigation."""

    id: UUID
    tip_number: str
    nth: int  # of the tip's extracts
    extract: str
    unit: str


def extracts_to_take() -> Iterator[ExtractToTake]:
    waiting = Extract.objects.filter(text__isnull=False, handed_on__isnull=True)
    for one in waiting.select_related("tip").order_by("tip_id", "sequence"):
        text = unseal(bytes(one.text or b"").decode(), "tips_extract.text")
        yield ExtractToTake(one.pk, one.tip.number, one.sequence, text, one.unit)
