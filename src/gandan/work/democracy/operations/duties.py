"""Duties to publish: declared when something comes to be, proved place by place, dropped in the open."""

from datetime import date, timedelta

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about
from gandan.work.democracy.models import Duty, Proof
from gandan.work.democracy.rules.dated import Place, duty_rules, rule_of
from gandan.work.democracy.rules.writing import BadText, tidied

PROMISE, ABOUT = "duty.publish", "democracy.duty"
PICTURES = frozenset({"jpeg", "png", "webp"})
KEPT = timedelta(days=5 * 366)


class NotSo(Refused):
    """The duty is not where this can be done."""


@operation
def declare(*, unit: Unit, area: Unit, rule: str, title: str, born_on: date, by: Person, on: date) -> Duty:
    """Say that there is something the unit must publish. Where, by which day and for how long, the rule of that day says.

    :raises NotAllowed: if `by` may not write what the unit publishes
    :raises NoRule: if no rule of this code held when it came to be
    :raises BadText: if the title is missing or too long, or the day is still to come
    """
    require(Right.WRITE_NOTICES, by=by, unit=unit, on=on)
    if born_on > on:
        raise BadText(gettext_noop("Ngày này chưa đến."), field="born_on")
    check_standing(unit, on)
    follows = rule_of(duty_rules(), rule, born_on)
    duty = Duty.objects.create(
        unit=unit, area=area, rule=follows.code, title=tidied(title, "title", 200), places=[one.value for one in follows.places],
        born_on=born_on, due_on=due_date(born_on, follows.within, working_calendar(unit)), days=follows.days,
        source=follows.source, by=by,
    )  # fmt: skip
    record(Kind.DUTY_DECLARED, about=duty, unit=unit, day=on, by=by, rule=duty.rule)
    owe(
        kind=PROMISE, about=duty, label=duty.title, owed_to=Receiver.PUBLIC, unit=unit, due_on=max(duty.due_on, on), by=by, on=on,
        subject=duty.rule,
    )  # fmt: skip
    return duty


@operation
def prove(
    *, duty: Duty | int, place: Place, posted_on: date, by: Person, on: date, address: str = "", photo: Readable | None = None,
    photo_name: str = "",
) -> Proof:  # fmt: skip
    """Say that it hangs in one of its places, with the page or a photograph. With the last of them the duty is done.

    :raises NotAllowed: if `by` may not write what the unit publishes
    :raises NotSo: if it needn't hang there, hangs there already, or is no longer owed
    :raises BadText: if there is nothing to look at, the photograph is none, or the day can't be
    """
    fresh = _taken(duty)
    require(Right.WRITE_NOTICES, by=by, unit=fresh.unit, on=on)
    if fresh.dropped_on or place.value not in fresh.places:
        raise NotSo(gettext_noop("Nội dung này không phải công khai ở đó."), field="place")
    if Proof.objects.filter(duty=fresh, place=place.value).exists():
        raise NotSo(gettext_noop("Nơi này đã có minh chứng."), field="place")
    if not fresh.born_on <= posted_on <= on:
        raise BadText(gettext_noop("Ngày niêm yết phải từ ngày có nội dung đến hôm nay."), field="posted_on")
    if not address and photo is None:
        raise BadText(gettext_noop("Xin ghi địa chỉ trang, hoặc thêm một ảnh chụp bảng tin."), field="address")
    token = _photo(fresh, photo, photo_name, by, on) if photo is not None else ""
    proof = Proof.objects.create(
        duty=fresh, place=place.value, posted_on=posted_on, until=posted_on + timedelta(days=fresh.days - 1), address=address,
        photo=token, by=by,
    )  # fmt: skip
    record(Kind.DUTY_PROVED, about=fresh, unit=fresh.unit, day=on, by=by, rule=fresh.rule, place=place.value)
    hanging = dict(Proof.objects.filter(duty=fresh).values_list("place", "posted_on"))
    if set(hanging) == set(fresh.places):
        fresh.posted_on = max(hanging.values())
        fresh.save(update_fields=["posted_on"])
        for promise in open_about(ABOUT, [fresh.pk], PROMISE).values():
            keep(promise=promise, by=by, on=max(fresh.posted_on, promise.changed_on))
    return proof


def _photo(duty: Duty, photo: Readable, name: str, by: Person, on: date) -> str:
    kept = attach(about=duty, unit=duty.unit, source=photo, name=name, keep_until=on + KEPT, by=by, on=on)
    if kept.form not in PICTURES:
        raise BadText(gettext_noop("Tệp này không phải hình. Xin chọn ảnh JPEG, PNG hoặc WebP."), field="photo")
    return kept.token


@operation
def drop_duty(*, duty: Duty | int, why: str, by: Person, on: date) -> Duty:
    """Say that it need not be published after all, and why: the reason stands in public beside it.

    :raises NotAllowed: if `by` may not publish for the unit
    :raises NotSo: if it was done or dropped before
    :raises BadText: if no reason is given
    """
    fresh = _taken(duty)
    require(Right.PUBLISH_NOTICES, by=by, unit=fresh.unit, on=on)
    if fresh.posted_on or fresh.dropped_on:
        raise NotSo(gettext_noop("Nội dung này đã công khai xong hoặc đã thôi."))
    fresh.dropped_on, fresh.dropped_why = on, tidied(why, "why", 300)
    fresh.save(update_fields=["dropped_on", "dropped_why"])
    record(Kind.DUTY_DROPPED, about=fresh, unit=fresh.unit, day=on, by=by, rule=fresh.rule)
    for promise in open_about(ABOUT, [fresh.pk], PROMISE).values():
        drop(promise=promise, by=by, on=on)
    return fresh


def _taken(duty: Duty | int) -> Duty:
    pk = duty if isinstance(duty, int) else duty.pk
    return Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
