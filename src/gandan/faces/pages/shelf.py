"""The last public pages, kept in memory and on disk: served in a rush without being made anew, and when the database is down.

A view says for how long with `keep`. A page that is past its time is made anew by one visitor, while the others still get it.
One that can't be made is served as it was, and says so. Nothing is kept of somebody who has a session, or that sets a cookie.
Once something that everyone was told is taken back, no page made before is served again.
"""

import gzip
import hashlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from gandan.ground.ledger.taking_back import sign

Respond = Callable[[HttpRequest], HttpResponse]
MOST = 2000
PATIENCE = 10.0  # seconds for which nobody tries again what has just failed, or is just being made
SOFT_MARK = b"<!-- as it was -->"
HEADERS = (
    "Content-Type", "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy",
    "X-Content-Type-Options", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Content-Language", "Content-Disposition",
)  # fmt: skip
log = logging.getLogger(__name__)


@dataclass
class Page:
    """A page as it was made."""

    content: bytes
    packed: bytes
    headers: dict[str, str]
    made_at: str
    language: str
    sign: str  # under which it was made: with another one something was taken back since
    until: float
    renewing: float = 0.0  # until then somebody makes it anew
    stale: bool = False


_pages: OrderedDict[str, Page] = OrderedDict()
_lock = threading.Lock()
_down_until = 0.0


def keep(seconds: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let what a view answers to a visitor without a session be kept for so long, if it is a whole page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.streaming:
                response.headers["Cache-Control"] = f"public, max-age={min(seconds, settings.PAGES_KEPT)}"
                response.kept_for = min(seconds, settings.PAGES_KEPT)  # type: ignore[attr-defined]
            return response

        return answer

    return decorate


def shelf(respond: Respond) -> Respond:
    """Serve what is kept; keep what may be; fall back on what was."""

    def answer(request: HttpRequest) -> HttpResponse:
        global _down_until
        if not settings.PAGES_KEPT or request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return respond(request)
        key, moment, now = request.get_full_path(), time.monotonic(), sign()
        found = _pages.get(key)
        if found and found.sign != now:
            found = None
        if found and moment < max(found.until, found.renewing):
            return _served(found, request, stale=found.stale)
        if moment < _down_until and (was := found or _from_disk(key, now)):
            return _served(was, request, stale=True)
        if found:
            found.renewing = moment + PATIENCE
        response = respond(request)
        if getattr(response, "kept_for", 0) and not response.cookies:
            return _served(_put(key, response, now), request)
        if response.status_code >= 500 and (was := found or _from_disk(key, now)):
            _down_until = time.monotonic() + PATIENCE
            was.stale, was.renewing = True, 0.0
            return _served(was, request, stale=True)
        return response

    return answer


def forget() -> None:
    """Take everything off the shelf of this process."""
    global _down_until
    with _lock:
        _pages.clear()
        _down_until = 0.0


def _put(key: str, response: HttpResponse, sign: str) -> Page:
    page = Page(
        content=response.content,
        packed=gzip.compress(response.content, 6),
        headers={name: response.headers[name] for name in HEADERS if name in response.headers},
        made_at=f"{timezone.localtime(timezone.now()):%H:%M %d/%m/%Y}",
        language=response.headers.get("Content-Language", settings.LANGUAGE_CODE),
        sign=sign,
        until=time.monotonic() + response.kept_for,  # type: ignore[attr-defined]
    )
    page.headers["Cache-Control"] = response.headers["Cache-Control"]
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > MOST:
            _pages.popitem(last=False)
    if len(key) < 300 and "?" not in key:  # what was searched for is kept by nobody
        _to_disk(key, page)
    return page


def _served(page: Page, request: HttpRequest, *, stale: bool = False) -> HttpResponse:
    if stale:
        with override(page.language):
            said = render_to_string("public/stale.html", {"made_at": page.made_at}).encode()
        response = HttpResponse(page.content.replace(SOFT_MARK, said, 1), headers={**page.headers, "Cache-Control": "no-store"})
        response.headers["Warning"] = '110 - "as it was"'
        return response
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(page.packed if packed else page.content, headers=page.headers)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def _file(key: str) -> Path:
    return Path(settings.DATA_DIR) / "pages" / hashlib.sha256(key.encode()).hexdigest()


def _to_disk(key: str, page: Page) -> None:
    """Keep a page for the day on which the database is down when we start. Written aside, so that a reader has one whole."""
    file = _file(key)
    head = "\n".join([page.made_at, page.language, page.sign, *(f"{name}: {value}" for name, value in page.headers.items())])
    aside = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(gzip.compress(head.encode() + b"\n\n" + page.content, 6))
        aside.replace(file)
    except OSError:
        log.exception("A public page could not be kept on disk.")


def _from_disk(key: str, now: str) -> Page | None:
    try:
        head, _, content = gzip.decompress(_file(key).read_bytes()).partition(b"\n\n")
    except OSError:
        return None
    made_at, language, made_under, *lines = head.decode().split("\n")
    if made_under != now:
        return None
    headers = dict(line.split(": ", 1) for line in lines)
    return Page(content, gzip.compress(content), headers, made_at, language, made_under, 0.0)
