"""The desks: duties to publish and consultations of a unit, comments before their moderator, votes before their keepers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.democracy import forms, said
from gandan.faces.pages.mine import SignedIn, body_of, my_units
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.democracy import operations, queries
from gandan.work.democracy.flow import Stage, WhyHidden
from gandan.work.democracy.queries import ConsultationRow, DutyRow, PollRow
from gandan.work.democracy.rules.dated import Place
from gandan.work.democracy.rules.writing import BadText

HERE = "/democracy/"
Make = Callable[[organisations.Unit, organisations.Unit], Any]  # whose, and for which ward
AREAS = {UnitKind.WARD, UnitKind.DISTRICT, UnitKind.CITY, UnitKind.PROVINCE}


@login_required
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """All that my units owe people here, and what I may do about it."""
    on, mine = localdate(), my_units(request)["my_rights"]
    context: dict[str, Any] = {"crumbs": (Crumb(_("Dân chủ cơ sở")),), "may": {right.value for right in mine}}
    context["waiting"] = len(queries.to_moderate(request.user, on)) if Right.MODERATE_VOICE in mine else 0
    if Right.WRITE_NOTICES in mine:
        context["duties"] = duty_table(queries.duties_at_desk(request.user, on))
        context["consultations"] = consultation_table(queries.consultations_at_desk(request.user, on))
    if Right.KEEP_POLLS in mine:
        context["polls"] = poll_table(queries.polls_kept(request.user, on))
    return render(request, "democracy/desk.html", context)


def duty_table(rows: list[DutyRow]) -> Table:
    columns = (Column(_("Nội dung"), head=True), Column(_("Đơn vị")), Column(_("Hạn"), number=True), Column(_("Tình trạng")))
    empty = State(_("Chưa có nội dung nào phải công khai"), _("Ghi ngay khi văn bản được ký, để không lỡ hạn."), icon="file-text")
    lines = [
        (Cell(row.title, f"{HERE}duties/{row.id}/", note=said.duty_rule(row.rule)), Cell(name_of(row.unit)),
         Cell(words.day(row.due_on)), Cell(mark=said.of_duty(row)))
        for row in rows
    ]  # fmt: skip
    return Table.of(_("Nội dung phải công khai"), columns, lines, empty=empty)


def consultation_table(rows: list[ConsultationRow]) -> Table:
    columns = (
        Column(_("Văn bản"), head=True), Column(_("Đơn vị")), Column(_("Góp ý đến"), number=True),
        Column(_("Trả lời chậm nhất"), number=True), Column(_("Tình trạng")),
    )  # fmt: skip
    lines = [
        (Cell(row.title, f"{HERE}consultations/{row.id}/"), Cell(name_of(row.unit)),
         Cell(words.day(row.closes_on) if row.closes_on else ""), Cell(words.day(row.answer_by) if row.answer_by else ""),
         Cell(mark=said.of_consultation(row)))
        for row in rows
    ]  # fmt: skip
    return Table.of(_("Lấy ý kiến về văn bản"), columns, lines, empty=State(_("Chưa lấy ý kiến lần nào"), icon="pencil"))


def poll_table(rows: list[PollRow]) -> Table:
    columns = (
        Column(_("Việc"), head=True), Column(_("Nơi")), Column(_("Đến hết"), number=True), Column(_("Đã bỏ"), number=True),
        Column(_("Tình trạng")),
    )  # fmt: skip
    lines = [
        (Cell(row.title, f"{HERE}polls/{row.id}/"), Cell(row.neighbourhood, note=name_of(row.area)),
         Cell(words.day(row.closes_on)),
         Cell(f"{words.number(row.voted)}/{words.number(row.count.households)}" if row.opened_on else ""),
         Cell(mark=said.of_poll(row)))
        for row in rows
    ]  # fmt: skip
    return Table.of(_("Hộ dân bỏ phiếu"), columns, lines, empty=State(_("Chưa có lần bỏ phiếu nào"), icon="ballpen"))


def area_of(unit: organisations.UnitRow) -> organisations.Unit:
    """The ward in which a unit works, or what stands above it."""
    way = [row for row in organisations.path(unit.id, Line.ADMINISTRATION, localdate()) if row.kind in AREAS]
    return organisations.unit(way[-1].code if way else unit.code)


def crumbs(title: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Dân chủ cơ sở"), HERE), Crumb(title))


def written(
    request: SignedIn, form: forms.RuledForm, title: str, right: Right, make: Make, then: str
) -> HttpResponse:  # fmt: skip
    """Show a form, or do what it says in the name of the unit at which the reader may."""
    try:
        body = body_of(request, right)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    if request.method == "POST" and form.is_valid():
        try:
            made = make(organisations.unit(body.code), area_of(body))
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, words.refusal(refused))
        else:
            return redirect(then, made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"crumbs": crumbs(title), "form": form, "heading": title, "unit": name_of(body)}
    return render(request, "democracy/form.html", context, status=status)


@login_required
def new_duty(request: SignedIn) -> HttpResponse:
    on = localdate()
    form = forms.DutyForm(on, request.POST or None, initial={"born_on": on})

    def make(unit: organisations.Unit, area: organisations.Unit) -> Any:
        return operations.declare(unit=unit, area=area, **form.cleaned_data, by=request.user, on=on)

    return written(request, form, _("Ghi nội dung phải công khai"), Right.WRITE_NOTICES, make, "democracy-duty")


@login_required
def new_consultation(request: SignedIn) -> HttpResponse:
    on = localdate()
    form = forms.ConsultationForm(on, request.POST or None)

    def make(unit: organisations.Unit, area: organisations.Unit) -> Any:
        return operations.write_consultation(unit=unit, area=area, **form.cleaned_data, by=request.user, on=on)

    return written(request, form, _("Lấy ý kiến về một văn bản"), Right.WRITE_NOTICES, make, "democracy-consultation")


@login_required
def edit_consultation(request: SignedIn, number: int) -> HttpResponse:
    on = localdate()
    try:
        shown = queries.consultation_at_desk(number, request.user, on)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân chủ cơ sở"), HERE),))
    before = {"rule": shown.row.rule, "title": shown.row.title, "lead": shown.row.lead,
              "text": "\n\n".join(part.words for part in shown.parts)}  # fmt: skip
    form = forms.ConsultationForm(on, request.POST or None, initial=before)

    def make(unit: organisations.Unit, area: organisations.Unit) -> Any:
        whose = organisations.unit(shown.row.unit.code)
        where = organisations.unit(shown.row.area.code)
        return operations.write_consultation(unit=whose, area=where, **form.cleaned_data, by=request.user, on=on, again=number)

    return written(request, form, shown.row.title, Right.WRITE_NOTICES, make, "democracy-consultation")


@login_required
def duty(request: SignedIn, number: int) -> HttpResponse:
    """One duty: prove it place by place, or say why it is none."""
    on, wrong = localdate(), {}
    try:
        if request.method == "POST":
            return _act_on_duty(request, queries.duty_at_desk(number, request.user, on))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownDuty as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân chủ cơ sở"), HERE),))
    except Refused as refused:
        wrong = {str(refused.params.get("field", "do")): words.refusal(refused)}
    try:
        row = queries.duty_at_desk(number, request.user, on)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân chủ cơ sở"), HERE),))
    context = {
        "crumbs": crumbs(row.title), "row": row, "mark": said.of_duty(row), "rule": said.duty_rule(row.rule),
        "proofs": [(said.PLACES[one.place], one) for one in row.proofs],
        "missing": [(one.value, said.PLACES[one]) for one in row.missing], "wrong": wrong, "typed": request.POST, "today": on,
        "may_drop": organisations.may(Right.PUBLISH_NOTICES, by=request.user, unit=organisations.unit(row.unit.code), on=on),
    }  # fmt: skip
    return render(request, "democracy/duty.html", context, status=422 if wrong else 200)


def _act_on_duty(request: SignedIn, row: DutyRow) -> HttpResponse:
    given, on = request.POST, localdate()
    if given.get("do") == "drop":
        operations.drop_duty(duty=row.id, why=given.get("why", ""), by=request.user, on=on)
    else:
        if given.get("place") not in set(Place):
            raise BadText(_("Xin chọn nơi đã niêm yết."), field="place")
        photo = request.FILES.get("photo")
        operations.prove(
            duty=row.id, place=Place(given["place"]), posted_on=parse_date(given.get("posted_on", "")) or on,
            address=given.get("address", "").strip(), photo=photo, photo_name=(photo.name or "") if photo else "",
            by=request.user, on=on,
        )  # fmt: skip
    messages.success(request, _("Đã ghi."))
    return redirect("democracy-duty", row.id)


@login_required
def consultation(request: SignedIn, number: int) -> HttpResponse:
    """One consultation: open it, read what stands, answer it paragraph by paragraph."""
    on, wrong = localdate(), {}
    try:
        shown = queries.consultation_at_desk(number, request.user, on)
        if request.method == "POST":
            return _act_on_consultation(request, number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownConsultation as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân chủ cơ sở"), HERE),))
    except Refused as refused:
        wrong = {str(refused.params.get("field", "do")): words.refusal(refused)}
    row = shown.row
    unit = organisations.unit(row.unit.code)
    parts = [(part, request.POST.get(f"answer_{part.position}", part.answer), wrong.get(f"answer_{part.position}", ""))
             for part in shown.parts]  # fmt: skip
    context = {
        "crumbs": crumbs(row.title), "shown": shown, "row": row, "mark": said.of_consultation(row), "parts": parts,
        "wrong": wrong, "rule": said.consultation_rule(row.rule), "typed": request.POST, "draft": row.stage is Stage.DRAFT,
        "answering": row.stage is Stage.OPEN and not row.takes_comments, "own": row.written_by == request.user.pk,
        "may_publish": organisations.may(Right.PUBLISH_NOTICES, by=request.user, unit=unit, on=on),
        "hidden": [(many, said.WHY_HIDDEN[why]) for why, many in shown.hidden.items()],
    }  # fmt: skip
    return render(request, "democracy/consultation.html", context, status=422 if wrong else 200)


def _act_on_consultation(request: SignedIn, number: int) -> HttpResponse:
    on, given = localdate(), request.POST
    if given.get("do") == "open":
        operations.open_consultation(consultation=number, by=request.user, on=on)
    else:
        answers = {
            int(name.removeprefix("answer_")): str(value)
            for name, value in given.items() if name.removeprefix("answer_").isdigit() and len(name) < 13
        }  # fmt: skip
        operations.answer_consultation(
            consultation=number, summary=given.get("summary", ""), answers=answers, by=request.user, on=on
        )
    messages.success(request, _("Đã ghi."))
    return redirect("democracy-consultation", number)


@login_required
def moderate(request: SignedIn) -> HttpResponse:
    """Comments before a moderator of the civil side: words, and nothing of whose they are."""
    on, wrong = localdate(), {}
    try:
        organisations.require_anywhere(Right.MODERATE_VOICE, by=request.user, on=on)
        if request.method == "POST":
            _moderated(request)
            messages.success(request, _("Đã ghi."))
            return redirect("democracy-moderate")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        wrong = {request.POST.get("comment", ""): words.refusal(refused)}
    waiting = [
        (one, request.POST.get("words", one.words) if str(one.id) in wrong else one.words, wrong.get(str(one.id), ""))
        for one in queries.to_moderate(request.user, on)
    ]
    empty = State(_("Không còn góp ý nào chờ xem"), icon="circle-check")
    reasons = [(one.value, words_of) for one, words_of in said.WHY_HIDDEN.items()]
    context = {"crumbs": crumbs(_("Góp ý chờ xem")), "waiting": waiting, "empty": empty, "reasons": reasons}
    return render(request, "democracy/moderate.html", context, status=422 if wrong else 200)


def _moderated(request: SignedIn) -> None:
    given, on = request.POST, localdate()
    number = int(given["comment"]) if given.get("comment", "").isdigit() and len(given["comment"]) < 18 else 0
    if number not in {one.id for one in queries.to_moderate(request.user, on)}:
        raise BadText(_("Góp ý này không còn chờ xem."), field="comment")
    if given.get("do") == "hide":
        if given.get("why") not in set(WhyHidden):
            raise BadText(_("Xin chọn lý do."), field="why")
        operations.hide_comment(comment=number, why=WhyHidden(given["why"]), by=request.user, on=on)
    else:
        operations.show_comment(comment=number, words=given.get("words", ""), by=request.user, on=on)
