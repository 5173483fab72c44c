"""Signing in with a body's own identity provider (OpenID Connect). Whoever has no account here gets none by it.

Nothing that the provider says is kept but whom it means: the claim that is set names the user.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from requests import RequestException

from gandan.faces.pages import errors
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.organisations import queries
from gandan.ground.organisations.rules import Nature

PROVIDER = "agency"


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Who comes back from the provider is one of ours, or nobody."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """:raises ImmediateHttpResponse: always: signed in (a second factor may still be asked for), or back to the beginning"""
        told = sociallogin.account.extra_data
        claims = {**told.get("id_token", {}), **told.get("userinfo", {})}
        person = known(str(claims.get(settings.OIDC_CLAIM) or ""))
        if person is None:
            note(What.SIGN_IN_FAILED, by=None, detail="oidc unknown")
            raise ImmediateHttpResponse(
                back(request, _("Hệ thống của cơ quan đã nhận ra Ông/Bà, nhưng chưa có tài khoản ở đây."))
            )
        record_authentication(request, person, method="socialaccount", provider=PROVIDER)
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        raise ImmediateHttpResponse(failed(request))


def known(username: str) -> Any:
    """Return the person of this name who may sign in, or nothing."""
    try:
        person = queries.person(username)
    except queries.UnknownPerson:
        return None
    return person if person.is_active and person.nature == Nature.PERSON else None


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """Send somebody to their body's provider."""
    return _asked(request, views.login)


@require_safe
def come(request: HttpRequest, provider_id: str = PROVIDER) -> HttpResponse:
    """Take somebody back from there."""
    return _asked(request, views.callback)


def _asked(request: HttpRequest, view: Any) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        return errors.not_found(request)
    try:
        answer: HttpResponse = view(request, PROVIDER)
    except RequestException:
        return failed(request)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """The provider is away, or refused: who has a password here still gets in by it, and the log tells."""
    note(What.SIGN_IN_FAILED, by=None, detail="oidc away")
    return back(request, _("Hệ thống đăng nhập của cơ quan chưa trả lời. Ai có mật khẩu ở đây thì đăng nhập bằng mật khẩu."))


def back(request: HttpRequest, said: str) -> HttpResponse:
    messages.error(request, said)
    return redirect("sign-in")
