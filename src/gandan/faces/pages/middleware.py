"""What every answer carries: a strict content policy, and the language the reader chose. What no address may hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from gandan.faces.pages.errors import not_found
from gandan.faces.pages.words import ENGLISH
from gandan.ground.audit.noting import came
from gandan.ground.audit.rules import Channel
from gandan.ground.ledger.answering import answering

Respond = Callable[[HttpRequest], HttpResponse]


def policy(*, wasm: bool = False) -> str:
    """No inline script or style, nothing from elsewhere, no frames. Drawings in style sheets are data:.

    With `wasm` a page may also run WebAssembly; a view that must sets the header itself, and it stays as it is.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'" if wasm else "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


POLICY = policy()
NOT_USED = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid", "idle-detection",
    "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_USED)


def content_policy(respond: Respond) -> Respond:
    """Close what a page doesn't need; keep what is shown to somebody signed in out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def readable_address(respond: Respond) -> Respond:
    """No code, number or name holds a NUL, and PostgreSQL takes none: a page's address with one leads nowhere.

    Programs are refused by the API itself, in its own form.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            return respond(request)
        if "\0" in request.path_info or any("\0" in value for values in request.GET.lists() for value in values[1]):
            return not_found(request)
        return respond(request)

    return answer


def way(respond: Respond) -> Respond:
    """Let the log know how somebody came: by a page, or as a program."""

    def answer(request: HttpRequest) -> HttpResponse:
        with answering(), came(channel=Channel.API.value if request.path_info.startswith("/api/") else Channel.PAGE.value):
            return respond(request)

    return answer


def language(respond: Respond) -> Respond:
    """Vietnamese, unless the reader chose otherwise, never by the browser's own.

    Below `/en/` every page is in English, and its links stay there: who only reads needs no cookie. By `?lang=` it is remembered.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = asked if asked in known else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        below = request.path_info.startswith(ENGLISH) and not request.path_info.startswith("/en/api/")
        if below:
            chosen, request.path_info = "en", request.path_info[len(ENGLISH) - 1 :]
        with (
            _at(ENGLISH if below else get_script_prefix()),
            translation.override(chosen if chosen in known else settings.LANGUAGE_CODE),
        ):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = respond(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if asked in known and not below:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=365 * 86400, samesite="Lax", httponly=True,
                                secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
        return response

    return answer


@contextmanager
def _at(prefix: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


class SameOrigin(CsrfViewMiddleware):
    """The check against forged requests, without a cookie for who has no session: the browser says where a form came from.

    A visitor without a session has nothing that another site could use; a form of our own pages says so itself (`Origin`).
    What says nothing, and whoever has a session, is checked by the token as ever.
    """

    def process_view(self, request: HttpRequest, callback: Any, args: Any, kwargs: Any) -> Any:
        ours = "HTTP_ORIGIN" in request.META and self._origin_verified(request)  # type: ignore[attr-defined]
        if ours and not _has_session(request):
            return self._accept(request)  # type: ignore[attr-defined]
        return super().process_view(request, callback, args, kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        begun = request.session.modified and not request.session.is_empty()  # its next form is checked by the token
        if begun or _has_session(request) or settings.CSRF_COOKIE_NAME in request.COOKIES or not _is_public(request):
            return super().process_response(request, response)
        return response


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_public(request: HttpRequest) -> bool:
    """Whether a page is one of those for everyone, which follow nobody."""
    return request.path_info.startswith(("/public/", "/r/", "/privacy/"))
