"""What is out. Everyone reads the same."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Greatest

from gandan.ground.ledger.prepared import Table, asked, planned
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.queries import UnitRow, rows
from gandan.ground.vietnam.text import fold
from gandan.work.notices.flow import Sort, State, Why
from gandan.work.notices.models import AlertDetail, ClaimCheck, Edition, Issued, Publication, Source
from gandan.work.notices.rules.kinds import Channel

PUBLICATION, ALERT = Table(Publication, "p"), Table(AlertDetail, "a")
_ALERTS = f"""
    SELECT {PUBLICATION.columns}, {ALERT.columns}, ARRAY(
        SELECT h.unit_id FROM notices_alertdetail_places h JOIN organisations_unit u ON u.id = h.unit_id
        WHERE h.alertdetail_id = a.id ORDER BY u.code)
    FROM notices_alertdetail a JOIN notices_publication p ON p.id = a.publication_id
    WHERE p.sort = %s AND p.state = %s AND a.expires > %s ORDER BY p.published_at DESC, p.id DESC LIMIT %s
"""  # above every public page
IS_OUT = Q(state__in=[State.PUBLISHED.value, State.WITHDRAWN.value])
MOST = 50


class UnknownPublication(Refused):
    """Nothing like that is out."""


@dataclass(frozen=True)
class Shown:
    """A publication as everyone reads it: what it says, in whose name, and all that it said before."""

    record: Publication
    unit: UnitRow
    place: UnitRow | None
    editions: Sequence[Edition] = ()
    check: ClaimCheck | None = None
    concerned: UnitRow | None = None
    sources: Sequence[Source] = ()
    alert: AlertDetail | None = None
    places: Sequence[UnitRow] = ()

    @property
    def withdrawn(self) -> bool:
        return self.record.state == State.WITHDRAWN.value

    def over(self, on: date) -> bool:
        return self.record.until is not None and self.record.until < on


def out() -> QuerySet[Publication]:
    return Publication.objects.filter(IS_OUT)


def news(
    on: date,
    *,
    sorts: Collection[Sort] = (),
    place: int | None = None,
    archived: bool = False,
    before: int | None = None,
    limit: int = MOST,
) -> list[Shown]:
    """Return what is out, the newest first: what holds, or the archive.

    :param place: of this ward, and of everywhere
    """  # fmt: skip
    return _shown(_news(on, tuple(sorts), place, archived, before, limit))


@planned
def _news(
    on: date, sorts: tuple[Sort, ...], place: int | None, archived: bool, before: int | None, limit: int
) -> QuerySet[Publication]:
    found = (
        out() if archived else Publication.objects.filter(state=State.PUBLISHED.value).filter(Q(until=None) | Q(until__gte=on))
    )
    if archived:
        found = found.filter(Q(state=State.WITHDRAWN.value) | Q(until__lt=on))
    if sorts:
        found = found.filter(sort__in=[one.value for one in sorts])
    if place is not None:
        found = found.filter(Q(place=None) | Q(place_id=place))
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-published_at", "-pk")[:limit]


def changed(
    on: date, *, sorts: Collection[Sort], channel: Channel, since: datetime, limit: int = MOST
) -> list[tuple[Shown, datetime]]:
    """Return what is out by a channel and holds, and what was withdrawn since a moment, each with when it last changed.

    Whoever has read it by this channel learns here that it was taken back.
    """
    held = Q(state=State.PUBLISHED.value) & (Q(until=None) | Q(until__gte=on)) | Q(withdrawn_at__gte=since)
    asked_for = Publication.objects.filter(held, sort__in=[one.value for one in sorts], channels__contains=[channel.value])
    moment = Greatest("published_at", "withdrawn_at", Max("editions__at"))
    moments = dict(asked_for.annotate(moment=moment).order_by("-moment", "-pk").values_list("pk", "moment")[:limit])
    shown = _shown(Publication.objects.filter(pk__in=moments))
    return sorted(((one, moments[one.record.pk]) for one in shown), key=lambda each: (each[1], each[0].record.pk), reverse=True)


def found(text: str, sorts: Collection[Sort], limit: int = 12) -> list[Shown]:
    """Return what is out and has all these words, with or without marks, the newest first."""
    held = Publication.objects.filter(state=State.PUBLISHED.value, sort__in=[one.value for one in sorts])
    for word in fold(text).split():
        held = held.filter(search__contains=word)
    return _shown(held.order_by("-published_at", "-pk")[:limit])


def shown(number: int) -> Shown:
    """Return one publication with all that belongs to it; a withdrawn one stays at its address.

    :raises UnknownPublication: if none of this number was ever out
    """
    record = out().select_related("claim_check", "alert").filter(pk=number).first()
    if record is None:
        raise UnknownPublication(gettext_noop("Không có bài này. Bài đã đăng thì luôn còn ở địa chỉ cũ, kể cả khi đã rút."))
    return whole(record)


def whole(record: Publication) -> Shown:
    """Return a publication with its editions, its check or its alert."""
    check, alert = getattr(record, "claim_check", None), getattr(record, "alert", None)
    places = list(alert.places.order_by("code").values_list("pk", flat=True)) if alert else []
    wanted = {record.unit_id, record.place_id, check.concerned_id if check else None, *places}
    units = rows({unit for unit in wanted if unit is not None})
    return Shown(
        record, units[record.unit_id], units.get(record.place_id or 0),
        editions=list(Edition.objects.filter(publication=record).order_by("-number")),
        check=check, concerned=units.get(check.concerned_id or 0) if check else None,
        sources=list(check.sources.order_by("position")) if check else (), alert=alert, places=[units[place] for place in places],
    )  # fmt: skip


def alerts_now(at: datetime, place: int | None = None) -> list[Shown]:
    """Return the alerts that hold at this moment, of a ward or of all, the worst first: what they say and where, no more."""
    found = [
        (PUBLICATION.record(row), ALERT.record(row, PUBLICATION.width), row[-1])
        for row in asked(_ALERTS, [Sort.ALERT.value, State.PUBLISHED.value, at, MOST])
    ]  # fmt: skip
    units = rows({one.unit_id for one, _alert, _hit in found}.union(*(hit for _one, _alert, hit in found)))
    held = [
        Shown(one, units[one.unit_id], units.get(one.place_id or 0), alert=alert, places=[units[each] for each in hit])
        for one, alert, hit in found if place is None or not hit or place in hit
    ]  # fmt: skip
    worst = ("Extreme", "Severe", "Moderate", "Minor")
    return sorted(held, key=lambda one: worst.index(one.alert.severity) if one.alert else 0)


def cap_messages(limit: int = MOST) -> list[Issued]:
    """Return the CAP messages that went out, the newest first."""
    return list(Issued.objects.select_related("publication__unit").order_by("-sent", "-pk")[:limit])


def cap_message(identifier: str) -> Issued:
    """:raises UnknownPublication: if no message had this identifier"""
    message = Issued.objects.filter(identifier=identifier).first()
    if message is None:
        raise UnknownPublication(gettext_noop("Không có bài này. Bài đã đăng thì luôn còn ở địa chỉ cũ, kể cả khi đã rút."))
    return message


def errors_of_ours(limit: int = MOST) -> list[Edition]:
    """Return the changes that were made because we had been wrong, the newest first."""
    found = Edition.objects.filter(why=Why.OUR_ERROR.value).select_related("publication")
    return list(found.order_by("-at", "-pk")[:limit])


@planned
def _checks(publications: tuple[int, ...]) -> QuerySet[ClaimCheck]:
    return ClaimCheck.objects.filter(publication__among=publications)


def _shown(found: Iterable[Publication]) -> list[Shown]:
    records = list(found)
    checks = {one.publication_id: one for one in _checks(tuple(sorted(one.pk for one in records if one.sort == Sort.CORRECTION)))}
    units = rows({one.unit_id for one in records} | {one.place_id for one in records if one.place_id})
    return [Shown(one, units[one.unit_id], units.get(one.place_id or 0), check=checks.get(one.pk)) for one in records]
