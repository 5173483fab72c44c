"""What a reader sees when something can't be done: what happened, and what they can do next."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from gandan.faces.pages import public
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.words import refusal
from gandan.ground.accounts.rules import TooOften
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.rules import NotAllowed, Refused

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def page(request: HttpRequest, state: State, status: int) -> HttpResponse:
    """Draw it in the frame in which the reader is: that of the public, or that of who works here."""
    if in_public(request):
        return render(request, "public/error.html", {"state": state, **public.roof(request)}, status=status)
    return render(request, "pages/error.html", {"state": state}, status=status)


def in_public(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return request.path_info.startswith("/public/") or (user is not None and not user.is_authenticated)


def refused(request: HttpRequest, why: Refused, *, status: int = 404, actions: tuple[Crumb, ...] = ()) -> HttpResponse:
    """Show in a page what the rules said to a request that has no form."""
    state = State(refusal(why), icon="info-circle", kind="error", actions=actions or _home(request))
    return page(request, state, status)


def no_right(request: HttpRequest, why: Refused | None = None) -> HttpResponse:
    """Say that the reader has no right to it, and have the log know."""
    note_refusal(request, why)
    text = refusal(why) if why else _("Tài khoản của Ông/Bà chưa được giao việc này tại đơn vị này.")
    state = State(
        _("Trang này chưa mở với Ông/Bà"),
        f"{text} " + _("Nếu cần xem để làm việc, xin nêu lý do với thủ trưởng đơn vị hoặc người quản trị."),
        icon="lock",
        kind="noright",
        actions=_home(request),
    )
    return page(request, state, 403)


def told(*actions: Crumb) -> Callable[[View], View]:
    """Let what a view is refused be told as a page: no right to it, or what the rules said, with where to go instead."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as why:
                return no_right(request, why)
            except Refused as why:
                return refused(request, why, actions=actions)

        return cast(View, answer)

    return decorate


def noted(request: HttpRequest, why: Refused) -> int:
    """Return the status of a form that is shown again with what the rules said; what was not allowed goes into the log."""
    if not isinstance(why, NotAllowed):
        return 400
    note_refusal(request, why)
    return 403


def note_refusal(request: HttpRequest, why: Refused | None = None) -> None:
    user, match = getattr(request, "user", None), request.resolver_match
    if user is not None and user.is_authenticated:
        note(What.REFUSED, by=user, detail=f"{why.code if why else 'not_allowed'} {match.view_name if match else ''}")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    state = State(
        _("Không có trang này"),
        _("Địa chỉ có thể đã gõ nhầm, hoặc trang đã được chuyển. Không có gì bị mất."),
        icon="question-mark",
        kind="error",
        actions=_home(request) if in_public(request) else (*_home(request), Crumb(_("Tìm đơn vị"), "/units/")),
    )
    return page(request, state, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return no_right(request)


def too_often(request: HttpRequest, why: TooOften) -> HttpResponse:
    state = State(
        _("Xin chờ một lát"),
        f"{refusal(why)} " + _("Quay lại trang trước thì những gì đã viết vẫn còn."),
        icon="clock",
        kind="error",
        actions=(Crumb(_("Về trang trước"), request.path),),
    )
    response = page(request, state, 429)
    response.headers["Retry-After"] = str(why.seconds)
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    state = State(
        _("Trang đã mở quá lâu nên chưa gửi được"),
        _("Xin quay lại trang trước, tải lại rồi gửi lần nữa. Chưa có gì được ghi vào sổ."),
        icon="clock",
        kind="error",
        actions=_home(request),
    )
    return page(request, state, 403)


def failed(request: HttpRequest) -> HttpResponse:
    """The page of a fault of ours. It asks nothing of the database."""
    state: dict[str, Any] = {
        "title": _("Máy chủ gặp lỗi khi trả lời"),
        "text": _("Lỗi đã được ghi lại. Việc chưa xong thì chưa được ghi vào sổ; xin thử lại sau ít phút."),
    }
    return HttpResponse(render_to_string("pages/failed.html", state), status=500)


def _home(request: HttpRequest) -> tuple[Crumb, ...]:
    return (Crumb(_("Về trang đầu"), reverse("public-home")),) if in_public(request) else (Crumb(_("Về trang Hôm nay"), "/"),)
