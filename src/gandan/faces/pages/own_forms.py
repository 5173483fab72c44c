"""A body's own templates over ours, tried before they are in force; and the rule by which it apologises."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, body_of
from gandan.faces.pages.pieces import Cell, Column, Crumb, Table, Words
from gandan.faces.pages.privacy_words import UNITS as TERM_UNITS
from gandan.faces.pages.privacy_words import term
from gandan.ground.calendar.rules import TermUnit
from gandan.ground.documents import operations as documents
from gandan.ground.documents import queries as papers
from gandan.ground.documents.forms import form as form_on
from gandan.ground.documents.forms import kinds
from gandan.ground.documents.own import LONGEST, BadTemplate, typeset_own
from gandan.ground.documents.queries import LaidOver
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.documents.typesetting import LAYOUTS, typeset_sheet
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import letters

NAMES: dict[str, Words] = {
    "receipt": gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement": gettext_lazy("Phiếu yêu cầu bổ sung hồ sơ"),
    "refusal": gettext_lazy("Phiếu từ chối tiếp nhận"),
    "apology": gettext_lazy("Thư xin lỗi và hẹn lại"),
    "stopped": gettext_lazy("Thông báo dừng giải quyết"),
    "control": gettext_lazy("Phiếu kiểm soát quá trình"),
    "register": gettext_lazy("Sổ theo dõi hồ sơ"),
}
HERE = Crumb(gettext_lazy("Mẫu và quy định thư"), "/letters/forms/")
LETTERS = Crumb(gettext_lazy("Thư xin lỗi"), "/letters/")
AROUND = 4  # lines shown before and after the one that is wrong


class RuleForm(forms.Form):
    """How a body apologises, from a day on."""

    valid_from = unit_acts.day(gettext_lazy("Áp dụng từ ngày"))
    days_before = forms.IntegerField(
        label=gettext_lazy("Báo trước hẹn bao nhiêu ngày làm việc"), min_value=0, max_value=60, error_messages=unit_acts.NEEDED
    )
    amount = forms.IntegerField(
        label=gettext_lazy("Hẹn lại trong bao lâu"), min_value=1, max_value=365, error_messages=unit_acts.NEEDED
    )
    unit = forms.ChoiceField(label=gettext_lazy("Tính bằng"), choices=[(one.value, TERM_UNITS[one]) for one in TermUnit])
    max_reappointments = forms.IntegerField(
        label=gettext_lazy("Được hẹn lại mấy lần"), min_value=0, max_value=20, error_messages=unit_acts.NEEDED
    )
    source = unit_acts.words(gettext_lazy("Theo văn bản nào"), most=300)


class TemplateForm(forms.Form):
    source = forms.CharField(required=False, max_length=LONGEST, strip=False)
    upload = forms.FileField(required=False)
    valid_from = unit_acts.day(gettext_lazy("Áp dụng từ ngày"))

    def clean(self) -> dict[str, Any]:
        """A file that is uploaded takes the place of what stands in the field."""
        typed = super().clean() or {}
        given = typed.get("upload")
        if given is not None:
            try:
                typed["source"] = given.read(LONGEST * 4).decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("upload", _("Tệp mẫu phải là văn bản UTF-8 (.typ)."))
        typed["source"] = typed.get("source", "").replace("\r\n", "\n")
        return typed


@login_required
def rules(request: SignedIn) -> HttpResponse:
    """The seven forms of a body, whose template each is set by; and its rule for letters."""
    today = Asked(request).today
    try:
        body = body_of(request, Right.MANAGE_FORMS)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    law = letters.letter_law(body.id, today)
    form = RuleForm(
        request.POST or None,
        initial={
            "valid_from": today,
            "days_before": law.days_before,
            "amount": law.again.amount,
            "unit": law.again.unit.value,
            "max_reappointments": law.max_reappointments,
        },
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.set_letter_rule(
                unit=organisations.unit(body.code),
                valid_from=typed["valid_from"],
                days_before=typed["days_before"],
                again=f"{typed['amount']} {typed['unit']}",
                max_reappointments=typed["max_reappointments"],
                source=typed["source"],
                by=request.user,
                on=today,
            )
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã ghi quy định từ ngày %(day)s.") % {"day": words.day(typed["valid_from"])})
            return redirect("letter-layouts")
    context = {
        "crumbs": (LETTERS, Crumb(HERE.words)),
        "body": body,
        "form": form,
        "law": law,
        "again": term(law.again),
        "table": _forms(body.id, today),
    }
    return render(request, "letters/forms.html", context, status=400 if form.errors else 200)


def _forms(body: int, today: date) -> Table:
    columns = (Column(_("Mẫu"), head=True), Column(_("Theo")), Column(_("Đang lập bằng")))
    rows = []
    for kind in kinds():
        own = papers.own_layout(body, kind, today)
        mine = _("mẫu riêng, từ %(day)s") % {"day": words.day(own.valid_from)} if own else _("mẫu chung")
        rows.append((Cell(NAMES.get(kind, kind), f"/letters/forms/{kind}/"), Cell(_reference(kind, today)), Cell(mine)))
    return Table.of(_("Mẫu giấy tờ"), columns, rows)


def _reference(kind: str, on: date) -> str:
    try:
        return form_on(kind, on).reference
    except Refused:
        return ""


@login_required
def template(request: SignedIn, kind: str) -> HttpResponse:
    """One form's own template: written or uploaded, tried, put in force from a day, taken back."""
    today = Asked(request).today
    if kind not in kinds():
        return errors.not_found(request)
    try:
        body = body_of(request, Right.MANAGE_FORMS)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    own = papers.own_layout(body.id, kind, today)
    begun = {"valid_from": today, "source": own.source if own else ours(kind, today)}
    form = TemplateForm(request.POST or None, request.FILES or None, initial=begun)
    do, fault, shown = request.POST.get("do", ""), None, form["source"].value() or ""
    if request.method == "POST" and form.is_valid():
        shown = form.cleaned_data["source"]
        source = "" if do == "back" else shown
        try:
            if do == "try":
                return _tried(kind, source, form.cleaned_data["valid_from"])
            documents.lay_over(
                unit=organisations.unit(body.code), kind=kind, source=source, valid_from=form.cleaned_data["valid_from"],
                by=request.user, on=today,
            )  # fmt: skip
        except BadTemplate as bad:
            fault = bad.fault
            form.add_error("source", words.refusal(bad))
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            said = _("Trở lại mẫu chung từ ngày %(day)s.") if not source.strip() else _("Mẫu riêng áp dụng từ ngày %(day)s.")
            messages.success(request, said % {"day": words.day(form.cleaned_data["valid_from"])})
            return redirect("letter-layout", kind)
    name = NAMES.get(kind, kind)
    context = {
        "crumbs": (LETTERS, HERE, Crumb(name)),
        "name": name,
        "reference": _reference(kind, today),
        "own": own,
        "form": form,
        "source": shown,
        "fault": fault,
        "lines": _around(shown, fault.line) if fault else (),
        "history": _history(papers.own_layouts(body.id, kind)),
    }
    return render(request, "letters/form.html", context, status=400 if form.errors else 200)


def ours(kind: str, on: date) -> str:
    """Return our own layout of a form, to begin with."""
    try:
        return (LAYOUTS / f"{form_on(kind, on).layout}.typ").read_text(encoding="utf-8")
    except (Refused, OSError):
        return ""


def _tried(kind: str, source: str, on: date) -> HttpResponse:
    """The form with made-up people, by this template; it names nobody.

    :raises BadTemplate: if it can't be set
    """
    sheet = sample_sheet(kind, on)
    pdf = typeset_own(source, [sheet])[0][0] if source.strip() else typeset_sheet(sheet)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="thu-{kind}.pdf"'}
    )


def _around(source: str, line: int) -> list[tuple[int, str, bool]]:
    """The lines about the one that is wrong."""
    lines = source.split("\n")
    first = max(1, line - AROUND)
    return [(nth, text, nth == line) for nth, text in enumerate(lines[first - 1 : line + AROUND], start=first)] if line else []


def _history(laid: list[LaidOver]) -> list[tuple[str, str, str]]:
    return [
        (words.day(one.valid_from), _("mẫu riêng") if one.source else _("mẫu chung"), f"{one.by_name}, {words.day(one.laid_on)}")
        for one in laid
    ]
