"""Whom people call at a body: the desk on duty and other numbers, set by who publishes for it, from a day on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors
from gandan.faces.pages.mine import SignedIn, body_of
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.notices import operations, queries
from gandan.work.notices.queries import Number

ROWS = 8
MOST = {"what": 100, "phone": 30, "officer": 120, "hours": 100}


@login_required
def contacts(request: SignedIn) -> HttpResponse:
    """All numbers of the reader's body on one page; a row left empty is a number no longer given out."""
    on, wrong = localdate(), {}
    try:
        body = body_of(request, Right.PUBLISH_NOTICES)
        rows = [{name: getattr(one, name) for name in MOST} for one in queries.contacts({body.id}, on)[body.id]]
        if request.method == "POST":
            rows = [
                {name: request.POST.get(f"{name}-{nth}", "").strip()[:most] for name, most in MOST.items()} for nth in range(ROWS)
            ]
            wrong = {nth: said for nth, row in enumerate(rows) if (said := _fault(row))}
            if not wrong:
                numbers = [Number(**row) for row in rows if row["what"]]
                operations.set_contacts(unit=organisations.unit(body.code), numbers=numbers, by=request.user, on=on)
                messages.success(request, _("Đã ghi số gọi; trang của phường, xã hiện ngay."))
                return redirect("publishing-contacts")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    shown = [*rows, *({} for _nth in range(ROWS - len(rows)))][:ROWS]
    context = {
        "crumbs": (Crumb(_("Công bố"), "/publishing/"), Crumb(_("Số gọi"))),
        "unit": name_of(body),
        "rows": [(nth, row, wrong.get(nth, "")) for nth, row in enumerate(shown)],
    }
    return render(request, "publishing/contacts.html", context, status=422 if wrong else 200)


def _fault(row: dict[str, str]) -> str:
    """What is wrong with a row: a number without what it is for, or the other way round."""
    if not any(row.values()):
        return ""
    if not row["what"]:
        return _("Xin ghi số này để làm gì.")
    digits = sum(sign.isdigit() for sign in row["phone"])
    return "" if 3 <= digits <= 15 else _("Xin ghi một số điện thoại.")
