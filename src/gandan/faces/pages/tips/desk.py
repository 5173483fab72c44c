"""The desk: a list in the clear, and threads that go to the browser sealed. What is read there, this process never sees."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.middleware import policy
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, State, Table
from gandan.faces.pages.tips.words import ABOUTS, PLEDGES, STATES, WHYS
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.tips import operations
from gandan.work.tips import queries as tips
from gandan.work.tips.queries import TipRow
from gandan.work.tips.rules import Broken, Direction, Pledge, Reward, UnknownTip, Why, bytes_of
from gandan.work.tips.rules import State as TipState

PAGE = 50
View = Callable[..., HttpResponse]


class PayForm(forms.Form):
    """The code that somebody shows who fetches a reward."""

    code = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Ghi mã người nhận đưa.")})


def sealed_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page on which keys are used: it alone may run WebAssembly, and nothing of it is kept by a browser."""
    response = render(request, template, context, status=status)
    response.headers["Content-Security-Policy"] = policy(wasm=True)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def answering(view: View) -> View:
    """Answer a script: what the rules refuse with their words, what can't be read with none."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotAllowed as refusal:
            errors.note_refusal(request, refusal)
            response = JsonResponse({"error": words.refusal(refusal)}, status=403)
        except UnknownTip as refusal:
            response = JsonResponse({"error": words.refusal(refusal)}, status=404)
        except Refused as refusal:
            response = JsonResponse({"error": words.refusal(refusal)}, status=409)
        except (Broken, ValueError, KeyError, TypeError):
            response = JsonResponse({"error": _("Nội dung gửi lên không đúng dạng. Xin tải lại trang.")}, status=422)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@login_required
@require_safe
def desk(request: SignedIn) -> HttpResponse:
    """What came, for who holds a key: number, kind, days. Threads are opened beside the list, in the browser."""
    asked = Asked(request)
    if Right.HANDLE_TIPS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    closed = asked.text("show") == "closed"
    found = tips.tips(request.user, asked.today, closed=closed, after=asked.text("cursor"), limit=PAGE + 1)
    rows = found[:PAGE]
    return sealed_page(
        request,
        "tips/desk.html",
        {
            "rows": [_listed(row, asked.today) for row in rows],
            "closed": closed,
            "seats": tips.seats(request.user, asked.today),
            "waiting": tips.waiting_for(request.user, asked.today),
            "following": asked.address(cursor=rows[-1].number) if len(found) > PAGE else "",
            "whys": [(why.value, WHYS[why]) for why in Why],
        },
    )


def _listed(row: TipRow, on: Any) -> dict[str, Any]:
    due = row.acknowledge_by if row.acknowledged_on is None else row.answer_by
    return {
        "number": row.number,
        "about": ABOUTS[row.about],
        "state": STATES[row.state],
        "new": row.state == TipState.NEW,
        "received": words.day(row.received_on),
        "due": words.day(due) if row.answered_on is None else "",
        "late": row.late(on),
        "messages": row.messages,
    }


@login_required
@answering
def thread(request: SignedIn, number: str) -> HttpResponse:
    """One thread, sealed, for a member's browser; and what the browser does with it."""
    if request.method == "POST":
        told = json.loads(request.body)
        STEPS[told["step"]](number, told, {"by": request.user, "on": localdate()})
        return JsonResponse({"done": True})
    found = tips.thread(number, request.user, localdate())
    row = found.row
    return JsonResponse(
        found.sealed
        | {
            "about": str(ABOUTS[row.about]),
            "state": str(STATES[row.state]),
            "pledge": str(PLEDGES[row.pledge]),
            "received_on": words.day(row.received_on),
            "due": words.day(row.acknowledge_by if row.acknowledged_on is None else row.answer_by),
            "erase_on": words.day(row.erase_on),
            "may": list(_may(row)),
        }
    )


def _may(row: TipRow) -> list[str]:
    """Say which steps are offered."""
    if row.state == TipState.CLOSED:
        return []
    offered = {
        "acknowledge": row.state == TipState.NEW,
        "say": True,
        "extract": True,
        "identity": row.pledge == Pledge.CONFIDENTIAL,
        "reward": row.reward == Reward.NONE,
        "close": row.state == TipState.ANSWERED,
    }
    return [step for step, is_so in offered.items() if is_so]


def _sealed(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "direction": Direction(told["direction"]),
        "sequence": int(told["sequence"]),
        "content": bytes_of(told["content"]),
        "signature": bytes_of(told["signature"]),
        "seals": {bytes_of(one["reader"]): bytes_of(one["seal"]) for one in told["seals"]},
    }


def _extract(number: str, told: dict[str, Any], hand: dict[str, Any]) -> None:
    unit = organisations.unit(told["unit"])
    message = operations.say(tip=number, **_sealed(told), **hand)
    operations.draft_extract(tip=number, sequence=message.sequence, unit=unit, **hand)


STEPS: dict[str, Callable[[str, dict[str, Any], dict[str, Any]], object]] = {
    "acknowledge": lambda number, told, hand: operations.acknowledge(tip=number, **hand),
    "say": lambda number, told, hand: operations.say(tip=number, **_sealed(told), final=bool(told["final"]), **hand),
    "close": lambda number, told, hand: operations.close_thread(tip=number, **hand),
    "extract": _extract,
    "pass": lambda number, told, hand: operations.pass_extract(extract=UUID(told["extract"]), text=str(told["text"]), **hand),
    "refuse": lambda number, told, hand: operations.refuse_extract(extract=UUID(told["extract"]), **hand),
    "identity": lambda number, told, hand: operations.ask_identity(tip=number, why=Why(told["why"]), **hand),
    "reward": lambda number, told, hand: operations.grant_reward(tip=number, amount=int(told["amount"]), **hand),
}


@login_required
@require_safe
@answering
def piece(request: SignedIn, number: str, file: UUID, nth: int) -> HttpResponse:
    found = tips.piece(number, file, nth, request.user, localdate())
    return HttpResponse(found, content_type="application/octet-stream")


@login_required
@require_safe
@answering
def identity(request: SignedIn, opening: UUID) -> HttpResponse:
    return JsonResponse(tips.identity_for(opening, request.user, localdate()))


@login_required
def pay(request: SignedIn) -> HttpResponse:
    """Pay a reward to whoever shows its code."""
    if Right.HANDLE_TIPS not in organisations.rights(request.user, localdate()):
        return errors.no_right(request)
    form = PayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            amount = operations.pay_reward(code=form.cleaned_data["code"], by=request.user, on=localdate())
        except Refused as refusal:
            form.add_error("code", words.refusal(refusal))
        else:
            messages.success(request, _("Đã chi %(amount)s đồng.") % {"amount": words.number(amount * 1000)})
            return redirect("tips-reward")
    return render(request, "tips/reward.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def late(request: SignedIn) -> HttpResponse:
    """What the inspectorate is told: whose day was missed. No word of what was said."""
    try:
        found = tips.late(request.user, localdate())
    except NotAllowed as refusal:
        return errors.no_right(request, refusal)
    said = {"acknowledge": _("Chưa xác nhận đã đọc"), "answer": _("Chưa trả lời")}
    rows = [(Cell(one.number), Cell(said[one.what]), Cell(words.day(one.due_on)), Cell(words.day(one.told_on))) for one in found]
    columns = (
        Column(_("Số tin"), head=True),
        Column(_("Điều còn nợ người gửi")),
        Column(_("Hạn"), number=True),
        Column(_("Báo ngày"), number=True),
    )
    empty = State(_("Không có tin nào quá hẹn"), _("Bàn tiếp nhận đang giữ lời với người gửi."), icon="shield-check")
    table = Table.of(_("Tin quá hẹn, lâu nhất trước"), columns, rows, empty=empty)
    return render(request, "tips/late.html", {"table": table})
