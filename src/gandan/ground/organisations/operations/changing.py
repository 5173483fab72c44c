"""What every act on the tree shares: the lock, the checks, re-dating placements, telling the ledger."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from gandan.ground.ledger.answering import forget
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import group_units, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import LegalAct, Person, Placement, TreeVersion, Unit
from gandan.ground.organisations.queries import check_standing, tree
from gandan.ground.organisations.rules import LINE_NAMES, NEVER, Act, Line


class OutOfOrder(Refused):
    """A later act already stands. The past of the tree is not rewritten; what is wrong is put right by a further act."""


class Circle(Refused):
    """A unit would come to stand under itself."""


class NoPlace(Refused):
    """A unit has no place on a line on the day on which it would be needed there."""


class AlreadySo(Refused):
    """The act would change nothing."""


class Unfit(Refused):
    """A field holds what it may not: a code of another shape, a name too long."""


def save_fit(record: Model, fields: Iterable[str] | None = None) -> None:
    """Save a record, all of it or some fields.

    :raises Unfit: naming each field that holds what it may not
    """
    try:
        record.full_clean(exclude=["password"])
    except ValidationError as error:
        faults = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        raise Unfit(gettext_noop("Chưa hợp lệ: {faults}"), faults=faults) from error
    record.save(update_fields=fields)


def begin() -> TreeVersion:
    """Wait for whoever else is changing the tree. Until our transaction ends nobody else does."""
    version = TreeVersion.objects.select_for_update().get(pk=1)
    forget()  # what was asked before the wait
    return version


def finish(version: TreeVersion, *, founded: Mapping[int, date] | None = None) -> None:
    """Make the change known. Units that were founded are summed together with all others under the same root."""
    version.number, version.token = version.number + 1, uuid.uuid4()
    version.save(update_fields=["number", "token"])
    forget()
    if not founded:
        return
    blocks: dict[int, list[int]] = {}
    now = tree()
    for unit, day in founded.items():
        blocks.setdefault(now.path(unit, Line.ADMINISTRATION, day)[0], []).append(unit)
    for root, units in blocks.items():
        group_units(root, units)


def entered(act: Act) -> LegalAct:
    found, _ = LegalAct.objects.get_or_create(
        number=act.number,
        body=act.body,
        defaults={"title": act.title, "day": act.day, "source": act.source, "verified": act.verified},
    )
    return found


def locked(unit: Unit, day: date) -> Unit:
    """Return the unit as it is now, which must stand on `day` and not be about to end."""
    fresh = Unit.objects.select_for_update().get(pk=unit.pk)
    check_standing(fresh, day)
    if fresh.closed_on is not None:
        raise OutOfOrder(
            gettext_noop("{name} ({code}) sẽ kết thúc từ {closed} theo văn bản đã nhập."),
            name=fresh.name, code=fresh.code, closed=f"{fresh.closed_on:%d/%m/%Y}",
        )  # fmt: skip
    return fresh


def check_parent(unit: Unit | None, parent: Unit, line: Line, day: date) -> None:
    """Make sure that a unit may come under `parent` from `day` on.

    :raises NoPlace: if the parent has no lasting place on the line
    :raises Circle: if the parent is, or comes to be, under the unit
    """
    if not _stays(parent, line, day):
        raise NoPlace(
            gettext_noop("{name} ({code}) không có vị trí lâu dài trong hệ thống {line} từ {day}."),
            name=parent.name, code=parent.code, line=LINE_NAMES[line], day=f"{day:%d/%m/%Y}",
        )  # fmt: skip
    if unit is not None and any(below == parent.pk for below, _, _ in tree().below(unit.pk, line, day, NEVER)):
        raise Circle(gettext_noop("{parent} đang ở dưới {name}."), parent=parent.name, name=unit.name)


def _stays(unit: Unit, line: Line, day: date) -> bool:
    """Say whether the unit has a place on the line from `day` on and, wherever it moves, without end."""
    until = day
    for place in tree().places(unit.pk, line):
        if place.start <= until < place.end:
            until = place.end
    return until == NEVER


def put(unit: Unit, line: Line, parent: Unit | int | None, day: date, act: LegalAct) -> None:
    """End the unit's place on the line, if it has one, and begin another. Checks are the caller's."""
    end_places([unit.pk], day, line)
    parent_id = parent.pk if isinstance(parent, Unit) else parent
    Placement.objects.create(unit=unit, line=line.value, parent_id=parent_id, during=DateRange(day, None), act=act)


def end_places(units: Iterable[int], day: date, line: Line | None = None) -> None:
    """End the open placements of units.

    :raises OutOfOrder: if one begins on `day` or later
    """
    places = Placement.objects.filter(unit__in=list(units), during__endswith__isnull=True).select_related("unit")
    for place in places.filter(line=line.value) if line else places:
        if place.during.lower >= day:
            raise OutOfOrder(
                gettext_noop("{name} ({code}) đã có vị trí khác trong hệ thống từ {day}."),
                name=place.unit.name, code=place.unit.code, day=f"{place.during.lower:%d/%m/%Y}",
            )  # fmt: skip
        place.during = DateRange(place.during.lower, day)
        place.save(update_fields=["during"])


def told_of_move(unit: Unit, line: Line, day: date, by: Person) -> None:
    record(Kind.UNIT_MOVED, unit=unit, day=day, by=by, about=unit, line=line.value)
