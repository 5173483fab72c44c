"""Directives: what those above have laid down, and by what each point is answered."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table
from gandan.faces.pages.task_words import KINDS
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.programmes import operations, queries
from gandan.results.programmes.queries import DirectiveRow
from gandan.results.programmes.rules import DirectiveKind

ROOT = Crumb(gettext_lazy("Văn bản chỉ đạo"), "/directives/")


class DirectiveForm(forms.Form):
    """A directive as it is noted; each line of `points` is one."""

    code = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Xin đặt một mã, như ct-12-2026.")})
    kind = forms.ChoiceField(choices=[(kind.value, said) for kind, said in KINDS.items()])
    number = forms.CharField(max_length=60, required=False)
    body = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Xin ghi cơ quan ban hành.")})
    dated = forms.DateField(required=False, error_messages={"invalid": gettext_lazy("Ngày này không có trong lịch.")})
    title = forms.CharField(max_length=500, error_messages={"required": gettext_lazy("Xin ghi trích yếu.")})
    points = forms.CharField(max_length=20_000, error_messages={"required": gettext_lazy("Xin ghi ít nhất một điểm.")})
    text = forms.CharField(max_length=100_000, required=False)
    source = forms.CharField(max_length=300, required=False)
    file = forms.FileField(required=False)


@login_required
@require_safe
def directive_list(request: SignedIn) -> HttpResponse:
    """All directives, the newest first, with how many of their points nothing answers."""
    asked = Asked(request)
    kind = DirectiveKind(asked.text("kind")) if asked.text("kind") in set(DirectiveKind) else None
    found = queries.directives(text=asked.text("q"), kind=kind, open_only=bool(asked.text("open")))
    rows = [
        (
            Cell(one.title, f"/directives/{one.code}/", note=_("mô phỏng") if one.simulated else ""),
            Cell(KINDS[one.kind], note=one.number),
            Cell(one.body),
            Cell(words.day(one.dated) if one.dated else ""),
            Cell(_("%(open)d trên %(all)d điểm chưa có nhiệm vụ") % {"open": one.unanswered, "all": one.points}, tone="late")
            if one.unanswered
            else Cell(_("%(all)d điểm, đều có trả lời") % {"all": one.points}, tone="kept"),
        )
        for one in found
    ]
    columns = (
        Column(_("Trích yếu"), head=True), Column(_("Loại, số")), Column(_("Cơ quan ban hành")),
        Column(_("Ngày"), tight=True), Column(_("Đã trả lời bằng nhiệm vụ")),
    )  # fmt: skip
    empty = State(_("Chưa có văn bản nào"), _("Nghị quyết, chỉ thị, chương trình của cấp trên được ghi ở đây, từng điểm một."))
    context = {
        "crumbs": (Crumb(ROOT.words),),
        "table": Table.of(_("Văn bản chỉ đạo, mới nhất trước"), columns, rows, empty=empty),
        "kinds": [(kind.value, said) for kind, said in KINDS.items()],
        "kind": asked.text("kind"),
        "text": asked.text("q"),
        "open": bool(asked.text("open")),
        "may_note": _may(request),
    }
    return render(request, "directives/list.html", context)


def _may(request: SignedIn) -> bool:
    return Right.MANAGE_PROGRAMMES in organisations.rights(request.user, localdate())


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Note a directive at the top unit over which the reader manages programmes."""
    today = localdate()
    units = organisations.visible_units(Right.MANAGE_PROGRAMMES, request.user, today)
    unit = next((one for one in organisations.tops(today) if one.pk in units), None)
    if unit is None:
        return errors.no_right(request)
    form = DirectiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        file: Any = typed.pop("file")
        try:
            operations.note_directive(
                **{**typed, "kind": DirectiveKind(typed["kind"]), "points": typed["points"].splitlines()}, unit=unit,
                file=file, name=file.name if file else "", by=request.user, on=today,
            )  # fmt: skip
            return redirect("directive", typed["code"])
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    context = {"crumbs": (ROOT, Crumb(_("Ghi văn bản"))), "form": form, "unit": unit, "kinds": form.fields["kind"]}
    return render(request, "directives/new.html", context, status=422 if form.errors else 200)


@login_required
def one(request: SignedIn, code: str) -> HttpResponse:
    """A directive point by point; each with its tasks, or why it needs none."""
    wrong = ""
    try:
        shown = queries.directive(code)
        if request.method == "POST":
            point = queries.point_of(code, _whole(request, "point"))
            operations.set_aside(point=point, why=request.POST.get("why", ""), by=request.user, on=localdate())
            return redirect(f"/directives/{code}/#p{point.position}")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownDirective as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    context = {
        "crumbs": (ROOT, Crumb(shown.number or shown.code)),
        "shown": shown,
        "kind": KINDS[shown.kind],
        "unit": name_of(organisations.row(shown.unit)),
        "wrong": wrong,
        "may_manage": _may(request),
        "programmes": [one.code for one in queries.programmes() if not one.closed_on],
    }
    return render(request, "directives/one.html", context, status=422 if wrong else 200)


def _whole(request: SignedIn, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


@login_required
@require_safe
def file(request: SignedIn, code: str) -> HttpResponseBase:
    """The directive itself, as it was taken in."""
    try:
        shown: DirectiveRow = queries.directive(code)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    return uploads.served(shown.file) if shown.file else errors.not_found(request)
