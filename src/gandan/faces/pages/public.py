"""Pages for everyone: no sign-in, no staff navigation, and the name of the body that publishes them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from gandan.faces.pages import words
from gandan.ground.accounts.limits import address_of, wait
from gandan.ground.accounts.rules import Limit
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page in the public frame; what it shows of somebody stays out of every cache."""
    response = render(request, template, {**context, "publisher": publisher()}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"  # with none at all a browser sends its forms from nowhere
    return response


def too_often(request: HttpRequest, *tries: tuple[Limit, str]) -> bool:
    """Count a try under each limit, and say whether one of them is passed. Without a key it is the visitor's own address.

    Call it outside the transaction of what is tried: a try that is refused must stay counted.
    """
    here, at = address_of(request.META), timezone.now()
    waits = [wait(limit, key or here, at=at, using=True) for limit, key in tries]
    return any(waits)


def publisher() -> str:
    """The body in whose name the pages stand: the head of the police line."""
    heads = organisations.children(None, Line.POLICE, localdate())
    return words.named(heads[0].name, heads[0].name_en) if heads else ""
