"""Tasks of programmes: as a board, a list or a calendar; one with its steps and evidence; and a feed for one's own calendar."""

import calendar as months
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from icalendar import Event

from gandan.faces.pages import calendars, errors, naming, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, Pager, State, Table
from gandan.faces.pages.task_words import COURSES, EVERY, ORIGINS
from gandan.faces.pages.units import name_of, own_line
from gandan.ground.calendar.rules import Grain, Period
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY
from gandan.results.programmes import operations, queries
from gandan.results.programmes.queries import TurnRow, TurnShown
from gandan.results.programmes.rules import Course, Origin, TurnState

ROOT = Crumb(gettext_lazy("Nhiệm vụ"), "/tasks/")
PAGE = 50
BOARD = (
    (gettext_lazy("Quá hạn, có nguy cơ"), "open", (Course.LATE, Course.AT_RISK)),
    (gettext_lazy("Chưa bắt đầu"), "open", (Course.OPEN,)),
    (gettext_lazy("Đang làm"), "open", (Course.BEGUN,)),
    (gettext_lazy("Đã xong"), "done", (Course.DONE, Course.DONE_LATE)),
)
ON_BOARD, IN_COLUMN = 300, 12
STATES = {"open": TurnState.OPEN, "done": TurnState.DONE, "dropped": TurnState.DROPPED}


class TaskForm(forms.Form):
    """A task that is given beside the text of a programme."""

    programme = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Xin chọn chương trình.")})
    text = forms.CharField(max_length=2000, error_messages={"required": gettext_lazy("Xin ghi việc phải làm.")})
    units = naming.UnitsField(max_length=4000, error_messages={"required": gettext_lazy("Xin ghi đơn vị thực hiện.")})
    due_on = forms.DateField(required=False, error_messages={"invalid": gettext_lazy("Ngày này không có trong lịch.")})
    every = forms.ChoiceField(required=False, choices=list(EVERY.items()))
    content = forms.IntegerField(required=False, min_value=1, max_value=99)
    steps = forms.CharField(max_length=4000, required=False)
    point = forms.CharField(max_length=60, required=False)


def _units(request: SignedIn, asked: Asked) -> tuple[list[int] | None, organisations.UnitRow | None]:
    """The unit asked for and all below it; or the reader's own alone; else all that they may see."""
    if asked.text("mine"):
        return sorted(organisations.units_of(request.user, asked.today)), my_unit(request)
    unit = asked.unit("unit")
    if unit is None:
        return ([], None) if "unit" in asked.wrong else (None, None)
    below = organisations.descendants(unit, own_line(unit), asked.today, asked.today + ONE_DAY)
    return [unit, *(one.unit.id for one in below)], organisations.row(unit)


@login_required
@require_safe
def task_list(request: SignedIn) -> HttpResponse:
    """What the reader's units, or one of them, owe of programmes: on a board, in a list, by days."""
    asked = Asked(request)
    view = asked.text("view") if asked.text("view") in {"board", "list", "month"} else "board"
    units, row = _units(request, asked)
    given: dict[str, Any] = {"units": units, "programme": asked.text("programme"), "text": asked.text("q")}
    context = {
        "crumbs": (Crumb(ROOT.words),),
        "view": view,
        "views": [
            Choice(_("Bảng"), asked.address(view=None, cursor=None), view == "board"),
            Choice(_("Danh sách"), asked.address(view="list", cursor=None), view == "list"),
            Choice(_("Lịch"), asked.address(view="month", cursor=None), view == "month"),
        ],
        "text": asked.text("q"),
        "programme": asked.text("programme"),
        "programmes": [(one.code, words.named(one.title, one.title_en)) for one in queries.programmes()],
        "unit": asked.text("unit"),
        "mine": asked.text("mine"),
        "wrong": asked.wrong,
        "unit_row": row,
        "counts": queries.counts(request.user, asked.today, units=units, programme=asked.text("programme")),
        "may_give": Right.MANAGE_PROGRAMMES in organisations.rights(request.user, asked.today),
        **VIEWS[view](request, asked, given),
    }
    return render(request, "tasks/list.html", context)


def _board(request: SignedIn, asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    since = Period(asked.today - timedelta(365), date.max)
    page = queries.turns(request.user, asked.today, **given, during=since, limit=ON_BOARD)
    names = _names(page.rows)
    columns = []
    for title, state, courses in BOARD:
        rows = [row for row in page.rows if row.course in courses]
        columns.append(
            (title, len(rows), [_card(row, names) for row in rows[:IN_COLUMN]], asked.address(view="list", state=state))
        )
    return {"columns": columns, "more": page.next is not None, "none": not page.rows}


def _list(request: SignedIn, asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    state = STATES.get(asked.text("state"))
    page = queries.turns(request.user, asked.today, **given, state=state, after=_cursor(asked), limit=PAGE)
    names = _names(page.rows)
    rows = [
        (
            Cell(
                words.named(row.text, row.text_en),
                f"/tasks/{row.id}/",
                note=" · ".join(filter(None, (row.programme, row.number))),
            ),
            Cell(names[row.unit], note=row.label),
            Cell(words.day(row.due_on)),
            Cell(f"{row.steps_done}/{row.steps}" if row.steps else ""),
            Cell(str(row.evidence) if row.evidence else ""),
            Cell(mark=COURSES[row.course]),
        )
        for row in page.rows
    ]
    columns = (
        Column(_("Nhiệm vụ"), head=True), Column(_("Đơn vị")), Column(_("Hạn"), tight=True), Column(_("Bước"), number=True),
        Column(_("Minh chứng"), number=True), Column(_("Tình trạng")),
    )  # fmt: skip
    following = asked.address(cursor=f"{page.next[0]}_{page.next[1]}") if page.next else ""
    return {
        "table": Table.of(_("Nhiệm vụ, hạn sớm nhất trước"), columns, rows, empty=_nothing()),
        "pager": Pager(len(rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "state": asked.text("state"),
        "states": [("open", _("còn phải làm")), ("done", _("đã xong")), ("dropped", _("không còn phải làm"))],
    }


def _month(request: SignedIn, asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    first = asked.day("month", asked.today).replace(day=1)
    following = (first + timedelta(32)).replace(day=1)
    page = queries.turns(request.user, asked.today, **given, during=Period(first, following), limit=ON_BOARD)
    names = _names(page.rows)
    due: dict[date, list[dict[str, Any]]] = {}
    for row in page.rows:
        due.setdefault(row.due_on, []).append(_card(row, names))
    weeks = [
        [(day, day.month == first.month, due.get(day, [])) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return {
        "weeks": weeks,
        "days": sorted(due.items()),
        "month": first,
        "month_name": words.month(first.month),
        "weekdays": [words.weekday_name(number) for number in range(7)],
        "before": asked.address(month=(first - timedelta(1)).replace(day=1).isoformat()),
        "after": asked.address(month=following.isoformat()),
        "today": asked.today,
        "more": page.next is not None,
    }


VIEWS: dict[str, Callable[[SignedIn, Asked, dict[str, Any]], dict[str, Any]]] = {"board": _board, "list": _list, "month": _month}


def _nothing() -> State:
    return State(
        _("Không có nhiệm vụ nào"), _("Nhiệm vụ của chương trình hiện ở đây khi chương trình có hiệu lực."), icon="circle-check"
    )


def _card(row: TurnRow, names: dict[int, str]) -> dict[str, Any]:
    return {"row": row, "text": words.named(row.text, row.text_en), "unit": names[row.unit], "mark": COURSES[row.course]}


def _names(rows: Sequence[TurnRow]) -> dict[int, str]:
    return {unit: name_of(row) for unit, row in organisations.rows({row.unit for row in rows}).items()}


def _cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").rpartition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number.isascii() and number.isdigit() else None
    except ValueError:
        return None


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Give a task beside the text of a programme, or in answer to a point of a directive."""
    today = localdate()
    if Right.MANAGE_PROGRAMMES not in organisations.rights(request.user, today):
        return errors.no_right(request)
    first = {"programme": request.GET.get("programme", ""), "point": request.GET.get("point", "")}
    form = TaskForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            task = _given(form.cleaned_data, request, today)
            messages.success(request, _("Đã giao nhiệm vụ."))
            directive, _dash, position = form.cleaned_data["point"].rpartition("-")
            back = f"/directives/{directive}/#p{position}" if directive else ""
            return redirect(back or f"/programmes/{form.cleaned_data['programme']}/#t{task}")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    context = {
        "crumbs": (ROOT, Crumb(_("Giao nhiệm vụ"))),
        "form": form,
        "programmes": [(one.code, words.named(one.title, one.title_en)) for one in queries.programmes() if not one.closed_on],
        "every": list(EVERY.items()),
    }
    return render(request, "tasks/new.html", context, status=422 if form.errors else 200)


def _given(typed: dict[str, Any], request: SignedIn, today: date) -> int:
    directive, _dash, position = typed["point"].rpartition("-")
    points = [queries.point_of(directive, int(position))] if position.isascii() and position.isdigit() else []
    task = operations.add_task(
        programme=queries.programme(typed["programme"]), text=typed["text"],
        units=typed["units"],
        due_on=typed["due_on"], every=Grain(typed["every"]) if typed["every"] else None, content=typed["content"],
        points=points, steps=typed["steps"].splitlines(), origin=Origin.DIRECTIVE if points else Origin.UNIT,
        by=request.user, on=today,
    )  # fmt: skip
    return int(task.pk)


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One unit's doing of a task: steps, evidence, what came of it."""
    today, wrong = localdate(), ""
    try:
        shown = queries.turn(number, request.user, today)
        if request.method == "POST":
            step = STEPS.get(request.POST.get("do", ""))
            if step is not None:
                step(request, {"turn": queries.turn_of(number, request.user, today), "by": request.user, "on": today})
            return redirect("task", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownTurn as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    return render(request, "tasks/one.html", _context(request, shown, wrong, today), status=422 if wrong else 200)


def _context(request: SignedIn, shown: TurnShown, wrong: str, today: date) -> dict[str, Any]:
    row = shown.row
    names = _names([row, *shown.others])
    unit = organisations.unit(organisations.row(row.unit).code)
    return {
        "crumbs": (ROOT, Crumb(f"{row.programme} · {row.number}" if row.number else row.programme)),
        "shown": shown,
        "row": row,
        "text": words.named(row.text, row.text_en),
        "unit": names[row.unit],
        "mark": COURSES[row.course],
        "origin": ORIGINS[Origin(shown.origin)],
        "others": [_card(other, names) for other in shown.others[:60]],
        "wrong": wrong,
        "typed": request.POST,
        "may_do": organisations.may(Right.DO_TASKS, by=request.user, unit=unit, on=today) and row.open,
        "may_manage": Right.MANAGE_PROGRAMMES in organisations.rights(request.user, today) and row.open,
        "kinds": words,
    }


Hand = dict[str, Any]


def _show(request: SignedIn, hand: Hand) -> None:
    typed, file = request.POST, request.FILES.get("file")
    event = typed.get("event", "").strip().lstrip("#")
    number = int(event) if event.isascii() and event.isdigit() and len(event) < 18 else None
    source: Any = file
    operations.show(note=typed.get("note", ""), source=source, name=(file.name or "") if file else "", event=number, **hand)


def _put_off(request: SignedIn, hand: Hand) -> None:
    try:
        due_on = date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError:
        raise operations.NothingWritten(gettext_noop("Ngày này không có trong lịch.")) from None
    operations.put_off(due_on=due_on, **hand)


def _tick(request: SignedIn, hand: Hand) -> None:
    step = request.POST.get("step", "")
    if step.isascii() and step.isdigit() and len(step) < 6:
        operations.tick(step=int(step), done=request.POST.get("done") == "1", **hand)


STEPS: dict[str, Callable[[SignedIn, Hand], object]] = {
    "begin": lambda r, hand: operations.begin(**hand),
    "steps": lambda r, hand: operations.plan_steps(steps=r.POST.get("steps", "").splitlines(), **hand),
    "tick": _tick,
    "show": _show,
    "finish": lambda r, hand: operations.finish(outcome=r.POST.get("outcome", ""), **hand),
    "put-off": _put_off,
    "drop": lambda r, hand: operations.drop_turn(why=r.POST.get("why", ""), **hand),
}


@login_required
@require_safe
def file(request: SignedIn, token: str) -> HttpResponseBase:
    """A file that shows that a task was done."""
    try:
        return uploads.served(queries.evidence_file(token, request.user, localdate()))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))


@login_required
@require_POST
def feed_key(request: SignedIn) -> HttpResponse:
    """Give the reader a new address for their calendar, shown once; or take it back."""
    if request.POST.get("do") == "revoke":
        operations.take_task_feed_back(by=request.user, on=localdate())
        messages.success(request, _("Địa chỉ lịch cũ không còn dùng được."))
        return redirect("tasks")
    token = operations.give_task_feed(by=request.user, on=localdate())
    context = {"crumbs": (ROOT, Crumb(_("Lịch của tôi"))), "address": f"{settings.BASE_URL}/tasks/feed/{token}/"}
    response = render(request, "tasks/feed.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody's units owe of programmes, for their own calendar; whoever has the address reads what is due when."""
    found = queries.fed(token, localdate())
    if found is None:
        return errors.not_found(request)
    _person, rows = found
    names = _names(rows)
    return calendars.served("tasks", [_event(row, names[row.unit]) for row in rows])


def _event(row: TurnRow, unit: str) -> Event:
    text = words.named(row.text, row.text_en)
    event = Event()
    event.add("uid", f"task-{row.id}@gan-dan")
    event.add("summary", text if row.open else f"{COURSES[row.course].word}: {text}")
    event.add("dtstart", row.due_on)
    event.add("dtend", row.due_on + ONE_DAY)
    event.add("location", unit)
    event.add("status", "CANCELLED" if row.course is Course.DROPPED else "CONFIRMED")
    event.add("url", f"{settings.BASE_URL}/tasks/{row.id}/")
    return event
