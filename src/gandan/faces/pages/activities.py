"""Activities: the list and the map, one with what was raised, and two notings of the same side by side."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import charts, errors, mapping, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.community_words import FORMS, TOPICS, beside
from gandan.faces.pages.mine import SignedIn, my_units
from gandan.faces.pages.noting import NoteForm, writer_of
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, DotMap, Mark, Pager, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.queries import usual_due
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.queries import ActivityRow, Filters, PointShown
from gandan.work.community.rules import Form, NamesSomebody, Topic

PAGE = 50
ROOT = Crumb(gettext_lazy("Hoạt động"), "/activities/")
LOOK_BACK = timedelta(days=90)
OWED = {"late": MARKS["late"], "open": MARKS["open"], "kept": MARKS["kept"]}


class PointForm(forms.Form):
    """What was raised, and until when it is answered if it needs an answer."""

    words = forms.CharField(max_length=1000, error_messages={"required": gettext_lazy("Chưa ghi việc được nêu.")})
    needed = forms.BooleanField(required=False)
    due_on = forms.DateField(required=False)


class ChangeForm(NoteForm):
    """The six fields again, with what support was worth."""

    value = forms.IntegerField(min_value=0, max_value=10**13, required=False)
    seen = forms.IntegerField(required=False)


def _filters(asked: Asked) -> Filters:
    """What the address narrows to. A unit that is an area narrows to what was held there."""
    form, topic = asked.text("form"), asked.text("topic")
    return Filters(
        unit=asked.unit("unit"),
        area=asked.unit("area", beside="unit"),
        form=Form(form) if form in set(Form) else None,
        topic=Topic(topic) if topic in set(Topic) else None,
        since=asked.day("since", asked.today) if asked.text("since") else None,
        until=asked.day("until", asked.today) if asked.text("until") else None,
        model=asked.whole("model"),
    )


def _choosing(asked: Asked, filters: Filters) -> dict[str, object]:
    return {
        "asked": {name: asked.text(name) for name in ("unit", "area", "form", "topic", "since", "until")},
        "wrong": asked.wrong,
        "forms": [(one.value, said) for one, said in FORMS.items()],
        "topics": [(one.value, said) for one, said in TOPICS.items()],
        "area": organisations.row(filters.area) if filters.area else None,
    }


def no_reader(request: SignedIn) -> bool:
    return Right.READ_COMMUNITY not in my_units(request)["my_rights"]


@login_required
@require_safe
def activity_list(request: SignedIn) -> HttpResponse:
    """The last held first, of the units whose activities the reader may see."""
    asked = Asked(request)
    if no_reader(request):
        return errors.no_right(request)
    filters = _filters(asked)
    page = queries.activities(request.user, asked.today, filters, after=cursor(asked), limit=PAGE)
    following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
    twins = queries.twins(request.user, asked.today, asked.today - LOOK_BACK, limit=1)
    may_note = writer_of(request) is not None
    context = {
        **_choosing(asked, filters),
        "crumbs": (Crumb(ROOT.words),),
        "views": _views(asked, "list"),
        "table": _table(page.rows, may_note),
        "pager": Pager(len(page.rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "may_note": may_note,
        "twins": bool(twins),
    }
    return render(request, "community/activities.html", context)


def _views(asked: Asked, here: str) -> tuple[Choice, ...]:
    query = asked.address(cursor=None)
    return (
        Choice(_("Danh sách"), f"/activities/{query}", here == "list"),
        Choice(_("Bản đồ"), f"/activities/map/{query}", here == "map"),
    )


def cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None


def _table(rows: Sequence[ActivityRow], may_note: bool) -> Table:
    columns = (
        Column(_("Hoạt động"), head=True),
        Column(_("Ngày"), number=True),
        Column(_("Chủ đề")),
        Column(_("Đơn vị")),
        Column(_("Lượt người"), number=True),
        Column(_("Số hộ"), number=True),
    )
    shown = [
        (
            Cell(FORMS[one.form], f"/activities/{one.id}/", note=one.place),
            Cell(words.day(one.day)),
            Cell(TOPICS[one.topic]),
            Cell(name_of(one.unit), note=_("cùng %(unit)s") % {"unit": name_of(one.partner)} if one.partner else ""),
            Cell(words.number(one.heads) if one.heads else ""),
            Cell(words.number(one.households) if one.households else ""),
        )
        for one in rows
    ]
    empty = State(
        _("Chưa có buổi nào khớp"),
        _("Chỉ hoạt động của đơn vị Ông/Bà được xem mới hiện ở đây. Thử bỏ bớt điều kiện lọc."),
        icon="users",
        actions=(
            *((Crumb(_("Ghi một buổi"), "/activities/new/"),) if may_note else ()),
            Crumb(_("Bỏ mọi điều kiện"), "/activities/"),
        ),
    )
    return Table.of(_("Hoạt động, mới tổ chức trước"), columns, shown, empty=empty)


@login_required
@require_safe
def activity_map(request: SignedIn) -> HttpResponse:
    """Where activities were held: the area of a dot is how many."""
    asked = Asked(request)
    if no_reader(request):
        return errors.no_right(request)
    filters = _filters(asked)
    until = filters.until or asked.today
    since = filters.since or until - LOOK_BACK
    units = organisations.visible_units(Right.READ_COMMUNITY, request.user, asked.today)
    key = ("activities", units, filters, since, until)
    found = mapping.kept(key, lambda: queries.by_area(request.user, asked.today, filters, since, until))
    found = sorted(found, key=lambda one: (-one.held, one.area.sort_key))
    there = f"/activities/{asked.address(area=None, since=since, until=until)}&area="
    rows = [
        (Cell(name_of(one.area), f"{there}{one.area.code}"),
         Cell(words.number(one.held)), Cell(words.number(one.heads)))
        for one in (found if asked.text("all") else found[: mapping.FIRST])
    ]  # fmt: skip
    columns = (Column(_("Phường, xã"), head=True), Column(_("Số buổi"), number=True), Column(_("Lượt người"), number=True))
    empty = State(_("Chưa có buổi nào trong thời gian này"), _("Thử chọn khoảng ngày rộng hơn."), icon="map-pin")
    context = {
        **_choosing(asked, filters),
        "crumbs": (ROOT, Crumb(_("Bản đồ"))),
        "views": _views(asked, "map"),
        "more": asked.address(all=1) if len(found) > len(rows) else "",
        "of": len(found),
        "since": since,
        "until": until,
        "map": mapping.kept((*key, there, get_language()), lambda: _drawn(found, there, asked.today)),
        "table": Table.of(_("Hoạt động theo phường, xã"), columns, rows, empty=empty),
    }
    return render(request, "community/activity_map.html", context)


def _drawn(found: Sequence[queries.AtPlace], there: str, on: date) -> DotMap | None:
    places = [
        charts.Place(
            name=one.area.short_name or one.area.name,
            latitude=one.area.latitude,
            longitude=one.area.longitude,
            size=float(one.held),
            href=f"{there}{one.area.code}",
            words=_("%(area)s: %(held)s buổi, %(heads)s lượt người")
            % {"area": name_of(one.area), "held": words.number(one.held), "heads": words.number(one.heads)},
        )
        for one in found
        if one.area.latitude is not None and one.area.longitude is not None
    ]
    return mapping.counted(_("Nơi đã tổ chức"), places, _("Diện tích chấm là số buổi"), of=len(found), on=on)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One activity: what was noted, what was raised and answered, its photos."""
    asked, wrong = Asked(request), ""
    form = PointForm(
        request.POST if request.POST.get("do") == "point" else None, initial={"due_on": usual_due("activity.answer", asked.today)}
    )
    try:
        shown = queries.activity(number, request.user, asked.today)
        if request.method == "POST" and _act(request, number, form, asked.today):
            return redirect("activity", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownActivity as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        if form.is_bound and isinstance(refusal, NamesSomebody):
            form.add_error("words", words.refusal(refusal))
        else:
            wrong = words.refusal(refusal)
    unit = shown.row.unit
    may_write = unit.id in organisations.visible_units(Right.WRITE_COMMUNITY, request.user, asked.today)
    row = shown.row
    context = {
        "crumbs": (ROOT, Crumb(FORMS[row.form])),
        "shown": shown,
        "row": row,
        "title": FORMS[row.form],
        "topic": TOPICS[row.topic],
        "points": [(point, _mark(point)) for point in shown.points],
        "may_write": may_write and not shown.gone,
        "keep_as": f"{queries.SIGN}-{row.id}",
        "form": form,
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "community/activity.html", context, status=422 if wrong or form.errors else 200)


def _mark(point: PointShown) -> Mark | None:
    if not point.owed:
        return None
    return OWED["late" if point.late and point.open else "open" if point.open else "kept"]


def _act(request: SignedIn, number: int, form: PointForm, on: date) -> bool:
    """Do what was asked for; False if the form is not right yet."""
    hand = {"by": request.user, "on": on}
    match request.POST.get("do", ""):
        case "point":
            if not form.is_valid():
                return False
            typed = form.cleaned_data
            due_on = (typed["due_on"] or usual_due("activity.answer", on)) if typed["needed"] else None
            community.raise_point(activity=number, words=typed["words"], due_on=due_on, officer=request.user, **hand)
        case "answer" if request.POST.get("point", "").isdigit():
            community.answer_point(point=int(request.POST["point"]), answer=request.POST.get("answer", ""), **hand)
        case "photo" if request.FILES.get("file"):
            file: Any = request.FILES["file"]
            seen = request.POST.get("nobody_seen") == "on"
            community.put_photo(activity=number, source=file, name=file.name or "", nobody_seen=seen, **hand)
        case "drop-photo":
            community.drop_photo(activity=number, token=request.POST.get("token", ""), **hand)
        case "withdraw":
            community.withdraw(activity=number, **hand)
        case _:
            return False
    return True


@login_required
@errors.told(ROOT)
def change(request: SignedIn, number: int) -> HttpResponse:
    """Set right what was noted."""
    today = localdate()
    row = queries.activity(number, request.user, today).row
    if row.unit.id not in organisations.visible_units(Right.WRITE_COMMUNITY, request.user, today):
        return errors.no_right(request)
    before = {
        "form": row.form.value, "topic": row.topic.value, "day": row.day, "place": row.place, "value": row.value,
        "partner": row.partner.code if row.partner else "", "count": row.households if row.form is Form.SUPPORT else row.heads,
        "seen": row.version, "model": row.model,
    }  # fmt: skip
    form = ChangeForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            community.change(
                activity=number, noting=form.noting(), value=typed["value"], seen=typed["seen"], by=request.user, on=today
            )
        except Refused as refusal:
            form.add_error(beside(refusal), words.refusal(refusal))
        else:
            messages.success(request, _("Đã sửa."))
            return redirect("activity", number)
    context = {
        "crumbs": (ROOT, Crumb(FORMS[row.form], f"/activities/{number}/"), Crumb(_("Sửa"))),
        "form": form,
        "forms": [(one.value, said) for one, said in FORMS.items()],
        "topics": [(one.value, said) for one, said in TOPICS.items()],
        "partners": queries.partners_of(row.unit.id, row.day),
        "models": queries.own_models(row.unit.id),
        "today": today,
        "row": row,
    }
    return render(request, "community/activity_change.html", context, status=422 if form.errors else 200)


@login_required
def twins(request: SignedIn) -> HttpResponse:
    """Two notings that may be of one activity, side by side: a person says whether they are."""
    today, wrong = localdate(), ""
    if Right.WRITE_COMMUNITY not in my_units(request)["my_rights"]:
        return errors.no_right(request)
    if request.method == "POST":
        try:
            _decide(request, today)
            return redirect("activity-twins")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    found = queries.twins(request.user, today, today - LOOK_BACK)
    sides = {pair: ((pair.one, pair.other), (pair.other, pair.one)) for pair in found}
    pairs = [
        (pair, FORMS[pair.one.form], [(one, TOPICS[one.topic], other) for one, other in both]) for pair, both in sides.items()
    ]
    context = {"crumbs": (ROOT, Crumb(_("Ghi trùng"))), "pairs": pairs, "wrong": wrong}
    return render(request, "community/twins.html", context, status=422 if wrong else 200)


def _decide(request: SignedIn, on: date) -> None:
    numbers = [request.POST.get(name, "") for name in ("keep", "other")]
    keep, other = (int(text) if text.isdigit() else 0 for text in numbers)
    if request.POST.get("do") == "apart":
        community.keep_apart(one=keep, other=other, by=request.user, on=on)
        return
    heads = request.POST.get("heads", "")
    community.merge(keep=keep, other=other, heads=int(heads) if heads.isdigit() else 0, by=request.user, on=on)
    messages.success(request, _("Đã gộp thành một buổi."))


@login_required
@require_safe
def point(request: SignedIn, number: int) -> HttpResponse:
    """From a promise to what it is about."""
    found = queries.point_of(number)
    if found is None:
        return errors.not_found(request)
    return redirect(f"/activities/{found[0]}/#p{found[1]}")


@login_required
@require_safe
@errors.told(ROOT)
def photo(request: SignedIn, token: str) -> HttpResponseBase:
    return uploads.served(queries.photo(token, request.user, localdate()))
