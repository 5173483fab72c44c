"""Calendars that other programs read (RFC 5545)."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event


def served(what: str, events: Iterable[Event]) -> HttpResponse:
    """Hand out events as a calendar. Whoever has the address reads it: it is kept nowhere on the way."""
    book = Calendar()
    book.add("prodid", f"-//Gan Dan//{what}//VI")
    book.add("version", "2.0")
    for event in events:
        event.add("dtstamp", timezone.now())
        book.add_component(event)
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
