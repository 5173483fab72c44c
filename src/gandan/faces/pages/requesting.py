"""Requests for reports in the browser: asked of many units, answered by each, gathered into one table."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, figuring, naming, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Mark, Moment, State, Table
from gandan.faces.pages.stating import measure_choices
from gandan.faces.pages.units import name_of, own_line
from gandan.ground.calendar import queries as calendar
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.numbers import parse_number_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.requests import operations, queries
from gandan.results.requests.rules import AnswerStage, FilledHow, UnwrittenPoint, stage_of

ROOT = Crumb(gettext_lazy("Yêu cầu báo cáo"), "/requests/")
STAGES: dict[str, Mark] = {
    AnswerStage.OPEN: Mark(gettext_lazy("chưa viết"), "circle", "wait"),
    AnswerStage.DRAFT: Mark(gettext_lazy("đang viết"), "pencil", "wait"),
    AnswerStage.ANSWERED: Mark(gettext_lazy("đã trả lời"), "circle-check", "kept"),
    AnswerStage.RETURNED: Mark(gettext_lazy("bị trả lại"), "alert-triangle", "late"),
    AnswerStage.EXCUSED: Mark(gettext_lazy("khỏi trả lời"), "x", ""),
    "late": MARKS["late"],
}
FILES = {
    "xlsx": (queries.request_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (queries.request_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (queries.request_pdf, "application/pdf"),
}


class RequestForm(forms.Form):
    """An official letter that asks for a report: of whom, about which days, what."""

    superior = naming.UnitField(label=gettext_lazy("Đơn vị hỏi"), max_length=300)
    title = forms.CharField(label=gettext_lazy("Báo cáo về việc gì"), max_length=200)
    paper = forms.CharField(
        label=gettext_lazy("Số công văn"), max_length=120, help_text=gettext_lazy("Như Công văn 123/CATP-PV01 ngày 20/11/2026.")
    )
    period = forms.CharField(label=gettext_lazy("Kỳ số liệu"), max_length=40, help_text=gettext_lazy("Như 2026-Q3, 2026-10."))
    due_on = forms.DateField(label=gettext_lazy("Hạn trả lời"), widget=forms.DateInput(attrs={"type": "date"}))
    units = naming.UnitsField(
        label=gettext_lazy("Hỏi đơn vị nào"), max_length=20_000, required=False,
        help_text=gettext_lazy("Nhiều đơn vị thì cách nhau bằng dấu phẩy. Để trống: mọi đơn vị ngay dưới, cùng loại."),
    )  # fmt: skip
    outline = forms.CharField(
        label=gettext_lazy("Đề cương, mỗi dòng một mục"),
        max_length=7000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    annex = forms.CharField(
        label=gettext_lazy("Biểu, mỗi dòng: tên dòng | mã chỉ tiêu"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Dòng không có chỉ tiêu: tên dòng | | đơn vị tính; đơn vị trả lời tự nêu, có nguồn."),
    )  # fmt: skip


@login_required
@require_safe
def request_list(request: SignedIn) -> HttpResponse:
    """The last asked first: what the reader's units asked, and what they are asked."""
    asked = Asked(request)
    if not organisations.visible_units(Right.READ_FIGURES, request.user, asked.today):
        return errors.no_right(request)
    rows = [
        (
            Cell(one.title, f"/requests/{one.code}/", note=one.paper),
            Cell(name_of(one.superior)),
            Cell(figuring.period_name(one.period)),
            Cell(words.day(one.due_on), mark=MARKS["late"] if one.waiting and one.due_on < asked.today else None),
            Cell(f"{words.number(one.answered)}/{words.number(one.of)}", share=100 * one.answered / one.of if one.of else None),
        )
        for one in queries.report_requests(request.user, asked.today)
    ]
    columns = (
        Column(_("Yêu cầu"), head=True), Column(_("Đơn vị hỏi")), Column(_("Kỳ")), Column(_("Hạn"), number=True),
        Column(_("Đã trả lời"), number=True),
    )  # fmt: skip
    empty = State(
        _("Chưa có yêu cầu báo cáo nào"),
        _("Công văn yêu cầu báo cáo gửi ở đây thì mỗi đơn vị nhận được biểu đã điền sẵn từ sổ cái."),
        icon="report",
    )
    context = {
        "crumbs": (Crumb(_("Yêu cầu báo cáo")),),
        "table": Table.of(_("Yêu cầu báo cáo, mới trước"), columns, rows, empty=empty),
        "may_ask": Right.WRITE_REPORTS in organisations.rights(request.user, asked.today),
    }
    return render(request, "requests/list.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Ask many units at once. Refusals stand in the form, and what was typed stays."""
    asked, own = Asked(request), my_unit(request)
    if Right.WRITE_REPORTS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    first_guess = {"superior": naming.units_said([own.code]) if own else ""}
    adding = request.method == "POST" and request.POST.get("do") == "add"
    form = RequestForm(initial=_with_row(request)) if adding else RequestForm(request.POST or None, initial=first_guess)
    if request.method == "POST" and not adding and form.is_valid():
        try:
            made = _ask(request, form.cleaned_data, asked.today)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã gửi. Mỗi đơn vị có biểu điền sẵn và một việc phải làm, có hạn."))
            return redirect("request", made.code)
    context = {"crumbs": (ROOT, Crumb(_("Gửi yêu cầu"))), "form": form, "measures": measure_choices()}
    return render(request, "requests/new.html", context, status=422 if form.errors else 200)


def _with_row(request: SignedIn) -> QueryDict:
    """What was typed, with a further row of the annex: a measure in its own words."""
    typed, code = request.POST.copy(), request.POST.get("measure", "")
    if code in CATALOGUE:
        above = typed.get("annex", "").rstrip()
        typed["annex"] = "\n".join(filter(None, (above, f"{figuring.said(CATALOGUE[code])} | {code}")))
    return typed


def _ask(request: SignedIn, typed: dict[str, Any], today: date) -> Any:
    superior = typed["superior"]
    line = own_line(superior.pk)
    units = typed["units"] or queries.right_below(superior, line, today)
    return operations.ask(
        superior=superior, title=typed["title"], paper=typed["paper"], period=calendar.period(superior, typed["period"]),
        outline=typed["outline"], annex=typed["annex"], units=units, due_on=typed["due_on"], line=line,
        simulated=settings.SIMULATED, by=request.user, on=today,
    )  # fmt: skip


@login_required
def one(request: SignedIn, code: str) -> HttpResponse:
    """A request: who has answered what, who hasn't, the sums; for who asked: to gather and to send back."""
    asked, wrong = Asked(request), ""
    try:
        found = queries.report_request(code, request.user, asked.today)
        if request.method == "POST":
            operations.gather(request=found, by=request.user, on=asked.today)
            return redirect("request", code)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    row, answers = queries.request_row(found), queries.answers(found, request.user, asked.today)
    whose = organisations.may(Right.READ_FIGURES, by=request.user, unit=found.superior, on=asked.today)
    return render(
        request,
        "requests/one.html",
        {
            "crumbs": (ROOT, Crumb(found.code)),
            "found": found,
            "row": row,
            "period": figuring.period_name(row.period),
            "answers": _answers(found, answers, asked.today),
            "gathered": _gathered(queries.gathered(found)) if whose and found.rows else None,
            "whose": whose,
            "may_gather": organisations.may(Right.WRITE_REPORTS, by=request.user, unit=found.superior, on=asked.today),
            "wrong": wrong,
        },
    )


def _answers(found: Any, rows: list[queries.AnswerRow], today: date) -> Table:
    shown = [
        (
            Cell(name_of(one.unit), f"/requests/{found.code}/{one.unit.code}/"),
            Cell(mark=STAGES[stage_of(one.stage, late=found.due_on < today)]),
            Cell(words.day(one.answered_on) if one.answered_on else ""),
            Cell(words.number(one.posting) if one.posting else ""),
        )
        for one in rows
    ]
    columns = (
        Column(_("Đơn vị"), head=True), Column(_("Tình trạng")), Column(_("Ngày trả lời"), number=True),
        Column(_("Lần ghi sổ"), number=True),
    )  # fmt: skip
    return Table.of(_("Từng đơn vị"), columns, shown, tall=len(shown) > 30)


def written(figure: queries.AnsweredFigure) -> str:
    if figure.value is None:
        return _("chưa có số liệu")
    measure = CATALOGUE.get(figure.measure)
    return figuring.plain(measure, figure.value) if measure else words.number(figure.value)


def _cell(figure: queries.AnsweredFigure) -> Cell:
    return Cell(written(figure), mark=MARKS["stated"] if figure.how is FilledHow.STATED else None)


def _gathered(found: Any) -> Table | None:
    if not found.rows:
        return None
    columns = (Column(_("Đơn vị"), head=True), *(Column(one.words, number=True) for one in found.asked))
    rows = [(Cell(name_of(one.unit)), *(_cell(figure) for figure in one.figures)) for one in found.rows]
    table = Table.of(_("Biểu tổng hợp"), columns, rows, tall=len(rows) > 30)
    for name, sums in ((_("Cộng số đếm được"), found.totals), (_("Cộng số nêu"), found.stated)):
        if any(value is not None for value in sums):
            table = table.with_total(
                (Cell(name), *(Cell(_sum(one.measure, value)) for one, value in zip(found.asked, sums, strict=True)))
            )
    return table


def _sum(code: str, value: Decimal | None) -> str:
    if value is None:
        return ""
    return figuring.plain(CATALOGUE[code], value) if code in CATALOGUE else words.number(value)


@login_required
def answer(request: SignedIn, code: str, unit: str) -> HttpResponse:
    """A unit's answer: filled from the ledger, its points to be written; or as it was given, to be sent back by who asked."""
    asked = Asked(request)
    wrong: dict[str, str] = {}
    try:
        found = queries.answer(code, unit, request.user, asked.today)
        if request.method == "POST":
            wrong = _mistyped(request, found)
            if not wrong:
                _act(request, found, asked.today)
                return redirect("request-answer", code, unit)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownAsked as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = {_beside(request, refusal): words.refusal(refusal)}
    waits = found.stage in {AnswerStage.OPEN, AnswerStage.DRAFT, AnswerStage.RETURNED}
    hand: dict[str, Any] = {"by": request.user, "on": asked.today}
    asks = organisations.may(Right.WRITE_REPORTS, unit=found.request.superior, **hand)
    return render(
        request,
        "requests/answer.html",
        {
            "crumbs": (ROOT, Crumb(code, f"/requests/{code}/"), Crumb(found.unit.name)),
            "found": found,
            "asked_for": found.request,
            "period": figuring.period_name(queries.period_of(found.request)),
            "mark": STAGES[stage_of(found.stage, late=found.request.due_on < asked.today)],
            "points": _points(request, found, wrong),
            "rows": _rows(request, found, wrong),
            "moments": [Moment(step.on, STAGES[step.stage].word, step.by.name, step.reason) for step in queries.way(found)],
            "may_write": waits and organisations.may(Right.WRITE_REPORTS, unit=found.unit, **hand),
            "may_answer": waits and organisations.may(Right.FREEZE_REPORTS, unit=found.unit, **hand),
            "may_return": found.stage == AnswerStage.ANSWERED and asks,
            "may_excuse": waits and asks,
            "wrong": wrong,
            "typed": request.POST,
        },
        status=422 if wrong else 200,
    )


def _mistyped(request: SignedIn, found: Any) -> dict[str, str]:
    """What can't be taken of the numbers that were typed, by the field beside which it is said."""
    if request.POST.get("do") in {"return", "excuse"}:
        return {}
    wrong = {}
    for nth, row in enumerate(found.request.rows):
        typed, source = (request.POST.get(f"{name}-{nth}", "").strip() for name in ("value", "source"))
        if row["measure"] or not (typed or source):
            continue
        try:
            negative = parse_number_vi(typed) < 0
        except ValueError:
            wrong[f"value-{nth}"] = _("Đây không phải một số, như 1.234 hoặc 98,5.") if typed else _("Xin ghi số.")
        else:
            if negative:
                wrong[f"value-{nth}"] = _("Số không được âm.")
            elif not source:
                wrong[f"source-{nth}"] = _("Xin ghi văn bản nguồn của số này.")
    return wrong


def _beside(request: SignedIn, refusal: Refused) -> str:
    """The field that a refusal is about, or none."""
    if request.POST.get("do") in {"return", "excuse"}:
        return "reason"
    return f"point-{int(str(refusal.params['nth'])) - 1}" if isinstance(refusal, UnwrittenPoint) else ""


def _points(request: SignedIn, found: Any, wrong: dict[str, str]) -> list[tuple[int, str, str, str]]:
    """Number, words, text of each point, and what is wrong with it; what was typed stays."""
    return [
        (
            nth,
            point,
            request.POST.get(f"point-{nth}", "") if wrong else found.words.get(str(nth), ""),
            wrong.get(f"point-{nth}", ""),
        )
        for nth, point in enumerate(found.request.points)
    ]


def _rows(request: SignedIn, found: Any, wrong: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "nth": nth,
            "figure": figure,
            "written": written(figure),
            "mark": MARKS["stated"] if figure.how is FilledHow.STATED else MARKS["elsewhere"] if figure.systems else None,
            "href": f"/measures/{figure.measure}/?unit={found.unit.code}&period={found.request.label}" if figure.measure else "",
            "value": request.POST.get(f"value-{nth}", "") if wrong else _typed(figure),
            "source": request.POST.get(f"source-{nth}", "") if wrong else figure.source,
            "wrong": wrong.get(f"value-{nth}", ""),
            "wrong_source": wrong.get(f"source-{nth}", ""),
        }
        for nth, figure in enumerate(queries.figures_of(found))
    ]


def _typed(figure: queries.AnsweredFigure) -> str:
    return "" if figure.value is None else words.number(figure.value)


def _act(request: SignedIn, found: Any, today: date) -> None:
    hand: dict[str, Any] = {"answer": found, "by": request.user, "on": today}
    reason = request.POST.get("reason", "")[:2000]
    match request.POST.get("do", ""):
        case "return":
            operations.return_answer(reason=reason, **hand)
        case "excuse":
            operations.excuse_answer(reason=reason, **hand)
        case what:
            count = len(found.request.rows)
            typed = {
                nth: (parse_number_vi(request.POST[f"value-{nth}"]), request.POST.get(f"source-{nth}", ""))
                for nth in range(count)
                if request.POST.get(f"value-{nth}", "").strip() and not found.request.rows[nth]["measure"]
            }
            said = {nth: request.POST.get(f"point-{nth}", "") for nth in range(len(found.request.points))}
            operations.write_answer(words=said, typed=typed, **hand)
            if what == "answer":
                operations.answer_request(**hand)
                messages.success(request, _("Đã trả lời. Số liệu đã chốt tại một lần ghi sổ."))


@login_required
@require_safe
def numbered(request: SignedIn, number: int) -> HttpResponse:
    """On from a queue, which knows an answer by its number."""
    try:
        found = queries.answer_by_number(number, request.user, Asked(request).today)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    return redirect("request-answer", found.request.code, found.unit.code)


@login_required
@require_safe
def file(request: SignedIn, code: str, form: str) -> HttpResponse:
    """The whole as a workbook or a document."""
    today = Asked(request).today
    try:
        found = queries.report_request(code, request.user, today)
        organisations.require(Right.READ_FIGURES, by=request.user, unit=found.superior, on=today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    if form not in FILES:
        return errors.not_found(request)
    make, kind = FILES[form]
    content = make(found, made_at=localtime().replace(microsecond=0))
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{code}.{form}"'})
