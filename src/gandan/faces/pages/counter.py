"""The counter: one screen, keyboard first, from the card in somebody's hand to the receipt in it."""

from typing import Any
from uuid import uuid4

import segno
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.dossiers import reckoned_days
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Crumb, Receipt, TermBar
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers

NOT_HERE = gettext_noop("Ông/Bà không tiếp nhận hồ sơ ở đơn vị đang chọn.")
LAST = "counter-procedure"
BESIDE = {
    "BadPhone": "phone", "BadIdentity": "identity", "BadEmail": "email", "NoApplicant": "applicant", "BadCard": "card",
    "NotHandledHere": "procedure", "UnknownProcedure": "procedure", "NotByPost": "by_post", "TooLong": "address",
}  # fmt: skip


class CounterForm(forms.Form):
    """What is typed or scanned. What can't be so is said by the rules, beside the field."""

    card = forms.CharField(required=False, max_length=2000)
    procedure = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Chọn thủ tục mà người nộp cần làm.")})
    identity = forms.CharField(required=False, max_length=40)
    applicant = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Ghi họ tên người nộp, hoặc quét thẻ căn cước.")}
    )
    phone = forms.CharField(required=False, max_length=40)
    email = forms.CharField(required=False, max_length=254)
    address = forms.CharField(required=False, max_length=400)
    language = forms.ChoiceField(choices=[("vi", "vi"), ("en", "en")], required=False)
    by_post = forms.BooleanField(required=False)
    token = forms.CharField(required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("by_post") and not given.get("address", "").strip():
            self.add_error("address", _("Ghi địa chỉ để bưu điện mang kết quả đến."))
        return given


@login_required
def counter(request: SignedIn) -> HttpResponse:
    """Receive one dossier. A scanned card fills the fields; Enter in the last one saves."""
    unit = my_unit(request)
    if unit is None or not organisations.may(
        Right.WRITE_DOSSIERS, by=request.user, unit=organisations.unit(unit.code), on=localdate()
    ):
        return errors.no_right(request, NotAllowed(NOT_HERE))
    if request.method != "POST":
        chosen = request.GET.get("procedure") or request.session.get(LAST, "")
        return _page(request, CounterForm(initial={"procedure": chosen, "token": uuid4().hex, "language": "vi"}), unit)
    if request.POST.get("card", "").strip():
        return _read_card(request, unit)
    form = CounterForm(request.POST)
    if form.is_valid():
        try:
            made = _receive(request, form.cleaned_data, unit)
        except Refused as refusal:
            form.add_error(BESIDE.get(type(refusal).__name__), words.refusal(refusal))
        else:
            request.session[LAST] = form.cleaned_data["procedure"]
            return redirect("dossier-receipt", made.number)
    return _page(request, form, unit, status=422)


def _receive(request: SignedIn, given: dict[str, Any], unit: organisations.UnitRow) -> Any:
    who: dict[str, Any] = {"by": request.user, "on": localdate()}
    made = operations.receive(
        procedure=given["procedure"],
        unit=organisations.unit(unit.code),
        applicant=given["applicant"],
        by_post=given["by_post"],
        papers=_papers(request.POST),
        reach=operations.reach(
            identity=given["identity"],
            phone=given["phone"],
            email=given["email"],
            address=given["address"],
            language=operations.Language(given["language"] or "vi"),
        ),
        once=given["token"],
        **who,
    )
    operations.give_receipt(dossier=made, **who)
    return made


def _papers(sent: QueryDict) -> list[dict[str, Any]]:
    """Return the papers that are ticked, each with its counts."""
    return [
        {"code": sent.get(f"paper-{nth}-code", ""), "name": sent.get(f"paper-{nth}-name", "")}
        | {sort: _count(sent.get(f"paper-{nth}-{sort}", "")) for sort in ("original", "certified", "copy")}
        for nth in sent.getlist("paper")
        if nth.isdigit()
    ]


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _read_card(request: SignedIn, unit: organisations.UnitRow) -> HttpResponse:
    """Fill the fields from what the scanner typed, and from what this counter knows; the scan itself is kept nowhere."""
    fields = request.POST.dict()
    scanned = fields.pop("card", "")
    try:
        card = operations.read_card(scanned)
    except Refused as refusal:
        form = CounterForm(request.POST)
        form.is_valid()
        form.errors.clear()
        form.add_error("card", words.refusal(refusal))
        return _page(request, form, unit, status=422)
    filled: dict[str, Any] = {**fields, "identity": card.identity, "applicant": card.name, "address": card.address}
    before = dossiers.been_here(card.identity, fields.get("procedure", ""), unit, request.user, localdate())
    if before is not None:
        filled |= {
            name: value for name, value in before.reach.plain().items() if name in {"phone", "email", "language"} and value
        }
        filled["address"] = before.reach.address or card.address
    return _page(request, CounterForm(initial=filled), unit, filled=True, posted=request.POST)


@login_required
@require_POST
def look(request: SignedIn) -> HttpResponse:
    """What stands beside the form while it is filled in: warnings, the day it would be due, the papers to ask for."""
    unit = my_unit(request)
    if unit is None:
        return errors.no_right(request, NotAllowed(NOT_HERE))
    try:
        beside = _beside(request, unit, request.POST.get("procedure", ""), request.POST.get("identity", ""), request.POST)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    return render(request, "dossiers/counter_look.html", beside)


def _beside(
    request: SignedIn, unit: organisations.UnitRow, procedure: str, identity: str, sent: QueryDict | None
) -> dict[str, Any]:
    today = localdate()
    seen = dossiers.ahead(procedure, unit, today) if procedure else None
    try:
        number = operations.identity_of(identity)
    except Refused:
        number = ""
    before = dossiers.been_here(number, procedure, unit, request.user, today)
    term = None
    if seen is not None:
        due = seen.reckoning.due
        term = TermBar(today, due, today, seen.reckoning.term.amount, days=reckoned_days(seen.reckoning))
    return {
        "seen": seen,
        "term": term,
        "verify": seen.procedure.verify_days if seen else 0,
        "papers": _asked_for(seen.procedure.papers, sent) if seen else [],
        "fee": words.number(seen.procedure.fee) if seen and seen.procedure.fee else "",
        "before": before,
        "due_on": seen.reckoning.due if seen else None,
    }


def _asked_for(papers: list[dict[str, Any]], sent: QueryDict | None) -> list[dict[str, Any]]:
    """The papers of a procedure as they are ticked: all of them at first, as they were sent afterwards."""
    ticked = set(sent.getlist("paper")) if sent is not None and "papers-of" in sent else None
    return [
        {
            **paper,
            "nth": nth,
            "ticked": ticked is None or str(nth) in ticked,
            "counts": [
                (sort, label, _count(sent.get(f"paper-{nth}-{sort}", "")) if ticked is not None and sent else paper.get(sort, 0))
                for sort, label in (("original", _("bản chính")), ("certified", _("chứng thực")), ("copy", _("bản sao")))
            ],
        }
        for nth, paper in enumerate(papers)
    ]


def _page(
    request: SignedIn,
    form: CounterForm,
    unit: organisations.UnitRow,
    *,
    status: int = 200,
    filled: bool = False,
    posted: QueryDict | None = None,
) -> HttpResponse:
    sent = request.POST if form.is_bound else posted
    procedure, identity = str(form["procedure"].value() or ""), str(form["identity"].value() or "")
    handled = dossiers.procedures_at(organisations.unit(unit.code), localdate())
    context = {
        "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(_("Tiếp nhận"))),
        "form": form,
        "unit": unit,
        "procedures": [(one.code, words.named(one.name, one.name_en)) for one in handled],
        "filled": filled,
        "focus": _focus(form, filled, procedure),
        **_beside(request, unit, procedure, identity, sent),
    }
    return render(request, "dossiers/counter.html", context, status=status)


def _focus(form: CounterForm, filled: bool, procedure: str) -> str:
    """Where the cursor goes: to what is wrong, to what is missing, or to saving."""
    if form.errors:
        return next(iter(form.errors))
    if not filled:
        return "card"
    if not procedure:
        return "procedure"
    return "save" if form["phone"].value() else "phone"


@login_required
@require_safe
@errors.told(Crumb(gettext_lazy("Tìm hồ sơ khác"), "/dossiers/"))
def receipt(request: SignedIn, number: str) -> HttpResponse:
    """The receipt (form 01) of a dossier, to be printed and taken home."""
    today = localdate()
    shown = dossiers.dossier(number, request.user, today)
    token = dossiers.receipt_token(shown.row.id, request.user, today)
    address = request.build_absolute_uri(reverse("public-receipt", args=[token])) if token else shown.row.number
    context = {
        "crumbs": (
            Crumb(_("Hồ sơ"), "/dossiers/"),
            Crumb(shown.row.number, f"/dossiers/{shown.row.number}/"),
            Crumb(_("Giấy tiếp nhận")),
        ),
        "row": shown.row,
        "receipt": receipt_of(shown, address),
        "papers": shown.papers,
        "procedure": words.named(shown.procedure.name, shown.procedure.name_en),
    }
    return render(request, "dossiers/counter_receipt.html", context)


def receipt_of(shown: dossiers.DossierShown, address: str) -> Receipt:
    path, size = qr(address)
    row = shown.row
    steps = (
        _("Giữ giấy này: quét mã, hoặc dùng số hồ sơ và 4 số cuối điện thoại để xem hồ sơ đến đâu."),
        _("Có kết quả, bưu điện mang đến địa chỉ Ông/Bà đã ghi. Nếu chậm, chúng tôi sẽ báo trước và xin lỗi Ông/Bà.")
        if any(parcel.state == "wanted" for parcel in shown.deliveries)
        else _("Đến nhận kết quả vào ngày hẹn. Nếu chậm, chúng tôi sẽ báo trước và xin lỗi Ông/Bà."),
    )
    facts = (
        (_("Người nộp"), row.applicant),
        (_("Nơi nhận"), words.named(row.unit.name, row.unit.name_en)),
        (_("Ngày nhận"), words.day(row.received_on)),
        (_("Hẹn trả"), words.weekday(row.due_on)),
    )
    return Receipt(_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), row.number, path, size, steps, facts)


def qr(text: str) -> tuple[str, int]:
    """A QR code as the path of an SVG, and how many modules wide it is."""
    code = segno.make_qr(text, error="m")
    drawn = code.svg_inline(border=0)
    return drawn.split(' d="')[1].split('"')[0], int(code.symbol_size(border=0)[0])
