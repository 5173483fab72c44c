"""The post and the office: what waits to be packed, the lists, and what stands on one. The post sees its own lists alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import UnitRow, children, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.postal import PostalNumber
from gandan.work.dossiers.models import Delivery, Manifest, ParcelState, PostPartner, Status
from gandan.work.dossiers.rules.parcels import Direction, tracking_doubt


class UnknownManifest(Refused):
    """No list that the viewer may see has this number."""


class UnknownPartner(Refused):
    """No body of the post with a program of its own has this code."""


@dataclass(frozen=True)
class WaitingParcel:
    """A result that is there and wanted by post."""

    id: int
    number: str
    recipient: str
    address: str
    since: date


@dataclass(frozen=True)
class ManifestRow:
    """A list as lists show it."""

    id: int
    number: str
    direction: Direction
    unit: UnitRow
    partner: UnitRow
    made_on: date
    handed_on: date | None
    office_signed_at: datetime | None
    office_name: str
    post_signed_at: datetime | None
    post_name: str
    parcels: int


@dataclass(frozen=True)
class ItemRow:
    """A parcel on a list: what the post needs to bring it, and nothing of what it is about."""

    delivery: int
    position: int
    tracking: str
    recipient: str
    address: str
    state: ParcelState
    doubt: PostalNumber | None  # what the number should have been, if its check digit doesn't fit


@dataclass(frozen=True)
class ManifestShown:
    row: ManifestRow
    record: Manifest
    items: Sequence[ItemRow]
    for_post: bool  # the viewer is of the post, not of the office


def waiting_parcels(unit: int, viewer: Person, on: date, *, after: int = 0, limit: int = 50) -> list[WaitingParcel]:
    """Return what of a unit waits to be packed, the first wanted first."""
    found = (
        Delivery.objects.visible_to(viewer, on, Right.WRITE_DOSSIERS)
        .filter(state=ParcelState.WANTED.value, dossier__unit_id=unit, dossier__status=Status.FINISHED.value, pk__gt=after)
        .select_related("dossier__contact")
        .order_by("pk")[:limit]
    )
    return [
        WaitingParcel(one.pk, one.dossier.number, one.recipient or one.dossier.applicant, one.goes_to, one.wanted_on)
        for one in found
    ]


def partners(on: date) -> tuple[UnitRow, ...]:
    """Return the bodies of the post, the heads of their line and those right below."""
    heads = children(None, Line.POST, on)
    return (*heads, *(below for head in heads for below in children(head.id, Line.POST, on)))


@dataclass(frozen=True)
class PartnerProgram:
    """Whether the program of a body of the post has a secret, and until when a former one holds. The secret nobody reads."""

    unit: UnitRow
    has_secret: bool
    former_until: date | None


def partner_programs(on: date) -> list[PartnerProgram]:
    known = {one.unit_id: one for one in PostPartner.objects.all()}
    found = []
    for unit in partners(on):
        one = known.get(unit.id)
        former = one.former_until if one is not None and one.former_until is not None and one.former_until >= on else None
        found.append(PartnerProgram(unit, one is not None, former))
    return found


def manifests(viewer: Person, on: date, *, before: int | None = None, limit: int = 50) -> list[ManifestRow]:
    """Return the lists that the viewer may see, the newest first."""
    found = Manifest.objects.visible_to(viewer, on)
    if before is not None:
        found = found.filter(pk__lt=before)
    page: list[Any] = list(found.annotate(parcels=Count("items")).select_related("office_by", "post_by").order_by("-pk")[:limit])
    units = rows({one.unit_id for one in page} | {one.partner_id for one in page})
    return [_row(one, units, one.parcels) for one in page]


def manifest(number: str, viewer: Person, on: date) -> ManifestShown:
    """Return one list with its parcels.

    :raises UnknownManifest: if there is none, or the viewer may not see it
    """
    mine = Manifest.objects.visible_to(viewer, on)
    found = mine.select_related("office_by", "post_by", "unit", "partner").filter(number=number.upper()).first()
    if found is None:
        raise UnknownManifest(gettext_noop("Không có bảng kê số {number} trong phần việc của Ông/Bà."), number=number)
    items = [
        ItemRow(
            delivery=item.delivery_id,
            position=item.position,
            tracking=item.delivery.tracking,
            recipient=item.delivery.recipient,
            address=item.delivery.address,
            state=ParcelState(item.delivery.state),
            doubt=tracking_doubt(item.delivery.tracking),
        )
        for item in found.items.select_related("delivery").order_by("position")
    ]
    units = rows({found.unit_id, found.partner_id})
    for_post = found.partner_id in visible_units(Right.SCAN_PARCELS, viewer, on)
    return ManifestShown(_row(found, units, len(items)), found, items, for_post)


def partner_of(viewer: Person, on: date) -> Unit | None:
    """Return the body of the post for whose parcels the viewer scans."""
    allowed = visible_units(Right.SCAN_PARCELS, viewer, on)
    return Unit.objects.filter(pk__in=allowed).order_by("pk").first() if allowed else None


def post_partner(code: str) -> PostPartner:
    """:raises UnknownPartner: if none has a secret under this code"""
    found = PostPartner.objects.select_related("unit").filter(unit__code=code.upper()).first()
    if found is None:
        raise UnknownPartner(gettext_noop("Không có bưu điện nào mang mã {code}."), code=code)
    return found


def _row(one: Manifest, units: dict[int, UnitRow], parcels: int) -> ManifestRow:
    return ManifestRow(
        id=one.pk,
        number=one.number,
        direction=Direction(one.direction),
        unit=units[one.unit_id],
        partner=units[one.partner_id],
        made_on=one.made_on,
        handed_on=one.handed_on,
        office_signed_at=one.office_signed_at,
        office_name=one.office_by.name if one.office_by else "",
        post_signed_at=one.post_signed_at,
        post_name=one.post_by.name if one.post_by else one.post_name,
        parcels=parcels,
    )
