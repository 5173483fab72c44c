"""Proving again who one is, before something weighty: by password or second factor, then on with what one was doing."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
MINUTES = 10


def confirmed_recently(view: View | None = None, *, minutes: int = MINUTES) -> Any:
    """Let a view answer only who has signed in or confirmed within so many minutes; others confirm and come back.

    A form that was sent meanwhile is kept in the session and goes on afterwards as it was, but for files.

        @login_required
        @confirmed_recently
        def sign(request, code): ...
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not fresh(request, minutes):
                raise ReauthenticationRequired  # the middleware of allauth sends them on
            return view(request, *args, **kwargs)

        return answer

    return decorate(view) if view else decorate


def fresh(request: HttpRequest, minutes: int = MINUTES) -> bool:
    """Say whether who is signed in has proved it within so many minutes."""
    proofs = get_authentication_records(request, request.user) if request.user.is_authenticated else []
    return any(time.time() - one["at"] < minutes * 60 for one in proofs)
