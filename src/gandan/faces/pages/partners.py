"""The programs of the post: each body's secret, shown once and never again, and changed without a gap."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gandan.faces.pages import administration, errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers


@login_required
def partners(request: SignedIn) -> HttpResponse:
    """Whose program has a secret; a new one is shown in the answer, and nowhere else."""
    today = Asked(request).today
    if Right.MANAGE_UNITS not in organisations.rights(request.user, today):
        return errors.no_right(request)
    given, wrong, code = "", "", request.POST.get("partner", "")
    if request.method == "POST":
        try:
            given = operations.give_secret(partner=organisations.unit(code), by=request.user, on=today)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    context = {
        "crumbs": (administration.ROOF, Crumb(_("Chương trình của bưu điện"))),
        "rows": [(one, one.unit.code == code) for one in dossiers.partner_programs(today)],
        "given": given,
        "wrong": wrong,
    }
    response = render(request, "administration/partners.html", context, status=400 if wrong else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response
