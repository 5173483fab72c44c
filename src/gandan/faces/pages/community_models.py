"""Community models: list, map and register of certificates; one from registration to certificate and copies; the public page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import charts, errors, mapping, naming, public, words
from gandan.faces.pages.activities import cursor, no_reader
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.community_words import FIELDS, FORMS, SIDES, STATES, beside
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.noting import writer_of
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, DotMap, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.documents.queries import pdf_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.queries import UnitRow
from gandan.ground.organisations.rights import Right
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.queries import AtPlace, ModelFilters, ModelRow, ModelShown
from gandan.work.community.rules import BOTH, Field, NamesSomebody, Side
from gandan.work.community.rules import State as ModelState

PAGE = 50
ROOT = Crumb(gettext_lazy("Mô hình"), "/models/")


class RegisterForm(forms.Form):
    """What a model begins with."""

    field = forms.ChoiceField(choices=[(one.value, said) for one, said in FIELDS.items()])
    name = forms.CharField(max_length=160, error_messages={"required": gettext_lazy("Mô hình cần một tên gọi.")})
    summary = forms.CharField(max_length=2000, required=False)
    partner = forms.CharField(max_length=30, required=False)


def _filters(asked: Asked) -> ModelFilters:
    field, state = asked.text("field"), asked.text("state")
    return ModelFilters(
        field=Field(field) if field in set(Field) else None,
        state=ModelState(state) if state in set(ModelState) else None,
        unit=asked.unit("unit"),
        area=asked.unit("area", beside="unit"),
    )


@login_required
@require_safe
def model_list(request: SignedIn) -> HttpResponse:
    """The last registered first; as a list or on the map of wards."""
    asked = Asked(request)
    if no_reader(request):
        return errors.no_right(request)
    filters, on_map = _filters(asked), asked.text("view") == "map"
    may_register = writer_of(request) is not None
    context: dict[str, Any] = {
        "crumbs": (Crumb(ROOT.words),),
        "asked": {name: asked.text(name) for name in ("field", "state", "unit", "area")},
        "wrong": asked.wrong,
        "fields": [(one.value, said) for one, said in FIELDS.items()],
        "states": [(one.value, mark.word) for one, mark in STATES.items()],
        "area": organisations.row(filters.area) if filters.area else None,
        "views": (
            Choice(_("Danh sách"), asked.address(view=None, cursor=None), not on_map),
            Choice(_("Bản đồ"), asked.address(view="map", cursor=None), on_map),
        ),
        "may_register": may_register,
    }
    if on_map:
        units = organisations.visible_units(Right.READ_COMMUNITY, request.user, asked.today)
        key = ("models", units, filters)
        found = mapping.kept(key, lambda: queries.models_by_area(request.user, asked.today, filters))
        there = (asked.kept("area", "view", "cursor"), get_language())
        cut = 0 if asked.text("all") else mapping.FIRST
        context |= {
            "map": mapping.kept((*key, *there), lambda: _drawn(found, asked)),
            "table": _places(found, asked, cut),
            "more": asked.address(all=1) if cut and len(found) > cut else "",
            "of": len(found),
        }
    else:
        page = queries.models(request.user, asked.today, filters, after=cursor(asked), limit=PAGE)
        following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
        first = asked.address(cursor=None) if asked.text("cursor") else ""
        context |= {"table": _table(page.rows, may_register), "pager": Pager(len(page.rows), first, following)}
    return render(request, "community/models.html", context)


def _table(rows: Any, may_register: bool) -> Table:
    columns = (
        Column(_("Mô hình"), head=True), Column(_("Lĩnh vực")), Column(_("Đơn vị")), Column(_("Đăng ký"), number=True),
        Column(_("Có giá trị đến"), number=True), Column(_("Tình trạng")),
    )  # fmt: skip
    shown = [_line(one) for one in rows]
    empty = State(
        _("Chưa có mô hình nào khớp"),
        _("Thử bỏ bớt điều kiện lọc, hoặc đăng ký một mô hình.") if may_register else _("Thử bỏ bớt điều kiện lọc."),
        icon="stack-2",
        actions=(
            *((Crumb(_("Đăng ký mô hình"), "/models/new/"),) if may_register else ()),
            Crumb(_("Bỏ mọi điều kiện"), "/models/"),
        ),
    )  # fmt: skip
    return Table.of(_("Mô hình, mới đăng ký trước"), columns, shown, empty=empty)


def _line(one: ModelRow) -> tuple[Cell, ...]:
    return (
        Cell(one.name, f"/models/{one.id}/", note=name_of(one.area)),
        Cell(FIELDS[one.field]),
        Cell(name_of(one.unit), note=_("cùng %(unit)s") % {"unit": name_of(one.partner)} if one.partner else ""),
        Cell(words.day(one.registered_on)),
        Cell(words.day(one.recognised_until) if one.recognised_until else ""),
        Cell(mark=STATES[one.state]),
    )


def _places(found: Sequence[AtPlace], asked: Asked, cut: int) -> Table:
    most = sorted(found, key=lambda one: (-one.held, one.area.sort_key))
    rows = [
        (Cell(name_of(one.area), asked.address(view=None, area=one.area.code)), Cell(words.number(one.held)))
        for one in (most[:cut] if cut else most)
    ]
    columns = (Column(_("Phường, xã"), head=True), Column(_("Số mô hình"), number=True))
    return Table.of(_("Mô hình theo phường, xã"), columns, rows, empty=State(_("Chưa có mô hình nào khớp"), icon="map-pin"))


def _drawn(found: Sequence[AtPlace], asked: Asked) -> DotMap | None:
    return mapping.counted(
        _("Nơi có mô hình"), _at_places(found, asked), _("Diện tích chấm là số mô hình"), of=len(found), on=asked.today
    )


def _at_places(found: Sequence[AtPlace], asked: Asked) -> list[charts.Place]:
    there = asked.address(view=None, cursor=None, area="")
    there = f"{there}&area=" if len(there) > 1 else "?area="
    return [
        charts.Place(
            name=one.area.short_name or one.area.name, latitude=one.area.latitude, longitude=one.area.longitude,
            size=float(one.held), href=f"{there}{one.area.code}",
            words=_("%(area)s: %(held)s mô hình") % {"area": name_of(one.area), "held": words.number(one.held)},
        )
        for one in found
        if one.area.latitude is not None and one.area.longitude is not None
    ]  # fmt: skip


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Register a model at the reader's unit."""
    unit, today = writer_of(request), localdate()
    if unit is None:
        return errors.no_right(request)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            partner = organisations.unit(typed["partner"]) if typed["partner"] else None
            made = community.register(
                unit=organisations.unit(unit.code), field=Field(typed["field"]), name=typed["name"], summary=typed["summary"],
                partner=partner, by=request.user, on=today,
            )  # fmt: skip
        except Refused as refusal:
            place = "name" if isinstance(refusal, NamesSomebody) and str(refusal.params["what"]) in typed["name"] else "summary"
            form.add_error(place if isinstance(refusal, NamesSomebody) else beside(refusal), words.refusal(refusal))
        else:
            messages.success(request, _("Đã đăng ký mô hình."))
            return redirect("model", made.pk)
    context = {
        "crumbs": (ROOT, Crumb(_("Đăng ký"))),
        "unit": unit,
        "form": form,
        "fields": [(one.value, said) for one, said in FIELDS.items()],
        "partners": queries.partners_of(unit.id, today),
    }
    return render(request, "community/model_new.html", context, status=422 if form.errors else 200)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One model: how it stands, its rounds, who takes part, where it was copied, and what may be done next."""
    today, wrong = localdate(), ""
    try:
        shown = queries.model(number, request.user, today)
        if request.method == "POST":
            return redirect("model", _act(request, shown))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownModel as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    row, unit = shown.row, writer_of(request)
    open_round = next((each for each in shown.rounds if each.decided_on is None), None)
    sides = queries.sides_of(request.user, organisations.unit(row.unit.code), today)
    lacking = [side for side in Side if open_round is not None and side not in open_round.assessments]
    waiting = [(side.value, SIDES[side]) for side in sides if open_round and side not in open_round.assessments]

    def holds(right: Right) -> bool:
        return row.unit.id in organisations.visible_units(right, request.user, today)

    held = queries.of_model(row.id, request.user, today)
    may_write, going_on = holds(Right.WRITE_COMMUNITY), row.state is not ModelState.LAPSED
    context = {
        "crumbs": (ROOT, Crumb(row.name)),
        "shown": shown,
        "row": row,
        "mark": STATES[row.state],
        "field": FIELDS[row.field],
        "hand_over_to": request.POST.get("unit") or naming.chosen(row.unit),
        "rounds": [(each, [(SIDES[side], each.assessments.get(side)) for side in Side], _points(each)) for each in shown.rounds],
        "wrong": wrong,
        "typed": request.POST,
        "may_write": may_write and going_on,
        "may_begin": may_write and going_on and open_round is None and bool(shown.criteria),
        "items": [
            (item, request.POST.get(f"score-{item.code}", "")) for item in (open_round.items if open_round else shown.criteria)
        ],
        "waiting": waiting,
        "may_decide": holds(Right.RECOGNISE_MODELS) and open_round is not None and not lacking,
        "lacking": [SIDES[side] for side in lacking],
        "open_round": open_round,
        "pass": open_round is not None
        and all(each.total >= open_round.pass_mark for side, each in open_round.assessments.items() if side in BOTH),
        "not_renewed": row.lapsed_on and row.recognised_until and row.lapsed_on == row.recognised_until + timedelta(1),
        "may_tell": holds(Right.RECOGNISE_MODELS) and row.state is ModelState.RECOGNISED,
        "may_copy": row.state is ModelState.RECOGNISED and unit is not None and unit.id != row.unit.id,
        "my_unit_row": unit,
        "held": held,
        "held_shown": [(each, FORMS[each.form]) for each in held.latest],
        "may_note": going_on and unit is not None and unit.id in {row.unit.id, row.partner.id if row.partner else 0},
    }
    forms = {
        "self": context["may_begin"],
        "join": context["may_write"],
        "tell": context["may_tell"],
        **dict.fromkeys(dict(waiting), True),
    }
    pressed = request.POST.get("side" if request.POST.get("do") == "assess" else "do", "")
    context["wrong_at"] = pressed if forms.get(pressed) else ""
    return render(request, "community/model.html", context, status=422 if wrong else 200)


def _points(each: queries.RoundShown) -> list[tuple[str, int, list[tuple[Words, int | str]]]]:
    """Each criterion with its weight and the points of each side."""
    language = words.english()
    return [
        (
            item.name_en if language else item.name,
            item.weight,
            [(SIDES[side], each.assessments[side].scores[item.code] if side in each.assessments else "–") for side in Side],
        )
        for item in each.items
    ]


def _act(request: SignedIn, shown: ModelShown) -> int:
    """Do what was asked for, and return the number of the model to show next."""
    number, typed = shown.row.id, request.POST
    hand: dict[str, Any] = {"by": request.user, "on": localdate()}
    remark = typed.get("remark", "")[:2000]
    match typed.get("do", ""):
        case "self":
            community.assess_self(model=number, scores=_scores(request), remark=remark, **hand)
        case "assess" if typed.get("side", "") in {Side.POLICE, Side.CIVIL}:
            community.assess(model=number, side=Side(typed["side"]), scores=_scores(request), remark=remark, **hand)
        case "recognise":
            community.recognise(model=number, at=timezone.now(), **hand)
        case "decline":
            community.decline(model=number, **hand)
        case "join":
            organisation, own_word = typed.get("as") == "organisation", typed.get("own_word") == "on"
            name = typed.get("name", "")[:200]
            community.join(model=number, name=name, as_organisation=organisation, own_word=own_word, **hand)
        case "leave" | "forget" as what if typed.get("partner", "") in {str(each.id) for each in shown.partners}:
            community.leave(partner=int(typed["partner"]), forget=what == "forget", **hand)
        case "tell":
            unit = organisations.unit(shown.row.unit.code)
            community.tell(model=number, story=typed.get("story", "")[:4000], publisher=unit, **hand)
        case "lapse":
            community.lapse(model=number, why="closed", **hand)
        case "hand-over":
            community.hand_over(model=number, unit=organisations.unit_meant(typed.get("unit", ""), hand["on"]), **hand)
        case "copy" if (unit_row := writer_of(request)) is not None:
            unit = organisations.unit(unit_row.code)
            return int(community.replicate(origin=number, unit=unit, name=typed.get("name", "")[:160], **hand).pk)
    return number


def _scores(request: SignedIn) -> dict[str, int]:
    """The points that were typed; what is no number is left out, and the rules say so."""
    given = {name[6:]: str(value).strip() for name, value in request.POST.items() if name.startswith("score-")}
    return {code: int(value) for code, value in given.items() if value.isascii() and value.isdigit() and len(value) < 5}


@login_required
@require_safe
@errors.told(ROOT)
def certificate(request: SignedIn, token: str) -> HttpResponse:
    found = queries.certificate(token, request.user, localdate())
    content = pdf_of(found.id)
    headers = {"Content-Disposition": f'inline; filename="{found.file_name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@login_required
@require_safe
def certificate_register(request: SignedIn) -> HttpResponse:
    """The register of certificates, the last first."""
    asked = Asked(request)
    if no_reader(request):
        return errors.no_right(request)
    found = queries.certificates(request.user, asked.today, before=asked.whole("cursor"), limit=PAGE + 1)
    rows = [
        (
            Cell(one.number, f"/models/certificates/{one.token}/"), Cell(one.name, f"/models/{one.model}/"),
            Cell(FIELDS[one.field]), Cell(name_of(one.unit)), Cell(words.day(one.on)),
        )
        for _key, one in found[:PAGE]
    ]  # fmt: skip
    columns = (
        Column(_("Số"), head=True), Column(_("Mô hình")), Column(_("Lĩnh vực")), Column(_("Đơn vị")),
        Column(_("Ngày"), number=True),
    )  # fmt: skip
    empty = State(_("Chưa cấp giấy chứng nhận nào"), _("Giấy được cấp khi hai bên đánh giá đạt."), icon="file-check")
    context = {
        "crumbs": (ROOT, Crumb(_("Sổ cấp giấy chứng nhận"))),
        "table": Table.of(_("Giấy chứng nhận, mới cấp trước"), columns, rows, empty=empty),
        "pager": Pager(
            len(rows),
            asked.address(cursor=None) if asked.text("cursor") else "",
            asked.address(cursor=found[PAGE - 1][0]) if len(found) > PAGE else "",
        ),
    }
    return render(request, "community/certificates.html", context)


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """What everyone may read: recognised models that a body has published, with a map."""
    asked = Asked(request)
    field = Field(asked.text("field")) if asked.text("field") in set(Field) else None
    area = _area(asked)
    found = queries.stories(field, area=area.id if area else None, before=asked.whole("cursor"), limit=PAGE + 1)
    context = {
        "stories": [(one, FIELDS[one.field]) for one in found[:PAGE]],
        "map": _public_map(queries.stories_by_area(field), asked),
        "area": area,
        "everywhere": asked.address(area=None, cursor=None),
        "fields": [(one.value, said) for one, said in FIELDS.items()],
        "chosen": asked.text("field"),
        "pager": Pager(
            len(found[:PAGE]),
            asked.address(cursor=None) if asked.text("cursor") else "",
            asked.address(cursor=found[PAGE - 1].id) if len(found) > PAGE else "",
        ),
    }
    return public.page(request, "public/models.html", context)


def _area(asked: Asked) -> UnitRow | None:
    try:
        return organisations.row(organisations.unit_id(asked.text("area"))) if asked.text("area") else None
    except Refused:
        return None


def _public_map(found: Sequence[AtPlace], asked: Asked) -> DotMap | None:
    return mapping.counted(
        _("Nơi có mô hình được công khai"),
        _at_places(found, asked),
        _("Diện tích chấm là số mô hình"),
        of=len(found),
        on=asked.today,
    )


@require_safe
def story(request: HttpRequest, number: int) -> HttpResponse:
    try:
        found = queries.story(number)
    except Refused:
        return errors.not_found(request)
    return public.page(request, "public/model.html", {"story": found, "field": FIELDS[found.field]})
