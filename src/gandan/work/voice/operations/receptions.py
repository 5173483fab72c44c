"""The calendar of citizen reception: kept by the unit, booked and cancelled by who comes, told when it is called off."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.utils import IntegrityError

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.prepared import added
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.messages.operations import Note, send_many
from gandan.ground.messages.rules import BadAddress, Channel, reachable
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import Reception, Visitor
from gandan.work.voice.queries.receptions import free_of
from gandan.work.voice.rules.brought import NotReady, NotSaid, phone_of, tidy
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of
from gandan.work.voice.rules.receptions import MOST_DAYS, BadPlan, NoReception, NotFree, times

KEPT = timedelta(days=30)  # after the day itself
AT_ONCE = 500
WAY_BACK = "/public/reception/mine/"


@operation
def plan_receptions(
    *, unit: Unit, receiver: str, place: str, days: Sequence[date], begins: time, ends: time, minutes: int, source: str,
    by: Person, on: date,
) -> list[Reception]:  # fmt: skip
    """Put sessions into a unit's calendar, on one or several days.

    :raises NotAllowed: if `by` may not answer people at the unit
    :raises NotStanding: if the unit does not exist on the day
    :raises BadPlan: if something is missing or can't be so
    """
    require(Right.ANSWER_VOICE, by=by, unit=unit, on=on)
    who, where, paper = tidy(receiver, 200), tidy(place, 300), tidy(source, 300)
    for field, said in (("receiver", who), ("place", where), ("source", paper)):
        if not said:
            raise BadPlan(field, gettext_noop("Xin ghi ô này: lịch tiếp công dân phải nói ai tiếp, ở đâu, theo văn bản nào."))
    if not days or len(days) > MOST_DAYS or min(days) < on:
        raise BadPlan("day", gettext_noop("Xin chọn ngày, từ hôm nay trở đi, nhiều nhất {most} lần."), most=MOST_DAYS)
    if not 5 <= minutes <= 240 or not times(begins, ends, minutes):
        raise BadPlan("ends", gettext_noop("Giờ cuối phải sau giờ đầu, đủ tiếp ít nhất một người."))
    check_standing(unit, on)
    made = []
    for day in days:
        session = Reception(
            unit=unit, receiver=who, place=where, day=day, begins=begins, ends=ends, minutes=minutes, source=paper, by=by, on=on
        )
        try:
            added(session)
        except IntegrityError as twice:
            if "one_reception_at_a_time" not in str(twice):
                raise
            raise BadPlan("day", gettext_noop("Ngày {day} đã có buổi này trong lịch."), day=f"{day:%d/%m/%Y}") from twice
        record(Kind.RECEPTION_PLANNED, about=session, unit=unit, day=on, by=by)
        made.append(session)
    return made


@operation
def call_off(*, reception: Reception | int, why: str, by: Person, on: date) -> Reception:
    """Call a session off; whoever has booked is told, and may book another.

    :raises NotAllowed: if `by` may not answer people at the unit
    :raises NoReception: if there is none, it is over or was called off
    :raises BadPlan: if no reason is said
    """
    session = _locked(reception, on)
    require(Right.ANSWER_VOICE, by=by, unit=session.unit, on=on)
    said = tidy(why, 300)
    if not said:
        raise BadPlan("why", gettext_noop("Xin ghi lý do, người đã đặt giờ đọc được."))
    session.called_off_on, session.why = on, said
    session.save(update_fields=["called_off_on", "why"])
    record(Kind.RECEPTION_CALLED_OFF, about=session, unit=session.unit, day=on, by=by)
    coming = [one for one in Visitor.objects.filter(reception=session, cancelled_on=None) if _reachable(one.phone)]
    notes = [
        Note(
            key=f"reception:{session.pk}:off:{one.pk}", channel=Channel.SMS, to=one.phone, template="voice-word", about=session,
            unit=session.unit,
            parameters={"number": f"TCD-{session.pk}", "unit": session.unit.name, "link": f"{settings.BASE_URL}{WAY_BACK}"},
        )
        for one in coming
    ]  # fmt: skip
    if notes:
        send_many(notes=notes, by=by, on=on)
    return session


@operation
def book_reception(
    *, reception: Reception | int, at: time, name: str, phone: str, about: str, code: str, by: Person, on: date, now: datetime
) -> Visitor:
    """Take a time of a session. Pressed twice it is taken once, by the same code.

    :param now: by a clock of the place
    :raises NoReception: if there is none, it is over or was called off
    :raises NotReady: if no name or telephone is said
    :raises NotFree: if the time is taken or over
    """
    if known := Visitor.objects.filter(digest=digest_of(code)).first():
        unchanged()
        return known
    session = _locked(reception, on)
    wrong = {}
    if not tidy(name, 200):
        wrong["name"] = NotSaid(gettext_noop("Xin ghi họ tên để người tiếp biết đón ai."))
    if not phone_of(phone):
        wrong["phone"] = NotSaid(gettext_noop("Xin ghi số điện thoại để báo khi lịch thay đổi."))
    if wrong:
        raise NotReady(wrong)
    if at not in free_of(session, now):
        raise NotFree(gettext_noop("Giờ này vừa có người đặt, hoặc đã qua. Xin chọn giờ khác."))
    made = Visitor.objects.create(
        digest=digest_of(code), reception=session, unit=session.unit, time=at, about=tidy(about, 1000), name=tidy(name, 200),
        phone=phone_of(phone), made_on=on, keep_until=session.day + KEPT,
    )  # fmt: skip
    record(Kind.RECEPTION_BOOKED, about=session, unit=session.unit, day=on, by=by)
    return made


@operation
def cancel_reception(*, code: str, by: Person, on: date) -> Visitor:
    """Give a time back, by its code. Twice is once.

    :raises UnknownReceipt: if the code opens nothing
    """
    found = (
        Visitor.objects.select_for_update(of=("self",)).select_related("unit", "reception").filter(digest=digest_of(code)).first()
    )
    if found is None:
        raise UnknownReceipt
    if found.cancelled_on is not None:
        unchanged()
        return found
    found.cancelled_on = on
    found.save(update_fields=["cancelled_on"])
    record(Kind.RECEPTION_GIVEN_BACK, about=found.reception, unit=found.unit, day=on, by=by)
    return found


@operation
def erase_visitors(*, by: Person, on: date) -> list[int]:
    """Erase who came, when their time is up; return their numbers."""
    numbers = list(Visitor.objects.filter(keep_until__lt=on).order_by("keep_until").values_list("pk", flat=True)[:AT_ONCE])
    Visitor.objects.filter(pk__in=numbers).delete()
    unchanged()  # the calendar stays
    return numbers


def _locked(reception: Reception | int, on: date) -> Reception:
    number = reception if isinstance(reception, int) else reception.pk
    found = Reception.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=number).first()
    if found is None or found.called_off_on is not None or found.day < on:
        raise NoReception(gettext_noop("Buổi tiếp công dân này không có, đã qua, hoặc đã hoãn."))
    return found


def _reachable(phone: str) -> bool:
    try:
        reachable(Channel.SMS, phone)
    except BadAddress:
        return False
    return True
