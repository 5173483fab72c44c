"""An emergency begins with an act and ends with a day. With it end what is owed, and soon what is known of anybody."""

from collections.abc import Sequence
from datetime import date, timedelta

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, children, require
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.ground.promises.operations import drop
from gandan.ground.promises.queries import open_about
from gandan.work.relief.flow import OPEN, State
from gandan.work.relief.models import Area, Emergency, Need
from gandan.work.relief.rules import Disaster

ANSWER = "relief.need"
TYPE = Need._meta.label_lower
KEPT = timedelta(days=30)  # after the end: complaints are looked at, then all of it goes


class NoAct(Refused):
    """An emergency is opened by an act and holds in wards."""


class Ended(Refused):
    """The emergency has ended."""


@operation
def open_emergency(
    *, unit: Unit, disaster: Disaster, title: str, act_number: str, act_body: str, act_day: date, wards: Sequence[Unit],
    by: Person, on: date,
) -> Emergency:  # fmt: skip
    """Open an emergency by an act, in wards. From now on people may ask for help there and offer it.

    :raises NotAllowed: if `by` may not open emergencies at the unit
    :raises NoAct: if act, title or wards are missing
    :raises NotStanding: if a ward does not exist on the day
    """
    require(Right.OPEN_EMERGENCIES, by=by, unit=unit, on=on)
    if not (title.strip() and act_number.strip() and act_body.strip() and wards):
        raise NoAct(gettext_noop("Cần tên gọi, văn bản (số, cơ quan ban hành, ngày) và ít nhất một phường, xã."))
    made = Emergency.objects.create(
        unit=unit, disaster=disaster.value, title=title.strip(), act_number=act_number.strip(), act_body=act_body.strip(),
        act_day=act_day, opened_on=on,
    )  # fmt: skip
    for ward in dict.fromkeys(wards):
        check_standing(ward, on)
        Area.objects.create(emergency=made, ward=ward, unit=taking(ward, unit, on))
    record(Kind.EMERGENCY_OPENED, unit=unit, day=on, by=by, about=made, disaster=disaster.value)
    return made


def taking(ward: Unit, opener: Unit, on: date) -> Unit:
    """Return who takes needs in a ward: its police, who are there by night; else who opened the emergency."""
    stations = [one for one in children(ward.pk, Line.ADMINISTRATION, on) if one.kind in {UnitKind.STATION, UnitKind.POST}]
    own = [one for one in stations if atlas().tree.place(one.id, Line.POLICE, on)]
    return Unit.objects.get(pk=own[0].id) if own else opener


@operation
def end(*, emergency: Emergency | int, by: Person, on: date) -> Emergency:
    """End an emergency: the public pages close, what is still open is closed with it, and the day of erasing is set.

    :raises NotAllowed: if `by` may not open and end emergencies at its unit
    :raises Ended: if it has ended
    """
    fresh = taken(emergency)
    require(Right.OPEN_EMERGENCIES, by=by, unit=fresh.unit, on=on)
    still_open(fresh)
    fresh.ended_on, fresh.erase_on = on, on + KEPT
    fresh.save()
    record(Kind.EMERGENCY_ENDED, unit=fresh.unit, day=on, by=by, about=fresh, disaster=fresh.disaster)
    left = list(Need.objects.select_for_update(of=("self",)).filter(emergency=fresh, state__in=OPEN).select_related("unit"))
    owed = open_about(TYPE, [one.pk for one in left], ANSWER)
    for one in left:
        if one.pk in owed:
            drop(promise=owed[one.pk], by=by, on=max(on, owed[one.pk].changed_on))
        record(Kind.NEED_DECLINED, unit=one.unit, day=on, by=by, about=one)
    Need.objects.filter(pk__in=[one.pk for one in left]).update(state=State.DECLINED.value, ended_on=on, secret="", opened_by="")
    return fresh


def taken(emergency: Emergency | int) -> Emergency:
    pk = emergency if isinstance(emergency, int) else emergency.pk
    return Emergency.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)


def still_open(emergency: Emergency) -> None:
    """:raises Ended: if it has ended"""
    if emergency.ended_on is not None:
        raise Ended(gettext_noop("Đợt cứu trợ “{title}” đã kết thúc ngày {day}."),
                    title=emergency.title, day=f"{emergency.ended_on:%d/%m/%Y}")  # fmt: skip
