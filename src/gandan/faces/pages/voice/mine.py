"""A sender's own page: opened by the receipt's sixteen digits, nothing in it can be guessed."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gandan.faces.pages import gate, public, uploads, words
from gandan.faces.pages.voice import said, stages
from gandan.faces.pages.voice.comments import CODE as COMMENT
from gandan.faces.pages.voice.sending import CODE
from gandan.faces.pages.voice.thinking import CODE as IDEA
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.queries import CaseShown
from gandan.work.voice.queries import comments as comment_queries
from gandan.work.voice.queries import ideas as idea_queries
from gandan.work.voice.rules.receipts import code_of

CODES = Limit("voice.code", 30, timedelta(hours=1))
WORDS = Limit("voice.words", 20, timedelta(hours=1))


def mine(request: HttpRequest) -> HttpResponse:
    """Type the code, or see what it opens: where it stands, by when an answer is owed, the answer."""
    if request.method == "POST" and "code" in request.POST:
        return _opened(request)
    try:
        held = queries.held(request.session.get(CODE, ""), localdate())
    except Refused:
        return _ask(request)
    if request.method == "POST":
        return _act(request, held)
    operations.see(case=held.record, by=organisations.public(), on=localdate())
    return _page(request, held, {})


def _opened(request: HttpRequest) -> HttpResponse:
    if public.too_often(request, (CODES, "")):
        return public.page(request, "public/wait.html", {}, status=429)
    code = code_of(request.POST["code"])
    try:
        draft = queries.draft(code, localdate())
        request.session[CODE] = code
        gate.asked(request)
        return redirect("public-voice-draft" if draft.record.case_id is None else "public-voice-mine")
    except queries.UnknownDraft:
        pass
    for name, opens in ((IDEA, idea_queries.idea_by_receipt), (COMMENT, comment_queries.comment_by_receipt)):
        with suppress(queries.UnknownReceipt):
            opens(code, localdate())
            public.keep_code(request, name, code)
            return redirect(f"public-{name}-mine")
    try:
        queries.held(code, localdate())
    except Refused as refusal:
        return _ask(request, typed=request.POST["code"][:60], wrong=words.refusal(refusal))
    request.session[CODE] = code
    return redirect("public-voice-mine")


def _ask(request: HttpRequest, *, typed: str = "", wrong: str = "") -> HttpResponse:
    return public.page(request, "public/voice/code.html", {"typed": typed, "wrong": wrong}, status=422 if wrong else 200)


def _act(request: HttpRequest, held: CaseShown) -> HttpResponse:
    hand: dict[str, Any] = {"case": held.record, "by": organisations.public(), "on": localdate()}
    what = request.POST.get("do", "")
    if public.too_often(request, (WORDS, "")):
        return public.page(request, "public/wait.html", {}, status=429)
    try:
        if what == "say":
            operations.follow_up(words=request.POST.get("words", ""), at=timezone.now(), **hand)
            messages.success(request, _("Đã gửi thêm cho đơn vị giải quyết."))
        elif what in {"satisfied", "not_satisfied"}:
            operations.appraise(satisfied=what == "satisfied", **hand)
            messages.success(request, _("Cảm ơn Ông/Bà. Nhận xét chỉ được cộng chung, không gắn với việc này."))
        elif what == "appeal":
            operations.appeal_case(words=request.POST.get("words", ""), at=timezone.now(), **hand)
            messages.success(request, _("Đã gửi đề nghị xét lại. Một người khác sẽ xem."))
        elif what == "withdraw":
            operations.withdraw(at=timezone.now(), **hand)
            messages.success(request, _("Đã rút lại việc này."))
    except Refused as refusal:
        return _page(request, held, {what: words.refusal(refusal)}, typed=request.POST.get("words", ""))
    return redirect("public-voice-mine")


def _page(request: HttpRequest, held: CaseShown, wrong: dict[str, str], typed: str = "") -> HttpResponse:
    row = held.row
    return public.page(
        request,
        "public/voice/mine.html",
        {
            "held": held,
            "row": row,
            "topic": said.topic(row),
            "state": said.state(row.state),
            "outcome": said.outcome(row.outcome),
            "answers": said.answers(held),
            "told": said.told(held),
            "why_hidden": said.why_hidden(held.record.why_hidden),
            "wrong": wrong,
            "typed": typed,
            "today": localdate(),
            "may_appraise": row.state.value == "answered" and held.record.satisfied is None,
            "own": f"public/voice/held/{row.kind.value}.html",
            "aside": queries.aside_of(held.record),
            "stages": stages.rows(held),
            "visit": queries.visit_of(held.record) if row.kind is CaseKind.HANDOVER else None,
            "protocol": queries.protocol_of(held.record, None, localdate()) if row.kind is CaseKind.HANDOVER else None,
        },
        status=422 if wrong else 200,
    )


def file(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """A file that the sender gave."""
    try:
        held = queries.held(request.session.get(CODE, ""), localdate())
        return uploads.served(queries.file_of(held.record.pk, token))
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave nothing behind on a borrowed telephone."""
    opened = {CODE, IDEA, COMMENT, "ballot", "asked"}
    for name in [name for name in list(request.session.keys()) if name in opened or name.startswith("voter-")]:
        del request.session[name]
    return redirect("public-voice")
