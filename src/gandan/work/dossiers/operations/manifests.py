"""Lists of parcels: put together by the office, signed by both sides when they change hands, in either direction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, may, require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Manifest, ManifestItem, ParcelState
from gandan.work.dossiers.operations.parcels import AWAY, WrongParcelStep, check_result, follow, hand, holder, locked
from gandan.work.dossiers.rules.parcels import Direction, Scanned, tracking_of
from gandan.work.dossiers.rules.reading import tidy

ONE_NUMBER_AT_A_TIME = 7_310_102
MOST = 500


class NotThePost(Refused):
    """The unit is no body of the post."""


class NothingToPack(Refused):
    """A list names at least one parcel, and no more than fit."""


class AlreadySigned(Refused):
    """What was signed is not changed; a further list says what is otherwise."""


class NobodySigned(Refused):
    """A signature on paper is somebody's, by name."""


@operation
def pack(
    *, unit: Unit, partner: Unit, deliveries: Sequence[int], by: Person, on: date, trackings: Mapping[int, str] | None = None
) -> Manifest:
    """Put results on a list for the post, in the order given.

    :param trackings: numbers of the post by parcel, where labels are stuck on already
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NotStanding: if one of the units doesn't exist on the day
    :raises NotThePost: if the partner is no body of the post
    :raises NothingToPack: if there is none, or are too many
    :raises NoResultYet: if one has no result
    :raises WrongParcelStep: if one is another unit's, or not wanted by post
    :raises BadTracking: if a number can't be one of the post's
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    manifest = _begun(unit, partner, Direction.OUT, deliveries, on)
    for position, pk in enumerate(dict.fromkeys(deliveries), start=1):
        parcel = locked(pk)
        check_result(parcel.dossier, on)
        if holder(parcel.dossier, on).pk != unit.pk or parcel.state != ParcelState.WANTED.value:
            raise _not_there(parcel)
        parcel.state = ParcelState.PACKED.value
        parcel.recipient, parcel.address = parcel.recipient or parcel.dossier.applicant, parcel.goes_to
        if number := (trackings or {}).get(pk):
            parcel.tracking = tracking_of(number)
        parcel.save()
        ManifestItem.objects.create(manifest=manifest, delivery=parcel, position=position)
        procedure = parcel.dossier.procedure.code
        record(Kind.DELIVERY_PACKED, unit=unit, day=on, by=by, about=parcel.dossier, procedure=procedure)
    return manifest


@operation
def pack_back(*, unit: Unit, partner: Unit, deliveries: Sequence[int], by: Person, on: date) -> Manifest:
    """Put parcels that could not be delivered on a list, as the post brings them back to the office.

    :raises NotAllowed: if `by` may work neither on the unit's dossiers nor on the post's parcels
    :raises NotStanding: if one of the units doesn't exist on the day
    :raises NotThePost: if the partner is no body of the post
    :raises NothingToPack: if there is none, or are too many
    :raises WrongParcelStep: if one is not on its way with this partner
    """
    right, where = _side_of(by, unit, partner, on)
    require(right, by=by, unit=where, on=on)
    manifest = _begun(unit, partner, Direction.BACK, deliveries, on)
    for position, pk in enumerate(dict.fromkeys(deliveries), start=1):
        parcel = locked(pk)
        carried = ManifestItem.objects.filter(delivery=parcel, manifest__partner=partner, manifest__direction=Direction.OUT.value)
        if parcel.state not in AWAY or holder(parcel.dossier, on).pk != unit.pk or not carried.exists():
            raise _not_there(parcel)
        ManifestItem.objects.create(manifest=manifest, delivery=parcel, position=position)
    record(Kind.MANIFEST_SIGNED, unit=unit, day=on, by=by, direction=Direction.BACK.value, side=_side(right))
    return manifest


@operation
def unpack(*, manifest: Manifest, delivery: int, by: Person, on: date) -> None:
    """Take a parcel off a list that nobody has signed yet.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises AlreadySigned: if somebody has
    :raises WrongParcelStep: if it is not on it
    """
    fresh = _locked(manifest)
    require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
    if fresh.office_signed_at or fresh.post_signed_at or fresh.direction != Direction.OUT.value:
        raise _signed(fresh)
    parcel = locked(delivery)
    gone, _by_table = fresh.items.filter(delivery=parcel).delete()
    if not gone:
        raise _not_there(parcel)
    parcel.state = ParcelState.WANTED.value
    parcel.save(update_fields=["state"])
    procedure = parcel.dossier.procedure.code
    record(Kind.DELIVERY_UNPACKED, unit=fresh.unit, day=on, by=by, about=parcel.dossier, procedure=procedure)


@operation
def sign_for_office(*, manifest: Manifest, by: Person, on: date, at: datetime) -> Manifest:
    """Sign a list for the office. When the post has signed too, its parcels have changed hands.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises AlreadySigned: if the office has signed
    :raises WrongParcelStep: if a parcel is no longer where the list says
    """
    fresh = _locked(manifest)
    require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
    if fresh.office_signed_at:
        raise _signed(fresh)
    fresh.office_by, fresh.office_signed_at = by, at
    return _signed_by(fresh, "office", by, on)


@operation
def sign_for_post(*, manifest: Manifest, by: Person, on: date, at: datetime, name: str = "") -> Manifest:
    """Sign a list for the post: the post's own person, or an officer who holds the paper that `name` has signed.

    :raises NotAllowed: if `by` may neither scan the partner's parcels nor work on the unit's dossiers
    :raises NobodySigned: if an officer doesn't say who signed the paper
    :raises AlreadySigned: if the post has signed
    :raises WrongParcelStep: if a parcel is no longer where the list says
    """
    fresh = _locked(manifest)
    right, where = _side_of(by, fresh.unit, fresh.partner, on)
    require(right, by=by, unit=where, on=on)
    if fresh.post_signed_at:
        raise _signed(fresh)
    if right is Right.SCAN_PARCELS:
        fresh.post_by = by
    elif not tidy(name):
        raise NobodySigned(gettext_noop("Xin ghi họ tên nhân viên bưu điện đã ký trên giấy."))
    fresh.post_name, fresh.post_signed_at = tidy(name)[:200], at
    return _signed_by(fresh, "post", by, on)


def _begun(unit: Unit, partner: Unit, direction: Direction, deliveries: Sequence[int], on: date) -> Manifest:
    check_standing(unit, on)
    check_standing(partner, on)
    if Line.POST not in tree().lines(partner.pk):
        raise NotThePost(gettext_noop("{unit} không phải đơn vị bưu điện."), unit=partner.name)
    if not 0 < len(deliveries) <= MOST:
        raise NothingToPack(gettext_noop("Xin chọn từ 1 đến {most} kết quả để lập bảng kê."), most=MOST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_NUMBER_AT_A_TIME, unit.pk])
    nth = Manifest.objects.filter(unit=unit, made_on=on).count() + 1
    number = f"BG.{unit.code}.{on:%y%m%d}.{nth:02}"
    return Manifest.objects.create(number=number, direction=direction.value, unit=unit, partner=partner, made_on=on)


def _signed_by(manifest: Manifest, side: str, by: Person, on: date) -> Manifest:
    record(Kind.MANIFEST_SIGNED, unit=manifest.unit, day=on, by=by, direction=manifest.direction, side=side)
    if manifest.office_signed_at and manifest.post_signed_at:
        manifest.handed_on = on
        for item in manifest.items.order_by("position"):
            _change_hands(locked(item.delivery_id), Direction(manifest.direction), on, by)
    manifest.save()
    return manifest


def _change_hands(parcel: Delivery, direction: Direction, on: date, by: Person) -> None:
    if direction is Direction.OUT and parcel.state == ParcelState.PACKED.value:
        hand(parcel, on, by)
    elif direction is Direction.BACK and parcel.state in AWAY:
        follow(parcel, Scanned.RETURNED, on, by)
    elif direction is Direction.OUT or parcel.state != ParcelState.RETURNED.value:  # the post may have told us before
        raise _not_there(parcel)


def _locked(manifest: Manifest) -> Manifest:
    return Manifest.objects.select_for_update(of=("self",)).select_related("unit", "partner").get(pk=manifest.pk)


def _side_of(by: Person, unit: Unit, partner: Unit, on: date) -> tuple[Right, Unit]:
    """Return the right in which somebody acts: the post's people for the post, everyone else for the office."""
    if may(Right.SCAN_PARCELS, by=by, unit=partner, on=on):
        return Right.SCAN_PARCELS, partner
    return Right.WRITE_DOSSIERS, unit


def _side(right: Right) -> str:
    return "post" if right is Right.SCAN_PARCELS else "office"


def _not_there(parcel: Delivery) -> WrongParcelStep:
    return WrongParcelStep(
        gettext_noop("Bưu gửi {number} không còn ở bước này. Xin tải lại trang."),
        number=parcel.tracking or parcel.dossier.number,
    )


def _signed(manifest: Manifest) -> AlreadySigned:
    return AlreadySigned(gettext_noop("Bảng kê {number} đã ký, không sửa được."), number=manifest.number)
