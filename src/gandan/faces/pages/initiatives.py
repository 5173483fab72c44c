"""Initiatives proposed, tried, recognised, copied; commendations with their decisions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, words
from gandan.faces.pages.activities import cursor, no_reader
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.noting import writer_of
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, Mark, Pager, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.rules import Merit, Step

PAGE = 50
STEPS: dict[Step, Mark] = {
    Step.PROPOSED: Mark(gettext_lazy("mới đề xuất"), "circle", "wait"),
    Step.TRIED: Mark(gettext_lazy("đã làm thử"), "flask", "risk"),
    Step.RECOGNISED: Mark(gettext_lazy("đã công nhận"), "circle-check", "kept"),
    Step.DECLINED: Mark(gettext_lazy("không làm tiếp"), "x", ""),
}
MERITS = {Merit.COLLECTIVE: gettext_lazy("tập thể"), Merit.INDIVIDUAL: gettext_lazy("cá nhân")}


def _tabs(here: str) -> tuple[Choice, ...]:
    return (
        Choice(_("Sáng kiến"), "/initiatives/", here == "initiatives"),
        Choice(_("Khen thưởng"), "/commendations/", here == "commendations"),
    )


def _pager(asked: Asked, shown: int, following: Any) -> Pager:
    after = asked.address(cursor=f"{following[0].isoformat()}_{following[1]}") if following else ""
    return Pager(shown, asked.address(cursor=None) if asked.text("cursor") else "", after)


@login_required
def initiative_list(request: SignedIn) -> HttpResponse:
    """The last proposed first: those of the reader's units, and every recognised one, to be copied."""
    asked, wrong = Asked(request), ""
    unit = writer_of(request)
    if no_reader(request):
        return errors.no_right(request)
    if request.method == "POST":
        try:
            _act(request, unit, asked)
            return redirect("initiatives")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    page = queries.initiatives(request.user, asked.today, after=cursor(asked), limit=PAGE)
    writes = organisations.visible_units(Right.WRITE_COMMUNITY, request.user, asked.today)
    decides = organisations.visible_units(Right.RECOGNISE_MODELS, request.user, asked.today)
    context = {
        "crumbs": (Crumb(_("Sáng kiến")),),
        "tabs": _tabs("initiatives"),
        "rows": [
            {
                "one": one,
                "mark": STEPS[one.step],
                "may_try": one.step is Step.PROPOSED and one.unit.id in writes,
                "may_decide": one.step is Step.TRIED and one.unit.id in decides,
                "may_copy": one.step is Step.RECOGNISED and unit is not None and unit.id != one.unit.id
                and unit.id not in {copy.id for copy in one.copies},
            }
            for one in page.rows
        ],
        "pager": _pager(asked, len(page.rows), page.next),
        "unit": unit,
        "wrong": wrong,
        "typed": request.POST,
    }  # fmt: skip
    return render(request, "community/initiatives.html", context, status=422 if wrong else 200)


def _act(request: SignedIn, unit: organisations.UnitRow | None, asked: Asked) -> None:
    typed, hand = request.POST, {"by": request.user, "on": asked.today}
    number = int(typed.get("initiative", "0")) if typed.get("initiative", "0").isdigit() else 0
    what = typed.get("do", "")
    if what in {"propose", "copy"} and unit is None:
        raise NotAllowed("{person} không có quyền này.", person=request.user.name)
    known = {one.id for one in queries.initiatives(request.user, asked.today, after=cursor(asked), limit=PAGE).rows}
    steps: dict[str, Callable[..., object]] = {
        "recognise": community.recognise_initiative, "decline": community.decline_initiative,
    }  # fmt: skip
    if what == "propose" and unit is not None:
        title, summary = typed.get("title", "")[:200], typed.get("summary", "")[:4000]
        community.propose(unit=organisations.unit(unit.code), title=title, summary=summary, **hand)
    elif number not in known:
        return
    elif what == "try":
        community.try_out(initiative=number, result=typed.get("result", "")[:4000], **hand)
    elif what == "copy" and unit is not None:
        community.copy(initiative=number, unit=organisations.unit(unit.code), **hand)
    elif what in steps:
        steps[what](initiative=number, **hand)


@login_required
def commendation_list(request: SignedIn) -> HttpResponse:
    """Decisions of commendation, the last first; and a new one of the reader's unit."""
    asked, wrong, unit = Asked(request), "", my_unit(request)
    if no_reader(request):
        return errors.no_right(request)
    decides = organisations.visible_units(Right.RECOGNISE_MODELS, request.user, asked.today)
    may_commend = unit is not None and unit.id in decides
    if request.method == "POST":
        if unit is None or not may_commend:
            return errors.no_right(request)
        typed = request.POST
        try:
            merit = Merit(typed["merit"]) if typed.get("merit") in set(Merit) else Merit.COLLECTIVE
            made = community.commend(
                unit=organisations.unit(unit.code), merit=merit, name=typed.get("name", "")[:200],
                reason=typed.get("reason", "")[:300], by=request.user, on=asked.today,
            )  # fmt: skip
            messages.success(request, _("Đã ghi quyết định số %(number)s.") % {"number": made.decision})
            return redirect("commendations")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    page = queries.commendations(request.user, asked.today, after=cursor(asked), limit=PAGE)
    columns = (
        Column(_("Quyết định"), head=True), Column(_("Khen ai")), Column(_("Vì việc gì")), Column(_("Đơn vị")),
        Column(_("Ngày"), number=True),
    )  # fmt: skip
    rows = [
        (
            Cell(one.decision, note=f"{queries.COMMENDED}-{one.id}"),
            Cell(one.name or "–", note=MERITS[one.merit]), Cell(one.reason), Cell(name_of(one.unit)),
            Cell(words.day(one.decided_on)),
        )
        for one in page.rows
    ]  # fmt: skip
    empty = State(_("Chưa có quyết định khen thưởng nào"), icon="file-check")
    context = {
        "crumbs": (Crumb(_("Khen thưởng")),),
        "tabs": _tabs("commendations"),
        "table": Table.of(_("Quyết định khen thưởng, mới trước"), columns, rows, empty=empty),
        "pager": _pager(asked, len(rows), page.next),
        "may_commend": may_commend,
        "merits": [(one.value, said) for one, said in MERITS.items()],
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "community/commendations.html", context, status=422 if wrong else 200)
