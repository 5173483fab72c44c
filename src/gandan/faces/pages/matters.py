"""Matters: the list and the map, and one with what is asked, said, promised, and how it ends."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import charts, errors, words
from gandan.faces.pages.activities import cursor
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.matter_words import ISSUES, STATES, beside, mark_of, pledge_mark
from gandan.faces.pages.mine import SignedIn, my_units
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, DotMap, Moment, Pager, Table
from gandan.faces.pages.pieces import State as Empty
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.matters import operations, queries
from gandan.work.matters.flow import State
from gandan.work.matters.queries import Filters, MatterRow, MatterShown
from gandan.work.matters.rules import Issue

PAGE = 50
ROOT = Crumb(gettext_lazy("Vụ việc"), "/matters/")
GOOD, BAD = {Kind.MATTER_SETTLED}, {Kind.MATTER_PLEDGE_BROKEN, Kind.MATTER_RETURNED, Kind.MATTER_REOPENED}
NAMED = {"ask": "words", "dialogue": "minutes", "pledge": "pledge", "propose": "outcome", "send-back": "why", "reopen": "again"}
DAY = {"invalid": gettext_lazy("Ngày này không có trong lịch. Xin kiểm tra lại."), "required": gettext_lazy("Chọn một ngày.")}


class TalkForm(forms.Form):
    """A dialogue that was held."""

    held_on = forms.DateField(error_messages=DAY)
    where = forms.CharField(max_length=200, error_messages={"required": gettext_lazy("Ghi nơi đối thoại.")})
    heads = forms.IntegerField(min_value=0, max_value=100_000)
    minutes = forms.CharField(max_length=20_000, error_messages={"required": gettext_lazy("Chưa ghi biên bản đối thoại.")})


class PledgeForm(forms.Form):
    """A promise to the people: what, who, until when."""

    pledge = forms.CharField(max_length=500, error_messages={"required": gettext_lazy("Chưa ghi điều cam kết.")})
    owner = forms.CharField(max_length=30)
    due_on = forms.DateField(error_messages=DAY)
    ask = forms.IntegerField(required=False)


def _no_reader(request: SignedIn) -> bool:
    return Right.READ_MATTERS not in my_units(request)["my_rights"]


def _filters(asked: Asked) -> Filters:
    """What the address narrows to."""
    issue, state = asked.text("issue"), asked.text("state")
    return Filters(
        unit=asked.unit("unit"),
        area=asked.unit("area", beside="unit"),
        issue=Issue(issue) if issue in set(Issue) else None,
        state=State(state) if state in set(State) else None,
        late=asked.text("late") == "1",
        text=asked.text("q")[:100],
    )


def _choosing(asked: Asked, filters: Filters, here: str) -> dict[str, Any]:
    query = asked.address(cursor=None)
    return {
        "asked": {name: asked.text(name) for name in ("unit", "issue", "state", "late", "q", "area")},
        "wrong": asked.wrong,
        "issues": [(one.value, said) for one, said in ISSUES.items()],
        "states": [(one.value, said) for one, said in STATES.items()],
        "area": organisations.row(filters.area) if filters.area else None,
        "views": (
            Choice(_("Danh sách"), f"/matters/{query}", here == "list"),
            Choice(_("Bản đồ"), f"/matters/map/{query}", here == "map"),
        ),
    }


@login_required
@require_safe
def matter_list(request: SignedIn) -> HttpResponse:
    """The last opened first: those that the reader's units own, and those in which they promised something."""
    asked = Asked(request)
    if _no_reader(request):
        return errors.no_right(request)
    filters = _filters(asked)
    page = queries.matters(request.user, asked.today, filters, after=cursor(asked), limit=PAGE)
    following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
    context = {
        **_choosing(asked, filters, "list"),
        "crumbs": (Crumb(ROOT.words),),
        "table": _table(page.rows),
        "pager": Pager(len(page.rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "may_open": Right.WRITE_MATTERS in my_units(request)["my_rights"],
    }
    return render(request, "matters/matters.html", context)


def _table(rows: Sequence[MatterRow]) -> Table:
    columns = (
        Column(_("Vụ việc"), head=True), Column(_("Tình trạng"), tight=True), Column(_("Về việc")),
        Column(_("Hai bên phụ trách")), Column(_("Cam kết"), number=True), Column(_("Hạn giải quyết"), number=True),
    )  # fmt: skip
    shown = [
        (
            Cell(one.title, f"/matters/{one.id}/", note=f"{one.place}, {words.short(one.area)}"),
            Cell(mark=mark_of(one)),
            Cell(ISSUES[one.issue]),
            Cell(name_of(one.unit), note=name_of(one.partner)),
            Cell(f"{one.pledges - one.open_pledges}/{one.pledges}" if one.pledges else ""),
            Cell(words.day(one.settled_on or one.settle_by)),
        )
        for one in rows
    ]
    empty = Empty(
        _("Chưa có vụ việc nào khớp"), _("Chỉ vụ việc của đơn vị Ông/Bà được xem mới hiện ở đây. Thử bỏ bớt điều kiện lọc."),
        icon="users", actions=(Crumb(_("Bỏ mọi điều kiện"), "/matters/"),),
    )  # fmt: skip
    return Table.of(_("Vụ việc, mới mở trước"), columns, shown, empty=empty)


@login_required
@require_safe
def matter_map(request: SignedIn) -> HttpResponse:
    """Where matters are: those that are pointed out by their points, the others by their ward."""
    asked = Asked(request)
    if _no_reader(request):
        return errors.no_right(request)
    filters = _filters(asked)
    found = queries.by_area(request.user, asked.today, filters)
    found.sort(key=lambda one: (-one.open, -one.matters, one.area.sort_key))
    rows = [
        (Cell(name_of(one.area), f"/matters/{asked.address(area=one.area.code)}"), Cell(words.number(one.matters)),
         Cell(words.number(one.open)))
        for one in found
    ]  # fmt: skip
    columns = (Column(_("Phường, xã"), head=True), Column(_("Số vụ việc"), number=True), Column(_("Chưa xong"), number=True))
    nothing = Empty(_("Chưa có vụ việc nào khớp"), icon="map-pin")
    context = {
        **_choosing(asked, filters, "map"),
        "crumbs": (ROOT, Crumb(_("Bản đồ"))),
        "map": _drawn(queries.points(request.user, asked.today, filters), sum(one.matters for one in found)),
        "table": Table.of(_("Vụ việc theo phường, xã"), columns, rows, empty=nothing),
    }
    return render(request, "matters/matter_map.html", context)


def _drawn(found: Sequence[MatterRow], of: int) -> DotMap | None:
    places = [
        charts.Place(
            name="", latitude=one.point[0], longitude=one.point[1], size=1.0, href=f"/matters/{one.id}/",
            words=f"{one.title}: {mark_of(one).word}", tone="late" if one.late else "none" if one.state is State.SETTLED else "",
        )
        for one in found
        if one.point is not None
    ]  # fmt: skip
    if not places:
        return None
    legend = (("", STATES[State.OPEN]), ("late", _("quá hẹn")), ("none", STATES[State.SETTLED]))
    return charts.dot_map(_("Nơi có vụ việc; mỗi chấm là một vụ việc"), places, missing=of - len(places), legend=legend)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One matter, with everything that is done about it."""
    today, wrong, fields = localdate(), "", dict[str, str]()
    what = request.POST.get("do", "")
    talk = TalkForm(request.POST if what == "dialogue" else None, initial={"held_on": today})
    promise = PledgeForm(request.POST if what == "pledge" else None)
    try:
        shown = queries.matter(number, request.user, today)
        if request.method == "POST" and _act(request, shown, talk, promise, today):
            return redirect("matter", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownMatter as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        named = beside(refusal, NAMED.get(what, ""))
        form = {"dialogue": talk, "pledge": promise}.get(what)
        if form is not None and named in {*form.fields, "settle_by"}:
            form.add_error("due_on" if named == "settle_by" else named, words.refusal(refusal))
        elif named and form is None:
            fields[named] = words.refusal(refusal)
        else:
            wrong = words.refusal(refusal)
    context = {
        **_context(request, shown, today),
        "talk": talk,
        "promise": promise,
        "wrong": wrong,
        "fields": fields,
        "typed": request.POST,
    }
    bad = bool(wrong or fields or talk.errors or promise.errors)
    return render(request, "matters/matter.html", context, status=422 if bad else 200)


def _context(request: SignedIn, shown: MatterShown, on: date) -> dict[str, Any]:
    row = shown.row
    mine = {one.id for one in shown.sides}
    waits_for = next((one for one in (row.unit, row.partner) if shown.proposed_for and one.id != shown.proposed_for.id), None)
    return {
        "crumbs": (ROOT, Crumb(row.title)),
        "shown": shown,
        "row": row,
        "mark": mark_of(row),
        "issue": ISSUES[row.issue],
        "pledges": [(one, pledge_mark(one)) for one in shown.pledges],
        "asks": [(one, [(each, pledge_mark(each)) for each in one.pledges]) for one in shown.asks],
        "may_work": bool(mine),
        "keep_as": f"{queries.SIGN}-{row.id}",
        "open": row.state is not State.SETTLED,
        "waits_for": waits_for,
        "may_agree": waits_for is not None and waits_for.id in mine and shown.proposed_by != request.user.pk,
        "owners": _owners(row, on),
        "moments": _moments(shown),
        "today": on,
    }


def _owners(row: MatterRow, on: date) -> list[organisations.UnitRow]:
    """Who may promise something: the two sides first, then the bodies of the ward."""
    near = (row.area, *organisations.children(row.area.id, Line.ADMINISTRATION, on))
    return list({one.id: one for one in (row.unit, row.partner, *near) if one.closed_on is None}.values())


def _moments(shown: MatterShown) -> tuple[Moment, ...]:
    return tuple(
        Moment(
            event.day, words.named(KINDS[Kind(event.kind)].sentence_vi, KINDS[Kind(event.kind)].sentence_en) + ".",
            tone="kept" if event.kind in GOOD else "late" if event.kind in BAD else "",
        )
        for event in shown.timeline
        if event.kind.startswith("matter.")  # what follows from them, promises, stands beside
    )  # fmt: skip


def _act(request: SignedIn, shown: MatterShown, talk: TalkForm, promise: PledgeForm, on: date) -> bool:
    """Do what was asked for; False if a form is not right yet."""
    typed, hand = request.POST, {"by": request.user, "on": on}
    number, pledge = shown.row.id, _chosen(request, shown)
    steps: dict[str, Callable[[], object]] = {
        "ask": lambda: operations.ask(matter=number, words=typed.get("words", "")[:1000], **hand),
        "keep": lambda: operations.keep_pledge(pledge=pledge, result=typed.get("result", ""), **hand),
        "break": lambda: operations.break_pledge(pledge=pledge, why=typed.get("result", ""), **hand),
        "postpone": lambda: operations.postpone(pledge=pledge, due_on=_day(typed.get("day", ""), on), **hand),
        "propose": lambda: operations.propose(matter=number, outcome=typed.get("outcome", "")[:4000], **hand),
        "agree": lambda: operations.agree(matter=number, **hand),
        "send-back": lambda: operations.send_back(matter=number, why=typed.get("why", "")[:4000], **hand),
        "reopen": lambda: operations.reopen(
            matter=number, why=typed.get("again", "")[:4000], settle_by=_day(typed.get("settle_by", ""), on), **hand
        ),
        "dialogue": lambda: _talk(number, shown, talk.cleaned_data, hand),
        "pledge": lambda: _pledge(number, promise.cleaned_data, hand),
    }
    what = typed.get("do", "")
    form = {"dialogue": talk, "pledge": promise}.get(what)
    if what not in steps or (form is not None and not form.is_valid()) or (what in {"keep", "break", "postpone"} and not pledge):
        return False
    steps[what]()
    messages.success(request, _("Đã ghi."))
    return True


def _chosen(request: HttpRequest, shown: MatterShown) -> int:
    """The promise of this matter that is spoken of; 0 if it is none."""
    typed = request.POST.get("pledge", "")
    return next((one.id for one in shown.pledges if str(one.id) == typed), 0)


def _day(typed: str, on: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return on


def _talk(number: int, shown: MatterShown, typed: dict[str, Any], hand: dict[str, Any]) -> None:
    host = organisations.unit((shown.sides or [shown.row.unit])[0].code)
    operations.hold_dialogue(
        matter=number, host=host, held_on=typed["held_on"], place=typed["where"], heads=typed["heads"],
        minutes=typed["minutes"], **hand,
    )  # fmt: skip


def _pledge(number: int, typed: dict[str, Any], hand: dict[str, Any]) -> None:
    owner = organisations.unit(typed["owner"].strip())
    operations.pledge(matter=number, words=typed["pledge"], owner=owner, due_on=typed["due_on"], ask=typed["ask"], **hand)


@login_required
@require_safe
def pledge(request: SignedIn, number: int) -> HttpResponse:
    """Lead from the queue to the matter in which a promise was made."""
    found = queries.pledge_of(number, request.user, localdate())
    if found is None:
        return errors.no_right(request)
    return redirect(f"/matters/{found}/#p{number}")
