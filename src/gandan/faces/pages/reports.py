"""Reports: the list, a draft with its text and figures, freezing, and as signed beside as known now."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, naming, report_differences, report_tables, words
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Mark, State, Table, Words
from gandan.faces.pages.report_steps import not_done, panel, readable
from gandan.faces.pages.report_text import Report, prose
from gandan.faces.pages.units import name_of
from gandan.ground.calendar.rules import stretch
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.programmes import queries as programmes
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import FROZEN_ONCE, ReportKind, ReportStatus

KINDS: dict[str, Words] = {
    ReportKind.CLOSING: gettext_lazy("tổng kết"),
    ReportKind.INTERIM: gettext_lazy("sơ kết"),
    ReportKind.PERIODIC: gettext_lazy("định kỳ"),
}


class NewReportForm(forms.Form):
    """What a draft begins with; everything else is counted."""

    unit = naming.UnitField(max_length=300, error_messages={"required": gettext_lazy("Xin ghi đơn vị lập báo cáo.")})
    programme = forms.CharField(max_length=40, required=False)
    first = forms.DateField(
        error_messages={
            "required": gettext_lazy("Chọn ngày bắt đầu."),
            "invalid": gettext_lazy("Ngày này không có trong lịch. Xin kiểm tra lại."),
        }
    )
    last = forms.DateField(
        error_messages={
            "required": gettext_lazy("Chọn ngày kết thúc."),
            "invalid": gettext_lazy("Ngày này không có trong lịch. Xin kiểm tra lại."),
        }
    )
    title = forms.CharField(max_length=300, required=False)


@login_required
def report_list(request: SignedIn) -> HttpResponse:
    today = Asked(request).today
    seen = organisations.visible_units(Right.READ_FIGURES, request.user, today)
    found = reports.reports(seen, of_parties=organisations.units_of(request.user, today))
    rows = [
        (
            Cell(one.title, f"/reports/{one.code}/", note=one.code),
            Cell(KINDS[one.kind]),
            Cell(words.short(one.unit)),
            Cell(report_tables.stretched(reports.period_of(one))),
            Cell(mark=stage(one)),
            Cell(words.day(one.frozen_on) if one.frozen_on else ""),
        )
        for one in found
    ]
    columns = (
        Column(_("Báo cáo"), head=True),
        Column(_("Loại")),
        Column(_("Đơn vị")),
        Column(_("Kỳ")),
        Column(_("Tình trạng")),
        Column(_("Ngày chốt"), number=True),
    )
    may = Right.WRITE_REPORTS in organisations.rights(request.user, today)
    empty = State(
        _("Chưa có báo cáo nào"),
        _("Dự thảo lấy số thẳng từ sổ cái; chốt rồi thì không đổi nữa."),
        icon="report",
        actions=(Crumb(_("Lập báo cáo"), "/reports/new/"),) if may else (),
    )
    table = Table.of(_("Báo cáo, mới nhất trước"), columns, rows, empty=empty)
    return render(request, "reports/list.html", {"crumbs": (Crumb(_("Báo cáo")),), "table": table, "may_write": may,
                                                 "to_sign": reports.to_sign(request.user)})  # fmt: skip


def stage(report: Report) -> Mark:
    """Where a report stands, in a word."""
    if report.status == "returned":
        return MARKS["sent_back"]
    if report.published_on:
        return MARKS["published"]
    if report.number_line:
        return MARKS["signed" if report.signed_on else "signing"]
    return MARKS[report.status]


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Begin a draft. Refusals stand in the form, and what was typed stays."""
    asked = Asked(request)
    code = asked.text("programme")
    own = my_unit(request)
    first_guess = {
        "unit": naming.units_said(filter(None, [asked.text("unit") or (own.code if own else "")])),
        "programme": code,
        **_dates(code, asked.today),
    }
    form = NewReportForm(request.POST or None, initial=first_guess)
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            report = operations.draft(
                unit=typed["unit"],
                period=stretch(typed["first"], typed["last"]),
                programme=programmes.programme(typed["programme"]) if typed["programme"] else None,
                title=typed["title"],
                simulated=settings.SIMULATED,
                by=request.user,
                on=asked.today,
            )
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
            status = errors.noted(request, refusal)
        else:
            return redirect("report", report.code)
    return render(
        request,
        "reports/new.html",
        {
            "crumbs": (Crumb(_("Báo cáo"), "/reports/"), Crumb(_("Lập báo cáo"))),
            "form": form,
            "programmes": [(one.code, words.named(one.title, one.title_en)) for one in programmes.programmes()],
        },
        status=status if status != 200 or not form.errors else 400,
    )


def _dates(code: str, today: date) -> dict[str, date]:
    """The programme's period as far as it is over; else the year's last whole quarter."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = date.fromordinal(quarter.toordinal() - 1)
    try:
        during = programmes.programme(code).during if code else None
    except Refused:
        during = None
    if during is None:
        return {"first": date(last.year, 1, 1), "last": last}
    return {"first": during.lower, "last": min(date.fromordinal(during.upper.toordinal() - 1), last)}


@login_required
@errors.told(Crumb(gettext_lazy("Mọi báo cáo"), "/reports/"))
def one(request: SignedIn, code: str) -> HttpResponse:
    """A draft to write on with others, or a frozen report with its way, and what is known since."""
    asked = Asked(request)
    report = readable(request, code)
    draft = report.status == ReportStatus.DRAFT
    wrong = ""
    if request.method == "POST" and draft:
        try:
            operations.write_section(
                report=report,
                position=int(request.POST["position"]),
                text=request.POST.get("text", ""),
                base=_base(request),
                by=request.user,
                on=asked.today,
            )
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
        else:
            return redirect(f"/reports/{code}/?edited={request.POST['position']}#s{request.POST['position']}")
    return _page(request, report, asked, draft=draft, wrong=wrong)


def _base(request: SignedIn) -> int | None:
    typed = request.POST.get("base", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _page(request: SignedIn, report: Report, asked: Asked, *, draft: bool, wrong: str) -> HttpResponse:
    frozen = report.status in FROZEN_ONCE
    sheet = reports.as_signed(report) if frozen else reports.as_known_now(report)
    tab = asked.text("tab")
    found = reports.differences(report) if frozen and tab == "now" else None
    way = panel(request, report)
    said: dict[int, list[reports.CommentRow]] = {}
    for comment in reports.comments(report):
        said.setdefault(comment.position, []).append(comment)
    editing = int(request.POST["position"]) if wrong else asked.whole("edit")
    return render(
        request,
        "reports/one.html",
        {
            "crumbs": (Crumb(_("Báo cáo"), "/reports/"), Crumb(report.code)),
            "report": report,
            "draft": draft,
            "frozen": frozen,
            **way,
            "tab": tab,
            "mark": stage(report),
            "kind": KINDS[report.kind],
            "stretch": report_tables.stretched(reports.period_of(report)),
            "unit_name": name_of(organisations.row(report.unit_id, reports.period_of(report).last)),
            "sections": [
                (section, prose(report, section, sheet), said.get(section.position, []))
                for section in (report.sections.all() if tab not in {"now", "restated"} else ())
            ],
            "writers": ", ".join(reports.writers(report)),
            "unusual": [(one, report_tables.measure_name(one.code)) for one in reports.unusual(report, sheet)],
            "compared": report_tables.compared(sheet),
            "cited": report_tables.cited(report) if frozen else None,
            "awaited": report_tables.awaited(report) if not frozen else None,
            "restatements": report_differences.lists(report) if frozen and tab == "restated" else [],
            "restated_times": len(reports.restatements(report)) if frozen else 0,
            "editing": editing,
            "wrong": wrong,
            "typed": request.POST.get("text", "") if wrong else None,
            "figures": report_tables.figures_of(sheet, reports.linking(report, "")),
            "below": report_tables.below(sheet, reports.linking(report, "")),
            "since": report_differences.since(report, found) if found else None,
            "none": bool(found and found.none),
            "more": bool(found and found.more),
            "may_write": way["may_submit"],
            "over": reports.period_of(report).end <= asked.today,
            "checked": asked.text("checked"),
        },
        status=400 if wrong else 200,
    )


@login_required
@require_POST
@confirmed_recently
def freeze(request: SignedIn, code: str) -> HttpResponse:
    """Freeze a draft; it can't be changed after."""
    asked = Asked(request)
    try:
        report = operations.freeze(report=reports.report(code), by=request.user, on=asked.today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return not_done(request, code, refused)
    return redirect("report", report.code)


@login_required
def pdf(request: SignedIn, code: str) -> HttpResponse:
    return _file(request, code, "pdf", reports.pdf, "application/pdf")


@login_required
def docx(request: SignedIn, code: str) -> HttpResponse:
    return _file(request, code, "docx", reports.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


@login_required
def xlsx(request: SignedIn, code: str) -> HttpResponse:
    return _file(request, code, "xlsx", reports.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _file(request: SignedIn, code: str, ending: str, make: Callable[..., bytes], kind: str) -> HttpResponse:
    try:
        report = readable(request, code)
        made = make(report, base_url=settings.BASE_URL, made_at=localtime().replace(microsecond=0))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Mọi báo cáo"), "/reports/"),))
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{code}.{ending}"'})


@login_required
@require_POST
def discard(request: SignedIn, code: str) -> HttpResponse:
    asked = Asked(request)
    try:
        operations.discard_draft(report=reports.report(code), by=request.user, on=asked.today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về báo cáo"), f"/reports/{code}/"),))
    return redirect("reports")
