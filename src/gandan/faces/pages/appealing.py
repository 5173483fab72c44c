"""Who disagrees with a correction is heard by the civil side, or by the Front where that side published it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, news, public, words
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.public import there
from gandan.faces.pages.units import name_of
from gandan.faces.pages.voice.sending import CODE
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.work.notices import queries as notices
from gandan.work.voice import operations as voice
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought
from gandan.work.voice.rules.receipts import grouped

APPEALS = Limit("notices.appeals", 10, timedelta(hours=1))


def hears(published_by: organisations.UnitRow) -> organisations.UnitRow:
    """The body that hears an appeal: the head of the civil side, or of the Front where the civil side published."""
    on = localdate()
    civil = organisations.children(None, Line.CIVIL, on)
    front = organisations.children(None, Line.FRONT, on)
    of_civil = any(one.id in {row.id for row in organisations.path(published_by.id, Line.CIVIL, on)} for one in civil)
    heads = (front or civil) if of_civil else (civil or front)
    return heads[0]


def appeal(request: HttpRequest, number: int) -> HttpResponse:
    """Say why a verdict is wrong; it gets a receipt and a day like everything people bring."""
    typed, wrong = request.POST.get("text", ""), ""
    try:
        shown = notices.shown(number)
        hearer = hears(shown.unit)
        if shown.check is None:
            return errors.not_found(request)
        if shown.withdrawn:
            return redirect("public-checked", number)
        if request.method == "POST":
            if public.too_often(request, (APPEALS, "")):
                return public.page(request, "public/wait.html", {}, status=429)
            if not typed.strip():
                wrong = _("Phần này chưa viết.")
            else:
                return _sent(request, number, shown.record.title, typed, hearer)
    except notices.UnknownPublication as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Tin này có thật không?"), there("public-truth")),))
    except Refused as refused:
        wrong = words.refusal(refused)
    context = {"one": shown, "title": news.title_of(shown), "hearer": name_of(hearer), "typed": typed, "wrong": wrong}
    return public.page(request, "public/appeal.html", context, status=422 if wrong else 200)


def _sent(request: HttpRequest, number: int, title: str, typed: str, hearer: organisations.UnitRow) -> HttpResponse:
    code, today, by = public.new_code(), localdate(), organisations.public()
    said = _("Không đồng ý với bài đính chính số %(number)d, “%(title)s”:") % {"number": number, "title": title}
    text, language = f"{said}\n\n{typed.strip()}", (get_language() or "vi")[:2]
    voice.receive(
        brought=Brought(kind=CaseKind.QUESTION, text=text, language=language), channel=Channel.ONLINE, code=code, by=by, on=today,
        at=timezone.now(), unit=organisations.unit(hearer.code),
    )  # fmt: skip
    request.session[CODE] = code
    public.keep_code(request, "appeal", code)
    return redirect("public-appeal-sent")


def appeal_sent(request: HttpRequest) -> HttpResponse:
    code = public.kept_code(request, "appeal")
    if not code:
        return redirect("public-truth")
    return public.page(request, "public/appeal_sent.html", {"code": grouped(code)})
