"""The public part as an app: its description, the script that keeps its pages, the page without a network, what is sent later.

What a phone keeps: pages that are for everyone, and what somebody chose to keep or wrote there themselves. Nothing is counted.
"""

import contextlib
import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import public, shelf, words
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receipts import DIGITS, code_of

SENT = Limit("public.later", 30, timedelta(hours=1))
KINDS = {CaseKind.QUESTION, CaseKind.REPORT, CaseKind.COMPLIMENT}
FILES = (
    "pages/roof.css", "pages/gandan.js", "pages/keeping.js", "pages/offline.js", "pages/brand.svg", "pages/icon-192.png",
    "vendor/tabler-icons/icons.svg", "vendor/be-vietnam-pro/vietnamese-400.woff2", "vendor/be-vietnam-pro/latin-400.woff2",
    "vendor/be-vietnam-pro/vietnamese-600.woff2", "vendor/be-vietnam-pro/latin-600.woff2",
    "vendor/gan-dan-figures/400.woff2", "vendor/gan-dan-figures/600.woff2",
)  # fmt: skip
ADVICE = ("public-home", "public-alerts", "public-news", "public-truth", "public-method")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to know to put the public part among its apps."""
    icons = [
        {"src": static(f"pages/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    described: dict[str, Any] = {
        "name": _("Gần Dân: hồ sơ, phản ánh, tin của phường"),
        "short_name": "Gần Dân",
        "lang": get_language(),
        "id": reverse("public-home"),
        "start_url": reverse("public-home"),
        "scope": reverse("public-home"),
        "display": "standalone",
        "background_color": "#FAF8F4",
        "theme_color": "#0F766E",
        "icons": icons,
    }
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False}, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages for everyone; of a page that is somebody's own it keeps nothing."""
    kept, pages = [static(name) for name in FILES], [reverse("public-offline"), *(reverse(name) for name in ADVICE)]
    version = hashlib.sha256("".join(kept).encode()).hexdigest()[:12]
    context = {"version": version, "files": json.dumps(kept), "pages": json.dumps(pages)}
    response = render(request, "public/worker.js", context, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@shelf.keep(600)
def offline(request: HttpRequest) -> HttpResponse:
    """What can be done without a network: look at what was kept, write what is sent later."""
    return public.page(request, "public/offline.html", {"kinds": [("question", _("Hỏi")), ("report", _("Phản ánh một việc")),
                                                                  ("compliment", _("Khen"))]})  # fmt: skip


@require_POST
def later(request: HttpRequest) -> JsonResponse:
    """Take what was written without a network. Sent again under its code it is the same."""
    if public.too_often(request, (SENT, "")):
        return JsonResponse({"wait": True}, status=429)
    given, code = request.POST, code_of(request.POST.get("code", ""))
    if given.get("kind") not in KINDS or len(code) != DIGITS or not given.get("text", "").strip():
        return JsonResponse({"wrong": {"text": [_("Phần này chưa viết.")]}}, status=422)
    try:
        _hand_in(CaseKind(given["kind"]), code, {"text": given["text"], "place": given.get("place", "")})
    except NotReady as unready:
        return JsonResponse({"draft": True, "why": words.refusal(unready)})
    except Refused as refusal:
        if not _handed_in(code):  # or it was just now, by another page of the same device
            return JsonResponse({"wrong": {"text": [words.refusal(refusal)]}}, status=422)
    return JsonResponse({"done": True})


def _hand_in(kind: CaseKind, code: str, said: dict[str, str]) -> None:
    hand: dict[str, Any] = {"by": organisations.public(), "on": localdate()}
    if _handed_in(code):
        return
    try:
        draft = queries.draft(code, localdate()).record
    except queries.UnknownDraft:
        with contextlib.suppress(IntegrityError):  # begun just now by another page
            operations.begin_draft(kind=kind, code=code, said={"language": (get_language() or "vi")[:2]}, **hand)
        draft = queries.draft(code, localdate()).record
    operations.write_draft(draft=draft, said=said, **hand)
    operations.hand_in(draft=draft, code=code, at=timezone.now(), **hand)


def _handed_in(code: str) -> bool:
    try:
        return queries.draft(code, localdate()).record.case_id is not None
    except queries.UnknownDraft:
        return False
