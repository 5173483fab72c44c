"""The CAP messages of an alert: one for each time something is said, each referring to those before it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import get_default_timezone

from gandan.ground.organisations.queries import row
from gandan.work.notices.models import AlertDetail, Issued, Publication
from gandan.work.notices.rules.cap import Area, Message, Said, written

AROUND = 3.0  # kilometres round a ward's centre, where no outline is known
DOMAIN = "gandan"
OVER_EN = "This alert was taken back: what it warned of holds no longer."  # the reason itself is told in Vietnamese


def issue(found: Publication, kind: str, at: datetime, *, cancelled: str = "") -> Issued:
    """Write the message and keep it as it went out.

    :param cancelled: why it is over, where it is the last
    """
    detail = AlertDetail.objects.get(publication=found)
    before = list(Issued.objects.filter(publication=found).order_by("sent", "pk"))
    sent = max(at, before[-1].sent + timedelta(seconds=1)) if before else at
    sender = f"{found.unit.code.lower()}@{DOMAIN}"
    identifier = f"{DOMAIN}.{found.pk}.{len(before) + 1}"
    web = f"{settings.BASE_URL}/public/alerts/{found.pk}/"
    areas = [_area(place.pk) for place in detail.places.order_by("code")] or [_area(found.unit.pk)]
    message = Message(
        identifier=identifier, sender=sender, sender_name=found.unit.name, sent=here(sent), kind=kind,
        status="Exercise" if detail.exercise else "Actual", category=detail.category, urgency=detail.urgency,
        severity=detail.severity, certainty=detail.certainty, onset=here(detail.onset) if detail.onset else None,
        expires=here(max(detail.expires, sent)), web=web,
        contact=detail.contact, said=_said(found, detail, cancelled), areas=areas,
        references=[(sender, one.identifier, here(one.sent)) for one in before],
    )  # fmt: skip
    return Issued.objects.create(publication=found, identifier=identifier, kind=kind, sent=sent, content=written(message))


def here(at: datetime) -> datetime:
    """Return a moment by the clock of the city, so that a message is referred to in the very letters in which it went out."""
    return at.astimezone(get_default_timezone())


def _said(found: Publication, detail: AlertDetail, cancelled: str) -> list[Said]:
    said = [Said("vi-VN", found.title, found.summary, cancelled or found.text, detail.instruction)]
    title, summary, text = (found.in_english(part) for part in ("title", "summary", "text"))
    told = OVER_EN if cancelled else text
    if title and found.text_en and told:
        said.append(Said("en-US", title, summary or title, told, detail.instruction_en or detail.instruction))
    return said


def _area(unit: int) -> Area:
    found = row(unit)
    around = (found.latitude, found.longitude, AROUND) if found.latitude is not None and found.longitude is not None else None
    return Area(found.name, found.code, around)
