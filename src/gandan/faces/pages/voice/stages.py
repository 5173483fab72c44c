"""Legal steps of crime reports and complaints on a case's page, and extracts for the heads who decide them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.stages import END_WORDS, STAGES, Clock, StageEnd
from gandan.work.voice.rules.terms import grades


def act(given: Any, shown: queries.CaseShown, what: str, hand: dict[str, Any]) -> bool:
    """Do what is these kinds' own; say whether it was."""
    said, body = given.get("words", ""), given.get("body", "")
    match what:
        case "tell":
            operations.tell_investigators(body=body, words=said, **hand)
        case "file":
            operations.hand_file(body=body, words=said, **hand)
        case "accept":
            operations.accept(words=said, **hand)
        case "refuse":
            operations.refuse(words=said, **hand)
        case "refer":
            operations.refer(body=body, words=said, **hand)
        case "lengthen" if given.get("clock") in set(Clock):
            clock, allowed = Clock(given["clock"]), given.get("allowed_by", "")
            operations.lengthen(clock=clock, grade=given.get("grade", ""), allowed_by=allowed, **hand)
        case "extract":
            operations.pass_extract(to=organisations.unit_meant(given.get("unit", ""), hand["on"]), words=said, **hand)
        case _:
            return False
    return True


def context(shown: queries.CaseShown, request: SignedIn, wrong: dict[str, str], typed: Any) -> dict[str, Any]:
    steps = rows(shown)
    waiting = next((one for one in steps if one["end"] == ""), None)
    accepted = any(one["end"] == StageEnd.ACCEPTED.value for one in steps)
    return {
        "stages": steps,
        "waiting": waiting,
        "longer": _longer(shown, waiting),
        "may_extract": shown.row.kind is CaseKind.DENUNCIATION and accepted,
        "extracts": queries.extracts_of(shown.record, request.user, localdate()),
    }


def rows(shown: queries.CaseShown) -> list[dict[str, Any]]:
    """The steps of a case in words."""
    now = timezone.now()
    return [
        {
            "clock": one.clock.value,
            "name": _(STAGES[one.clock].name),
            "due_at": one.due_at,
            "done_at": one.done_at,
            "end": one.end.value,
            "said": _(END_WORDS[one.end]) if one.end else "",
            "body": one.body,
            "words": one.words,
            "allowed_by": one.allowed_by,
            "grade": one.grade,
            "late": one.late(now),
        }
        for one in queries.stages_of(shown.record)
    ]


def _longer(shown: queries.CaseShown, waiting: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The longer clocks that the law has for the step that waits."""
    if waiting is None or waiting["grade"] != "normal":
        return []
    known = grades(shown.row.kind.value, waiting["clock"], shown.row.received_on)
    return [(one.grade, one.words or one.source) for one in known if one.grade != "normal"]


@login_required
def extracts(request: SignedIn) -> HttpResponse:
    """Extracts of denunciations that were given to the reader's units to decide. Who denounced is not in them."""
    wrong, at = "", request.POST.get("extract", "")
    if request.method == "POST" and at.isdigit():
        hand: dict[str, Any] = {"by": request.user, "on": localdate(), "at": timezone.now()}
        try:
            found = queries.extract(int(at), request.user, localdate())
            operations.conclude(extract=found.id, words=request.POST.get("words", ""), **hand)
            messages.success(request, _("Đã gửi kết luận đến thanh tra."))
            return redirect("voice-extracts")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
    return render(
        request,
        "voice/extracts.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Bản trích tố cáo"))),
            "extracts": queries.extracts(request.user, localdate()),
            "wrong": wrong,
            "at": at,
            "typed": request.POST.get("words", ""),
            "empty": State(_("Không có bản trích nào"), _("Thanh tra chuyển đến đây khi luật giao thủ trưởng giải quyết.")),
        },
        status=422 if wrong else 200,
    )
