"""Keys of programs, for administrators: which there are, what each opens, when it was last used; made, changed over, ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.administration import ROOF
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Mark, Pager, Words
from gandan.faces.pages.units import name_of
from gandan.ground.accounts import operations
from gandan.ground.accounts import queries as accounts
from gandan.ground.accounts.operations import NewKey
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import ABOUT_PEOPLE, Right

OPENS: dict[Right, Words] = {
    Right.READ_FIGURES: gettext_lazy("đọc số liệu"),
    Right.READ_DOSSIERS: gettext_lazy("đọc hồ sơ"),
    Right.WRITE_DOSSIERS: gettext_lazy("nhận và giải quyết hồ sơ"),
    Right.SCAN_PARCELS: gettext_lazy("quét bưu gửi của bưu điện"),
    Right.WRITE_REPORTS: gettext_lazy("soạn báo cáo"),
    Right.MANAGE_PROCEDURES: gettext_lazy("ghi thủ tục"),
    Right.READ_LOG: gettext_lazy("đọc nhật ký"),
}
STATES: dict[str, Mark] = {
    "holds": Mark(gettext_lazy("đang dùng"), "circle-check", "kept"),
    "expired": Mark(gettext_lazy("hết hạn"), "history", ""),
    "revoked": Mark(gettext_lazy("đã thu hồi"), "x", "late"),
}


class KeyForm(forms.Form):
    program = forms.CharField(label=gettext_lazy("Tài khoản của chương trình"), max_length=60)
    label = forms.CharField(label=gettext_lazy("Dùng để làm gì"), max_length=120)
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("Được làm gì"), choices=[(right.value, said) for right, said in OPENS.items()]
    )
    units = forms.CharField(
        label=gettext_lazy("Tại đơn vị nào"), help_text=gettext_lazy("Mã đơn vị, cách nhau bằng dấu cách; gồm cả cấp dưới."),
        max_length=400,
    )  # fmt: skip
    days = forms.IntegerField(label=gettext_lazy("Dùng trong bao nhiêu ngày"), initial=365, min_value=1, max_value=400)
    per_minute = forms.IntegerField(
        label=gettext_lazy("Gọi nhiều nhất bao nhiêu lần mỗi phút"), initial=600, min_value=1, max_value=1_000_000
    )


@login_required
@require_safe
def keys(request: SignedIn) -> HttpResponse:
    """Every key of the units that the reader looks after, the newest first; never a secret."""
    return _page(request, KeyForm())


def _page(request: SignedIn, form: KeyForm, *, new: NewKey | None = None, status: int = 200) -> HttpResponse:
    asked = Asked(request)
    try:
        page = accounts.keys(viewer=request.user, on=asked.today, at=now(), before=asked.whole("cursor"))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    following = asked.address(cursor=page.after) if page.after else ""
    context = {
        "crumbs": (ROOF, Crumb(_("Khoá của chương trình"))),
        "form": form,
        "new": new,
        "until": localtime(new.key.expires_at).date() if new else None,
        "keys": [
            {
                "row": one,
                "mark": STATES[one.state],
                "opens": [OPENS.get(Right(right), right) for right in one.rights],
                "people": any(Right(right) in ABOUT_PEOPLE for right in one.rights),
                "units": [name_of(unit) for unit in one.units],
                "until": localtime(one.expires_at).date(),
                "used": localtime(one.last_used_at) if one.last_used_at else None,
            }
            for one in page.items
        ],
        "pager": Pager(len(page.items), asked.address(cursor=None) if asked.text("cursor") else "", following),
    }
    response = render(request, "administration/keys.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
@confirmed_recently
def act(request: SignedIn) -> HttpResponse:
    """Make a key, give one a successor, or end one. A secret is shown this once."""
    today, prefix = Asked(request).today, request.POST.get("prefix", "")
    hand: dict[str, Any] = {"by": request.user, "on": today, "at": now()}
    form = KeyForm(request.POST if request.POST.get("step") == "make" else None)
    try:
        match request.POST.get("step"):
            case "make" if form.is_valid():
                return _page(request, KeyForm(), new=_made(form.cleaned_data, hand))
            case "rotate":
                return _page(request, KeyForm(), new=operations.rotate_key(prefix=prefix, **hand))
            case "revoke":
                operations.revoke_key(prefix=prefix, **hand)
                messages.success(request, _("Khoá %(prefix)s không dùng được nữa.") % {"prefix": prefix})
                return redirect("program-keys")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        if not form.is_bound:
            messages.error(request, words.refusal(refused))
            return redirect("program-keys")
        form.add_error(None, words.refusal(refused))
    return _page(request, form, status=400)


def _made(typed: dict[str, Any], hand: dict[str, Any]) -> NewKey:
    return operations.make_key(
        program=organisations.person(typed["program"]),
        label=typed["label"],
        rights=[Right(one) for one in typed["rights"]],
        units=[organisations.unit(code) for code in typed["units"].split()],
        days=typed["days"],
        per_minute=typed["per_minute"],
        **hand,
    )
