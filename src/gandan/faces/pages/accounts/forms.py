"""Forms of signing in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gandan.faces.pages import words
from gandan.faces.pages.unit_acts import NEEDED
from gandan.ground.accounts.guessing import PER_PAIR, PER_PERSON, TRIED
from gandan.ground.accounts.limits import address_of, take
from gandan.ground.accounts.rules import TooOften
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What

USERNAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"  # kept in small letters
USERNAME_SAID = _("Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm, gạch; không có khoảng trắng.")


class SignInForm(forms.Form):
    """A name and a password; what was typed as the name stays when the password was wrong."""

    username = forms.CharField(max_length=60, error_messages={"required": _("Xin nhập tên đăng nhập.")})
    password = forms.CharField(max_length=1000, strip=False, error_messages={"required": _("Xin nhập mật khẩu.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.request = kwargs.pop("request")
        self.person: Any = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        adapter = get_adapter(self.request)
        self.person = adapter.authenticate(self.request, username=given["username"], password=given["password"])
        if self.person is None:
            raise ValidationError(adapter.error_messages["username_password_mismatch"], code="invalid_login")
        return given


class _Slowly:
    """A code can be tried some times, and then no more for a while. Whoever tries has the password already."""

    user: Any

    def clean_code(self) -> str:
        at = timezone.now()
        try:
            take(PER_PAIR, f"code {self.user.pk}", address_of(context.request.META), at=at, said=TRIED)
            take(PER_PERSON, str(self.user.pk), at=at, said=TRIED)
        except TooOften as why:
            note(What.SIGN_IN_FAILED, by=self.user, detail="second_factor too_often")
            raise ValidationError(words.refusal(why), code="too_often") from None
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            note(What.SIGN_IN_FAILED, by=self.user, detail="second_factor")
            raise


class FactorForm(_Slowly, AuthenticateForm):
    """The code of the second factor, at sign-in."""


class FactorAgainForm(_Slowly, ReauthenticateForm):
    """The code of the second factor, to confirm."""

    def save(self) -> None:
        super().save()
        note(What.CONFIRMED, by=self.user, detail="second_factor")


class PasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("Mật khẩu đang dùng không đúng."),
        "password_mismatch": _("Hai lần nhập không giống nhau."),
    }


class BeginForm(forms.Form):
    """The first account."""

    code = forms.CharField(max_length=40, error_messages=NEEDED)
    name = forms.CharField(max_length=120, error_messages=NEEDED)
    username = forms.RegexField(USERNAME, max_length=60, error_messages={**NEEDED, "invalid": USERNAME_SAID})
    password = forms.CharField(max_length=1000, strip=False, error_messages=NEEDED)
    again = forms.CharField(max_length=1000, strip=False, error_messages=NEEDED)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given:
            try:
                validate_password(given["password"])
            except ValidationError as weak:
                self.add_error("password", weak)
        if "password" in given and "again" in given and given["again"] != given["password"]:
            self.add_error("again", _("Hai lần nhập không giống nhau."))
        return given
