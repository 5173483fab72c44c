"""The sender at work: takes what is due in hand, tells the server, notes what it said.

An e-mail is sent at least once, and once unless the machine dies in the instant between the server's answer and our note of
it; then it is sent again under the same Message-ID. A gateway that heeds the idempotency key makes that exactly once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.utils.timezone import localdate, localtime, now

from gandan.ground.documents import queries as documents
from gandan.ground.messages import operations as messages
from gandan.ground.messages import queries as outbox
from gandan.ground.messages.operations import Held
from gandan.ground.messages.rules import Channel, Trouble, WayOut, read_quiet_hours
from gandan.ground.messages.transports import Enclosure, Gateway, Mail, NotSent, Way
from gandan.ground.messages.transports.mail import Server
from gandan.ground.organisations import queries as organisations

MARGIN = timedelta(minutes=2)  # nothing is begun that might last longer than the message is ours
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Route:
    """Which channels go which way now."""

    channels: tuple[Channel, ...]
    open: Callable[[], Way]


def mail() -> Route | None:
    """Return the way of e-mail; None if there is no server, or nothing is to be sent."""
    if settings.NO_SENDING or not settings.MAIL_HOST or WayOut.EMAIL in outbox.stopped_ways():
        return None
    server = Server(
        host=settings.MAIL_HOST,
        port=settings.MAIL_PORT,
        sender=settings.MAIL_FROM,
        tls=settings.MAIL_TLS,
        user=settings.MAIL_USER,
        password=settings.MAIL_PASSWORD,
    )
    return Route((Channel.EMAIL,), partial(Mail, server))


def short_messages() -> Route | None:
    """Return the way of short messages; None if there is no gateway, nothing is to be sent, or people are asleep."""
    if settings.NO_SENDING or not settings.GATEWAY_URL or WayOut.SHORT in outbox.stopped_ways():
        return None
    if read_quiet_hours(outbox.quiet_hours(settings.QUIET_HOURS)).holds(localtime().time()):
        return None
    return Route((Channel.SMS, Channel.ZNS), partial(Gateway, settings.GATEWAY_URL, settings.GATEWAY_SECRET))


def send_due(route: Route | None) -> int:
    """Send what is due along a route, until nothing is left or the server is away; return how many went out."""
    if route is None:
        return 0
    way, out = route.open(), 0
    try:
        while held := messages.claim(by=organisations.clock(), on=localdate(), at=now(), channels=route.channels):
            out_now, away = _send(held, way)
            out += out_now
            if away:
                break
    finally:
        way.close()
    return out


def _send(held: list[Held], way: Way) -> tuple[int, bool]:
    """Send some messages; return how many went out, and whether the server is away."""
    by, out = organisations.clock(), 0
    for nth, one in enumerate(held):
        if now() + MARGIN > one.until:
            messages.release(held=held[nth:], by=by, on=localdate())
            return out, False
        try:
            enclosure = _enclosure(one)
            if not messages.begin(held=one, by=by, on=localdate()):
                continue
            answer = way.send(one, enclosure, int(now().timestamp()))
        except NotSent as problem:
            log.warning("Message %s was not sent: %s", one.id, problem.answer)
            messages.failed(held=one, trouble=problem.trouble, answer=problem.answer, by=by, on=localdate(), at=now())
            if problem.trouble is Trouble.AWAY:
                messages.release(held=held[nth + 1 :], by=by, on=localdate())
                return out, True
        else:
            messages.sent(held=one, answer=answer, by=by, on=localdate())
            out += 1
    return out, False


def _enclosure(held: Held) -> Enclosure | None:
    if held.enclosed is None:
        return None
    try:
        paper = documents.papers([held.enclosed])[held.enclosed]
        return Enclosure(paper.file_name, "application/pdf", documents.pdf_of(held.enclosed))
    except (KeyError, documents.UnknownPaper) as gone:
        raise NotSent(Trouble.REFUSED, str(gone)) from gone
