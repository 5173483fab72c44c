"""Writing an idea: kept with each press, shown beside what others said, sent, followed by its receipt."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from gandan.faces.pages import gate, public, uploads, words
from gandan.faces.pages.voice import idea_words, said
from gandan.faces.pages.voice.ideas import call_row, with_call
from gandan.faces.pages.voice.sending import BEGUN, SHUT, shut_words
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations
from gandan.work.voice.operations.ideas.sending import LONGEST
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.brought import NotReady, tidy
from gandan.work.voice.rules.receipts import grouped

CODE = "idea"  # in the session, sealed: the code of what is written, or was sent last


@with_call
def write(request: HttpRequest, found: queries.CallShown) -> HttpResponse:
    """Write, look at what is near, send. Whatever button is pressed, what was typed is kept first."""
    if not found.takes:
        return redirect("public-call", found.id)
    code, wrong = public.kept_code(request, CODE), dict[str, str]()
    typed = {name: str(value) for name, value in request.POST.items()}
    if request.method == "POST":
        try:
            held = queries.unsent_idea(code, found.id, localdate())
        except Refused:
            held = None
        if held is None and typed.get("do") == "send" and _was_sent(code, found.id, typed.get("words", "")):
            return redirect("public-idea-sent")
        if held is None:
            if public.too_often(request, (BEGUN, "")):
                return public.page(request, "public/wait.html", {}, status=429)
            code = public.new_code()
            public.keep_code(request, CODE, code)
        try:
            if _taken(request, found, code, typed) == "sent":
                if shut := gate.refused(request):
                    return _form(request, found, code, typed, {"": shut_words(shut)}, status=SHUT[shut])
                held = queries.unsent_idea(code, found.id, localdate())
                operations.send_idea(idea=held.record, by=organisations.public(), on=localdate())
                return redirect("public-idea-sent")
        except NotReady as unready:
            wrong = {field: words.refusal(why) for field, why in unready.faults.items()} | {"": words.refusal(unready)}
        except Refused as refusal:
            wrong = {"file" if request.FILES else "": words.refusal(refusal)}
    return _form(request, found, code, typed, wrong)


def _was_sent(code: str, call: int, typed: str) -> bool:
    """Say whether these very words were sent already: a nervous thumb presses five times."""
    try:
        earlier = queries.idea_by_receipt(code, localdate()).record
    except Refused:
        return False
    return earlier.call_id == call and earlier.sent_on is not None and earlier.words == tidy(typed, LONGEST)


def _taken(request: HttpRequest, found: queries.CallShown, code: str, typed: dict[str, str]) -> str:
    hand: dict[str, Any] = {"by": organisations.public(), "on": localdate()}
    idea = operations.write_idea(
        call=found.record, code=code, words=typed.get("words", ""), public="public" in typed, phone=typed.get("phone", ""),
        email=typed.get("email", ""), language=(get_language() or "vi")[:2], **hand,
    )  # fmt: skip
    if given := request.FILES.get("file"):
        operations.add_to_idea(idea=idea, source=given, name=given.name or "", **hand)
    what = typed.get("do", "")
    if what.startswith("drop-"):
        operations.drop_from_idea(idea=idea, token=what[5:], **hand)
    return "sent" if what == "send" else "kept"


def _form(
    request: HttpRequest, found: queries.CallShown, code: str, typed: dict[str, str], wrong: dict[str, str], status: int = 0
) -> HttpResponse:
    try:
        held = queries.unsent_idea(code, found.id, localdate())
    except Refused:
        held = None
    if not typed and held is not None:
        typed = {"words": held.record.words, "phone": held.phone, "email": held.email}
        typed |= {"public": "yes"} if held.record.wishes_shown else {}
    looked = request.method == "POST"
    return public.page(
        request,
        "public/ideas/write.html",
        {
            "call": call_row(found),
            "said": typed if typed or held else {"public": "yes"},
            "wrong": wrong,
            "files": held.files if held else (),
            "code": grouped(code) if held else "",
            "looked": looked,
            "near": queries.near(found.id, typed.get("words", "")) if looked else [],
            "work": gate.asked(request),
        },
        status=status or (422 if wrong else 200),
    )


@require_POST
@with_call
def near(request: HttpRequest, found: queries.CallShown) -> HttpResponse:
    """What stands near to what is being typed, for a script that asks now and then."""
    rows = queries.near(found.id, request.POST.get("words", ""))
    return render(request, "public/ideas/near.html", {"near": rows, "call": call_row(found)})


def sent(request: HttpRequest) -> HttpResponse:
    """It has arrived: the receipt, what comes next, and how to come back."""
    code = public.kept_code(request, CODE)
    try:
        held = queries.idea_by_receipt(code, localdate())
    except Refused:
        return redirect("public-ideas")
    if held.record.sent_on is None:
        return redirect("public-idea-write", held.record.call_id)
    shown = queries.call(held.record.call_id, localdate())
    return public.page(
        request, "public/ideas/sent.html", {"code": grouped(code), "held": held, "call": call_row(shown)}
    )  # fmt: skip


def mine(request: HttpRequest) -> HttpResponse:
    """A sender's own page: where the idea stands, the answer of its group, what became of it."""
    try:
        held = queries.idea_by_receipt(public.kept_code(request, CODE), localdate())
    except Refused:
        return redirect("public-voice-mine")
    if held.record.sent_on is None:
        return redirect("public-idea-write", held.record.call_id)
    operations.see_answer(idea=held.record, by=organisations.public(), on=localdate())
    return public.page(
        request,
        "public/ideas/mine.html",
        {
            "held": held,
            "call": call_row(queries.call(held.record.call_id, localdate())),
            "group": idea_words.group_line(held.group) if held.group else None,
            "why_hidden": said.why_hidden(held.record.why_hidden),
            "today": localdate(),
        },
    )


def file(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """A file that the sender gave."""
    try:
        held = queries.idea_by_receipt(public.kept_code(request, CODE), localdate())
        return uploads.served(queries.idea_file(held.record.pk, token))
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)
