"""Supporting an idea: a telephone number, a code that is sent to it, once. The number is not kept."""

import time
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.faces.pages import gate, public, words
from gandan.faces.pages.voice.ideas import call_row, with_call
from gandan.faces.pages.voice.sending import SHUT, shut_words
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.ideas.flow import AlreadySupported, NotProven

ASKED = Limit("voice.ballot_codes", 10, timedelta(hours=1))
TRIED = Limit("voice.ballot_tries", 20, timedelta(hours=1))
GOOD_FOR, TRIES = 15 * 60, 5  # seconds, and how often a code may be typed


@with_call
def support(request: HttpRequest, found: queries.CallShown, number: int, what: str) -> HttpResponse:
    """Ask for a code, give it, and support. Who was proven on this device supports further with one press."""
    shown: dict[str, Any] = {"call": call_row(found), "what": what, "number": number}
    if what == "group":
        shown["group"] = queries.group_shown(found.id, number, localdate())
    else:
        shown["row"] = queries.idea_shown(found.id, number)
        if shown["row"].group:
            return redirect("public-support-group", found.id, shown["row"].group)
    voter, pending = public.kept_code(request, f"voter-{found.id}"), request.session.get("ballot") or {}
    if pending.get("call") != found.id or pending.get("until", 0) < time.time():
        pending = {}
    wrong, status = dict[str, str](), 200
    if request.method == "POST":
        done = _tried(request, found, shown, voter, pending)
        if isinstance(done, HttpResponse):
            return done
        wrong, status = done
        pending = request.session.get("ballot") or {}
    typed = {"phone": request.POST.get("phone", ""), "code": request.POST.get("code", "")}
    context = {
        **shown,
        "proven": bool(voter),
        "waits": bool(pending),
        "typed": typed,
        "wrong": wrong,
        "work": gate.asked(request),
    }
    return public.page(request, "public/ideas/support.html", context, status=status)


def _tried(
    request: HttpRequest, found: queries.CallShown, shown: dict[str, Any], voter: str, pending: dict[str, Any]
) -> HttpResponse | tuple[dict[str, str], int]:
    """Do what was asked for: where to go from here, or what is wrong by field, and the status that says so."""
    if request.POST.get("do") == "ask" and (shut := gate.refused(request)):
        return {"": shut_words(shut)}, SHUT[shut]
    try:
        return _step(request, found, shown, voter, pending) or ({}, 200)
    except NotReady as unready:
        return {field: words.refusal(why) for field, why in unready.faults.items()}, 422
    except AlreadySupported as again:
        messages.success(request, words.refusal(again))
        return _back(found, shown["what"], shown["number"])
    except NotProven as unproven:
        return {"code": words.refusal(unproven)}, 422
    except Refused as refusal:
        return {"": words.refusal(refusal)}, 422


def _step(
    request: HttpRequest, found: queries.CallShown, shown: dict[str, Any], voter: str, pending: dict[str, Any]
) -> HttpResponse | None:
    hand: dict[str, Any] = {"by": organisations.public(), "on": localdate()}
    if request.POST.get("do") == "ask":
        if public.too_often(request, (ASKED, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        stands_for, sealed = operations.ask_code(
            call=found.record, phone=request.POST.get("phone", ""), language=(get_language() or "vi")[:2], **hand
        )
        public.keep_code(request, "asked", stands_for)
        request.session["ballot"] = {"call": found.id, "sealed": sealed, "until": time.time() + GOOD_FOR, "tries": 0}
        return None
    if not voter:
        if public.too_often(request, (TRIED, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        asked = public.kept_code(request, "asked")
        tries = pending.get("tries", TRIES)
        request.session["ballot"] = {**pending, "tries": tries + 1}
        sealed = pending.get("sealed", "") if tries < TRIES else ""
        operations.prove(call=found.record, voter=asked, sealed=sealed, code=request.POST.get("code", ""), **hand)
        public.keep_code(request, f"voter-{found.id}", asked)
        del request.session["ballot"]
        voter = asked
    number = shown["number"]
    if shown["what"] == "group":
        operations.support(voter=voter, group=number, **hand)
    else:
        operations.support(voter=voter, idea=number, **hand)
    messages.success(request, _("Đã ghi nhận. Lượt ủng hộ được cộng vào cuối ngày, không ai biết là của ai."))
    return _back(found, shown["what"], number)


def _back(found: queries.CallShown, what: str, number: int) -> HttpResponse:
    return redirect("public-idea-group" if what == "group" else "public-idea", found.id, number)
