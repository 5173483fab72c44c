"""Ratings: somebody who has a ticket answers three questions; the head of a unit reads what came of it, where there is enough."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, figuring, public, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, body_of
from gandan.faces.pages.pieces import Cell, Column, Crumb, Table
from gandan.ground.accounts.rules import Limit
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, period_of
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.measures import queries as counted
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers.operations import Answers
from gandan.work.dossiers.queries import said
from gandan.work.dossiers.rules.ratings import BEST, LONGEST, QUESTIONS, WORST, quarter_of

PER_ADDRESS = Limit("rate.address", 30, timedelta(hours=1))
SCORES = {
    5: gettext_lazy("Rất tốt"),
    4: gettext_lazy("Tốt"),
    3: gettext_lazy("Bình thường"),
    2: gettext_lazy("Chưa tốt"),
    1: gettext_lazy("Rất chưa tốt"),
}
MEASURES = ("ratings-given", "satisfaction-share", "courtesy-share", "clarity-share")
QUARTERS = 5


class RatingForm(forms.Form):
    """A ticket's code, an answer to each question, and a line of text."""

    code = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Xin gõ mã trên phiếu.")})
    words = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        lacking = {"required": gettext_lazy("Xin chọn một câu trả lời.")}
        for question in QUESTIONS:
            self.fields[question.value] = forms.IntegerField(min_value=WORST, max_value=BEST, error_messages=lacking)

    def questions(self) -> list[tuple[Any, str]]:
        return [(self[question.value], _(asked)) for question, asked in QUESTIONS.items()]


def rate(request: HttpRequest) -> HttpResponse:
    """Ask the three questions; the ticket goes with the answers and stands in no address and no session."""
    if request.method == "POST" and not request.POST.get("begin"):
        form = RatingForm(request.POST)
        if public.too_often(request, (PER_ADDRESS, "")):
            form.add_error(None, _("Đã thử nhiều lần. Xin chờ một giờ rồi thử lại."))
            return _asked(request, form, 429)
        if not form.is_valid():
            return _asked(request, form, 422)
        typed = form.cleaned_data
        try:
            answers = Answers(**{question.value: typed[question.value] for question in QUESTIONS}, words=typed["words"])
            dossiers.rate(token=typed["code"], answers=answers, by=organisations.public(), on=localdate())
        except Refused as refusal:
            form.add_error("code", words.refusal(refusal))
            return _asked(request, form, 422)
        return public.page(request, "public/rated.html", {})
    return _asked(request, RatingForm(), 200, code=request.POST.get("code", "")[:40])


def _asked(request: HttpRequest, form: RatingForm, status: int, *, code: str = "") -> HttpResponse:
    context = {"form": form, "code": form["code"].value() or code, "scores": SCORES.items(), "longest": LONGEST}
    return public.page(request, "public/rate.html", context, status=status)


@login_required
@errors.told()
def results(request: SignedIn) -> HttpResponse:
    """What came of the ratings of a unit, quarter by quarter; what people wrote, of one quarter."""
    asked = Asked(request)
    unit = _unit(request, asked)
    periods = _quarters(asked.today)
    chosen = next((one for one in periods if one.label == asked.text("period")), periods[-1])
    told = said(organisations.unit(unit.code), quarter_of(chosen.start), request.user, asked.today)
    read = counted.figures(MEASURES, [unit.id], periods, line=Line.ADMINISTRATION)
    context = {
        "crumbs": (Crumb(_("Góp ý")),),
        "unit": unit,
        "table": _table(read, unit, periods),
        "periods": [(one.label, figuring.period_name(one), one == chosen) for one in reversed(periods)],
        "chosen": figuring.period_name(chosen),
        "told": told,
    }
    return render(request, "dossiers/ratings.html", context)


def _unit(request: SignedIn, asked: Asked) -> organisations.UnitRow:
    code = asked.text("unit")
    return organisations.row(organisations.unit_id(code)) if code else body_of(request, Right.READ_RATINGS)


def _quarters(today: date) -> list[Period]:
    """The last quarters by the calendar, the present one at the end."""
    rule = CALENDAR_PERIODS[Grain.QUARTER]
    found = [period_of(rule, today)]
    while len(found) < QUARTERS:
        found.insert(0, period_of(rule, found[0].start - timedelta(days=1)))
    return found


def _table(read: counted.Figures, unit: organisations.UnitRow, periods: list[Period]) -> Table:
    columns = (Column(_("Quý"), head=True), *(Column(figuring.said(counted.measure(code)), number=True) for code in MEASURES))
    rows = [
        (Cell(figuring.period_name(period)), *(_cell(read, code, unit, period) for code in MEASURES))
        for period in reversed(periods)
    ]
    return Table.of(_("Góp ý theo quý"), columns, rows, shown=True)


def _cell(read: counted.Figures, code: str, unit: organisations.UnitRow, period: Period) -> Cell:
    cell = read.cell(code, unit.id, period)
    text = figuring.written(counted.measure(code), cell)
    address: Mapping[str, str] = {"unit": unit.code, "period": period.label}
    return Cell(text, f"/measures/{code}/?unit={address['unit']}&period={address['period']}" if cell.counted else "")
