"""What a password must be, in the words of this house: Django's Vietnamese lacks some of them."""

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator, NumericPasswordValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu cần ít nhất %(number)d ký tự.") % {"number": self.min_length}


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu này nhiều người dùng, dễ đoán. Xin chọn một câu khác.")


class NotOnlyNumbers(NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu không được chỉ toàn chữ số.")
