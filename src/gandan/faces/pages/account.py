"""What a reader sets for themselves: unit, light or dark."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gandan.faces.pages.mine import CHOSEN, my_units


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in {"light", "dark"}:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", chosen, max_age=365 * 86400, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie("theme")
    return response


@login_required
@require_POST
def set_unit(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("unit", "")
    if any(unit.code == code for unit in my_units(request)["my_units"]):
        request.session[CHOSEN] = code
    return redirect("today")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")
