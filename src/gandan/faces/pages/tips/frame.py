"""What stands around every page of the door: it forgets who asks, keeps nothing in a browser, and tells a log nothing."""

import logging
import traceback
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

Respond = Callable[[HttpRequest], HttpResponse]
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=(), clipboard-read=()",
    "X-DNS-Prefetch-Control": "off",
}
FORGOTTEN = (
    "REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP",
    "HTTP_FORWARDED", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_VIA",
)  # fmt: skip
log = logging.getLogger(__name__)


def forget(respond: Respond) -> Respond:
    """Let nothing behind us know from where or with what somebody came."""

    def answer(request: HttpRequest) -> HttpResponse:
        for name in FORGOTTEN:
            request.META.pop(name, None)
        return respond(request)

    return answer


def close(respond: Respond) -> Respond:
    """Close the page to everything it doesn't need, and keep it out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


def own_name(respond: Respond) -> Respond:
    """Answer to the door's own names alone: under another it would be found by who looks through addresses."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse(status=400)
        return respond(request)

    return answer


def language(respond: Respond) -> Respond:
    """Vietnamese, or what the address says: nothing is remembered, and the browser isn't asked."""
    known = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        with translation.override(asked if asked in known else settings.LANGUAGE_CODE):
            return respond(request)

    return answer


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "tips/failed.html", {}, status=500)


class Quiet:
    """Answer a fault with a page that tells nothing, and log where it was: no words, no values."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        log.error("%s at %s:%s", type(fault).__name__, last.filename.rpartition("/")[2], last.lineno)
        return failed(request)
