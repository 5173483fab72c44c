"""What is out, for programs: news as Atom, alerts as CAP 1.2 with a feed that leads to each message."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import news, shelf, words
from gandan.faces.pages.public import there
from gandan.ground.ledger.rules import Refused
from gandan.work.notices import queries as notices
from gandan.work.notices.flow import Sort
from gandan.work.notices.rules.kinds import Channel

ATOM = "http://www.w3.org/2005/Atom"
CAP = "application/cap+xml"
WITHDRAWN_FOR = timedelta(days=30)
NEVER = datetime(2022, 6, 23, tzinfo=UTC)  # of a feed in which nothing has been yet: the same at every reading


@require_safe
@shelf.keep(60)
def atom(request: HttpRequest) -> HttpResponse:
    """News and corrections. What was withdrawn says so for a month: who has it already should learn of it."""
    since = timezone.now() - WITHDRAWN_FOR
    found = notices.changed(localdate(), sorts=(Sort.NOTICE, Sort.CORRECTION), channel=Channel.FEED, since=since)
    feed = _feed(_("Tin của Gần Dân"), "public-feed", "public-news", [at for _one, at in found])
    for one, at in found:
        title, summary = news.title_of(one), news.summary_of(one)
        if one.withdrawn:
            title, summary = _("Đã rút: %(title)s") % {"title": title}, one.record.withdrawn_why
        name = f"publication:{one.record.pk}"
        entry = _entry(feed, name, title, one.unit.name, published=one.record.published_at or at, updated=at)
        SubElement(entry, "link", rel="alternate", type="text/html", href=_whole(news.address_of(one)))
        SubElement(entry, "summary").text = summary
    return _answer(feed)


@require_safe
@shelf.keep(15)
def alerts(request: HttpRequest) -> HttpResponse:
    """Each message of each alert, the newest first, with its CAP file."""
    found = notices.cap_messages()
    feed = _feed(_("Cảnh báo"), "public-alert-feed", "public-alerts", [one.sent for one in found])
    for one in found:
        said = one.publication
        title = f"[{one.kind}] {words.named(said.title, said.in_english('title'))}"
        entry = _entry(feed, one.identifier, title, one.publication.unit.name, published=one.sent, updated=one.sent)
        SubElement(entry, "link", rel="alternate", type=CAP, href=_whole(there("public-cap", one.identifier)))
        SubElement(entry, "summary").text = words.named(said.summary, said.in_english("summary"))
    return _answer(feed)


@require_safe
@shelf.keep(600)
def cap(request: HttpRequest, identifier: str) -> HttpResponse:
    """One CAP message as it went out."""
    try:
        message = notices.cap_message(identifier)
    except Refused as refused:
        raise Http404 from refused
    return HttpResponse(message.content, content_type=f"{CAP}; charset=utf-8")


def _feed(title: str, here: str, page: str, moments: Iterable[datetime]) -> Element:
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en" if words.english() else "vi"})
    SubElement(feed, "id").text = _whole(there(here))
    SubElement(feed, "title").text = title
    SubElement(feed, "updated").text = _moment(max(moments, default=NEVER))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=_whole(there(here)))
    SubElement(feed, "link", rel="alternate", type="text/html", href=_whole(there(page)))
    return feed


def _entry(feed: Element, name: str, title: str, author: str, *, published: datetime, updated: datetime) -> Element:
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = f"{settings.BASE_URL}/public/#{name}"
    SubElement(entry, "title").text = title
    SubElement(entry, "published").text = _moment(published)
    SubElement(entry, "updated").text = _moment(updated)
    SubElement(SubElement(entry, "author"), "name").text = author
    return entry


def _moment(at: datetime) -> str:
    """Return a moment as RFC 3339 has it, by the clock of the place."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def _answer(feed: Element) -> HttpResponse:
    content = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8", xml_declaration=False)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
