"""The queue of dossiers: for an officer, a unit, a head; many done at once, each with a result of its own."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import dossiers as dossier_pages
from gandan.faces.pages import errors, naming, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, Mark, Pager, State, Table
from gandan.faces.pages.promises import GROUPS, left
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import RIGHTS, Right
from gandan.ground.promises.queries import Group
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.flow import FLOW, Step

PAGE, SIZES = 50, (50, 200, 500)
AT_ONCE = (Step.RECEIVE, Step.START, Step.SUPPLEMENTED, Step.PAID, Step.FINISH)  # that need no more than a click
GIVEN = {"assign": gettext_lazy("Giao người xử lý"), "hand_over": gettext_lazy("Chuyển đơn vị khác")}
POST = "post"
PARCELS = {
    "wanted": gettext_lazy("chờ giao bưu điện"),
    "handed": gettext_lazy("bưu điện đang giữ"),
    "failed": gettext_lazy("phát chưa được"),
}


@login_required
@require_safe
def queue(request: SignedIn) -> HttpResponse:
    """What is due, the most pressing first; waiting for the citizen and for the post stand apart."""
    return _shown(request)


def _shown(request: SignedIn, wrong: str = "") -> HttpResponse:
    """The queue as the address asks for it; with what was chosen in it and why that was not done, if it was not."""
    asked = Asked(request)
    unit = my_unit(request)
    scope = asked.text("scope") if asked.text("scope") in {"me", "nobody", "below"} else "unit"
    wanted = _asked(request, scope, unit, asked)
    counts = dossiers.queue_counts(request.user, asked.today, wanted)
    chosen, size = asked.text("group"), asked.whole("rows") or PAGE
    size = size if size in SIZES else PAGE
    after = dossier_pages.cursor(asked)
    if chosen == POST:
        found = dossiers.with_the_post(request.user, asked.today, wanted, after=after, limit=size + 1)
    else:
        group = Group(chosen) if chosen in set(Group) else None
        found = dossiers.queue(request.user, asked.today, wanted, group=group, after=after, limit=size + 1)
    shown = found[:size]
    following = asked.address(cursor=f"{shown[-1].after[0].isoformat()}_{shown[-1].after[1]}") if len(found) > size else ""
    kept = calendar.working_calendar(unit.id if unit else None)
    ticked = frozenset(_ticked(request))
    context = {
        "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(_("Hàng chờ"))),
        "unit": unit,
        "scopes": _scopes(asked, scope),
        "groups": _groups(asked, counts, dossiers.count_with_the_post(request.user, asked.today, wanted), chosen),
        "rows": [_row(one, asked.today, kept, ticked, get_language() or "") for one in shown],
        "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "procedures": dossier_pages.procedures_now(asked.today),
        "procedure": wanted.procedure,
        "kept": asked.kept("procedure", "cursor"),
        "sizes": [Choice(str(one), asked.address(rows=one, cursor=None), one == size) for one in SIZES],
        "saved": dossiers.saved_filters(request.user),
        "here": asked.address(cursor=None),
        "acts": [(step.value, gettext(FLOW[step].name)) for step in AT_ONCE] + [(one, str(said)) for one, said in GIVEN.items()],
        "officers": _officers(unit, asked.today),
        "act": asked.address(),
        "wrong": wrong,
        "typed": {name: request.POST.get(name, "") for name in ("do", "officer", "unit")},
        "empty": State(
            _("Không có hồ sơ nào ở nhóm này"), _("Xem nhóm khác ở trên, hoặc bỏ bớt điều kiện lọc."), icon="circle-check"
        ),
    }
    return render(request, "dossiers/queue.html", context, status=422 if wrong else 200)


def _asked(request: SignedIn, scope: str, unit: Any, asked: Asked) -> dossiers.QueueAsked:
    units = frozenset({unit.id}) if unit is not None and scope != "below" else None
    officers = nobody_of = None
    if scope == "me":  # and what those are to do for whom I stand in
        held = organisations.appointments(request.user, asked.today)
        officers = frozenset({request.user.pk} | {one.acting_for for one in held if one.acting_for})
        units = None
    if scope == "nobody" and unit is not None:
        nobody_of = frozenset(person.pk for person, _held in organisations.staff(unit.id, asked.today))
    return dossiers.QueueAsked(units, officers, nobody_of, asked.text("procedure"))


def _scopes(asked: Asked, scope: str) -> list[Choice]:
    return [
        Choice(said, asked.address(scope=code, cursor=None), code == scope)
        for code, said in (
            ("unit", _("Của đơn vị")),
            ("me", _("Của riêng tôi")),
            ("nobody", _("Chưa có người làm")),
            ("below", _("Cả cấp dưới")),
        )
    ]


def _groups(asked: Asked, counts: Any, by_post: int, chosen: str) -> list[tuple[Any, int, Mark, str, bool]]:
    several: list[tuple[Any, int, Mark, str, bool]] = [
        (title, getattr(counts, group.value), MARKS[mark], asked.address(group=group.value, cursor=None), group.value == chosen)
        for group, (title, mark) in GROUPS.items()
    ]
    several.append((_("Chờ bưu điện"), by_post, MARKS["paused"], asked.address(group=POST, cursor=None), chosen == POST))
    return several


def _officers(unit: Any, on: date) -> list[tuple[str, str]]:
    if unit is None:
        return []
    who = [person for person, held in organisations.staff(unit.id, on) if held.role in RIGHTS[Right.WRITE_DOSSIERS]]
    return list(dict.fromkeys((person.username, person.name) for person in who))


def _ticked(request: SignedIn) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("dossier") if pk.isascii() and pk.isdigit() and len(pk) < 18]


@dataclass(frozen=True)
class _Row:
    """All that a row of the queue shows, in a language; marks by their codes."""

    id: int
    number: str
    applicant: str
    procedure: str
    due: date
    left: str
    mark: str
    status: str
    officer: str
    ticked: bool
    language: str


def _row(one: dossiers.Queued, on: date, kept: WorkingCalendar, ticked: frozenset[int], language: str) -> SafeString:
    row, promise = one.dossier, one.promise
    return _drawn(
        _Row(
            id=row.id,
            number=row.number,
            applicant=row.applicant,
            procedure=words.named(row.procedure_name, row.procedure_name_en),
            due=promise.due_on if promise else row.due_on,
            left=left(promise, on, kept) if promise else str(PARCELS.get(one.parcel, one.parcel)),
            mark=GROUPS[promise.group][1] if promise else "paused",
            status=row.status.value,
            officer=promise.officer_name if promise else "",
            ticked=row.id in ticked,
            language=language,
        )
    )


@lru_cache(maxsize=4000)  # a queue is looked at again and again, and few of its rows have changed
def _drawn(row: _Row) -> SafeString:
    shown = {"row": row, "mark": MARKS[row.mark], "state": dossier_pages.state_mark(row.status)}
    return render_to_string("dossiers/queue_row.html", shown)


@login_required
def act(request: SignedIn) -> HttpResponse:
    """Do one thing to many dossiers, and show what came of each. What can't be begun is said where it was chosen."""
    asked = Asked(request)
    if request.method != "POST":  # a link of the queue that was shown here, or a page opened again
        return redirect(f"{reverse('queue')}{asked.address()}")
    ids, what = _ticked(request), request.POST.get("do", "")
    try:
        if not ids:
            raise operations.BadFilter(gettext_noop("Chưa chọn hồ sơ nào."))
        many = operations.Many(ids, request.user, asked.today)
        if what == "assign":
            username = request.POST.get("officer", "")
            outcomes = list(many.assign(organisations.person(username) if username else None))
        elif what == "hand_over":
            unit = _named(request.POST.get("unit", ""), asked.today)
            outcomes = list(many.hand_over(unit))
        elif what in {step.value for step in AT_ONCE}:
            outcomes = list(many.step(Step(what)))
        else:
            raise operations.BadFilter(gettext_noop("Chưa chọn việc cần làm."))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refusal:
        return _shown(request, words.refusal(refusal))
    title = str(GIVEN[what]) if what in GIVEN else gettext(FLOW[Step(what)].name)
    return render(request, "dossiers/queue_done.html", _results(title, outcomes, asked.address(cursor=None)))


def _named(typed: str, on: date) -> Any:
    """The unit that was named whole: of a part of one it is only asked whether that is meant, for much goes there at once."""
    unit = organisations.unit_meant(typed, on)
    whole = (unit.code, unit.name, unit.short_name, naming.chosen(unit))
    if fold(typed) not in {fold(one) for one in whole}:
        raise operations.BadFilter(
            gettext_noop("Có phải {unit} ({code})? Xin chọn trong gợi ý, hoặc ghi đủ tên."), unit=unit.name, code=unit.code
        )
    return unit


def _results(title: str, outcomes: list[operations.Outcome], back: str) -> dict[str, Any]:
    done = sum(one.done for one in outcomes)
    rows = [
        (
            Cell(one.number, f"/dossiers/{one.number}/") if one.number else Cell("–"),
            Cell(mark=Mark(_("đã làm"), "circle-check", "kept") if one.done else Mark(_("chưa làm"), "alert-circle", "late")),
            Cell(words.refusal(one.refusal) if one.refusal else ""),
        )
        for one in sorted(outcomes, key=lambda one: one.done)
    ]
    columns = (Column(_("Số hồ sơ"), head=True, tight=True), Column(_("Kết quả")), Column(_("Vì sao")))
    return {
        "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(_("Hàng chờ"), f"/queue/{back}"), Crumb(title)),
        "back": back,
        "title": title,
        "done": done,
        "left": len(outcomes) - done,
        "table": Table.of(_("Kết quả từng hồ sơ"), columns, rows, tall=True),
    }


@login_required
@require_POST
def save(request: SignedIn) -> HttpResponse:
    """Keep this view of the queue under a name, or forget one."""
    today = Asked(request).today
    forget = request.POST.get("forget", "")
    query = request.POST.get("query", "")
    try:
        if forget.isascii() and forget.isdigit():
            operations.forget_filter(pk=int(forget), by=request.user, on=today)
        else:
            operations.save_filter(name=request.POST.get("name", ""), query=query, by=request.user, on=today)
    except Refused as refusal:
        messages.error(request, words.refusal(refusal))
    return redirect(f"/queue/{query}" if query.startswith("?") else "queue")
