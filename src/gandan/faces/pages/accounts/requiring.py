"""Whoever must prove themselves twice and can't yet is led to set that up, and can do nothing else before."""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.ground.accounts.queries import has_second_factor, needs_second_factor

Respond = Callable[[HttpRequest], HttpResponse]
OPEN = ("/account/", "/sign-out/", "/sign-in/", "/theme/", "/static/", "/.well-known/")


def second_factor(respond: Respond) -> Respond:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN) or not lacking(request):
            return respond(request)
        if request.path_info.startswith("/api/"):
            said = _("Vai trò của Ông/Bà cần lớp xác thực thứ hai.")
            problem = {"code": "second_factor_missing", "message": said, "remedy": _("Thiết lập tại /account/."), "problems": []}
            return JsonResponse(problem, status=403)
        return redirect("account")

    return answer


def lacking(request: HttpRequest) -> bool:
    """Say whether who is signed in must set up a second factor first. A session that showed one is not asked again."""
    if not settings.SECOND_FACTOR or not hasattr(request, "session") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    if not user.is_authenticated or any(one["method"] == "mfa" for one in get_authentication_records(request, user)):
        return False
    return needs_second_factor(user, localdate()) and not has_second_factor(user)
