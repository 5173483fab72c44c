"""Reports that are owed: the calendar of what is due by whom, one to begin, all of a period in one go."""

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, Mark, State, Table, Words
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Stage

STAGES: dict[Stage, tuple[Words, str]] = {
    Stage.NOT_BEGUN: (gettext_lazy("chưa lập"), "open"),
    Stage.DRAFT: (gettext_lazy("đang viết"), "draft"),
    Stage.SUBMITTED: (gettext_lazy("chờ duyệt"), "submitted"),
    Stage.APPROVED: (gettext_lazy("đã duyệt"), "frozen"),
    Stage.RETURNED: (gettext_lazy("bị trả lại"), "sent_back"),
}


@login_required
def owed_list(request: SignedIn) -> HttpResponse:
    """How far each period's reports have come; of one rule and period, or of what is still open, unit by unit."""
    asked = Asked(request)
    seen = organisations.visible_units(Right.READ_FIGURES, request.user, asked.today)
    duty, label = asked.text("duty"), asked.text("period")
    counts = reports.owed_counts(seen, asked.today)
    rows = reports.owed_reports(seen, duty=duty, label=label, open_only=not duty)
    chosen = next((one for one in counts if (one.duty, one.label) == (duty, label)), None)
    may_begin = (
        bool(chosen and chosen.begun < chosen.of)
        and organisations.may(
            Right.WRITE_REPORTS,
            by=request.user,
            unit=organisations.unit(organisations.row(chosen.superior_id).code),
            on=asked.today,
        )
        if chosen
        else False
    )
    return render(
        request,
        "reports/owed.html",
        {
            "crumbs": (Crumb(_("Báo cáo"), "/reports/"), Crumb(_("Phải nộp"))),
            "counts": _counts(counts, asked),
            "chosen": chosen,
            "title": words.named(chosen.title, chosen.title_en) if chosen else _("Chưa nộp, gấp nhất trước"),
            "table": _rows(rows, asked),
            "may_begin": may_begin,
            "running": bool(chosen) and any((one.duty.code, one.label) == (duty, label) for one in reports.asked_for()),
            "tabs": (Choice(_("Chưa nộp"), "/reports/owed/", not duty),),
        },
    )


def _counts(counts: list[reports.OwedCount], asked: Asked) -> Table:
    rows = [
        (
            Cell(words.named(one.title, one.title_en), asked.address(duty=one.duty, period=one.label), note=one.superior),
            Cell(words.period(one.label)),
            Cell(words.day(one.due_on)),
            Cell(
                f"{words.number(one.stages[Stage.APPROVED])}/{words.number(one.of)}",
                share=100 * one.stages[Stage.APPROVED] / one.of,
            ),
            Cell(words.number(one.stages[Stage.DRAFT] + one.stages[Stage.SUBMITTED])),
            Cell(words.number(one.stages[Stage.NOT_BEGUN])),
            Cell(words.number(one.late) if one.late else "", mark=MARKS["late"] if one.late else None),
        )
        for one in counts
    ]
    columns = (
        Column(_("Loại báo cáo"), head=True),
        Column(_("Kỳ"), tight=True),
        Column(_("Hạn"), number=True),
        Column(_("Đã duyệt"), number=True),
        Column(_("Đang làm"), number=True),
        Column(_("Chưa lập"), number=True),
        Column(_("Quá hạn"), number=True),
    )
    empty = State(
        _("Chưa có báo cáo nào phải nộp"),
        _("Quy định về báo cáo được đưa vào bằng tệp; đến hết kỳ thì tự hiện ở đây."),
        icon="report",
    )
    return Table.of(_("Theo loại và kỳ"), columns, rows, empty=empty)


def _rows(rows: list[reports.OwedRow], asked: Asked) -> Table:
    shown = [
        (
            Cell(one.unit_name, f"/reports/{one.report}/" if one.report else f"/reports/owed/{one.id}/"),
            Cell(words.named(one.title, one.title_en), note=one.superior),
            Cell(words.period(one.label)),
            Cell(words.day(one.due_on)),
            Cell(mark=mark_of(one, asked)),
        )
        for one in rows
    ]
    columns = (
        Column(_("Đơn vị"), head=True),
        Column(_("Báo cáo")),
        Column(_("Kỳ"), tight=True),
        Column(_("Hạn"), number=True),
        Column(_("Tình trạng")),
    )
    empty = State(_("Không còn báo cáo nào chưa nộp"), _("Mọi báo cáo đến hạn đã được duyệt."), icon="circle-check", kind="good")
    return Table.of(_("Từng đơn vị"), columns, shown, empty=empty, tall=len(shown) > 30)


def mark_of(one: reports.OwedRow, asked: Asked) -> Mark:
    word, mark = STAGES[one.stage]
    if one.late(asked.today):
        return Mark(_("%(stage)s, quá hạn") % {"stage": word}, MARKS["late"].sign, "late")
    return Mark(word, MARKS[mark].sign, MARKS[mark].tone)


@login_required
@errors.told(Crumb(gettext_lazy("Báo cáo phải nộp"), "/reports/owed/"))
def owed(request: SignedIn, number: int) -> HttpResponse:
    """A report that is owed: to begin it, or on to it."""
    asked = Asked(request)
    row = reports.owed_one(number)
    unit = organisations.unit(organisations.row(row.unit_id).code)
    organisations.require(Right.READ_FIGURES, by=request.user, unit=unit, on=asked.today)
    if request.method == "POST":
        made = operations.begin_owed(owed=number, simulated=settings.SIMULATED, by=request.user, on=asked.today)
        return redirect("report", made.code)
    if row.report:
        return redirect("report", row.report)
    return render(
        request,
        "reports/owed_one.html",
        {
            "crumbs": (Crumb(_("Báo cáo"), "/reports/"), Crumb(_("Phải nộp"), "/reports/owed/"), Crumb(words.period(row.label))),
            "row": row,
            "title": words.named(row.title, row.title_en),
            "mark": mark_of(row, asked),
            "may_begin": organisations.may(Right.WRITE_REPORTS, by=request.user, unit=unit, on=asked.today),
        },
    )


@login_required
@require_POST
def begin_all(request: SignedIn) -> HttpResponse:
    """Begin the owed reports of all units on a period; a job goes on with it, the page says how far it is."""
    duty, label = request.POST.get("duty", ""), request.POST.get("period", "")
    try:
        operations.ask_many(duty=duty, label=label, by=request.user, on=Asked(request).today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Báo cáo phải nộp"), "/reports/owed/"),))
    notices.success(request, _("Các báo cáo đang được lập sẵn số liệu; trang này cho biết đã xong đến đâu."))
    return redirect(f"/reports/owed/?duty={duty}&period={label}")
