"""How often a form may be sent, by one person or from one address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gandan.faces.pages import errors
from gandan.ground.accounts.limits import address_of, take
from gandan.ground.accounts.rules import Limit, TooOften

View = Callable[..., HttpResponse]


def limited(limit: Limit) -> Callable[[View], View]:
    """Let a view be sent (POST) no more often than this by whoever is signed in, or else from an address.

    @limited(Limit("feedback", 5, timedelta(minutes=10)))
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                try:
                    take(limit, sender(request), at=timezone.now())
                except TooOften as why:
                    return errors.too_often(request, why)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def sender(request: HttpRequest) -> str:
    """Return for whom a limit is counted."""
    return f"person {request.user.pk}" if request.user.is_authenticated else f"address {address_of(request.META)}"
