"""Pages for everyone: no sign-in, no staff navigation, and the name of the body that publishes them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from gandan.faces.pages import words
from gandan.faces.pages.marks import Words
from gandan.faces.pages.words import ENGLISH
from gandan.ground.accounts.limits import address_of, wait
from gandan.ground.accounts.rules import Limit
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.fields import seal, unseal
from gandan.ground.privacy.rules import SealBroken
from gandan.work.notices import queries as notices

GRAVE = frozenset({"Extreme", "Severe"})


@dataclass(frozen=True)
class Way:
    """A way from one page to another: where to, what it is called, what one finds there."""

    href: str
    words: Words
    more: Words = ""
    icon: str = ""
    tone: str = ""
    phone: str = ""

    @property
    def dial(self) -> str:
        """The telephone number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


PARTS: tuple[tuple[str, Words], ...] = (
    ("public-home", gettext_lazy("Trang đầu")),
    ("public-news", gettext_lazy("Tin")),
    ("public-wards", gettext_lazy("Phường của tôi")),
    ("public-results", gettext_lazy("Kết quả")),
)


def there(name: str, *args: Any) -> str:
    """Return the address of a page, empty where this installation has none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page in the public frame; what it shows of somebody stays out of every cache."""
    response = render(request, template, {**roof(request), **context, "publisher": publisher()}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"  # with none at all a browser sends its forms from nowhere
    return response


def roof(request: HttpRequest) -> dict[str, Any]:
    """What the frame itself shows: the parts of the site, and this page in the other language."""
    here = request.get_full_path()
    links = [(href, said, request.path == href) for name, said in PARTS if (href := there(name))]
    inside = here.removeprefix(ENGLISH.rstrip("/")) if here.startswith(ENGLISH) else here
    other = inside if words.english() else f"{ENGLISH.rstrip('/')}{inside}"
    if request.method != "GET":
        other = "/public/" if words.english() else "/en/public/"
    return {"roof_links": links, "other_language": other, "roof_alerts": _alerts()}


def _alerts() -> tuple[Way, ...]:
    """What everyone must know now, above every page."""
    return tuple(
        Way(
            there("public-alert", one.record.pk),
            words.named(one.record.title, one.record.in_english("title")),
            words.named(one.record.summary, one.record.in_english("summary")),
            tone="late" if one.alert and one.alert.severity in GRAVE else "risk",
        )
        for one in notices.alerts_now(timezone.now())[:3]
    )


def too_often(request: HttpRequest, *tries: tuple[Limit, str]) -> bool:
    """Count a try under each limit, and say whether one of them is passed. Without a key it is the visitor's own address.

    Call it outside the transaction of what is tried: a try that is refused must stay counted.
    """
    here, at = address_of(request.META), timezone.now()
    waits = [wait(limit, key or here, at=at, using=True) for limit, key in tries]
    return any(waits)


def new_code() -> str:
    """Draw the sixteen digits that will lead back to what somebody writes."""
    return f"{secrets.randbelow(10**16):016}"


def keep_code(request: HttpRequest, name: str, code: str) -> None:
    """Keep a code for the rest of the session, sealed: whoever reads the table of sessions opens nothing with it."""
    request.session[name] = seal(code, f"session.{name}")


def kept_code(request: HttpRequest, name: str) -> str:
    """Return such a code; empty if there is none."""
    kept = request.session.get(name, "")
    try:
        return unseal(kept, f"session.{name}") if kept else ""
    except (SealBroken, ValueError):
        return ""


def publisher() -> str:
    """The body in whose name the pages stand: the head of the police line."""
    heads = organisations.children(None, Line.POLICE, localdate())
    return words.named(heads[0].name, heads[0].name_en) if heads else ""
