"""My account: password, second factors, recovery codes, where I am signed in."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages.accounts.forms import PasswordForm
from gandan.faces.pages.accounts.requiring import lacking
from gandan.faces.pages.mine import SignedIn
from gandan.ground.accounts import operations, queries
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What


@never_cache
@login_required
@require_safe
def account(request: SignedIn) -> HttpResponse:
    factors = queries.factors(request.user)
    return render(request, "account/mine.html", {
        "lacking": lacking(request),
        "totp": next((one for one in factors if one.kind == "totp"), None),
        "security_keys": [one for one in factors if one.kind == "webauthn"],
        "recovery": next((one for one in factors if one.kind == "recovery_codes"), None),
        "sessions": queries.sessions(request.user, current=request.session.session_key or ""),
        "has_password": request.user.has_usable_password(),
    })  # fmt: skip


@sensitive_post_parameters()
@never_cache
@login_required
def password(request: SignedIn) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        note(What.SETTING_CHANGED, by=request.user, detail="password_changed")
        messages.success(request, _("Đã đổi mật khẩu. Những nơi khác đang đăng nhập phải đăng nhập lại."))
        return redirect("account")
    return render(request, "account/password.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def end_sessions(request: SignedIn) -> HttpResponse:
    """End one session, or all but this one."""
    one = request.POST.get("session", "")
    current = request.session.session_key or ""
    ended = operations.end_sessions(
        person=request.user, sessions=[int(one)] if one.isdigit() else None, but=current, by=request.user, on=localdate()
    )
    messages.success(request, _("Đã kết thúc %(count)d phiên.") % {"count": ended})
    return redirect("account")


class RemoveKey(RemoveWebAuthnView):
    """Take off a security key, but not the last factor of who needs one: django-allauth asks that of the app alone."""

    def form_valid(self, form: Any) -> HttpResponse:
        factors = get_adapter()
        if not factors.can_delete_authenticator(self.get_object()):
            messages.error(self.request, factors.error_messages["cannot_delete_authenticator"])
            return redirect("account")
        answer: HttpResponse = super().form_valid(form)
        return answer


def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "account/inactive.html", status=403)
