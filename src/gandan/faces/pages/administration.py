"""Settings: one roof over what administrators look after. Each change is an operation, shown before it is done where it
reaches far, and told in the list of recent changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.faces.pages import errors, facets, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, Moment, State, Table, Words
from gandan.faces.pages.privacy_words import kept_for
from gandan.faces.pages.rehearsal import rehearsed
from gandan.faces.pages.rooms import ROOMS
from gandan.faces.pages.units import name_of
from gandan.ground.calendar import operations as calendar_operations
from gandan.ground.calendar import queries as calendar
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.queries import EventRow, latest
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy import operations as privacy_operations
from gandan.ground.privacy import queries as privacy
from gandan.ground.promises import queries as promises

ROOF = Crumb(gettext_lazy("Thiết lập"), "/settings/")
RECENT, TOLD = 15, 60  # changes on the page; events of a rehearsal that are listed


CHANGED = ("unit.", "appointment.", "calendar.", "procedure.", "programme.", "key.", "person.", "letter.rule", "message.ruled")
OF_PRIVACY = {Kind.PRIVACY_RULED, Kind.PRIVACY_HELD, Kind.PRIVACY_RELEASED, Kind.PRIVACY_RESEALED}
UNITS_BACK = "/settings/units/{}/"
# What a change can be undone with, and where; a line of the recent changes says it.
WAYS_BACK: dict[Kind, tuple[Words, str]] = {
    Kind.UNIT_FOUNDED: (unit_acts.ACTS["found"][2], UNITS_BACK.format("close")),
    Kind.UNIT_RENAMED: (unit_acts.ACTS["rename"][2], UNITS_BACK.format("rename")),
    Kind.UNIT_MOVED: (unit_acts.ACTS["move"][2], UNITS_BACK.format("move")),
    Kind.UNIT_SUCCEEDED: (unit_acts.ACTS["merge"][2], UNITS_BACK.format("found")),
    Kind.UNIT_CLOSED: (unit_acts.ACTS["close"][2], UNITS_BACK.format("found")),
    Kind.APPOINTMENT_BEGUN: (gettext_lazy("Sai thì cho thôi nhiệm vụ ở trang của người ấy."), "/people/"),
    Kind.APPOINTMENT_ENDED: (gettext_lazy("Sai thì phân công lại từ hôm nay."), "/people/"),
    Kind.APPOINTMENT_DECLINED: (gettext_lazy("Sai thì đề nghị lại."), "/people/"),
    Kind.PERSON_LEFT: (gettext_lazy("Sai thì mở lại tài khoản."), "/people/"),
    Kind.APPOINTMENT_ASKED: (gettext_lazy("Sai thì người quản trị khác từ chối."), "/people/"),
    Kind.PERSON_RETURNED: (gettext_lazy("Sai thì cho thôi làm việc."), "/people/"),
    Kind.PROGRAMME_OPENED: (gettext_lazy("Sai thì kết thúc chương trình."), "/programmes/"),
    Kind.PROGRAMME_AMENDED: (gettext_lazy("Sai thì sửa đổi lần nữa."), "/programmes/"),
    **dict.fromkeys(
        (Kind.PROGRAMME_DRAFTED, Kind.PROGRAMME_EDITED, Kind.PROGRAMME_RETURNED, Kind.PROGRAMME_APPROVED, Kind.PROGRAMME_DROPPED),
        (gettext_lazy("Bản cũ vẫn giữ; cần thì soạn lại."), "/programmes/"),
    ),
    Kind.PROGRAMME_NUMBERED: (gettext_lazy("Sai thì sửa đổi lần nữa."), "/programmes/"),
    Kind.PROGRAMME_SIGNED: (gettext_lazy("Sai thì sửa đổi lần nữa."), "/programmes/"),
    Kind.PROGRAMME_CLOSED: (gettext_lazy("Không mở lại được; cần thì lập chương trình mới."), "/programmes/"),
    Kind.PRIVACY_RESEALED: (gettext_lazy("Nội dung không đổi, nên không có gì để lấy lại."), "/settings/retention/"),
    Kind.KEY_MADE: (gettext_lazy("Sai thì thu hồi khoá."), "/settings/keys/"),
    Kind.KEY_REVOKED: (gettext_lazy("Không mở lại được; cần thì cấp khoá mới."), "/settings/keys/"),
    Kind.CALENDAR_CHANGED: (gettext_lazy("Sai thì rút lại ngày đã ghi."), "/settings/calendar/"),
    Kind.PROCEDURE_CHANGED: (gettext_lazy("Sai thì ghi quy định đúng từ cùng ngày ấy."), "/settings/procedures/"),
    Kind.LETTER_RULE_SET: (gettext_lazy("Sai thì ghi quy định khác."), "/letters/forms/"),
    Kind.MESSAGE_RULED: (gettext_lazy("Sai thì dùng lại bản trước."), "/settings/messages/"),
    Kind.PRIVACY_RULED: (gettext_lazy("Sai thì đặt lại thời hạn; cái đã xoá thì mất."), "/settings/retention/"),
    Kind.PRIVACY_HELD: (gettext_lazy("Sai thì thôi giữ."), "/privacy/holds/"),
    Kind.PRIVACY_RELEASED: (gettext_lazy("Sai thì giữ lại, nếu chưa bị xoá."), "/privacy/holds/"),
}
CHANGES = tuple(kind for kind in Kind if kind.startswith(CHANGED) or kind in OF_PRIVACY)


class HolidayForm(forms.Form):
    day = unit_acts.day(gettext_lazy("Ngày nghỉ"))
    name = unit_acts.words(gettext_lazy("Vì sao"), gettext_lazy("Như Quốc khánh"), most=120)
    name_en = unit_acts.words(gettext_lazy("Tiếng Anh"), needed=False, most=120)
    source = unit_acts.words(gettext_lazy("Theo văn bản nào"), most=300)


class ExchangeForm(forms.Form):
    off_on = unit_acts.day(gettext_lazy("Ngày làm việc được nghỉ"))
    worked_on = unit_acts.day(gettext_lazy("Làm bù vào ngày"))
    source = unit_acts.words(gettext_lazy("Theo văn bản nào"), most=300)


class KeepForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Loại dữ liệu"))
    months = forms.IntegerField(label=gettext_lazy("Giữ bao nhiêu tháng"), min_value=1, max_value=1200)
    source = unit_acts.words(gettext_lazy("Theo văn bản nào"), most=300)


@login_required
def roof(request: SignedIn) -> HttpResponse:
    """Every part that the reader looks after, and what was changed last."""
    mine = organisations.rights(request.user, Asked(request).today)
    rooms = [(room, address) for room in ROOMS if room.right in mine and (address := _address(room.address))]
    if not rooms:
        return errors.no_right(request)
    context = {"crumbs": (Crumb(ROOF.words),), "rooms": rooms, "moments": _recent()}
    return render(request, "administration/roof.html", context)


def _recent() -> tuple[Moment, ...]:
    """The latest changes; what was done to many units on one day is one line."""
    runs = [list(run) for _key, run in groupby(latest(CHANGES, RECENT * 20), lambda event: (event.day, event.kind))][:RECENT]
    shown = zip(_moments([run[0] for run in runs], back=True), runs, strict=False)
    return tuple(first if len(run) == 1 else replace(first, unit=_many(run), detail="") for first, run in shown)


def _many(run: list[EventRow]) -> str:
    return ngettext("%(number)d lần", "%(number)d lần", len(run)) % {"number": len(run)}


def _address(name: str) -> str:
    try:
        return reverse(name, args=["rename"]) if name == "settings-units" else reverse(name)
    except NoReverseMatch:
        return ""


def _moments(events: Sequence[EventRow], *, back: bool = False) -> tuple[Moment, ...]:
    """What was changed, line by line, and if wanted what takes it back."""
    units = organisations.rows({event.unit_id for event in events})
    return tuple(
        Moment(
            event.day,
            words.named(KINDS[Kind(event.kind)].sentence_vi, KINDS[Kind(event.kind)].sentence_en) + ".",
            name_of(units[event.unit_id]),
            facets.written(dict(event.facets), {}),
            back=WAYS_BACK.get(Kind(event.kind)) if back else None,
        )
        for event in events
        if event.unit_id in units
    )


@login_required
def unit_act(request: SignedIn, what: str) -> HttpResponse:
    """An act on the tree: typed, shown with what follows from it, done."""
    asked = Asked(request)
    if what not in unit_acts.ACTS:
        return errors.not_found(request)
    if Right.MANAGE_UNITS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    title, form_class, way_back = unit_acts.ACTS[what]
    form = form_class(request.POST or None, initial={"effective": asked.today, "unit": asked.text("unit")})
    told: tuple[Moment, ...] | None = None
    owed, more = 0, 0
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("sure"):
                form.do(request.user, asked.today)
                messages.success(request, _("Đã ghi: %(act)s.") % {"act": title})
                return redirect("settings")
            events = rehearsed(lambda: form.do(request.user, asked.today), request.user)
            told, more = _moments(events[:TOLD]), max(0, len(events) - TOLD)
            owed = promises.open_at({event.unit_id for event in events if event.kind == Kind.UNIT_CLOSED})
        except NotAllowed as refusal:
            return errors.no_right(request, refusal)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    context = {
        "crumbs": (ROOF, Crumb(_("Đơn vị")), Crumb(title)),
        "what": what,
        "title": title,
        "way_back": way_back,
        "acts": [(name, one[0]) for name, one in unit_acts.ACTS.items()],
        "form": form,
        "moments": told,
        "owed": owed,
        "more": more,
    }
    return render(request, "administration/unit_act.html", context, status=400 if form.errors else 200)


@login_required
def days(request: SignedIn) -> HttpResponse:
    """Holidays and exchanged days of this year and the next; each can be taken back."""
    asked = Asked(request)
    if Right.MANAGE_CALENDAR not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    step = request.POST.get("step", "")
    holiday = HolidayForm(request.POST if step == "holiday" else None)
    exchange = ExchangeForm(request.POST if step == "exchange" else None)
    wrong = ""
    try:
        if step == "holiday" and holiday.is_valid():
            calendar_operations.declare_holiday(**holiday.cleaned_data, by=request.user, on=asked.today)
            return _noted(request)
        if step == "exchange" and exchange.is_valid():
            calendar_operations.exchange_days(**exchange.cleaned_data, by=request.user, on=asked.today)
            return _noted(request)
        if step == "load":
            calendar_operations.load_defaults(by=request.user, on=asked.today)
            return _noted(request)
        if step == "withdraw":
            found = {_key(one): one for year in _years(asked.today) for rows in calendar.declared(year).values() for one in rows}
            if declared := found.get(request.POST.get("which", "")):
                calendar_operations.withdraw(declared=declared, by=request.user, on=asked.today)
                return _noted(request)
    except NotAllowed as refusal:
        return errors.no_right(request, refusal)
    except Refused as refusal:
        form = {"holiday": holiday, "exchange": exchange}.get(step)
        wrong = words.refusal(refusal) if form is None else wrong
        if form is not None:
            form.add_error(None, words.refusal(refusal))
    years = [(year, _declared(year)) for year in _years(asked.today)]
    context = {
        "crumbs": (ROOF, Crumb(_("Ngày nghỉ"))),
        "holiday": holiday,
        "exchange": exchange,
        "years": years,
        "nothing": not any(rows for _year, rows in years),
        "wrong": wrong,
    }
    bad = bool(wrong or (holiday.is_bound and holiday.errors) or (exchange.is_bound and exchange.errors))
    return render(request, "administration/days.html", context, status=400 if bad else 200)


def _noted(request: SignedIn) -> HttpResponse:
    messages.success(request, _("Đã ghi. Hạn của những việc đang mở được tính lại theo lịch mới."))
    return redirect("settings-calendar")


def _years(today: date) -> tuple[int, int]:
    return today.year, today.year + 1


def _key(declared: Any) -> str:
    return f"{declared._meta.model_name}-{declared.pk}"


def _declared(year: int) -> list[dict[str, Any]]:
    """What departs from the week in a year: those rows that a day names."""
    found = []
    for rows in calendar.declared(year).values():
        one: Any
        for one in rows:
            first = getattr(one, "day", None) or getattr(one, "off_on", None)
            if first is None:
                continue
            worked = getattr(one, "worked_on", None)
            said = _("làm bù ngày %(day)s") % {"day": words.day(worked)} if worked else words.named(one.name, one.name_en)
            found.append({"key": _key(one), "day": first, "said": said, "source": one.source, "verified": one.verified})
    return sorted(found, key=lambda row: row["day"])


@login_required
def retention(request: SignedIn) -> HttpResponse:
    """How long each kind of record about people is kept, what was erased, what is held."""
    asked = Asked(request)
    if Right.MANAGE_PRIVACY not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    kinds = privacy.register().kinds
    names = {code: words.named(one.name, one.name_en) for code, one in kinds.items()}
    form = KeepForm(request.POST or None)
    choose: Any = form.fields["kind"]
    choose.choices = [(code, names[code]) for code, one in kinds.items() if not one.keep.fixed and one.keep.months]
    if request.method == "POST" and form.is_valid():
        try:
            privacy_operations.keep_for(**form.cleaned_data, by=request.user, on=asked.today)
        except NotAllowed as refusal:
            return errors.no_right(request, refusal)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã đổi thời hạn. Đêm nay bắt đầu áp dụng."))
            return redirect("settings-retention")
    rules = list(privacy.keeps(asked.today).items())
    rows = [
        (
            Cell(names[code]),
            Cell(kept_for(keep) or _("ngày ghi trên từng bản ghi"), note=words.named(keep.after, keep.after_en)),
            Cell(keep.source, note="" if keep.verified else _("chưa đối chiếu")),
        )
        for code, keep in rules
    ]
    proofs = [
        (Cell(words.day(one.on)), Cell(names.get(one.kind, one.kind)), Cell(words.number(one.records)), Cell(one.digest[:16]))
        for one in privacy.erasures(limit=30)
    ]
    seen = privacy.holds(request.user, asked.today)
    held = [(Cell(words.day(one.until)), Cell(name_of(one.unit)), Cell(one.reason)) for one in seen]
    context = {
        "crumbs": (ROOF, Crumb(_("Thời hạn giữ"))),
        "form": form,
        "rules": _table(_("Giữ bao lâu"), (_("Loại dữ liệu"), _("Giữ"), _("Theo")), rows),
        "proofs": _table(
            _("Đã xoá"),
            (_("Ngày"), _("Loại dữ liệu"), _("Số bản ghi"), _("Mã đối chiếu")),
            proofs,
            State(
                _("Chưa có gì hết thời hạn"),
                _("Mỗi đêm máy xem lại; xoá gì thì để lại số lượng và mã đối chiếu ở đây."),
                icon="history",
            ),
        ),
        "held": _table(
            _("Đang giữ quá thời hạn"),
            (_("Đến hết ngày"), _("Đơn vị"), _("Lý do")),
            held,
            State(
                _("Không có bản ghi nào bị giữ lại"),
                _("Bản ghi đang có khiếu nại được giữ, có lý do và ngày hết."),
                icon="lock",
            ),
        ),
    }
    return render(request, "administration/retention.html", context, status=400 if form.errors else 200)


def _table(caption: Words, heads: Sequence[Words], rows: Any, empty: State | None = None) -> Table:
    return Table.of(caption, tuple(Column(head, head=nth == 0) for nth, head in enumerate(heads)), rows, empty=empty)
