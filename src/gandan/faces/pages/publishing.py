"""The desk of what a body tells everyone: written with a plain-language check, put before a second person, let out, corrected."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, news, news_words, publishing_forms, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.marks import Mark, Words
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.notices import operations, queries
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.flow import State as Step
from gandan.work.notices.queries import Shown
from gandan.work.notices.rules.checking import without_traces
from gandan.work.notices.rules.plain import read
from gandan.work.voice import queries as voice

HERE = "/publishing/"
DESK = "publishing"
PARTS_IN_ENGLISH: dict[str, Words] = {
    "title": gettext_lazy("tiêu đề"), "summary": gettext_lazy("tóm tắt"), "text": gettext_lazy("nội dung"),
}  # fmt: skip
FORMS: dict[str, Callable[[SignedIn | None, Shown], forms.Form]] = {
    "change": lambda sent, shown: publishing_forms.ChangeForm(sent.POST if sent else None, shown),
    "reply": lambda sent, shown: publishing_forms.ReplyForm(sent.POST if sent else None),
    "withdraw": lambda sent, shown: publishing_forms.WithdrawForm(sent.POST if sent else None),
    "send-back": lambda sent, shown: publishing_forms.SendBackForm(sent.POST if sent else None),
    "picture": lambda sent, shown: publishing_forms.PictureForm(sent.POST if sent else None, sent.FILES if sent else None),
}


@login_required
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """What my units write, what waits for a second person, what is out; and the plan of this month across units."""
    asked = Asked(request)
    typed = asked.text("show")
    step = Step(typed) if typed in set(Step) else Step.DRAFT
    found = queries.at_desk(request.user, asked.today, step)
    first = month_of(asked.text("month"), asked.today)
    tabs = tuple(Choice(said, f"?show={one.value}", one is step) for one, (said, _tone) in news_words.STATES.items())
    empty = State(_("Chưa có bài nào ở bước này"), _("Bấm “Viết bài mới” để bắt đầu."), icon="pencil")
    return render(
        request,
        "publishing/desk.html",
        {
            "crumbs": (Crumb(_("Công bố")),),
            "tabs": tabs,
            "table": Table.of(_("Bài viết"), _columns(), [_row(one) for one in found], empty=empty),
            "plan": _plan(request, first, asked.today),
            "month": f"{words.month(first.month)}/{first.year}",
            "months": (
                Crumb(_("Tháng trước"), f"?month={first - timedelta(1):%Y-%m}"),
                Crumb(_("Tháng sau"), f"?month={next_month(first):%Y-%m}"),
            ),
            "sorts": news_words.SORTS.items(),
            "may_publish": Right.PUBLISH_NOTICES in organisations.rights(request.user, asked.today),
            "may_write": Right.WRITE_NOTICES in organisations.rights(request.user, asked.today),
        },
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Bài"), head=True),
        Column(_("Loại")),
        Column(_("Đơn vị")),
        Column(_("Dự định đăng"), number=True),
        Column(_("Bước")),
    )


def _row(one: Shown) -> tuple[Cell, ...]:
    said, tone = news_words.STATES[Step(one.record.state)]
    return (
        Cell(one.record.title, f"{HERE}{one.record.pk}/"),
        Cell(news_words.SORTS[Sort(one.record.sort)]),
        Cell(name_of(one.unit)),
        Cell(words.day(one.record.planned_on)),
        Cell(mark=Mark(said, "file-text", tone)),
    )


def month_of(typed: str, today: date) -> date:
    """Return the first day of the month that is asked for, of this one where none is."""
    asked_for = parse_date(f"{typed}-01") if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", typed) else None
    return asked_for or today.replace(day=1)


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _plan(request: SignedIn, first: date, today: date) -> Table:
    found = queries.plan_of_month(first, next_month(first) - timedelta(1), request.user, today)
    empty = State(_("Tháng này chưa định đăng gì"), icon="calendar")
    return Table.of(_("Dự định đăng trong tháng, mọi đơn vị"), _columns(), [_row(one) for one in found], empty=empty)


@login_required
def write(request: SignedIn, sort: str) -> HttpResponse:
    """Begin something: its form has the questions of its sort."""
    if sort not in set(Sort):
        return errors.not_found(request)
    unit = my_unit(request)
    if unit is None or unit.id not in organisations.visible_units(Right.WRITE_NOTICES, request.user, localdate()):
        return errors.no_right(request)
    return _written(request, Sort(sort), organisations.unit(unit.code), None)


@login_required
def edit(request: SignedIn, number: int) -> HttpResponse:
    try:
        shown = queries.one_at_desk(number, request.user, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Công bố"), HERE),))
    return _written(request, Sort(shown.record.sort), organisations.unit(shown.unit.code), shown)


def _written(request: SignedIn, sort: Sort, unit: organisations.Unit, shown: Shown | None) -> HttpResponse:
    today = localdate()
    form = publishing_forms.form_of(sort, request.POST or None, shown)
    if sort is Sort.CORRECTION and shown is None:
        form.initial = {**form.initial, **_asked_about(request, today)}
    reading = None
    if request.method == "POST" and form.is_valid():
        reading = read(form.cleaned_data["text"])
        if "look" not in request.POST:
            try:
                text = publishing_forms.text_of(form, sort, today)
                if shown:
                    done = operations.edit(publication=shown.record, text=text, by=request.user, on=today)
                else:
                    done = operations.draft(unit=unit, sort=sort, text=text, by=request.user, on=today)
                return redirect("publishing-one", done.pk)
            except Refused as refused:
                form.add_error(_field(refused, form), words.refusal(refused))
                errors.noted(request, refused)
    elif shown:
        reading = read(shown.record.text)
    return render(
        request,
        "publishing/write.html",
        {
            "crumbs": (Crumb(_("Công bố"), HERE), Crumb(news_words.SORTS[sort])),
            "form": form,
            "sort": news_words.SORTS[sort],
            "unit": words.named(unit.name, unit.name_en),
            "reading": _reading(reading) if reading else None,
        },
        status=422 if request.method == "POST" and form.errors else 200,
    )


def _asked_about(request: SignedIn, on: date) -> dict[str, str]:
    """The claim that somebody asked about, from the question they sent: its words, without what leads to anybody."""
    number = request.GET.get("question", "")
    if not number:
        return {}
    try:
        asked_about = voice.case(number, request.user, on)
    except Refused:
        return {}
    return {"claim": without_traces(asked_about.text)[:400]}


def _field(refused: Refused, form: forms.Form) -> str | None:
    field = str(refused.params.get("field", ""))
    return field if field in form.fields else None


def _reading(reading: Any) -> dict[str, object]:
    """What the check of plain language found, each with what to do."""
    said, tone = news_words.LEVELS[reading.level]
    return {
        "mark": Mark(said, "eye", tone),
        "average": reading.average,
        "longest": reading.longest,
        "findings": [(news_words.FINDINGS[one.what], one.where, one.better) for one in reading.findings],
    }


@login_required
@require_safe
def one(request: SignedIn, number: int) -> HttpResponse:
    """One publication before its people: what it says, how it reads, what can be done with it now."""
    today = localdate()
    try:
        shown = queries.one_at_desk(number, request.user, today)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Công bố"), HERE),))
    return _page(request, shown)


def _page(
    request: SignedIn, shown: Shown, *, sent: tuple[str, forms.Form] | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    """The page with its forms: empty, but for the one that was sent and is not in order."""
    record, today = shown.record, localdate()
    unit = organisations.unit(shown.unit.code)
    said, tone = news_words.STATES[Step(record.state)]
    may_publish = organisations.may(Right.PUBLISH_NOTICES, by=request.user, unit=unit, on=today)
    return render(
        request,
        "publishing/one.html",
        {
            "crumbs": (Crumb(_("Công bố"), HERE), Crumb(record.title)),
            "one": shown,
            "mark": Mark(said, "file-text", tone),
            "sort": news_words.SORTS[Sort(record.sort)],
            "reading": _reading(read(record.text)),
            "own": record.written_by_id == request.user.pk,
            "may_publish": may_publish,
            "address": news.address_of(shown) if record.edition else "",
            "outdated": [PARTS_IN_ENGLISH[part] for part in record.outdated_en],
            "forms": {what.replace("-", "_"): form(None, shown) for what, form in FORMS.items()}
            | ({sent[0].replace("-", "_"): sent[1]} if sent else {}),
            "sent": sent[0] if sent else "",
            "wrong": wrong,
        },
        status=status,
    )


@login_required
@require_POST
def act(request: SignedIn, number: int, what: str) -> HttpResponse:
    """Submit, let out, send back, change, withdraw, give a picture; what is wrong stands beside its field."""
    today = localdate()
    try:
        shown = queries.one_at_desk(number, request.user, today)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Công bố"), HERE),))
    form = FORMS[what](request, shown) if what in FORMS else None
    if form is None and what not in {"submit", "publish"}:
        return errors.not_found(request)
    if form is not None and not form.is_valid():
        return _page(request, shown, sent=(what, form), status=422)
    try:
        done = _done(what, form.cleaned_data if form else {}, {"publication": shown.record, "by": request.user, "on": today})
    except Refused as refused:
        errors.noted(request, refused)
        if form is None:
            return _page(request, shown, wrong=words.refusal(refused), status=409)
        form.add_error(_field(refused, form), words.refusal(refused))
        return _page(request, shown, sent=(what, form), status=409)
    if what == "change" and done.outdated_en:
        messages.warning(request, _("Đã ghi. Bản tiếng Anh còn là bản cũ: xin viết lại, rồi sửa công khai lần nữa."))
    else:
        messages.success(request, _("Đã ghi."))
    return redirect("publishing-one", number)


def _done(what: str, said: dict[str, Any], more: dict[str, Any]) -> Any:
    now = timezone.now()
    match what:
        case "submit":
            return operations.submit(**more)
        case "publish":
            return operations.publish(**more, at=now)
        case "send-back":
            return operations.send_back(**more, **said)
        case "withdraw":
            return operations.withdraw(**more, **said, at=now)
        case "change":
            return operations.change(**more, **{**said, "why": Why(said["why"])}, at=now)
        case "reply":
            return operations.reply(**more, **said, at=now)
        case _:
            file = said["picture"]
            return operations.illustrate(**more, source=file, name=file.name or "", alt=said["alt"])
