"""Comments under notices and calls: said without a name, looked at before they stand there, counted in public if they don't."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, gate, public, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.voice import idea_words, said
from gandan.faces.pages.voice.sending import SHUT, shut_words
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.notices import queries as notices
from gandan.work.voice import operations
from gandan.work.voice.flow import WHY_HIDDEN_WORDS, WhyHidden
from gandan.work.voice.queries import COMMENT, ideas
from gandan.work.voice.queries import comments as queries
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.comments import LONGEST, About
from gandan.work.voice.rules.receipts import grouped

CODE = "comment"
SAID = Limit("voice.comments", 10, timedelta(hours=1))
REASONS = tuple(one for one in WhyHidden if one is not WhyHidden.NOT_OURS)


def say(request: HttpRequest, about: str, number: int) -> HttpResponse:
    """Say something under a notice or a call: a page of its own, so that what it stands under can be kept for everybody."""
    try:
        unit, back = _where(About(about), number)
    except (Refused, ValueError):
        return public.page(request, "public/no_receipt.html", {}, status=404)
    code, typed = public.new_code(), request.POST.get("words", "")
    context = {"about": about, "number": number, "there": back, "work": gate.asked(request)}
    if request.method != "POST":
        return public.page(request, "public/ideas/comment.html", context)
    if _was_said(request, About(about), number, typed):
        return redirect("public-comment-mine")
    if public.too_often(request, (SAID, "")):
        return public.page(request, "public/wait.html", {}, status=429)
    if shut := gate.refused(request):
        return public.page(
            request, "public/ideas/comment.html", {**context, "typed": typed, "wrong": shut_words(shut)}, status=SHUT[shut]
        )
    try:
        operations.say_under(
            about=About(about), number=number, unit=organisations.unit(unit), words=typed, code=code, by=organisations.public(),
            on=localdate(),
        )  # fmt: skip
    except Refused as refusal:
        wrong = words.refusal(refusal)
        again = {**context, "work": gate.asked(request), "typed": typed, "wrong": wrong}
        return public.page(request, "public/ideas/comment.html", again, status=422)
    public.keep_code(request, CODE, code)
    return redirect("public-comment-mine")


def _was_said(request: HttpRequest, about: About, number: int, typed: str) -> bool:
    """Say whether these very words were said there already: a nervous thumb presses five times."""
    try:
        earlier = queries.comment_by_receipt(public.kept_code(request, CODE), localdate())
    except Refused:
        return False
    there = earlier.about_kind == about and earlier.about_number == number
    return there and earlier.on == localdate() and earlier.words == tidy(typed, LONGEST)


def _where(about: About, number: int) -> tuple[str, str]:
    """Return whose notice or call it is, and where it stands."""
    if about is About.CALL:
        return ideas.call(number, localdate()).unit.code, public.there("public-call", number)
    return notices.shown(number).unit.code, public.there("public-notice", number)


def mine(request: HttpRequest) -> HttpResponse:
    """By its receipt: whether it stands there, why not, and an appeal."""
    code, wrong = public.kept_code(request, CODE), ""
    try:
        found = queries.comment_by_receipt(code, localdate())
    except Refused:
        return redirect("public-voice-mine")
    if request.method == "POST":
        try:
            operations.appeal(comment=found, words=request.POST.get("words", ""), by=organisations.public(), on=localdate())
            messages.success(request, _("Đã gửi. Một người khác sẽ xem lại."))
            return redirect("public-comment-mine")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    return public.page(
        request,
        "public/ideas/comment_mine.html",
        {
            "one": found,
            "code": grouped(code),
            "there": _there(found),
            "why_hidden": said.why_hidden(found.why_hidden),
            "appeal": idea_words.appeal(found.appeal),
            "wrong": wrong,
            "typed": request.POST.get("words", ""),
        },
        status=422 if wrong else 200,
    )


def _there(found: Any) -> str:
    return public.there("public-call" if found.about_kind == About.CALL else "public-notice", found.about_number)


@login_required
def moderate(request: SignedIn) -> HttpResponse:
    """What waits to be shown under notices and calls, ideas first: words, and nothing of whose they are."""
    wrong, at = "", request.POST.get("one", "")
    if request.method == "POST":
        try:
            _judge(request, at)
            return redirect("voice-moderate-words")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
        except ValueError:
            wrong = _("Xin chọn lý do không cho hiện.")
    waiting = [
        {"key": f"idea-{one.pk}", "topic": f"{one.number} · {one.call.title}", "words": one.words, "on": one.sent_on}
        for one in ideas.ideas_to_moderate(request.user, localdate())
    ]
    waiting += [
        {
            "key": f"comment-{one.pk}",
            "topic": f"{COMMENT}-{one.pk} · {_('Bình luận')}",
            "words": one.words,
            "on": one.on,
            "appeal": one.appeal_words if one.appeal else "",
            "why": said.why_hidden(one.why_hidden),
            "there": _there(one),
        }
        for one in queries.comments_to_moderate(request.user, localdate())
    ]
    for row in waiting:
        if row["key"] == at:
            row |= {"wrong": wrong, "words": request.POST.get("words", "") or row["words"]}
    context = {
        "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Ý kiến, bình luận chờ hiện"))),
        "waiting": waiting,
        "reasons": [(code.value, _(WHY_HIDDEN_WORDS[code])) for code in REASONS],
        "empty": State(_("Không có gì đang chờ"), _("Ý kiến và bình luận mới sẽ vào đây."), icon="circle-check", kind="good"),
    }
    return render(request, "voice/ideas/moderate.html", context, status=422 if wrong else 200)


def _judge(request: SignedIn, at: str) -> None:
    kind, _sign, number = at.partition("-")
    hand: dict[str, Any] = {"by": request.user, "on": localdate()}
    shows, spoken = request.POST.get("do") == "show", request.POST.get("words", "")
    if kind == "idea" and shows:
        operations.show_idea(idea=int(number), words=spoken, **hand)
    elif kind == "idea":
        operations.hide_idea(idea=int(number), why=WhyHidden(request.POST.get("why", "")), **hand)
    elif shows:
        operations.show_comment(comment=int(number), words=spoken, **hand)
    else:
        operations.hide_comment(comment=int(number), why=WhyHidden(request.POST.get("why", "")), **hand)
