"""Activities: a page of them, one with all that belongs to it, those that look alike, how many were held where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Sum

from gandan.ground.documents.queries import AttachmentRow, attachment, attachments
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import UnitRow, row, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.models import Promise
from gandan.ground.promises.rules import State
from gandan.work.community.models import Activity, Point
from gandan.work.community.models.activities import STANDS
from gandan.work.community.rules import Form, Topic

TYPE, POINT = "community.activity", "community.point"
FEW = 50  # units whose newest are looked up one by one
Key = tuple[date, int]


class UnknownActivity(Refused):
    """There is no activity of this number."""


@dataclass(frozen=True)
class ActivityRow:
    """An activity as lists show it."""

    id: int
    unit: UnitRow
    area: UnitRow
    partner: UnitRow | None
    form: Form
    topic: Topic
    day: date
    place: str
    heads: int
    households: int
    value: int | None
    noted_by: str
    noted_at: datetime
    offline: bool
    version: int
    points: int = 0
    model: int | None = None
    model_name: str = ""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; nothing set: everything."""

    unit: int | None = None
    area: int | None = None
    form: Form | None = None
    topic: Topic | None = None
    since: date | None = None
    until: date | None = None
    model: int | None = None


@dataclass(frozen=True)
class Page:
    rows: Sequence[ActivityRow]
    next: Key | None


@dataclass(frozen=True)
class PointShown:
    """What was raised, and the promise about it if there is one."""

    id: int
    position: int
    words: str
    owed: bool
    answer: str
    answered_on: date | None
    due_on: date | None = None
    owner: UnitRow | None = None
    officer: str = ""
    open: bool = False
    late: bool = False


@dataclass(frozen=True)
class ActivityShown:
    row: ActivityRow
    points: list[PointShown]
    photos: list[AttachmentRow]
    merged: list[ActivityRow]  # notings that were made one with it
    gone: str = ""  # withdrawn, or the number of the one it was merged into
    looks_like: list[ActivityRow] = field(default_factory=list)


def _visible(viewer: Person, on: date) -> QuerySet[Activity]:
    return Activity.objects.visible_to(viewer, on).filter(STANDS)


def activities(viewer: Person, on: date, filters: Filters = Filters(), *, after: Key | None = None, limit: int = 50) -> Page:
    """Return a page of the activities that the viewer may see, the last held first."""
    found = _narrowed(_visible(viewer, on), filters)
    if after is not None:
        found = found.filter(Q(day__lt=after[0]) | Q(day=after[0], pk__lt=after[1]), day__lte=after[0])
    units = visible_units(Right.READ_COMMUNITY, viewer, on)
    if 1 < len(units) <= FEW and filters.unit is None:
        found = _newest_of_each(found, units, limit + 1)
    page = list(found.select_related("by", "model").order_by("-day", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return Page(_rows(page), (page[-1].day, page[-1].pk) if more else None)


def _newest_of_each(found: QuerySet[Activity], units: Iterable[int], limit: int) -> QuerySet[Activity]:
    """Return what is newest at each unit, as its index gives it: looking for few units among everybody may go through all."""
    newest = found.filter(unit=OuterRef("pk")).order_by("-day", "-id").values("pk")[:limit]
    numbers = Unit.objects.filter(pk__in=units).values_list(ArraySubquery(newest), flat=True)
    return Activity.objects.filter(pk__in=list(chain.from_iterable(numbers)))


def _narrowed(found: QuerySet[Activity], filters: Filters) -> QuerySet[Activity]:
    wanted = {
        "unit": filters.unit,
        "area": filters.area,
        "form": filters.form.value if filters.form else None,
        "topic": filters.topic.value if filters.topic else None,
        "model": filters.model,
        "day__gte": filters.since,
        "day__lte": filters.until,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def _rows(page: Sequence[Activity]) -> list[ActivityRow]:
    units = rows({u for one in page for u in (one.unit_id, one.area_id, one.partner_id) if u})
    raised: dict[int, int] = defaultdict(int)
    for activity in Point.objects.filter(activity__in=page).values_list("activity_id", flat=True) if page else ():
        raised[activity] += 1
    return [_row(one, units, raised[one.pk]) for one in page]


def _row(one: Activity, units: dict[int, UnitRow], points: int) -> ActivityRow:
    return ActivityRow(
        id=one.pk, unit=units[one.unit_id], area=units[one.area_id], partner=units[one.partner_id] if one.partner_id else None,
        form=Form(one.form), topic=Topic(one.topic), day=one.day, place=one.place, heads=one.heads, households=one.households,
        value=one.value, noted_by=one.by.name, noted_at=one.noted_at, offline=one.offline, version=one.version, points=points,
        model=one.model_id, model_name=one.model.name if one.model else "",
    )  # fmt: skip


def seen(number: int, viewer: Person, on: date) -> Activity:
    """Return an activity that the viewer may see.

    :raises UnknownActivity: if there is none of this number
    :raises NotAllowed: if the viewer sees neither the activities of the unit that noted it nor those of its partner
    """
    found = Activity.objects.select_related("by", "unit", "model").filter(pk=number).first()
    if found is None:
        raise UnknownActivity(gettext_noop("Không có buổi hoạt động số {number}."), number=number)
    seen = visible_units(Right.READ_COMMUNITY, viewer, on)
    if found.unit_id not in seen and found.partner_id not in seen:
        raise NotAllowed(gettext_noop("Buổi này do {unit} ghi."), unit=found.unit.name)
    return found


def activity(number: int, viewer: Person, on: date) -> ActivityShown:
    """Return one activity.

    :raises UnknownActivity: if there is none of this number
    :raises NotAllowed: if the viewer sees neither the activities of the unit that noted it nor those of its partner
    """
    found = seen(number, viewer, on)
    merged = list(Activity.objects.filter(merged_into=found).select_related("by", "model").order_by("pk"))
    gone = "withdrawn" if found.withdrawn_on else str(found.merged_into_id or "")
    return ActivityShown(
        row=_rows([found])[0],
        points=_points(found),
        photos=attachments(TYPE, [found.pk])[found.pk],
        merged=_rows(merged),
        gone=gone,
        looks_like=[] if gone else _rows(_alike(found)),
    )


def _points(found: Activity) -> list[PointShown]:
    points = list(Point.objects.filter(activity=found).order_by("position"))
    owed = {p.about_id: p for p in _owed([point.pk for point in points if point.owed])}
    owners = rows({promise.unit_id for promise in owed.values()})
    return [_point(point, owed.get(point.pk), owners) for point in points]


def _owed(points: Sequence[int]) -> QuerySet[Promise]:
    return Promise.objects.filter(about_type=POINT, about_id__in=points).select_related("officer")


def _point(point: Point, promise: Promise | None, owners: dict[int, UnitRow]) -> PointShown:
    if promise is None:
        return PointShown(point.pk, point.position, point.words, point.owed, point.answer, point.answered_on)
    return PointShown(
        point.pk, point.position, point.words, point.owed, point.answer, point.answered_on,
        due_on=promise.due_on, owner=owners[promise.unit_id], officer=promise.officer.name if promise.officer else "",
        open=promise.state == State.OPEN, late=promise.overdue_on is not None,
    )  # fmt: skip


def point_of(number: int) -> tuple[int, int] | None:
    """Return the activity and the place of a point, and nothing that is in it."""
    return Point.objects.filter(pk=number).values_list("activity_id", "position").first()


def photo(token: str, viewer: Person, on: date) -> AttachmentRow:
    """Return a photo of an activity that the viewer may see.

    :raises Refused: if there is none, or they may not
    """
    found = attachment(token)
    if found.about_type != TYPE:
        raise UnknownActivity(gettext_noop("Không có ảnh này."))
    seen(found.about_id, viewer, on)
    return found


# Of two that look alike one is marked at least. What was set right or withdrawn since is compared once more.
_LIKE = f"""
    SELECT least(one.id, other.id), greatest(one.id, other.id) FROM {Activity._meta.db_table} one
    JOIN {Activity._meta.db_table} other ON other.area_id = one.area_id AND other.day = one.day AND other.form = one.form
        AND other.merged_into_id IS NULL AND other.withdrawn_on IS NULL AND (other.id > one.id OR NOT other.alike)
    WHERE one.alike AND one.merged_into_id IS NULL AND one.withdrawn_on IS NULL AND one.day >= %s AND one.id <> other.id
        AND (one.unit_id = ANY(%s::bigint[]) OR other.unit_id = ANY(%s::bigint[]))
        AND (one.unit_id <> other.unit_id OR one.topic = other.topic)
        AND (one.model_id = other.model_id OR one.model_id IS NULL OR other.model_id IS NULL)
        AND NOT EXISTS (SELECT FROM community_keptapart apart
            WHERE apart.one_id = least(one.id, other.id) AND apart.other_id = greatest(one.id, other.id))
    ORDER BY one.day DESC, one.id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Twins:
    """Two notings that may be of one activity."""

    one: ActivityRow
    other: ActivityRow


def twins(viewer: Person, on: date, since: date, limit: int = 20) -> list[Twins]:
    """Return pairs of notings of the same day, place and form since a day, for a person to look at side by side."""
    units = list(visible_units(Right.WRITE_COMMUNITY, viewer, on))
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [since, units, units, limit])
        pairs = cursor.fetchall()
    wanted = Activity.objects.filter(pk__in={pk for pair in pairs for pk in pair})
    found = {one.pk: one for one in wanted.select_related("by", "model")}
    shown = dict(zip(found, _rows(list(found.values())), strict=True))
    return [Twins(shown[one], shown[other]) for one, other in pairs]


def _alike(found: Activity) -> list[Activity]:
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [found.day, [found.unit_id], [found.unit_id], 200])
        pairs = [pair for pair in cursor.fetchall() if found.pk in pair]
    numbers = {pk for pair in pairs for pk in pair} - {found.pk}
    return list(Activity.objects.filter(pk__in=numbers).select_related("by", "model").order_by("pk"))


@dataclass(frozen=True)
class OfModel:
    """What was held for a model: how often, how many came, the last few."""

    held: int
    heads: int
    latest: Sequence[ActivityRow]


def of_model(model: int, viewer: Person, on: date, *, limit: int = 8) -> OfModel:
    """Return what was held for a model, of the activities that the viewer may see."""
    found = _visible(viewer, on).filter(model=model)
    told = found.aggregate(held=Count("pk"), heads=Sum("heads"))
    latest = list(found.select_related("by", "model").order_by("-day", "-id")[:limit])
    return OfModel(told["held"], told["heads"] or 0, _rows(latest))


@dataclass(frozen=True)
class AtPlace:
    """How many activities were held in a ward, and how many came."""

    area: UnitRow
    held: int
    heads: int


_BY_AREA = f"""
    SELECT area_id, count(*), sum(heads) FROM {Activity._meta.db_table}
    WHERE merged_into_id IS NULL AND withdrawn_on IS NULL AND day BETWEEN %s AND %s AND unit_id = ANY(%s::bigint[])
"""


def by_area(viewer: Person, on: date, filters: Filters, since: date, until: date) -> list[AtPlace]:
    """Return how many activities were held in each ward between two days, of those that the viewer may see."""
    sql = _BY_AREA
    values: list[Any] = [since, until, list(visible_units(Right.READ_COMMUNITY, viewer, on))]
    for name, value in (("form", filters.form), ("topic", filters.topic)):
        if value is not None:
            sql, values = f"{sql} AND {name} = %s", [*values, value.value]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} GROUP BY area_id", values)
        found = cursor.fetchall()
    return [AtPlace(row(area), held, int(heads or 0)) for area, held, heads in found]
