"""What was set aside as abuse, for its sender and for who decides appeals."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.organisations.models import Person
from gandan.work.voice.models import Aside, Case


@dataclass(frozen=True)
class AsideRow:
    case: int
    number: str
    words: str
    why: str
    on: date
    appeal: str
    appealed_on: date | None
    upheld: bool | None


def aside_of(case: Case) -> AsideRow | None:
    """Return that a case was set aside, for its sender. The caller has looked at the receipt."""
    found = Aside.objects.filter(case=case).first()
    return _row(found) if found else None


def appeals(viewer: Person, on: date) -> list[AsideRow]:
    """Return the appeals that wait for a decision, the oldest first."""
    found = Aside.objects.visible_to(viewer, on).filter(decided_on=None).exclude(appealed_on=None)
    return [_row(one) for one in found.select_related("case").order_by("appealed_on", "pk")[:100]]


def _row(one: Aside) -> AsideRow:
    return AsideRow(one.case_id, one.case.number, one.words, one.why, one.on, one.appeal, one.appealed_on, one.upheld)
