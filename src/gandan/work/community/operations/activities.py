"""Activities: noted once, set right, and made one where two have noted the same."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q

from gandan.ground.documents.operations import hand_on
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import correct, operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import area_of, check_standing, may, of_another_side, require
from gandan.ground.organisations.queries import unit as unit_by_code
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Activity, CommunityModel, KeptApart, Point
from gandan.work.community.models.activities import STANDS
from gandan.work.community.rules import Noting, check_day, check_heads, check_nameless
from gandan.work.community.rules import State as ModelState

KEPT = timedelta(days=2 * 365)  # photos
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class KeyUsedBefore(Refused):
    """Another activity was sent under this key."""


class OneSide(Refused):
    """The organiser of the other side can't be of this one."""


class ChangedMeanwhile(Refused):
    """Somebody else has changed it since it was opened."""


class NotTheSame(Refused):
    """These two can't be one activity."""


class OfAnotherModel(Refused):
    """The model is looked after by others, or has lapsed."""


class Gone(Refused):
    """It was withdrawn, or made one with another."""


@operation
def note(*, unit: Unit, noting: Noting, by: Person, on: date, key: str = "", offline: bool = False) -> Activity:
    """Note an activity that was held. Sent again under its key, it is the same one.

    :raises NotAllowed: if `by` may not note activities at this unit
    :raises NotYet: if it is for a day to come
    :raises LongAgo: if it was held more than a year ago
    :raises TooMany: if the number is a slip
    :raises NamesSomebody: if the place names a person
    :raises OneSide: if the partner is of the same side
    :raises OfAnotherModel: if the model it was for is neither this unit's nor one in which it is the partner
    :raises KeyUsedBefore: if something else was sent under the key
    """
    require(Right.WRITE_COMMUNITY, by=by, unit=unit, on=on)
    digest = hashlib.sha256(json.dumps([unit.code, asdict(noting)], default=str).encode()).hexdigest() if key else ""
    if key:
        before = _sent_before(key, digest, by)
        if before is not None:
            unchanged()
            return before
    partner = _checked(unit, noting, on)
    activity = Activity(unit=unit, area=area_of(unit, noting.day), by=by, noted_on=on, offline=offline, key=key, digest=digest)
    _write(activity, noting, partner)
    _save(activity)
    _count(activity)
    return activity


def _sent_before(key: str, digest: str, by: Person) -> Activity | None:
    with connection.cursor() as cursor:  # waits for whoever sends the same just now
        cursor.execute(LOCK, [f"community.note {by.pk} {key}"])
    before = Activity.objects.select_related("unit").filter(by=by, key=key).first()
    if before is not None and before.digest != digest:
        raise KeyUsedBefore(gettext_noop("Khoá này đã dùng cho một buổi khác. Xin gửi lại với khoá mới."))
    return before


def _checked(unit: Unit, noting: Noting, on: date) -> Unit | None:
    check_day(noting.day, on)
    check_heads(noting.count)
    check_nameless(noting.place)
    check_standing(unit, noting.day)
    if noting.model is not None:
        ours = Q(unit=unit) | Q(partner=unit)
        if not CommunityModel.objects.filter(ours, pk=noting.model).exclude(state=ModelState.LAPSED.value).exists():
            raise OfAnotherModel(gettext_noop("Mô hình này do nơi khác phụ trách, hoặc đã hết hiệu lực."))
    if not noting.partner:
        return None
    partner = unit_by_code(noting.partner)
    check_standing(partner, noting.day)
    if not of_another_side(partner, unit, noting.day):
        raise OneSide(gettext_noop("{partner} cùng một bên với {unit}. Chọn cơ quan của bên kia, hoặc để trống."),
                      partner=partner.name, unit=unit.name)  # fmt: skip
    return partner


def _write(activity: Activity, noting: Noting, partner: Unit | None) -> None:
    activity.form, activity.topic, activity.day = noting.form.value, noting.topic.value, noting.day
    activity.place, activity.partner, activity.model_id = noting.place.strip(), partner, noting.model
    activity.heads, activity.households = noting.heads, noting.households


def compare(numbers: Sequence[int]) -> None:
    """Mark what looks like another noting: of two that look alike the one that was written last, and lists read the marks."""
    others = Activity.objects.filter(
        STANDS, ~Q(pk=OuterRef("pk")), ~Q(unit=OuterRef("unit")) | Q(topic=OuterRef("topic")),
        area=OuterRef("area"), day=OuterRef("day"), form=OuterRef("form"),
    )  # fmt: skip
    Activity.objects.filter(pk__in=numbers).update(alike=Exists(others))


def _save(activity: Activity) -> None:
    with connection.cursor() as cursor:  # waits for whoever notes the same just now: one of the two sees the other
        cursor.execute(LOCK, [f"community.alike {activity.area_id} {activity.day} {activity.form}"])
    activity.save()
    compare([activity.pk])


def _count(activity: Activity) -> None:
    """Tell the ledger of an activity, and of the households it reached; both can be corrected."""
    unit, day, by = activity.unit, activity.day, activity.by
    activity.event = record(
        Kind.ACTIVITY_HELD, unit=unit, day=day, by=by, about=activity, amount=activity.heads,
        activity=activity.form, topic=activity.topic, sides="both" if activity.partner_id else "one",
    )  # fmt: skip
    activity.support_event = None
    if activity.households:
        activity.support_event = record(
            Kind.HOUSEHOLDS_SUPPORTED, unit=unit, day=day, by=by, about=activity, amount=activity.households
        )
    activity.save(update_fields=["event", "support_event"])


def _uncount(activity: Activity, *, reason: str, by: Person) -> None:
    for event in (activity.event, activity.support_event):
        if event is not None:
            correct(event, reason=reason, by=by)
    activity.event = activity.support_event = None


def standing(activity: Activity | int, seen: int | None = None) -> Activity:
    """Return an activity as it is now, and keep others from it until our transaction ends."""
    pk = activity if isinstance(activity, int) else activity.pk
    fresh = Activity.objects.select_for_update(of=("self",)).select_related("unit", "partner", "by").get(pk=pk)
    if fresh.merged_into_id is not None or fresh.withdrawn_on is not None:
        raise Gone(gettext_noop("Buổi này đã được gộp hoặc đã rút, không sửa được nữa."))
    if seen is not None and seen != fresh.version:
        raise ChangedMeanwhile(gettext_noop("Có người vừa sửa buổi này. Xin xem lại rồi sửa."))
    return fresh


@operation
def change(
    *, activity: Activity | int, noting: Noting, by: Person, on: date, value: int | None = None, seen: int | None = None
) -> Activity:
    """Set right what was noted. What was counted is corrected in the ledger, never changed.

    :param value: of what was given to households, in đồng
    :raises NotAllowed: if `by` may not note activities at its unit
    :raises Gone: if it was withdrawn or merged
    :raises ChangedMeanwhile: if it is no longer as it was `seen`
    :raises Refused: if it can't be noted so
    """
    fresh = standing(activity, seen)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    before = _facts(fresh)
    partner = _checked(fresh.unit, noting, on)
    _write(fresh, noting, partner)
    fresh.value = value
    if _facts(fresh) == before:
        unchanged()
        return fresh
    fresh.area, fresh.version = area_of(fresh.unit, fresh.day), fresh.version + 1
    _save(fresh)
    _uncount(fresh, reason="set_right", by=by)
    _count(fresh)
    return fresh


def _facts(activity: Activity) -> tuple[object, ...]:
    return (
        activity.form, activity.topic, activity.day, activity.place, activity.partner_id, activity.heads, activity.households,
        activity.value, activity.model_id,
    )  # fmt: skip


@operation
def withdraw(*, activity: Activity | int, by: Person, on: date) -> Activity:
    """Take back an activity that was noted by mistake: it no longer counts, and stays to be seen as withdrawn.

    :raises NotAllowed: if `by` may not note activities at its unit
    :raises Gone: if it was withdrawn or merged
    """
    fresh = standing(activity)
    require(Right.WRITE_COMMUNITY, by=by, unit=fresh.unit, on=on)
    _uncount(fresh, reason="withdrawn", by=by)
    fresh.withdrawn_on, fresh.version = on, fresh.version + 1
    fresh.save()
    return fresh


@operation
def merge(*, keep: int, other: int, heads: int, by: Person, on: date) -> Activity:
    """Make two notings of one activity one: a person has seen them side by side, and says how many came.

    The one that stays has both organisers; the other no longer counts, and leads to it. Its points and photos come along.

    :raises NotAllowed: if `by` may not note activities at both units
    :raises NotTheSame: if they were held on different days or in different places, or are one and the same
    :raises Gone: if one of them was withdrawn or merged
    """
    first, second = sorted((keep, other))
    locked = {pk: standing(pk) for pk in (first, second)}
    kept, gone = locked[keep], locked[other]
    if keep == other or (kept.day, kept.area_id, kept.form) != (gone.day, gone.area_id, gone.form):
        raise NotTheSame(gettext_noop("Hai buổi khác ngày, khác nơi hoặc khác hình thức thì không gộp được."))
    require(Right.WRITE_COMMUNITY, by=by, unit=kept.unit, on=on)
    if gone.unit_id != kept.unit_id:
        _require_either(gone, kept, by, on)
    check_heads(heads)
    for one in (kept, gone):
        _uncount(one, reason="merged", by=by)
    if kept.partner_id is None and gone.unit_id != kept.unit_id and of_another_side(gone.unit, kept.unit, kept.day):
        kept.partner = gone.unit
    kept.partner = kept.partner or gone.partner if gone.partner_id != kept.unit_id else kept.partner
    kept.heads, kept.place, kept.version = heads, kept.place or gone.place, kept.version + 1
    kept.households, kept.model_id = max(kept.households, gone.households), kept.model_id or gone.model_id
    kept.save()
    _count(kept)
    gone.merged_into, gone.version = kept, gone.version + 1
    gone.save()
    last = Point.objects.filter(activity=kept).aggregate(last=Max("position"))["last"] or 0
    Point.objects.filter(activity=gone).update(activity=kept, position=F("position") + last)
    hand_on(giver=gone, taker=kept, keep_until=on + KEPT, by=by, on=on)
    return kept


def _require_either(gone: Activity, kept: Activity, by: Person, on: date) -> None:
    """The one whose partner is ours was held with us: whoever organised it too may say that it is the same."""
    if gone.partner_id != kept.unit_id and kept.partner_id != gone.unit_id:
        require(Right.WRITE_COMMUNITY, by=by, unit=gone.unit, on=on)


@operation
def keep_apart(*, one: int, other: int, by: Person, on: date) -> None:
    """Say that two notings that look alike are two activities: they are not shown side by side again.

    :raises NotAllowed: if `by` may not note activities at one of the units
    :raises Gone: if one of them was withdrawn or merged
    """
    first, second = (standing(pk) for pk in sorted((one, other)))
    if not may(Right.WRITE_COMMUNITY, by=by, unit=first.unit, on=on):
        require(Right.WRITE_COMMUNITY, by=by, unit=second.unit, on=on)
    _made, new = KeptApart.objects.get_or_create(one=first, other=second, defaults={"by": by})
    if not new:
        unchanged()
        return
    record(Kind.ACTIVITY_KEPT_APART, unit=first.unit, day=on, by=by, about=first)
