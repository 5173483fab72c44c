"""The ledger at a glance: how far the chain reaches, and whether it holds."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Table
from gandan.ground.ledger import queries as ledger
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right


@login_required
def overview(request: SignedIn) -> HttpResponse:
    """What the ledger holds; a walk along the whole chain when it is asked for."""
    try:
        organisations.require_anywhere(Right.VERIFY_LEDGER, by=request.user, on=localdate())
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    verified = ledger.verify() if request.method == "POST" else None
    state = ledger.state()
    return render(
        request,
        "ledger/overview.html",
        {
            "crumbs": (Crumb(_("Sổ cái")),),
            "state": state,
            "verified": verified,
            "digest": state.last.digest.hex() if state.last else "",
            "mark": MARKS["broken" if verified and not verified.holds else "holds"],
            "faults": _faults(verified) if verified and not verified.holds else None,
        },
    )


def _faults(verified: ledger.Verification) -> Table:
    said = {
        "gap": _("thiếu một lần ghi sổ"),
        "events": _("số lượt trong lần ghi sổ không khớp"),
        "previous": _("không nối với lần ghi sổ trước"),
        "digest": _("mã đối chiếu không khớp nội dung"),
        "unposted": _("có lượt chưa vào lần ghi sổ nào"),
        "twice": _("có lượt đứng hai nơi"),
        "no_event": _("có dòng không còn lượt ghi nhận"),
    }
    rows = [(Cell(str(fault.posting or "–")), Cell(said[fault.what]), Cell(str(fault.count))) for fault in verified.faults]
    return Table.of(
        _("Sai lệch"),
        (Column(_("Lần ghi sổ"), number=True), Column(_("Điều không khớp"), head=True), Column(_("Số lượng"), number=True)),
        rows,
    )
