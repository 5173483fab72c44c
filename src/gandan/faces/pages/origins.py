"""Where units do which kinds of work, and official totals of other systems held against what came in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.faces.pages import errors, figuring, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Column, Crumb, Mark, State, Table
from gandan.faces.pages.stating import tabs
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import GROUPS
from gandan.results.statements import operations, queries

HERE = Mark(gettext_lazy("làm tại đây"), "circle-check", "kept")
ELSEWHERE = Mark(gettext_lazy("làm ở hệ thống khác"), "file-text", "wait")
EQUAL = Mark(gettext_lazy("khớp"), "circle-check", "kept")
DIFFERS = Mark(gettext_lazy("lệch"), "alert-triangle", "risk")


class DeclarationForm(forms.Form):
    """Where a unit does a kind of work, from which day, who says so."""

    unit = forms.CharField(label=gettext_lazy("Mã đơn vị"), max_length=30)
    work = forms.ChoiceField(label=gettext_lazy("Loại việc"))
    system = forms.CharField(
        label=gettext_lazy("Làm ở hệ thống nào"), max_length=120, required=False, help_text=gettext_lazy("Để trống: làm tại đây.")
    )
    since = forms.DateField(label=gettext_lazy("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        work = self.fields["work"]
        assert isinstance(work, forms.ChoiceField)
        work.choices = [(code, words.said(title)) for code, title in GROUPS.items()]


class TotalsForm(forms.Form):
    """Official totals, pasted or as a file."""

    source = forms.CharField(label=gettext_lazy("Tổng số lấy ở đâu"), max_length=300)
    totals = forms.CharField(
        label=gettext_lazy("Mỗi dòng: mã đơn vị; mã chỉ tiêu; kỳ; tổng số"), max_length=400_000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=gettext_lazy("Như W26740;dossiers-received;2026-Q3;1.234"),
    )  # fmt: skip


@login_required
def works(request: SignedIn) -> HttpResponse:
    """What units have declared, and a new declaration."""
    asked, own = Asked(request), my_unit(request)
    if not organisations.visible_units(Right.READ_FIGURES, request.user, asked.today):
        return errors.no_right(request)
    form = DeclarationForm(request.POST or None, initial={"unit": own.code if own else "", "since": asked.today})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.declare(
                unit=organisations.unit(typed["unit"]), work=typed["work"], system=typed["system"], since=typed["since"],
                source=typed["source"], by=request.user, on=asked.today,
            )  # fmt: skip
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã ghi khai báo. Số liệu của loại việc này được đánh dấu theo khai báo."))
            return redirect("works")
    rows = [
        (
            Cell(name_of(one.unit), f"/units/{one.unit.code}/"),
            Cell(words.said(GROUPS[one.work])),
            Cell(one.system, mark=ELSEWHERE if one.system else HERE),
            Cell(words.day(one.since)),
            Cell(words.day(one.until) if one.until else ""),
            Cell(one.source, note=one.declared_by),
        )
        for one in queries.declarations(request.user, asked.today)
    ]
    columns = (
        Column(_("Đơn vị"), head=True), Column(_("Loại việc")), Column(_("Làm ở đâu")), Column(_("Từ ngày"), number=True),
        Column(_("Đến trước ngày"), number=True), Column(_("Căn cứ")),
    )  # fmt: skip
    empty = State(_("Chưa có khai báo nào"), _("Không khai báo là mọi loại việc đều làm tại đây."), icon="building-community")
    return _page(request, "works", form, Table.of(_("Nơi làm từng loại việc"), columns, rows, empty=empty), asked)


def _page(request: SignedIn, here: str, form: forms.Form, table: Table, asked: Asked, wrong: str = "") -> HttpResponse:
    context = {
        "crumbs": (Crumb(_("Số nêu từ ngoài"), "/statements/"), Crumb(_("Nơi làm việc") if here == "works" else _("Đối chiếu"))),
        "tabs": tabs(here, len(queries.to_answer(request.user, asked.today))),
        "table": table,
        "form": form,
        "wrong": wrong,
        "may_state": Right.STATE_FIGURES in organisations.rights(request.user, asked.today),
    }
    return render(request, f"statements/{here}.html", context, status=422 if form.errors or wrong else 200)


@login_required
def totals(request: SignedIn) -> HttpResponse:
    """Official totals beside what is counted, those that differ first to be explained; and a new list of totals."""
    asked, wrong = Asked(request), ""
    if not organisations.visible_units(Right.READ_FIGURES, request.user, asked.today):
        return errors.no_right(request)
    form = TotalsForm(request.POST or None) if request.POST.get("do") != "explain" else TotalsForm()
    if request.method == "POST":
        try:
            if said := _said(request, form, asked):
                messages.success(request, said)
                return redirect("totals")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    found = queries.reconciliations(request.user, asked.today, differing=asked.text("only") == "differing")
    rows = [
        (
            Cell(words.said(one.measure.name), f"/measures/{one.measure.code}/?unit={one.unit.code}&period={one.label}"),
            Cell(name_of(one.unit), note=one.label),
            Cell(figuring.plain(one.measure, one.official), note=one.source),
            Cell("–" if one.now is None else figuring.plain(one.measure, one.now)),
            Cell("–" if one.now is None else words.number(one.now - one.official), mark=DIFFERS if one.differs else EQUAL),
            Cell(one.explanation, note=f"{words.day(one.on)} · {one.by} · #{one.id}"),
        )
        for one in found
    ]
    columns = (
        Column(_("Chỉ tiêu"), head=True), Column(_("Đơn vị, kỳ")), Column(_("Tổng số chính thức"), number=True),
        Column(_("Đếm được nay"), number=True), Column(_("Lệch"), number=True), Column(_("Giải thích")),
    )  # fmt: skip
    empty = State(_("Chưa đối chiếu tổng số nào"), icon="list-check")
    return _page(request, "totals", form, Table.of(_("Đối chiếu, mới trước"), columns, rows, empty=empty), asked, wrong)


def _said(request: SignedIn, form: forms.Form, asked: Asked) -> str:
    """Do what was asked and return what to say of it; nothing where the form is not whole."""
    if request.POST.get("do") == "explain":
        typed = request.POST.get("number", "")
        known = {one.id for one in queries.reconciliations(request.user, asked.today)}
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
        if number not in known:
            raise operations.UnknownWork(gettext_noop("Không có dòng đối chiếu này."))
        operations.explain_difference(
            number=number, explanation=request.POST.get("explanation", "")[:2000], by=request.user, on=asked.today
        )
        return _("Đã ghi giải thích.")
    if not form.is_valid():
        return ""
    file: Any = request.FILES.get("file")
    text = file.read(2**20).decode("utf-8-sig", errors="replace") if file else form.cleaned_data["totals"]
    made = operations.reconcile(totals=text, source=form.cleaned_data["source"], by=request.user, on=asked.today)
    differing = sum(one.counted != one.official for one in made)
    return ngettext(
        "Đã đối chiếu %(all)d dòng, %(differing)d dòng lệch.", "Đã đối chiếu %(all)d dòng, %(differing)d dòng lệch.", len(made)
    ) % {"all": len(made), "differing": differing}
