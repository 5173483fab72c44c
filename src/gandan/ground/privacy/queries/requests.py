"""Requests of people about their data: those of the units that a viewer answers for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, row, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.flow import OPEN, Outcome, Step, Wish
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.queries.keeping import Keepable, numbered, numbers_of, pk_of

SIGN = "YC"
WRITTEN = ("text", "reply_to", "answer")


class UnknownRequest(Refused):
    """There is no request of this number."""


@dataclass(frozen=True)
class RequestRow:
    """A request as lists show it: nothing of what was written, and nobody's name."""

    id: int
    wish: Wish
    step: Step
    label: str
    about_type: str
    about_id: int
    unit: UnitRow
    channel: str
    asked_on: date
    acknowledged_on: date | None
    due_on: date
    extended_on: date | None
    answered_on: date | None
    outcome: Outcome | None
    reason: str
    erased_on: date | None

    @property
    def open(self) -> bool:
        return self.step in OPEN

    def late(self, on: date) -> bool:
        return self.due_on < (self.answered_on or on)


def requests(
    viewer: Person, on: date, *, only_open: bool = False, after: int | None = None, limit: int = 50
) -> Sequence[RequestRow]:
    """Return the requests at the units whose requests the viewer handles, the newest first."""
    found = Request.objects.visible_to(viewer, on).order_by("-id")
    if only_open:
        found = found.filter(step__in=[step.value for step in OPEN])
    if after is not None:
        found = found.filter(id__lt=after)
    return _rows(list(found.defer(*WRITTEN)[:limit]))


def requests_about(about_type: str, about_id: int) -> Sequence[RequestRow]:
    """Return what was asked about one record, for whoever may see that record."""
    found = Request.objects.filter(about_type=about_type, about_id=about_id).defer(*WRITTEN)
    return _rows(list(found.order_by("-id")))


def asked_by_holder(about_type: str, about_id: int) -> Sequence[tuple[RequestRow, str]]:
    """Return what was asked about one record and what was answered, for whoever has opened it with its receipt."""
    found = list(Request.objects.filter(about_type=about_type, about_id=about_id).order_by("-id")[:50])
    return [(row, one.answer) for row, one in zip(_rows(found), found, strict=True)]


def request(number: int, viewer: Person, on: date) -> tuple[RequestRow, Request]:
    """Return one request with what was written.

    :raises UnknownRequest: if there is none
    :raises NotAllowed: if it is another unit's; names the unit and nothing else
    """
    found = Request.objects.filter(pk=number).first()
    if found is None:
        raise UnknownRequest(gettext_noop("Không có yêu cầu số {number}."), number=number)
    if found.unit_id not in visible_units(Right.HANDLE_REQUESTS, viewer, on):
        raise NotAllowed(gettext_noop("Yêu cầu này thuộc {unit}."), unit=row(found.unit_id).name)
    return _rows([found])[0], found


def request_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a request by its number (`YC-12`).

    :raises UnknownRequest: if there is none
    :raises NotAllowed: if it is another unit's
    """
    _row, found = request(pk_of(number), viewer, on)
    return Keepable(found, numbered(SIGN, found.pk), found.unit)


def request_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these requests that the viewer answers."""
    return numbers_of(ids, Request.objects.visible_to(viewer, on), SIGN)


def _rows(found: Sequence[Request]) -> Sequence[RequestRow]:
    units = rows({one.unit_id for one in found})
    return [
        RequestRow(
            id=one.pk,
            wish=Wish(one.wish),
            step=Step(one.step),
            label=one.label,
            about_type=one.about_type,
            about_id=one.about_id,
            unit=units[one.unit_id],
            channel=one.channel,
            asked_on=one.asked_on,
            acknowledged_on=one.acknowledged_on,
            due_on=one.due_on,
            extended_on=one.extended_on,
            answered_on=one.answered_on,
            outcome=Outcome(one.outcome) if one.outcome else None,
            reason=one.reason,
            erased_on=one.erased_on,
        )
        for one in found
    ]
