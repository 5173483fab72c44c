"""Signing in and out, and the first account of all."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, words
from gandan.faces.pages.accounts.forms import BeginForm, SignInForm
from gandan.faces.pages.limiting import limited
from gandan.ground.accounts.operations import AlreadyBegun, begin
from gandan.ground.accounts.queries import nobody_yet
from gandan.ground.accounts.rules import Limit
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import operations as organisations
from gandan.ground.organisations import queries
from gandan.ground.organisations.rules import Line

BEGINNINGS = Limit("first account", 10, timedelta(minutes=10))


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    target = where_to(request)
    if request.user.is_authenticated:
        return redirect(target or "today")
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        name = {"username": form.person.username}
        answer: HttpResponse = perform_password_login(request, name, Login(user=form.person, redirect_url=target or None))
        return answer
    agency = (settings.OIDC_NAME or settings.OIDC_ISSUER) if settings.OIDC_ISSUER else ""
    shown = {"form": form, "next": target, "nobody_yet": nobody_yet(), "agency": agency}
    return render(request, "account/sign_in.html", shown)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        note(What.SIGNED_OUT, by=request.user)
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters("password", "again", "code")
@never_cache
@limited(BEGINNINGS)
def first(request: HttpRequest) -> HttpResponse:
    """Make the first account, with the code that the machine printed; the city's tree with it, if there is none yet."""
    if not nobody_yet():
        return errors.not_found(request)
    form = BeginForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("code", "name", "username", "password")}
        try:
            begin(**given, unit=_top(), by=queries.importer(), on=localdate())
        except AlreadyBegun:
            return errors.not_found(request)
        except Refused as refusal:
            form.add_error("code" if refusal.code == "wrong_code" else "username", words.refusal(refusal))
        else:
            messages.success(request, _("Đã tạo tài khoản đầu tiên. Xin đăng nhập."))
            return redirect("sign-in")
    return render(request, "account/begin.html", {"form": form}, status=422 if form.errors else 200)


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where a weakness of this site is told (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        return errors.not_found(request)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {timezone.now() + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def where_to(request: HttpRequest) -> str:
    """Return the page of ours that somebody came for, or nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def _top() -> Any:
    """Return the body on top of the tree; where there is no tree yet, the city's is loaded."""
    on = localdate()
    tops = queries.children(None, Line.ADMINISTRATION, on)
    if not tops:
        organisations.load_city(by=queries.importer(), on=on)
        tops = queries.children(None, Line.ADMINISTRATION, on)
    return queries.unit(tops[0].code)
