"""Taking up a matter, and setting right what is said of it. The place is pointed out on our own map, without scripts too."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, words
from gandan.faces.pages.matter_words import ISSUES, beside
from gandan.faces.pages.matters import DAY, ROOT
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.voice import drawing
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.matters import operations, queries
from gandan.work.matters.operations import Told
from gandan.work.matters.rules import Issue

TERM = timedelta(days=60)


class ToldForm(forms.Form):
    """What is said of a matter. There is no field for anybody."""

    title = forms.CharField(max_length=160, error_messages={"required": gettext_lazy("Vụ việc cần một tên gọi ngắn.")})
    issue = forms.ChoiceField(choices=[(one.value, said) for one, said in ISSUES.items()])
    place = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Ghi nơi có vụ việc.")})
    ward = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Chọn phường, xã.")})
    households = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)

    def told(self) -> Told:
        """:raises Refused: if there is no such ward"""
        typed = self.cleaned_data
        point = (typed["latitude"], typed["longitude"])
        return Told(
            issue=Issue(typed["issue"]),
            title=typed["title"],
            place=typed["place"],
            area=organisations.unit(typed["ward"]),
            point=None if None in point else point,
            households=typed["households"] or 0,
        )


class OpenForm(ToldForm):
    """The same, with who is on the other side, what is asked for, and until when it is to be settled."""

    partner = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Chọn cơ quan của bên kia.")})
    asks = forms.CharField(max_length=8000, required=False)
    settle_by = forms.DateField(error_messages=DAY)


def _writer(request: SignedIn) -> organisations.UnitRow | None:
    """The unit for which the reader takes matters up, if they may."""
    unit = my_unit(request)
    units = organisations.visible_units(Right.WRITE_MATTERS, request.user, localdate())
    return unit if unit is not None and unit.id in units else None


def _posted(request: SignedIn, on: date) -> dict[str, str]:
    """What was filled in, with the click on the map turned into a point."""
    given = {name: str(value) for name, value in request.POST.items()}
    return drawing.with_pin(given, {**given, "ward": given.get("drawn", given.get("ward", ""))}, on)


def _asks_for_the_map(request: SignedIn) -> bool:
    return "pin.x" in request.POST or request.POST.get("do") in {"nowhere", "ward"}


def _shown(form: ToldForm, on: date) -> dict[str, Any]:
    said = {name: str(form[name].value() or "") for name in ("ward", "latitude", "longitude")}
    return {
        "form": form,
        "issues": [(one.value, said) for one, said in ISSUES.items()],
        "wards": [(one.code, words.named(one.name, one.name_en)) for one in organisations.all_wards(on)],
        "pin": drawing.pin_of(said),
        "today": on,
    }


def _refuse(form: ToldForm, refusal: Refused) -> None:
    named = beside(refusal, "title")
    if named == "point":
        named = "ward"
    if named == "title" and str(refusal.params.get("what", "")) not in str(form.cleaned_data.get("title", "")):
        named = "place" if str(refusal.params.get("what", "")) in form.cleaned_data.get("place", "") else "asks"
    form.add_error(named if named in form.fields else None, words.refusal(refusal))


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Take up a matter for the unit that the reader looks from."""
    unit, today = _writer(request), localdate()
    if unit is None:
        return errors.no_right(request)
    initial = {"settle_by": today + TERM, "ward": organisations.area_row(unit.id, today).code}
    form = OpenForm(_posted(request, today) if request.method == "POST" else None, initial=initial)
    drawing_only = request.method == "POST" and _asks_for_the_map(request)
    if request.method == "POST" and not drawing_only and form.is_valid():
        typed = form.cleaned_data
        try:
            made = operations.open_matter(
                unit=organisations.unit(unit.code), partner=organisations.unit(typed["partner"]), told=form.told(),
                asks=[line for line in typed["asks"].splitlines() if line.strip()], settle_by=typed["settle_by"],
                by=request.user, on=today,
            )  # fmt: skip
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Đã mở theo dõi vụ việc."))
            return redirect("matter", made.pk)
    context = {
        **_shown(form, today),
        "crumbs": (ROOT, Crumb(_("Mở một vụ việc"))),
        "unit": unit,
        "partners": [(one.code, name) for one, name in _partners(unit.id, today)],
        "opening": True,
        "quiet": drawing_only,
    }
    return render(request, "matters/told.html", context, status=422 if form.errors and not drawing_only else 200)


def _partners(unit: int, on: date) -> list[tuple[organisations.UnitRow, str]]:
    return [(one, words.named(one.name, one.name_en)) for one in organisations.partners_of(unit, on)]


@login_required
def change(request: SignedIn, number: int) -> HttpResponse:
    """Set right what is said of a matter."""
    today = localdate()
    try:
        shown = queries.matter(number, request.user, today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    if not shown.sides:
        return errors.no_right(request)
    row = shown.row
    latitude, longitude = row.point or (None, None)
    before = {
        "title": row.title, "issue": row.issue.value, "place": row.place, "ward": row.area.code, "households": row.households,
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    form = ToldForm(_posted(request, today) if request.method == "POST" else None, initial=before)
    drawing_only = request.method == "POST" and _asks_for_the_map(request)
    if request.method == "POST" and not drawing_only and form.is_valid():
        try:
            operations.change(matter=number, told=form.told(), by=request.user, on=today)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Đã sửa."))
            return redirect("matter", number)
    context = {
        **_shown(form, today),
        "crumbs": (ROOT, Crumb(row.title, f"/matters/{number}/"), Crumb(_("Sửa"))),
        "unit": row.unit,
        "quiet": drawing_only,
    }
    return render(request, "matters/told.html", context, status=422 if form.errors and not drawing_only else 200)
