"""An officer takes down what somebody says by telephone or at the desk: one page, a minute, a receipt to read out."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.mine import SignedIn, my_units
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.voice import said
from gandan.faces.pages.voice.sending import concerned_units, given_by
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations.rights import Right
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import CHANNEL_WORDS, Channel
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.drafts import brought_of, kept
from gandan.work.voice.rules.receipts import grouped

BY_HAND = (Channel.COUNTER, Channel.PHONE, Channel.POST, Channel.RECEPTION)
ENTERED = "voice-entered"


@login_required
def enter(request: SignedIn) -> HttpResponse:
    """Take down a case for somebody."""
    if not my_units(request)["my_rights"] & {Right.ANSWER_VOICE, Right.HANDLE_COMPLAINTS}:
        return errors.no_right(request, NotAllowed(_("Ông/Bà không tiếp nhận việc người dân gửi.")))
    given = given_by(request)
    kind = CaseKind(given["kind"]) if given.get("kind") in set(CaseKind) else CaseKind(_asked_kind(request))
    wrong: dict[str, str] = {}
    if request.method == "POST" and given.get("do") == "send":
        try:
            return _taken(request, kind, given)
        except NotReady as unready:
            wrong = {field: words.refusal(why) for field, why in unready.faults.items()} | {"": words.refusal(unready)}
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = {"": words.refusal(refused)}
    today, spec = localdate(), KINDS[kind]
    services = queries.services_on(today)
    service = next((one for one in services if one.code == given.get("service")), None)
    return render(
        request,
        "voice/enter.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Ghi giúp người dân"))),
            "kinds": [(one.value, said.kind(one)) for one in CaseKind],
            "kind": kind.value,
            "spec": spec,
            "ask": _(spec.ask),
            "channels": [(one.value, _(CHANNEL_WORDS[one])) for one in BY_HAND],
            "services": [(one.code, words.named(one.name, one.name_en)) for one in services],
            "questions": said.question_fields(queries.asked_of(kind, service if spec.services else None), given, wrong),
            "wards": [(one.code, words.named(one.name, one.name_en)) for one in queries.all_wards(today)],
            "units": concerned_units(given.get("concerned", "")) if spec.about_unit else [],
            "said": given,
            "wrong": wrong,
            "once": given.get("once") or secrets.token_hex(16),
        },
        status=422 if wrong else 200,
    )


def _asked_kind(request: SignedIn) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in set(CaseKind) else CaseKind.REPORT.value


def _taken(request: SignedIn, kind: CaseKind, given: dict[str, str]) -> HttpResponse:
    code = public.new_code()
    hand: dict[str, Any] = {"by": request.user, "on": localdate(), "at": timezone.now()}
    channel = Channel(given["channel"]) if given.get("channel") in {one.value for one in BY_HAND} else Channel.COUNTER
    brought = brought_of(kind, kept(given))
    case = operations.receive(brought=brought, channel=channel, code=code, once=given.get("once", ""), **hand)
    if case.version == 0 and queries.is_receipt(case, code):
        request.session[ENTERED] = [case.number, code]
    return redirect("voice-entered")


@login_required
def entered(request: SignedIn) -> HttpResponse:
    """The receipt, to be read out or printed for whoever spoke. It is shown to its officer this once."""
    kept_code = request.session.pop(ENTERED, None)
    if not kept_code:
        return redirect("voice")
    number, code = kept_code
    return render(
        request,
        "voice/entered.html",
        {"crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(number)), "number": number, "code": grouped(code)},
    )
