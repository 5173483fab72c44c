"""Addresses of accounts. Names that begin with account_ and mfa_ are those that django-allauth calls them by."""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.http import require_safe

from gandan.faces.pages.accounts import mine, outside, signing

PUBLIC = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "begin",
        "openid_connect_callback",
        "security-txt",
        "sign-in",
        "sign-in-agency",
        "sign-out",
    }
)

urlpatterns = [
    path("sign-in/", signing.sign_in, name="account_login"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/agency/", outside.go, name="sign-in-agency"),
    path("sign-in/agency/back/", outside.come, {"provider_id": outside.PROVIDER}, name="openid_connect_callback"),
    path("sign-out/", signing.sign_out, name="account_logout"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path(".well-known/security.txt", require_safe(signing.security_txt), name="security-txt"),
    path("first-account/", signing.first, name="begin"),
    path("account/", mine.account, name="mfa_index"),
    path("account/", mine.account, name="mfa_list_webauthn"),
    path("account/", mine.account, name="account"),
    path("account/inactive/", mine.inactive, name="account_inactive"),
    path("account/password/", mine.password, name="account_change_password"),
    path("account/sessions/end/", mine.end_sessions, name="end-sessions"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/keys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/keys/<int:pk>/remove/", mine.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("account/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
