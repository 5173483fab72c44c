"""How django-allauth behaves in this house: no sign-up, no e-mail, our own words, our own limits, everything told to the log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gandan.faces.pages import words
from gandan.faces.pages.accounts.confirming import fresh
from gandan.ground.accounts.guessing import HELD, MARK, Browser, Try
from gandan.ground.accounts.limits import address_of
from gandan.ground.accounts.queries import factors, needs_second_factor
from gandan.ground.accounts.rules import SEALED_AT, TooOften
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.privacy.fields import seal, unseal

SAID = {
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng tạo mã."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt ứng dụng tạo mã."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khoá bảo mật."),
    "mfa/messages/webauthn_removed.txt": _("Đã gỡ khoá bảo mật."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by user name, for those who have an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": _("Mật khẩu không đúng. Xin kiểm tra lại, kể cả chữ hoa chữ thường."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng. Xin kiểm tra lại, kể cả chữ hoa chữ thường."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request.META)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *more: Any, **other: Any
    ) -> None:
        said = SAID.get(message_template or "")
        if said:
            messages.add_message(request, messages.SUCCESS, said)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return who this is, or nothing; tries are counted and told.

        :raises ValidationError: if there were too many of late
        """
        username = str(credentials["username"]).strip().lower()
        browser = Browser.read(request.COOKIES.get(MARK, ""))
        attempt = Try(username, address_of(request.META), browser)
        try:
            attempt.count(timezone.now())
        except TooOften as why:
            note(What.SIGN_IN_FAILED, by=None, detail="too_often")
            raise ValidationError(words.refusal(why), code="too_often") from None
        found = authenticate(request, username=username, password=credentials["password"])
        if found is None:
            note(What.SIGN_IN_FAILED, by=None, detail="password")
            return None
        attempt.succeeded()
        return found

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, username=user.username, password=password)
        if found is None or found.pk != user.pk:
            return False
        note(What.CONFIRMED, by=user, detail="password")
        return True

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever has just signed in need not do it again to set up a second factor."""
        return not fresh(context.request)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response = super().post_login(request, user, **more)
        ways = "+".join(str(one["method"]) for one in get_authentication_records(request, user))
        note(What.SIGNED_IN, by=user, detail=ways)
        mark = Browser.read(request.COOKIES.get(MARK, "")).after(user.username).written()
        response.set_cookie(MARK, mark, max_age=HELD, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
        return response  # type: ignore[no-any-return]

    def send_notification_mail(self, template_prefix: str, user: Any, *more: Any, **other: Any) -> None:
        """What would be told by e-mail elsewhere is told to the log."""
        note(What.SETTING_CHANGED, by=user, detail=template_prefix.rpartition("/")[2])


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are sealed, and who needs one can't take off the last."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng hoặc đã dùng rồi. Xin nhập mã đang hiện."),
        "cannot_delete_authenticator": _(
            "Vai trò của Ông/Bà cần lớp xác thực thứ hai. Hãy thêm cách khác trước khi gỡ cách này."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, SEALED_AT)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SEALED_AT)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        person = authenticator.user
        proofs = [one for one in factors(person) if one.kind != "recovery_codes" and one.id != authenticator.pk]
        return bool(proofs) or not settings.SECOND_FACTOR or not needs_second_factor(person, timezone.localdate())

    def get_totp_issuer(self) -> str:
        return "Gần Dân"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("Khoá bảo mật"))
