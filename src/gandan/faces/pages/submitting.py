"""Handing in online: choose what and where, write it bit by bit, add files, send. No account, no scripts needed.

What was filled in is kept with every press of a button, under a code of sixteen digits; on this device for the session.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import lookup, public, words
from gandan.faces.pages.pieces import Crumb, State
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import NotReady
from gandan.work.dossiers.queries import DraftShown
from gandan.work.dossiers.rules.drafts import CODE_DIGITS, code_of

DRAFT = "draft"
PER_ADDRESS = Limit("draft.address", 30, timedelta(hours=1))
AT_ONCE = 20  # offices to choose from; the others are found by their names
BEGUN = Limit("draft.begun", 40, timedelta(hours=1))
Shows = Callable[..., HttpResponse]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What somebody wants to hand in: found by words, with or without marks."""
    text = request.GET.get("q", "").strip()[:100]
    found = queries.online_procedures(localdate(), text)
    return public.page(
        request,
        "public/procedures.html",
        {
            "text": text,
            "procedures": [(one.code, words.named(one.name, one.name_en)) for one in found],
            "empty": State(
                _("Không tìm thấy thủ tục nào"),
                _("Thử từ ngắn hơn, ví dụ “căn cước”, “hộ chiếu”. Thủ tục chưa nhận trực tuyến thì nộp tại quầy."),
                icon="search",
                actions=(Crumb(_("Xem tất cả"), "?"),),
            ),
        },
    )


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """What is needed, what it costs, how long it takes; and where to hand it in."""
    today, wrong = localdate(), ""
    try:
        rule = queries.procedure_on(code, today)
    except Refused:
        return redirect("public-submit")
    if request.method == "POST":
        try:
            return _begun(request, code)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    text = request.GET.get("office", "").strip()[:100]
    every = queries.offices_for(rule, today, text, AT_ONCE + 1)
    known = len(every) if not text else len(queries.offices_for(rule, today, "", 2))
    return public.page(
        request,
        "public/procedure.html",
        {
            "rule": rule,
            "name": words.named(rule.name, rule.name_en),
            "papers": [words.named(str(one.get("name", "")), str(one.get("name_en", ""))) for one in rule.papers],
            "text": text,
            "offices": every[:AT_ONCE],
            "more": len(every) > AT_ONCE,
            "anywhere": known > 0,
            "ask": known > 1,
            "wrong": wrong,
        },
        status=422 if wrong else 200,
    )


def _begun(request: HttpRequest, code: str) -> HttpResponse:
    if public.too_often(request, (BEGUN, "")):
        return public.page(request, "public/wait.html", {}, status=429)
    draft_code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    unit = organisations.unit(request.POST.get("unit", ""))
    dossiers.begin_draft(procedure=code, unit=unit, code=draft_code, by=organisations.public(), on=localdate())
    public.keep_code(request, DRAFT, draft_code)
    return redirect("public-draft")


def resume(request: HttpRequest) -> HttpResponse:
    """Take a draft up again by its code."""
    typed, wrong = request.POST.get("code", ""), ""
    if request.method == "POST":
        if public.too_often(request, (PER_ADDRESS, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        try:
            queries.draft(typed, localdate())
        except Refused as refusal:
            wrong = words.refusal(refusal)
        else:
            public.keep_code(request, DRAFT, code_of(typed))
            return redirect("public-draft")
    return public.page(request, "public/resume.html", {"typed": typed, "wrong": wrong}, status=422 if wrong else 200)


def with_draft(show: Shows) -> Shows:
    """Let a page have the draft that is open on this device, or send its visitor to open one."""

    @wraps(show)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            found = queries.draft(public.kept_code(request, DRAFT), localdate())
        except Refused:
            return redirect("public-resume")
        return show(request, found)

    return answer


@with_draft
def draft(request: HttpRequest, found: DraftShown) -> HttpResponse:
    """Fill in, add files, send. Whatever button is pressed, what was typed is kept first."""
    if found.record.dossier_id is not None:
        return redirect("public-sent")
    if request.method != "POST":
        return _page(request, found, {})
    hand: dict[str, Any] = {"draft": found.record, "by": organisations.public(), "on": localdate()}
    wrong: dict[str, str] = {}
    try:
        dossiers.write_draft(said=request.POST.dict(), **hand)
        what = request.POST.get("do", "")
        if given := request.FILES.get("file"):
            dossiers.add_to_draft(source=given, name=given.name or "", purpose="", **hand)
        if what.startswith("drop-"):
            dossiers.drop_from_draft(token=what[5:], **hand)
        if what == "send":
            dossiers.hand_in(**hand, language=dossiers.Language("en" if words.english() else "vi"))
            return redirect("public-sent")
    except NotReady as unready:
        wrong = {field: words.refusal(why) for field, why in unready.faults.items()} | {"": words.refusal(unready)}
    except Refused as refusal:
        wrong = {"file" if request.FILES else "": words.refusal(refusal)}
    if not wrong:
        messages.success(request, _("Đã giữ những gì Ông/Bà ghi."))
        return redirect("public-draft")
    return _page(request, queries.draft(public.kept_code(request, DRAFT), localdate()), wrong)


def _page(request: HttpRequest, found: DraftShown, wrong: dict[str, str]) -> HttpResponse:
    code = public.kept_code(request, DRAFT)
    return public.page(
        request,
        "public/draft.html",
        {
            "found": found,
            "name": words.named(found.procedure.name, found.procedure.name_en),
            "papers": [words.named(str(one.get("name", "")), str(one.get("name_en", ""))) for one in found.procedure.papers],
            "said": found.said,
            "wrong": wrong,
            "code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
            "by_post_allowed": found.procedure.delivery_allowed,
        },
        status=422 if wrong else 200,
    )


@require_safe
@with_draft
def sent(request: HttpRequest, found: DraftShown) -> HttpResponse:
    """It has arrived: its number, what comes next, and how to come back."""
    dossier = found.record.dossier
    if dossier is None:
        return redirect("public-draft")
    return public.page(
        request,
        "public/sent.html",
        {
            "number": dossier.number,
            "unit": found.unit,
            "email": found.said.get("email", ""),
            "tail": code_of(found.said["phone"])[-4:],
        },
    )


@require_POST
def see(request: HttpRequest) -> HttpResponse:
    """Go on to the dossier's own page with what was just handed in, and let the draft go."""
    code = public.kept_code(request, DRAFT)
    request.session.pop(DRAFT, None)
    try:
        found = queries.draft(code, localdate())
        return lookup.open_own(request, queries.opened_by_draft(found.record))
    except Refused:
        return redirect("public-lookup")
