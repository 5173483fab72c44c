"""The people of a unit: who holds which role, who stands in for whom, who leaves and to whom the work goes."""

import secrets
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, words
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.accounts.forms import USERNAME, USERNAME_SAID
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table, Words
from gandan.faces.pages.unit_acts import NEEDED
from gandan.faces.pages.units import name_of
from gandan.ground.accounts import operations as accounts
from gandan.ground.audit import operations as audit
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import operations
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import FOUR_EYES, Right, Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises import operations as promising
from gandan.ground.promises import queries as promises

ROLES: dict[Role, Words] = {
    Role.DESK_OFFICER: gettext_lazy("cán bộ tiếp nhận"),
    Role.SPECIALIST: gettext_lazy("chuyên viên"),
    Role.UNIT_HEAD: gettext_lazy("thủ trưởng đơn vị"),
    Role.PROGRAMME_OFFICER_POLICE: gettext_lazy("cán bộ chương trình, phía công an"),
    Role.PROGRAMME_OFFICER_CIVIL: gettext_lazy("cán bộ chương trình, phía dân vận"),
    Role.SIGNATORY: gettext_lazy("người ký"),
    Role.INSPECTORATE: gettext_lazy("thanh tra"),
    Role.TIP_DESK: gettext_lazy("bàn tiếp nhận tin báo kín"),
    Role.CUSTODIAN: gettext_lazy("người giữ niêm phong"),
    Role.PUBLISHER: gettext_lazy("người công bố"),
    Role.AUDITOR: gettext_lazy("kiểm toán"),
    Role.POST_PARTNER: gettext_lazy("bưu điện"),
    Role.ADMINISTRATOR: gettext_lazy("người quản trị"),
}
LINES: dict[Line, Words] = {
    Line.POLICE: gettext_lazy("công an"),
    Line.CIVIL: gettext_lazy("dân vận"),
    Line.FRONT: gettext_lazy("mặt trận"),
    Line.ADMINISTRATION: gettext_lazy("hành chính"),
    Line.POST: gettext_lazy("bưu điện"),
}


class RoleForm(forms.Form):
    """A role for somebody; who has no account yet gets one, if the name is given."""

    username = forms.RegexField(USERNAME, max_length=60, error_messages={**NEEDED, "invalid": USERNAME_SAID})
    name = forms.CharField(max_length=120, required=False)
    role = forms.ChoiceField(choices=[(role.value, said) for role, said in ROLES.items()])
    line = forms.ChoiceField(choices=[(line.value, said) for line, said in LINES.items()])
    until = forms.DateField(required=False)


@login_required
@errors.told()
def staff(request: SignedIn, code: str) -> HttpResponse:
    """Who holds a role at a unit; a form for those who may give one."""
    asked = Asked(request)
    unit = organisations.unit(code)
    organisations.require(Right.READ_PEOPLE, by=request.user, unit=unit, on=asked.today)
    form = RoleForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if not organisations.may(Right.MANAGE_PEOPLE, by=request.user, unit=unit, on=asked.today):
            return errors.no_right(request)
        status = _appointed(request, form, unit, asked.today) if form.is_valid() else 400
        if status == 302:
            new = form.cleaned_data["name"]
            return redirect("person", form.cleaned_data["username"].strip().lower()) if new else redirect("people", unit.code)
    row = organisations.row(unit.pk, asked.today)
    return render(
        request,
        "people/staff.html",
        {
            "crumbs": (Crumb(name_of(row), f"/units/{row.code}/"), Crumb(_("Cán bộ"))),
            "unit": row,
            "form": form,
            "table": _staff(unit.pk, asked.today),
            "grants": [
                (one, ROLES[one.role], LINES[one.line]) for one in organisations.grants_asked(request.user, asked.today, unit.pk)
            ],
            "four_eyes": [ROLES[role] for role in Role if role in FOUR_EYES],
            "alone": len(organisations.bearers(Right.MANAGE_PEOPLE, unit=unit.pk, on=asked.today)) < 2,
            "may_manage": organisations.may(Right.MANAGE_PEOPLE, by=request.user, unit=unit, on=asked.today),
        },
        status=status,
    )


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """The people of one's own unit."""
    try:
        organisations.require_anywhere(Right.READ_PEOPLE, by=request.user, on=Asked(request).today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    unit = my_unit(request)
    return redirect("people", unit.code) if unit else errors.no_right(request)


def _appointed(request: SignedIn, form: RoleForm, unit: Any, on: date) -> int:
    """Give the role that the form names; who gives it to themselves is told of. Returns the status of the answer."""
    typed = form.cleaned_data
    role, weighty = Role(typed["role"]), Role(typed["role"]) in FOUR_EYES
    given = {"unit": unit, "role": role, "line": Line(typed["line"]), "until": typed["until"], "by": request.user, "on": on}
    try:
        if typed["name"]:
            new = {"username": typed["username"], "name": typed["name"].strip()}
            person = operations.enrol_asking(**new, **given) if weighty else operations.enrol(**new, **given)
        else:
            person = organisations.person(typed["username"].strip().lower())
            operations.ask_grant(person=person, **given) if weighty else operations.appoint(person=person, **given)
        if typed["name"]:
            messages.success(request, _("Đã thêm %(person)s. Đặt mật khẩu tạm ở dưới và trao tận tay.") % {"person": person.name})
        if weighty:
            messages.success(request, _("Đã đề nghị. Một người quản trị khác phải đồng ý thì vai trò mới có hiệu lực."))
            return 302
    except organisations.UnknownPerson as unknown:
        form.add_error("username", words.refusal(unknown))
        form.add_error("name", _("Nếu là người mới thì ghi họ và tên, tài khoản được tạo cùng lúc."))
        return errors.noted(request, unknown)
    except operations.GaveOneself as refused:
        audit.tell_of_grant(person=request.user, unit=unit, role=Role(typed["role"]), by=request.user, on=on)
        form.add_error("username", words.refusal(refused))
        return 403
    except Refused as refused:
        form.add_error("username", words.refusal(refused))
        return errors.noted(request, refused)
    if not typed["name"]:
        messages.success(request, _("Đã phân công %(person)s.") % {"person": person.name})
    return 302


@login_required
@require_POST
def grant(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Give or decline a weighty role that another administrator asked for."""
    today = Asked(request).today
    try:
        unit = organisations.unit(code)
        organisations.require(Right.MANAGE_PEOPLE, by=request.user, unit=unit, on=today)
        asked = next((one for one in organisations.grants_asked(request.user, today, unit.pk) if one.id == number), None)
        if asked is None:
            return errors.not_found(request)
        role = asked.role
        if request.POST.get("step") == "give":
            operations.give_grant(grant=number, by=request.user, on=today)
            messages.success(request, _("Đã phân công %(person)s.") % {"person": asked.person})
        else:
            operations.decline_grant(grant=number, by=request.user, on=today)
            messages.success(request, _("Đã từ chối. Vai trò không được giao."))
    except operations.GaveOneself as refused:
        audit.tell_of_grant(person=request.user, unit=unit, role=role, by=request.user, on=today)
        return errors.no_right(request, refused)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        messages.error(request, words.refusal(refused))
    return redirect("people", unit.code)


def _staff(unit: int, on: date) -> Table:
    columns = (
        Column(_("Họ tên"), head=True),
        Column(_("Vai trò")),
        Column(_("Hệ")),
        Column(_("Từ ngày"), number=True),
        Column(_("Đến trước ngày"), number=True),
    )
    found = organisations.staff(unit, on)
    absent = organisations.names(one.acting_for for _who, one in found if one.acting_for)
    rows = [
        (
            Cell(who.name, f"/people/{who.username}/", note=who.username),
            Cell(ROLES[held.role], note=_("thay %(person)s") % {"person": absent[held.acting_for]} if held.acting_for else ""),
            Cell(LINES[held.line]),
            Cell(words.day(held.start)),
            Cell(words.day(held.end) if held.end else ""),
        )
        for who, held in found
    ]
    return Table.of(_("Cán bộ của đơn vị"), columns, rows, empty=State(_("Chưa ai giữ vai trò nào tại đơn vị này")))


@login_required
@errors.told()
def one(request: SignedIn, username: str) -> HttpResponse:
    """Somebody's roles and open work, and what may be done about them."""
    asked = Asked(request)
    person = organisations.person(username)
    _allowed(request, Right.READ_PEOPLE, person, asked.today)
    return _shown(request, person, asked.today)


def _allowed(request: SignedIn, right: Right, person: Any, on: date) -> None:
    """Look at the units where the person holds a role, or last held one.

    :raises NotAllowed: if the reader has the right at none of them
    """
    units = organisations.units_of(person, on)
    if not units:
        organisations.require_anywhere(Right.MANAGE_PEOPLE, by=request.user, on=on)
    elif not units & organisations.visible_units(right, request.user, on):
        unit = organisations.unit(organisations.row(min(units)).code)
        organisations.require(right, by=request.user, unit=unit, on=on)


def _shown(request: SignedIn, person: Any, on: date, *, wrong: str = "", given: str = "", status: int = 200) -> HttpResponse:
    held = organisations.appointments(person, on)
    units = organisations.rows({one.unit for one in held}, on)
    absent = organisations.names(one.acting_for for one in held if one.acting_for)
    work = promises.assigned(person)
    rights = organisations.rights(request.user, on)
    return render(
        request,
        "people/one.html",
        {
            "crumbs": (Crumb(_("Cán bộ"), "/people/"), Crumb(person.name)),
            "person": person,
            "held": [
                {
                    "id": one.id,
                    "role": ROLES[one.role],
                    "unit": units[one.unit],
                    "line": LINES[one.line],
                    "start": one.start,
                    "end": one.end,
                    "for": absent.get(one.acting_for) if one.acting_for else "",
                }
                for one in held
            ],
            "work": work,
            "wrong": wrong,
            "given": given,
            "account_acts": ACCOUNT_ACTS,
            "typed": request.POST,
            "last_unit": "" if held else _last_unit(person, on),
            "colleagues": _colleagues(person, {one.unit for one in held}, on),
            "tomorrow": on + timedelta(1),
            "may_manage": Right.MANAGE_PEOPLE in rights and person.pk != request.user.pk,
            "may_arrange": Right.ARRANGE_PEOPLE in rights,
        },
        status=status,
    )


def _last_unit(person: Any, on: date) -> str:
    return next((organisations.row(unit, on).code for unit in sorted(organisations.units_of(person, on))), "")


def _colleagues(person: Any, units: set[int], on: date) -> dict[str, str]:
    """Who could take over: those of the same units, by user name."""
    found = sorted((who.name, who.username) for unit in units for who, _held in organisations.staff(unit, on) if who != person)
    return {username: name for name, username in found}


@login_required
@require_POST
def act(request: SignedIn, username: str, what: str) -> HttpResponse:
    """End a role, name a stand-in, hand work over, let somebody leave, or open their account again."""
    today = Asked(request).today
    try:
        person = organisations.person(username)
        _allowed(request, Right.ARRANGE_PEOPLE, person, today)
        said = ACTS[what](request, person, today)
    except KeyError:
        return errors.not_found(request)
    except operations.GaveOneself as refused:
        return _shown(request, person, today, wrong=words.refusal(refused), status=403)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return _shown(request, person, today, wrong=words.refusal(refused), status=400)
    messages.success(request, said)
    return redirect("person", username)


@login_required
@require_POST
@confirmed_recently
@errors.told()
def account(request: SignedIn, username: str, what: str) -> HttpResponse:
    """Open somebody's account anew for them: another password, no second factor, no session. The inspectorate is told."""
    today = Asked(request).today
    hand = {"by": request.user, "on": today}
    person = organisations.person(username)
    match what:
        case "password":
            given = secrets.token_urlsafe(12)
            accounts.set_password(person=person, password=given, **hand)
            answer = _shown(request, person, today, given=given)
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
        case "factors":
            gone = accounts.reset_factors(person=person, **hand)
            messages.success(request, _("Đã gỡ %(n)d lớp xác thực; người đó thiết lập lại khi đăng nhập.") % {"n": gone})
        case "sessions":
            ended = accounts.end_sessions(person=person, sessions=None, **hand)
            messages.success(request, _("Đã kết thúc %(count)d phiên.") % {"count": ended})
        case _:
            return errors.not_found(request)
    return redirect("person", username)


def _end(request: SignedIn, person: Any, on: date) -> str:
    number = request.POST.get("appointment", "")
    mine = {str(one.id): one for one in organisations.appointments(person, on)}
    if number not in mine:
        raise operations.AlreadyEnded(_("Phân công này không còn hiệu lực."))
    held = mine[number]
    operations.end_appointment(appointment=held.id, by=request.user, on=on)
    unit = organisations.unit(organisations.row(held.unit).code)
    handed = promising.hand_work_over(person=person, unit=unit, to=_taker(request), by=request.user, on=on)
    return _("Đã kết thúc phân công.") + " " + _handed(handed)


def _stand_in(request: SignedIn, person: Any, on: date) -> str:
    taker = _taker(request)
    if taker is None:
        raise organisations.UnknownPerson(_("Xin ghi tên đăng nhập của người làm thay."))
    asked = request.POST.get("until", "")
    try:
        until = date.fromisoformat(asked)
    except ValueError:
        raise operations.BadEnd(_("Làm thay phải có ngày kết thúc, trong vòng ba tháng.")) from None
    operations.stand_in(absent=person, person=taker, until=until, by=request.user, on=on)
    return _("%(taker)s làm thay đến trước ngày %(day)s.") % {"taker": taker.name, "day": words.day(until)}


def _hand_over(request: SignedIn, person: Any, on: date) -> str:
    return _handed(promising.hand_work_over(person=person, to=_taker(request), by=request.user, on=on))


def _leave(request: SignedIn, person: Any, on: date) -> str:
    handed = promising.leave(person=person, to=_taker(request), by=request.user, on=on)
    return _("%(person)s đã thôi làm việc; tài khoản đã khoá.") % {"person": person.name} + " " + _handed(handed)


def _reopen(request: SignedIn, person: Any, on: date) -> str:
    unit = organisations.unit_meant(request.POST.get("unit", ""), on)
    operations.reopen(person=person, unit=unit, by=request.user, on=on)
    return _("Đã mở lại tài khoản của %(person)s. Vai trò thì phân công lại ở trang cán bộ của đơn vị.") % {"person": person.name}


def _taker(request: SignedIn) -> Any:
    typed = request.POST.get("taker", "").strip()
    return organisations.person(typed) if typed else None


def _handed(count: int) -> str:
    return ngettext("Đã bàn giao %(n)d việc.", "Đã bàn giao %(n)d việc.", count) % {"n": count} if count else ""


ACCOUNT_ACTS: tuple[tuple[str, Words], ...] = (
    ("password", gettext_lazy("Đặt mật khẩu tạm")),
    ("factors", gettext_lazy("Gỡ lớp xác thực thứ hai")),
    ("sessions", gettext_lazy("Kết thúc mọi phiên")),
)
ACTS = {"end": _end, "stand-in": _stand_in, "hand-over": _hand_over, "leave": _leave, "reopen": _reopen}
