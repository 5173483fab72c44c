"""Advice to superiors and what became of it; inspections of both sides, what was found and remedied."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.activities import cursor
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.matters import DAY
from gandan.faces.pages.mine import SignedIn, my_unit, my_units
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, Mark, Pager, Table
from gandan.faces.pages.pieces import State as Empty
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.rules import NamesSomebody
from gandan.ground.promises.operations import DueBefore
from gandan.ground.promises.queries import usual_due
from gandan.ground.promises.rules import usual_term
from gandan.work.counsel import operations, queries
from gandan.work.counsel.queries import AdviceRow, FindingShown, InspectionRow
from gandan.work.counsel.rules import Answer, NothingSaid, Step, WrongUnits

PAGE = 50
ADVICE, INSPECTIONS = Crumb(gettext_lazy("Tham mưu"), "/advice/"), Crumb(gettext_lazy("Kiểm tra chung"), "/inspections/")
ANSWERS: dict[Answer, Mark] = {
    Answer.NONE: Mark(gettext_lazy("chưa trả lời"), "clock", "wait"),
    Answer.ACCEPTED: Mark(gettext_lazy("chấp thuận"), "circle-check", "kept"),
    Answer.IN_PART: Mark(gettext_lazy("chấp thuận một phần"), "circle-check", "risk"),
    Answer.REFUSED: Mark(gettext_lazy("không chấp thuận"), "x", ""),
}
STEPS: dict[Step, Mark] = {
    Step.PLANNED: Mark(gettext_lazy("đã lên kế hoạch"), "calendar", "wait"),
    Step.HELD: Mark(gettext_lazy("đang khắc phục"), "clock", "risk"),
    Step.CLOSED: Mark(gettext_lazy("đã khắc phục xong"), "circle-check", "kept"),
    Step.CANCELLED: Mark(gettext_lazy("đã huỷ"), "x", ""),
}
MISSING = {"required": gettext_lazy("Chưa ghi mục này.")}


class AdviceForm(forms.Form):
    """What a unit advises, whom, and until when an answer is owed."""

    addressee = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Chọn cơ quan nhận tham mưu.")})
    number = forms.CharField(max_length=80, required=False)
    subject = forms.CharField(max_length=300, error_messages={"required": gettext_lazy("Ghi tham mưu việc gì.")})
    text = forms.CharField(max_length=8000, required=False)
    due_on = forms.DateField(error_messages=DAY)


class PlanForm(forms.Form):
    """Which unit is inspected, with whom, on what, when."""

    title = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Ghi tên đợt kiểm tra.")})
    number = forms.CharField(max_length=80, required=False)
    place = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Ghi mã đơn vị được kiểm tra.")})
    partner = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Chọn cơ quan của bên kia.")})
    about = forms.CharField(max_length=4000, required=False)
    planned_for = forms.DateField(error_messages=DAY)


class FindForm(forms.Form):
    """What was found, and what is to be done about it by a day."""

    words = forms.CharField(max_length=500, error_messages={"required": gettext_lazy("Ghi điều phát hiện.")})
    remedy = forms.CharField(max_length=500, error_messages={"required": gettext_lazy("Ghi việc phải khắc phục.")})
    due_on = forms.DateField(error_messages=DAY)


def _reads(request: SignedIn) -> bool:
    return Right.READ_COUNSEL in my_units(request)["my_rights"]


def _writer(request: SignedIn) -> organisations.UnitRow | None:
    unit = my_unit(request)
    units = organisations.visible_units(Right.WRITE_COUNSEL, request.user, localdate())
    return unit if unit is not None and unit.id in units else None


def _beside(form: forms.Form, refusal: Refused, *, named: str, units: str = "", day: str = "due_on") -> None:
    """Put what the rules said beside the field that it speaks of."""
    where = (
        refusal.field if isinstance(refusal, NothingSaid)
        else named if isinstance(refusal, NamesSomebody)
        else units if isinstance(refusal, WrongUnits | organisations.UnknownUnit)
        else day if isinstance(refusal, DueBefore)
        else ""
    )  # fmt: skip
    form.add_error(where if where in form.fields else None, words.refusal(refusal))


def _pager(asked: Asked, shown: int, following: tuple[date, int] | None) -> Pager:
    after = asked.address(cursor=f"{following[0].isoformat()}_{following[1]}") if following else ""
    return Pager(shown, asked.address(cursor=None) if asked.text("cursor") else "", after)


def _superiors(unit: int, on: date) -> list[organisations.UnitRow]:
    """Who may be advised: what stands above on any line, and the heads of the lines."""
    above = [one for line in Line for one in organisations.path(unit, line, on)[:-1]]
    heads = [one for line in (Line.ADMINISTRATION, Line.POLICE, Line.CIVIL, Line.FRONT)
             for one in organisations.children(None, line, on)]  # fmt: skip
    return [one for one in {one.id: one for one in (*reversed(above), *heads)}.values() if one.id != unit]


@login_required
@require_safe
def advice_list(request: SignedIn) -> HttpResponse:
    """The last given first: what the reader's units advised, and what they were advised."""
    asked = Asked(request)
    if not _reads(request):
        return errors.no_right(request)
    chosen = Answer(asked.text("answer")) if asked.text("answer") in set(Answer) else None
    page = queries.advice(request.user, asked.today, answer=chosen, after=cursor(asked), limit=PAGE)
    columns = (
        Column(_("Việc"), head=True), Column(_("Kết quả"), tight=True), Column(_("Gửi ai")), Column(_("Đơn vị tham mưu")),
        Column(_("Ngày"), number=True), Column(_("Văn bản chỉ đạo")),
    )  # fmt: skip
    rows = [
        (
            Cell(one.subject, f"/advice/{one.id}/", note=one.number),
            Cell(mark=_advice_mark(one, asked.today)),
            Cell(name_of(one.addressee)),
            Cell(name_of(one.unit)),
            Cell(words.day(one.given_on)),
            Cell(one.directive),
        )
        for one in page.rows
    ]
    empty = Empty(_("Chưa có tham mưu nào"), _("Tham mưu của đơn vị, và gửi đến đơn vị, hiện ở đây."), icon="file-text")
    context = {
        "crumbs": (Crumb(ADVICE.words),),
        "tabs": [Choice(_("Tất cả"), asked.address(answer=None, cursor=None), chosen is None)]
        + [Choice(str(m.word), asked.address(answer=a.value, cursor=None), a is chosen) for a, m in ANSWERS.items()],
        "table": Table.of(_("Tham mưu, mới gửi trước"), columns, rows, empty=empty),
        "pager": _pager(asked, len(rows), page.next),
        "may_write": _writer(request) is not None,
    }
    return render(request, "counsel/advice.html", context)


def _advice_mark(one: AdviceRow, on: date) -> Mark:
    return MARKS["late"] if one.answer is Answer.NONE and one.due_on < on else ANSWERS[one.answer]


@login_required
def advice_new(request: SignedIn) -> HttpResponse:
    """Advise a superior, for the unit that the reader looks from."""
    unit, today = _writer(request), localdate()
    if unit is None:
        return errors.no_right(request)
    form = AdviceForm(request.POST or None, initial={"due_on": usual_due("advice.answer", today)})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = operations.advise(
                unit=organisations.unit(unit.code), addressee=organisations.unit(typed["addressee"]), subject=typed["subject"],
                text=typed["text"], number=typed["number"], due_on=typed["due_on"], by=request.user, on=today,
            )  # fmt: skip
        except Refused as refusal:
            _beside(form, refusal, named="subject", units="addressee")
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("advice-one", made.pk)
    context = {
        "crumbs": (ADVICE, Crumb(_("Tham mưu một việc"))),
        "form": form,
        "unit": unit,
        "usual": usual_term("advice.answer", today),
        "superiors": [(one.code, name_of(one)) for one in _superiors(unit.id, today)],
    }
    return render(request, "counsel/advice_new.html", context, status=422 if form.errors else 200)


@login_required
def advice_one(request: SignedIn, number: int) -> HttpResponse:
    """One piece of advice: what became of it, and the directive that came of it."""
    today, wrong = localdate(), ""
    typed = request.POST
    try:
        row = queries.one_advice(number, request.user, today)
        if request.method == "POST":
            if typed.get("do") == "directive":
                operations.name_directive(advice=number, directive=typed.get("directive", ""), by=request.user, on=today)
            else:
                given = Answer(typed["answer"]) if typed.get("answer") in set(Answer) else Answer.NONE
                operations.answer(
                    advice=number, answer=given, words=typed.get("words", "")[:4000], directive=typed.get("directive", ""),
                    by=request.user, on=today,
                )  # fmt: skip
            messages.success(request, _("Đã ghi."))
            return redirect("advice-one", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownCounsel as unknown:
        return errors.refused(request, unknown, actions=(ADVICE,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    context = {
        "crumbs": (ADVICE, Crumb(row.subject)),
        "row": row,
        "mark": _advice_mark(row, today),
        "answers": [(one.value, mark.word) for one, mark in ANSWERS.items() if one is not Answer.NONE],
        "taken": row.answer in {Answer.ACCEPTED, Answer.IN_PART},
        "wrong": wrong,
        "typed": typed,
    }
    return render(request, "counsel/advice_one.html", context, status=422 if wrong else 200)


@login_required
@require_safe
def inspection_list(request: SignedIn) -> HttpResponse:
    """The last planned first: what the reader's units hold together with the other side, or undergo."""
    asked = Asked(request)
    if not _reads(request):
        return errors.no_right(request)
    chosen = Step(asked.text("step")) if asked.text("step") in set(Step) else None
    page = queries.inspections(request.user, asked.today, step=chosen, after=cursor(asked), limit=PAGE)
    columns = (
        Column(_("Đợt kiểm tra"), head=True), Column(_("Tình trạng"), tight=True), Column(_("Đơn vị được kiểm tra")),
        Column(_("Hai bên kiểm tra")), Column(_("Ngày"), number=True), Column(_("Khắc phục"), number=True),
    )  # fmt: skip
    rows = [
        (
            Cell(one.title, f"/inspections/{one.id}/", note=one.plan),
            Cell(mark=STEPS[one.step]),
            Cell(name_of(one.place)),
            Cell(name_of(one.unit), note=name_of(one.partner)),
            Cell(words.day(one.held_on or one.planned_for)),
            Cell(f"{one.remedied}/{one.found}" if one.found else ""),
        )
        for one in page.rows
    ]
    empty = Empty(_("Chưa có đợt kiểm tra nào"), _("Đợt kiểm tra hai bên cùng làm hiện ở đây."), icon="list-check")
    context = {
        "crumbs": (Crumb(INSPECTIONS.words),),
        "tabs": [Choice(_("Tất cả"), asked.address(step=None, cursor=None), chosen is None)]
        + [Choice(str(mark.word), asked.address(step=s.value, cursor=None), s is chosen) for s, mark in STEPS.items()],
        "table": Table.of(_("Đợt kiểm tra, mới trước"), columns, rows, empty=empty),
        "pager": _pager(asked, len(rows), page.next),
        "may_write": _writer(request) is not None,
    }
    return render(request, "counsel/inspections.html", context)


@login_required
def inspection_new(request: SignedIn) -> HttpResponse:
    """Plan an inspection with the other side."""
    unit, today = _writer(request), localdate()
    if unit is None:
        return errors.no_right(request)
    form = PlanForm(request.POST or None, initial={"planned_for": usual_due("inspection.remedy", today, clock="visit")})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = operations.plan(
                unit=organisations.unit(unit.code), partner=organisations.unit(typed["partner"]),
                place=organisations.unit(typed["place"]), title=typed["title"], about=typed["about"], number=typed["number"],
                planned_for=typed["planned_for"], by=request.user, on=today,
            )  # fmt: skip
        except Refused as refusal:
            _beside(form, refusal, named="title", units="place" if isinstance(refusal, organisations.UnknownUnit) else "partner")
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("inspection", made.pk)
    context = {
        "crumbs": (INSPECTIONS, Crumb(_("Lên kế hoạch kiểm tra"))),
        "form": form,
        "unit": unit,
        "partners": [(one.code, name_of(one)) for one in organisations.partners_of(unit.id, today)],
    }
    return render(request, "counsel/inspection_new.html", context, status=422 if form.errors else 200)


@login_required
def inspection(request: SignedIn, number: int) -> HttpResponse:
    """One inspection: its plan, its conclusion, what was found and how far each remedy is."""
    today, wrong = localdate(), ""
    found = FindForm(
        request.POST if request.POST.get("do") == "find" else None,
        initial={"due_on": usual_due("inspection.remedy", today, clock="remedy")},
    )
    try:
        row = queries.inspection(number, request.user, today)
        if request.method == "POST" and _act(request, row, found, today):
            return redirect("inspection", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownCounsel as unknown:
        return errors.refused(request, unknown, actions=(INSPECTIONS,))
    except Refused as refusal:
        if found.is_bound and isinstance(refusal, NothingSaid | NamesSomebody | DueBefore):
            _beside(found, refusal, named="words")
        else:
            wrong = words.refusal(refusal)
    context = {
        "crumbs": (INSPECTIONS, Crumb(row.title)),
        "row": row,
        "mark": STEPS[row.step],
        "findings": [(one, _finding_mark(one)) for one in row.findings],
        "form": found,
        "today": today,
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "counsel/inspection.html", context, status=422 if wrong or found.errors else 200)


def _finding_mark(one: FindingShown) -> Mark:
    if one.done_on:
        return MARKS["done_late" if one.late else "in_time"]
    return MARKS["late" if one.late else "open"]


def _act(request: SignedIn, row: InspectionRow, found: FindForm, on: date) -> bool:
    """Do what was asked for; False if nothing was, or a form is not right yet."""
    typed, hand = request.POST, {"by": request.user, "on": on}
    finding = next((one.id for one in row.findings if str(one.id) == typed.get("finding")), 0)
    steps: dict[str, Callable[[], object]] = {
        "hold": lambda: operations.hold(
            inspection=row.id, conclusion=typed.get("conclusion", "")[:8000], held_on=_day(typed.get("held_on", ""), on), **hand
        ),
        "close": lambda: operations.close(inspection=row.id, **hand),
        "cancel": lambda: operations.cancel(inspection=row.id, **hand),
    }
    if finding:
        steps["remedy"] = lambda: operations.remedy(finding=finding, result=typed.get("result", ""), **hand)
    if typed.get("do") == "find" and found.is_valid():
        steps["find"] = lambda: operations.find(inspection=row.id, **_found(found), **hand)
    if typed.get("do") not in steps:
        return False
    steps[typed["do"]]()
    messages.success(request, _("Đã ghi."))
    return True


def _found(form: FindForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("words", "remedy", "due_on")}


def _day(typed: str, on: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return on


@login_required
@require_safe
def finding(request: SignedIn, number: int) -> HttpResponse:
    """Lead from the queue to the inspection of a finding."""
    found = queries.inspection_of(number)
    if found is None:
        return errors.no_right(request)
    return redirect("inspection", found)
