"""Sending: choose the kind, read what matters first, write bit by bit, send. No account, no scripts needed.

What was filled in is kept with every press of a button, under the sixteen digits that become the receipt.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.faces.pages import gate, public, words
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.voice import drawing, said
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import State as CaseState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receipts import grouped

CODE = "voice"  # in the session: the code of what is written, or was sent last
BEGUN = Limit("voice.begun", 40, timedelta(hours=1))
SHUT = {"unproven": 429, "full": 503}
Shows = Callable[..., HttpResponse]


def choose(request: HttpRequest) -> HttpResponse:
    """What somebody wants to say."""
    return public.page(
        request,
        "public/voice/choose.html",
        {
            "kinds": [(kind.value, _(spec.name), _(spec.lead)) for kind, spec in KINDS.items()],
            "shown": [standing_row(one) for one in queries.shown(limit=5)],
        },
    )


def standing_row(one: Any) -> dict[str, Any]:
    """A case as it stands in public."""
    return {
        "number": one.number,
        "topic": words.named(one.service.name, one.service.name_en) if one.service else said.kind(CaseKind(one.kind)),
        "words": one.shown_words,
        "on": one.received_on,
        "state": said.state(CaseState(one.state)),
        "answered": one.ended_on,
        "unit": one.unit,
        "ward": one.ward,
    }


def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """What matters before one writes; for a report, which service. Beginning needs a press of a button."""
    if kind not in set(CaseKind):
        return redirect("public-voice")
    chosen, today, text = CaseKind(kind), localdate(), request.GET.get("q", "").strip()[:100]
    if request.method == "POST":
        if public.too_often(request, (BEGUN, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        code = public.new_code()
        given = {"service": request.POST.get("service", ""), "language": (get_language() or "vi")[:2]}
        operations.begin_draft(kind=chosen, code=code, said=given, by=organisations.public(), on=today)
        request.session[CODE] = code
        gate.asked(request)  # it ripens from now on
        return redirect("public-voice-draft")
    found = queries.services_on(today, text) if KINDS[chosen].services else []
    return public.page(
        request,
        "public/voice/begin.html",
        {
            "kind": chosen,
            "name": said.kind(chosen),
            "lead": _(KINDS[chosen].lead),
            "advice": f"public/voice/advice/{chosen.value}.html",
            "asks_service": KINDS[chosen].services,
            "text": text,
            "services": [
                (one.code, words.named(one.name, one.name_en), words.named(one.about, one.about_en)) for one in found
            ],
            "empty": State(
                _("Không có mục nào khớp"), _("Thử từ ngắn hơn, hoặc xem tất cả rồi chọn “Việc khác”."), icon="search",
                actions=(Crumb(_("Xem tất cả"), "?"),),
            ),
        },
    )  # fmt: skip


def with_draft(show: Shows) -> Shows:
    """Let a page have the draft that is open on this device, or send its visitor to type a code."""

    @wraps(show)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            found = queries.draft(request.session.get(CODE, ""), localdate())
        except Refused:
            return redirect("public-voice-mine")
        return show(request, found)

    return answer


@with_draft
def draft(request: HttpRequest, found: queries.DraftShown) -> HttpResponse:
    """Fill in, add photos, point to the place, send. Whatever button is pressed, what was typed is kept first."""
    if found.record.case_id is not None:
        return redirect("public-voice-sent")
    if request.method != "POST":
        return _page(request, found, {})
    hand: dict[str, Any] = {"draft": found.record, "by": organisations.public(), "on": localdate()}
    wrong: dict[str, str] = {}
    try:
        operations.write_draft(said=drawing.with_pin(given_by(request), found.said, localdate()), **hand)
        what = request.POST.get("do", "")
        if given := request.FILES.get("file"):
            operations.add_to_draft(source=given, name=given.name or "", **hand)
        if what.startswith("drop-"):
            operations.drop_from_draft(token=what[5:], **hand)
        if what == "send" and (shut := gate.refused(request)):
            return _page(request, queries.draft(request.session[CODE], localdate()), {"": shut_words(shut)}, status=SHUT[shut])
        if what == "send":
            operations.hand_in(code=request.session[CODE], at=timezone.now(), **hand)
            return redirect("public-voice-sent")
    except NotReady as unready:
        wrong = {field: words.refusal(why) for field, why in unready.faults.items()} | {"": words.refusal(unready)}
    except Refused as refusal:
        wrong = {"file" if request.FILES else "": words.refusal(refusal)}
    if request.headers.get("X-Kept"):  # the script that keeps what is typed, every few seconds
        return HttpResponse(status=204)
    if not wrong:
        if "pin.x" not in request.POST:
            messages.success(request, _("Đã giữ những gì Ông/Bà ghi."))
        return redirect("/public/voice/draft/" + ("#where" if "pin.x" in request.POST or what == "ward" else ""))
    return _page(request, queries.draft(request.session[CODE], localdate()), wrong)


def given_by(request: HttpRequest) -> dict[str, str]:
    """What was filled in; of a box that takes several answers, in lines."""
    posted = request.POST
    return {name: "\n".join(map(str, posted.getlist(name))) if name.endswith("[]") else str(posted.get(name)) for name in posted}


def shut_words(why: str) -> str:
    """What somebody is told who came too fast; what they wrote is kept."""
    if why == "full":
        return _("Lúc này rất nhiều người cùng gửi. Những gì Ông/Bà ghi đã được giữ; xin bấm gửi lại sau một phút.")
    return _("Để chặn máy gửi tự động, xin chờ 45 giây từ lúc mở trang rồi bấm gửi lại. Những gì Ông/Bà ghi đã được giữ.")


def _page(request: HttpRequest, found: queries.DraftShown, wrong: dict[str, str], status: int = 0) -> HttpResponse:
    spec, today = KINDS[found.kind], localdate()
    service = next((one for one in queries.services_on(today) if one.code == found.said.get("service")), None)
    return public.page(
        request,
        "public/voice/draft.html",
        {
            "found": found,
            "said": found.said,
            "wrong": wrong,
            "spec": spec,
            "kind": found.kind.value,
            "name": said.kind(found.kind),
            "ask": _(spec.ask),
            "service": words.named(service.name, service.name_en) if service else "",
            "questions": said.question_fields(queries.asked_of(found.kind, service), found.said, wrong),
            "code": grouped(request.session[CODE]),
            "wards": [(one.code, words.named(one.name, one.name_en)) for one in queries.all_wards(today)] if spec.places else [],
            "pin": drawing.pin_of(found.said) if spec.places else None,
            "units": concerned_units(found.said.get("concerned", "")) if spec.about_unit else [],
            "own": f"public/voice/own/{found.kind.value}.html",
            "work": gate.asked(request),
        },
        status=status or (422 if wrong else 200),
    )


def concerned_units(chosen: str) -> list[tuple[str, str, bool]]:
    """The units of the police that one may speak of, the chosen one marked."""
    today = localdate()
    found = [
        one.unit
        for top in organisations.children(None, Line.POLICE, today)
        for one in organisations.descendants(top.id, Line.POLICE, today, today + timedelta(1))
    ]
    found.sort(key=lambda one: one.sort_key)
    return [(one.code, words.named(one.name, one.name_en), one.code == chosen) for one in found]


@with_draft
def sent(request: HttpRequest, found: queries.DraftShown) -> HttpResponse:
    """It has arrived: the receipt, what comes next, and how to come back."""
    if found.record.case_id is None:
        return redirect("public-voice-draft")
    held = queries.held(request.session[CODE], localdate())
    return public.page(
        request,
        "public/voice/sent.html",
        {
            "code": grouped(request.session[CODE]),
            "row": held.row,
            "kind": held.row.kind.value,
            "urgent": held.row.kind in {CaseKind.CRIME, CaseKind.HANDOVER},
        },
    )


def map_picture(request: HttpRequest) -> HttpResponse:
    """A picture of the wards around a point, of our own data: no other machine is asked."""
    response = HttpResponse(drawing.picture(request.GET.dict(), localdate()), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
