"""A unit's monthly reports to all its superiors on one page; and the superiors' templates, shown and set."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.faces.pages import errors, report_tables, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.owing import mark_of
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, State, Table
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Stage, Template

REPORTS = Crumb(gettext_lazy("Báo cáo"), "/reports/")
LAYOUTS = {
    "state": gettext_lazy("Nghị định 30/2020/NĐ-CP"),
    "police": gettext_lazy("Công an"),
    "party": gettext_lazy("văn bản của Đảng"),
}


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """The last monthly report to each superior: begun all at once, filled from the ledger, laid before the head all at once."""
    asked, wrong = Asked(request), ""
    units = organisations.visible_units(Right.WRITE_REPORTS, request.user, asked.today)
    if not units:
        return errors.no_right(request)
    own = _chosen(request, units)
    found = reports.monthly([own.id], asked.today) if own else []
    if request.method == "POST":
        numbers = [one.owed.id for one in found]
        try:
            _act(request, numbers, asked)
            return redirect(f"/reports/mine/?unit={own.code}" if own else "/reports/mine/")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    stages = [one.owed.stage for one in found]
    return render(
        request,
        "reports/mine.html",
        {
            "crumbs": (REPORTS, Crumb(_("Báo cáo tháng của tôi"))),
            "unit": own,
            "cards": [_card(one, asked) for one in found],
            "to_begin": stages.count(Stage.NOT_BEGUN),
            "to_submit": stages.count(Stage.DRAFT),
            "wrong": wrong,
            "empty": State(
                _("Chưa có báo cáo tháng nào phải nộp"), _("Hết kỳ của mỗi cấp trên thì báo cáo tự hiện ở đây."), icon="report"
            ),
        },
        status=422 if wrong else 200,
    )


def _chosen(request: SignedIn, units: frozenset[int]) -> organisations.UnitRow | None:
    """The unit asked for, else that from which the reader looks, else the only one."""
    code, own = Asked(request).text("unit"), my_unit(request)
    if code:
        try:
            asked_for = organisations.unit_id(code)
        except Refused:
            asked_for = 0
        return organisations.row(asked_for) if asked_for in units else None
    if own is not None and own.id in units:
        return own
    return organisations.row(next(iter(units))) if len(units) == 1 else None


def _act(request: SignedIn, numbers: list[int], asked: Asked) -> None:
    match request.POST.get("do", ""):
        case "begin":
            made = operations.begin_several(owed=numbers, simulated=settings.SIMULATED, by=request.user, on=asked.today)
            said = ngettext("Đã lập %(n)d báo cáo.", "Đã lập %(n)d báo cáo.", len(made))
        case "submit":
            made = operations.submit_several(owed=numbers, by=request.user, on=asked.today)
            said = ngettext("Đã trình %(n)d báo cáo.", "Đã trình %(n)d báo cáo.", len(made))
        case _:
            return
    messages.success(request, said % {"n": len(made)})


def _card(one: reports.MonthlyReport, asked: Asked) -> dict[str, object]:
    row, report = one.owed, one.report
    tables = report_tables.figures_of(one.sheet, reports.linking(report, "")) if one.sheet and report else []
    return {
        "row": row,
        "title": words.named(row.title, row.title_en),
        "mark": mark_of(row, asked),
        "code": row.report,
        "to_write": reports.still_to_write(report) if report and row.stage is Stage.DRAFT else [],
        "tables": tables,
        "stretch": report_tables.stretched(reports.period_of(report)) if report else "",
        "layout": LAYOUTS.get(report.layout, "") if report else "",
    }


class TemplateForm(forms.Form):
    """Templates as their file says them."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung mẫu (YAML)"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 24})
    )


@login_required
def templates(request: SignedIn) -> HttpResponse:
    """The templates of every superior as they hold today; one to be written on, from a day on."""
    asked, code = Asked(request), Asked(request).text("code")
    if not organisations.visible_units(Right.READ_FIGURES, request.user, asked.today):
        return errors.no_right(request)
    known = reports.templates(asked.today)
    chosen = next((one for one in known if one.code == code), known[0] if known else None)
    text = reports.template_text(chosen) if chosen else operations.TEMPLATES.read_text("utf-8")
    form = TemplateForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.set_templates(text=form.cleaned_data["text"], by=request.user, on=asked.today)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            form.add_error("text", words.refusal(refusal))
        else:
            said = ngettext("Đã đặt %(n)d mẫu.", "Đã đặt %(n)d mẫu.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect(f"/reports/templates/?code={made[0].code if made else code}")
    context = {
        "crumbs": (REPORTS, Crumb(_("Mẫu báo cáo"))),
        "tabs": [Choice(words.named(one.title, one.title_en), f"?code={one.code}", one == chosen) for one in known],
        "chosen": chosen,
        "title": words.named(chosen.title, chosen.title_en) if chosen else "",
        "layout": LAYOUTS.get(chosen.layout, "") if chosen else "",
        "table": _rows(chosen) if chosen else None,
        "form": form,
        "may_set": Right.MANAGE_PROGRAMMES in organisations.rights(request.user, asked.today),
    }
    return render(request, "reports/templates.html", context, status=422 if form.errors else 200)


def _rows(template: Template) -> Table:
    rows = [
        (
            Cell(row.words or words.said(CATALOGUE[row.measure].name)),
            Cell(row.heading),
            Cell(words.said(CATALOGUE[row.measure].name), f"/measures/{row.measure}/"),
        )
        for row in template.rows
    ]
    columns = (Column(_("Dòng của mẫu"), head=True), Column(_("Mục")), Column(_("Chỉ tiêu trong sổ cái")))
    return Table.of(_("Các dòng của mẫu"), columns, rows)
