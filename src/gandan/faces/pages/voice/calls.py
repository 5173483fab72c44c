"""Calls for ideas at the desk: drafted, opened, extended, ended; sorted by those who lead; answered by the unit that decides."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, naming, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Pager, State
from gandan.faces.pages.voice import idea_words
from gandan.faces.pages.voice.ideas import call_row
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.numbers import parse_date_vi
from gandan.work.voice import operations
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.queries.ideas.desk import ALONE
from gandan.work.voice.rules.ideas.flow import DECISION_WORDS, CallState, Decision

HOME = "/ideas/"
ASKED_OF = ("title", "theme", "decides", "becomes", "title_en", "theme_en")
OPEN_FOR = timedelta(days=60)


def _may_lead(request: SignedIn) -> bool:
    return bool(organisations.visible_units(Right.LEAD_CALLS, request.user, localdate()))


@login_required
def calls(request: SignedIn) -> HttpResponse:
    """The calls that the reader leads or answers, what they owe an answer, and a new call for who may lead."""
    today = localdate()
    leads = _may_lead(request)
    if not leads and not organisations.visible_units(Right.ANSWER_IDEAS, request.user, today):
        return errors.no_right(request, NotAllowed(_("Ông/Bà không phụ trách lời kêu gọi hiến kế nào.")))
    owed = queries.groups_to_answer(request.user, today)
    return render(
        request,
        "voice/ideas/calls.html",
        {
            "crumbs": (Crumb(_("Hiến kế")),),
            "may_lead": leads,
            "calls": [
                {**call_row(one), "overview": queries.overview(one.id)} for one in queries.calls_to_lead(request.user, today)
            ],
            "owed": [(call_row(call), idea_words.group_line(group)) for call, group in owed],
            "empty": State(_("Chưa có lời kêu gọi nào"), _("Bên dân vận mở lời kêu gọi; nhóm ý kiến cần trả lời sẽ hiện ở đây.")),
        },
    )


@login_required
def draft(request: SignedIn, call: int | None = None) -> HttpResponse:
    """Write a call, or write it anew before it opens."""
    today, wrong = localdate(), dict[str, str]()
    found = queries.calls_to_lead(request.user, today, number=call) if call else []
    if not _may_lead(request) or (call and not found):
        return errors.no_right(request, NotAllowed(_("Chỉ bên dân vận mở lời kêu gọi hiến kế.")))
    record = found[0].record if found else None
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "POST":
        try:
            made = operations.draft_call(
                unit=_meant(typed, "unit", today), decider=_meant(typed, "decider", today),
                words=CallWords(**{name: typed.get(name, "") for name in ASKED_OF}), opens_on=_day(typed, "opens_on"),
                closes_on=_day(typed, "closes_on"), call=record, by=request.user, on=today,
            )  # fmt: skip
            return redirect("call-desk", made.pk)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except MissingWords as missing:
            wrong = {missing.field: words.refusal(missing)}
        except Refused as refusal:
            wrong = {"": words.refusal(refusal)}
    elif found and record:
        typed = {name: getattr(record, name) for name in ASKED_OF} | {
            "unit": naming.chosen(found[0].unit), "decider": naming.chosen(found[0].decider),
            "opens_on": record.opens_on.isoformat(), "closes_on": record.closes_on.isoformat(),
        }  # fmt: skip
    else:
        own = organisations.visible_units(Right.LEAD_CALLS, request.user, today)
        codes = [naming.chosen(one) for one in organisations.rows(own).values()] if len(own) == 1 else []
        typed = {"opens_on": today.isoformat(), "closes_on": (today + OPEN_FOR).isoformat(), "unit": codes[0] if codes else ""}
    crumbs = (Crumb(_("Hiến kế"), HOME), Crumb(_("Soạn lời kêu gọi")))
    context = {"crumbs": crumbs, "typed": typed, "wrong": wrong, "record": record}
    return render(request, "voice/ideas/draft.html", context, status=422 if wrong else 200)


def _meant(typed: Mapping[str, Any], name: str, on: date) -> organisations.Unit:
    try:
        return organisations.unit_meant(typed.get(name, ""), on)
    except Refused as refusal:
        raise MissingWords(name, refusal.template, **refusal.params) from None


def _day(typed: Mapping[str, Any], name: str) -> date:
    text = str(typed.get(name, "")).strip()
    try:
        return date.fromisoformat(text) if text[:4].isdigit() else parse_date_vi(text)
    except ValueError:
        raise MissingWords(name, _("Xin ghi một ngày, như 22/11/2026.")) from None


@login_required
def desk(request: SignedIn, call: int) -> HttpResponse:
    """One call at the desk: its state, the night's proposals, groups, ideas that stand alone."""
    asked, wrong = Asked(request), dict[str, str]()
    try:
        if request.method == "POST":
            queries.sorting(call, request.user, asked.today)
            if (done := _act(request, call)) is not None:
                return done
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownCall as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Hiến kế"), HOME),))
    except Refused as refusal:
        wrong = {request.POST.get("at", "") or request.POST.get("do", ""): words.refusal(refusal)}
    try:
        table = queries.sorting(call, request.user, asked.today, after=asked.whole("cursor"))
    except queries.UnknownCall as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Hiến kế"), HOME),))
    alone = table.alone[:ALONE]
    context = {
        "crumbs": (Crumb(_("Hiến kế"), HOME), Crumb(idea_words.title(table.call))),
        "call": call_row(table.call),
        "state": table.call.state.value,
        "table": table,
        "overview": queries.overview(call),
        "groups": [idea_words.group_line(one) for one in table.groups],
        "alone": alone,
        "pager": Pager(
            len(alone),
            asked.address(cursor=None) if asked.text("cursor") else "",
            asked.address(cursor=alone[-1].pk) if len(table.alone) > ALONE else "",
        ),
        "wrong": wrong,
        "typed": request.POST,
        "picked": {int(one) for one in request.POST.getlist("ideas") if one.isdigit()},
    }
    return render(request, "voice/ideas/desk.html", context, status=422 if wrong else 200)


def _act(request: SignedIn, call: int) -> HttpResponse | None:
    given, hand = request.POST, {"by": request.user, "on": localdate()}
    ideas = [int(one) for one in given.getlist("ideas") if one.isdigit()]
    match given.get("do", ""):
        case "open":
            operations.open_call(call=call, **hand)
        case "extend":
            operations.extend_call(call=call, closes_on=_day(given, "closes_on"), **hand)
        case "end":
            operations.end_call(call=call, **hand)
        case "confirm":
            operations.confirm_group(call=call, ideas=ideas, name=given.get("name", ""), **hand)
        case "join" if given.get("group", "").isdigit():
            queries.group_to_answer(call, int(given["group"]), request.user, localdate())
            operations.join_group(group=int(given["group"]), ideas=ideas, **hand)
        case _:
            return redirect("call-desk", call)
    messages.success(request, _("Đã ghi."))
    return redirect("call-desk", call)


@login_required
def lead_on(request: SignedIn, what: str, number: int) -> HttpResponse:
    """From a promise about a group or a milestone to the group's page."""
    try:
        call, group = queries.group_of(what, number, request.user, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Hiến kế"), HOME),))
    return redirect("call-group", call, group)


@login_required
def group(request: SignedIn, call: int, number: int) -> HttpResponse:
    """A group at the desk: its ideas, its answer, its milestones."""
    today, wrong = localdate(), dict[str, str]()
    try:
        shown = queries.group_to_answer(call, number, request.user, today)
        if request.method == "POST":
            return _group_act(request, shown)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except (queries.UnknownCall, queries.UnknownIdea) as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Hiến kế"), HOME),))
    except Refused as refusal:
        wrong = {request.POST.get("at", "") or request.POST.get("do", ""): words.refusal(refusal)}
        shown = queries.group_to_answer(call, number, request.user, today)
    context = {
        "crumbs": (
            Crumb(_("Hiến kế"), HOME), Crumb(idea_words.title(shown.call), f"{HOME}{call}/"), Crumb(shown.group.name),
        ),
        "shown": shown,
        "call": call_row(shown.call),
        "line": idea_words.group_line(shown.group),
        "answered": shown.group.decision is not None,
        "decisions": [(one.value, _(said)) for one, said in DECISION_WORDS.items()],
        "today": today,
        "wrong": wrong,
        "typed": request.POST,
        "ended": shown.call.state is CallState.ENDED,
    }  # fmt: skip
    return render(request, "voice/ideas/group.html", context, status=422 if wrong else 200)


def _group_act(request: SignedIn, shown: queries.Answerable) -> HttpResponse:
    given, number = request.POST, shown.group.id
    hand: dict[str, Any] = {"by": request.user, "on": localdate()}
    step = int(given["step"]) if given.get("step", "").isdigit() else 0
    own = step in {one.pk for one in shown.group.milestones}
    match given.get("do", ""):
        case "answer":
            if given.get("decision") not in set(Decision):
                raise MissingWords("decision", _("Xin chọn quyết định."))
            operations.answer_group(group=number, words=given.get("words", ""), decision=Decision(given["decision"]), **hand)
        case "rename":
            operations.rename_group(group=number, name=given.get("name", ""), **hand)
        case "part":
            ideas = [int(one) for one in given.getlist("ideas") if one.isdigit()]
            operations.part_from_group(group=number, ideas=ideas, **hand)
        case "milestone":
            due_on = _day(given, "due_on")
            operations.set_milestone(group=number, words=given.get("words", ""), due_on=due_on, **hand)
        case "reach" if own:
            operations.reach_milestone(milestone=step, result=given.get("result", ""), **hand)
        case "drop" if own:
            operations.drop_milestone(milestone=step, why=given.get("result", ""), **hand)
        case _:
            return redirect("call-group", shown.call.id, number)
    messages.success(request, _("Đã ghi."))
    left = any(one.id == number for one in queries.groups_shown(shown.call.id, localdate()))
    return redirect("call-group", shown.call.id, number) if left else redirect("call-desk", shown.call.id)
