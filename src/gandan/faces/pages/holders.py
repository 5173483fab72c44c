"""Who is behind a dossier, for the officer who has it: the receipt with its QR, how they are reached, who fetches for them."""

from io import BytesIO
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, uploads, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Receipt, Words
from gandan.faces.pages.post import STATES
from gandan.faces.pages.uploads import no_more_than
from gandan.ground.ledger.rules import Refused
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.queries import Holder
from gandan.work.dossiers.rules.drafts import FIELDS
from gandan.work.dossiers.rules.holders import Checked

CHECKED: tuple[tuple[str, Words], ...] = (
    (Checked.IDENTITY_CARD.value, gettext_lazy("thẻ căn cước")),
    (Checked.PASSPORT.value, gettext_lazy("hộ chiếu")),
    (Checked.OTHER.value, gettext_lazy("giấy tờ khác")),
)
WRITTEN: dict[str, Words] = {
    "applicant": gettext_lazy("Họ và tên"),
    "identity": gettext_lazy("Số định danh cá nhân"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "address": gettext_lazy("Địa chỉ"),
    "content": gettext_lazy("Nội dung đề nghị"),
    "post_address": gettext_lazy("Địa chỉ nhận kết quả"),
}


class ContactForm(forms.Form):
    phone = forms.CharField(max_length=30, required=False)
    email = forms.EmailField(required=False, error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng.")})
    address = forms.CharField(max_length=400, required=False)


@login_required
@no_more_than
@errors.told()
def holder(request: SignedIn, number: str) -> HttpResponse:
    """What an officer needs of the applicant, and what they may do for them at the counter."""
    today = localdate()
    found = queries.holder_of(number, request.user, today)
    contact = found.contact
    form = ContactForm(
        request.POST if request.POST.get("do") == "contact" else None,
        initial={name: getattr(contact, name) for name in ContactForm.base_fields} if contact else None,
    )
    wrong = ""
    if request.method == "POST":
        try:
            if (answer := _done(request, found, form)) is not None:
                return answer
        except Refused as refusal:
            wrong = words.refusal(refusal)
    said = queries.submission(found.record.pk, request.user, today)
    return render(
        request,
        "dossiers/holder.html",
        {
            "crumbs": (
                Crumb(_("Hồ sơ"), "/dossiers/"),
                Crumb(found.record.number, f"/dossiers/{found.record.number}/"),
                Crumb(_("Người nộp")),
            ),
            "found": found,
            "record": found.record,
            "contact": form,
            "parcel_mark": STATES[found.parcel.state] if found.parcel else None,
            "written": [(WRITTEN[name], said[name]) for name in FIELDS if name in WRITTEN and said.get(name)],
            "checked": CHECKED,
            "wrong": wrong,
            "typed": request.POST,
        },
        status=422 if request.method == "POST" else 200,
    )


def _done(request: SignedIn, found: Holder, form: ContactForm) -> HttpResponse | None:
    """Do what was asked for, and return the next page; None if the form is not right yet."""
    hand: dict[str, Any] = {"dossier": found.record, "by": request.user, "on": localdate()}
    what, paper = request.POST.get("do", ""), request.POST.get("checked", "")
    checked = Checked(paper) if paper in set(Checked) else Checked.OTHER
    match what:
        case "receipt":
            return _receipt(request, found, dossiers.give_receipt(**hand))
        case "replace":
            return _receipt(request, found, dossiers.replace_receipt(checked=checked, **hand))
        case "collector":
            name, tail = request.POST.get("name", ""), request.POST.get("paper", "")
            given = request.FILES.get("power")
            power: dict[str, Any] = {"power": given, "power_name": given.name} if given else {}
            dossiers.authorise_collector(name=name, checked=checked, paper_tail=tail, **power, **hand)
        case "collected" if found.parcel:
            dossiers.collect(delivery=found.parcel, by=request.user, on=localdate())
        case _:
            if not form.is_valid():
                return None
            notices = found.contact.notices if found.contact else True
            dossiers.note_contact(**form.cleaned_data, notices=notices, **hand)
    messages.success(request, _("Đã ghi."))
    return redirect("dossier-holder", found.record.number)


def _receipt(request: SignedIn, found: Holder, token: str) -> HttpResponse:
    """The receipt on paper: whoever has it opens the dossier, so it is shown to be printed and kept nowhere."""
    code, out = segno.make_qr(f"{settings.BASE_URL}/r/{token}/", error="m"), BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, border=0)
    record = found.record
    shown = Receipt(
        title=_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        number=record.number,
        code=out.getvalue().decode().split(' d="')[1].split('"')[0],
        size=int(code.symbol_size(border=0)[0]),
        steps=(
            _("Quét mã vuông bằng máy ảnh điện thoại để xem hồ sơ đang ở bước nào."),
            _("Ai cầm giấy này đều mở được hồ sơ: xin giữ cẩn thận. Mất giấy, xin báo nơi đã nộp để đổi mã."),
        ),
        facts=(
            (_("Thủ tục"), words.named(record.procedure.name, record.procedure.name_en)),
            (_("Ngày nhận"), words.day(record.received_on)),
            (_("Hẹn trả"), words.day(record.due_on)),
        ),
    )
    response = render(
        request,
        "dossiers/receipt.html",
        {
            "receipt": shown,
            "crumbs": (
                Crumb(_("Hồ sơ"), "/dossiers/"),
                Crumb(record.number, f"/dossiers/{record.number}/"),
                Crumb(_("Giấy tiếp nhận")),
            ),
        },
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
@errors.told()
def file(request: SignedIn, token: str) -> HttpResponseBase:
    """A file of a dossier, to one who may read it."""
    return uploads.served(queries.file_for_officer(token, request.user, localdate()))
