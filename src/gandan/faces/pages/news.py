"""What bodies tell everyone: news and its archive, corrections with their method and our own errors, alerts."""

import json
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, news_words, public, shelf, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.marks import Mark, Words
from gandan.faces.pages.pieces import Crumb, Pager, State
from gandan.faces.pages.public import Way, there
from gandan.faces.pages.units import name_of
from gandan.faces.pages.uploads import as_saved
from gandan.faces.pages.voice import idea_words
from gandan.ground.documents.queries import attachment
from gandan.ground.ledger.rules import Refused
from gandan.work.notices import queries as notices
from gandan.work.notices.flow import Sort, Why
from gandan.work.notices.queries import ClaimCheck, Edition, Shown
from gandan.work.notices.rules.kinds import RATINGS, Audience, Category, Certainty, Met, Severity, Urgency, Verdict
from gandan.work.relief import queries as relief
from gandan.work.voice.rules.comments import About

PAGE = 20
PARTS = ("title", "summary", "text")
ALL_NEWS: Words = gettext_lazy("Mọi tin")


def title_of(one: Shown) -> str:
    return words.named(one.record.title, one.record.in_english("title"))


def summary_of(one: Shown) -> str:
    return words.named(one.record.summary, one.record.in_english("summary"))


def address_of(one: Shown) -> str:
    name = {Sort.ALERT: "public-alert", Sort.CORRECTION: "public-checked"}.get(Sort(one.record.sort), "public-notice")
    return there(name, one.record.pk)


def as_way(one: Shown) -> Way:
    """A publication as a line of a list: what, in whose name, when."""
    at = one.record.published_at
    said = _("%(unit)s, %(day)s") % {"unit": name_of(one.unit), "day": words.day(timezone.localtime(at).date()) if at else ""}
    return Way(address_of(one), title_of(one), said)


def marks_of(one: Shown) -> tuple[Mark, ...]:
    found = []
    if one.withdrawn:
        found.append(Mark(_("đã rút"), "x", "late"))
    elif one.record.edition > 1:
        found.append(Mark(_("đã sửa công khai"), "pencil", "wait"))
    if one.check and not one.withdrawn:  # what was withdrawn says nothing any more
        found.append(verdict_on(one.check))
    return tuple(found)


def verdict_on(check: ClaimCheck) -> Mark:
    """The verdict, and what it is on: the claim, not the title that it stands beside."""
    said, tone = news_words.VERDICTS[Verdict(check.verdict)]
    return Mark(_("điều được nói: %(verdict)s") % {"verdict": str(said).lower()}, "shield-check", tone)


def _listed(request: HttpRequest, template: str, sorts: Sequence[Sort], empty: State, *, archived: bool = False) -> HttpResponse:
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    found = notices.news(localdate(), sorts=sorts, archived=archived, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    following = f"?before={shown[-1].record.pk}" if len(found) > PAGE else ""
    lines = [(as_way(one), summary_of(one), marks_of(one)) for one in shown]
    pager = Pager(len(shown), "?" if before else "", following)
    return public.page(request, template, {"lines": lines, "empty": empty, "pager": pager, "archived": archived})


@require_safe
@shelf.keep(30)
def news(request: HttpRequest) -> HttpResponse:
    empty = State(_("Chưa có tin nào"), _("Tin mới sẽ hiện ở đây, luôn kèm tên cơ quan đăng."), icon="inbox")
    return _listed(request, "public/news.html", (Sort.NOTICE, Sort.CORRECTION), empty)


@require_safe
@shelf.keep(300)
def archive(request: HttpRequest) -> HttpResponse:
    """What no longer holds, or was withdrawn: every address stays good."""
    return _listed(request, "public/news.html", (), State(_("Chưa có tin cũ"), icon="inbox"), archived=True)


@require_safe
@shelf.keep(30)
def truth(request: HttpRequest) -> HttpResponse:
    """What was asked and checked: is this true?"""
    empty = State(_("Chưa kiểm tra tin nào"), _("Gặp tin đáng ngờ: đừng bấm đường dẫn, đừng chuyển tiền, gọi 113 nếu bị đe doạ."),
                  icon="shield-check")  # fmt: skip
    return _listed(request, "public/truth.html", (Sort.CORRECTION,), empty)


@require_safe
@shelf.keep(600)
def method(request: HttpRequest) -> HttpResponse:
    """How claims are checked, by which scale; and where we were wrong."""
    ours = [
        (one, there("public-checked" if one.verdict else "public-notice", one.publication_id)) for one in notices.errors_of_ours()
    ]
    scale = [(*news_words.VERDICTS[one], news_words.SCALE[one]) for one in Verdict]
    return public.page(
        request, "public/method.html", {"scale": scale, "questions": news_words.QUESTIONS.values(), "errors": ours}
    )


@require_safe
@shelf.keep(30)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One publication, whatever it is: what it says now, and what it said before."""
    try:
        shown = notices.shown(number)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(ALL_NEWS, there("public-news")),))
    under = idea_words.comments_of(About.NOTICE, number, after=Asked(request).whole("comments"))
    return public.page(request, "public/publication.html", {**_said(shown), "comments": under})


def _ways_on(shown: Shown) -> tuple[Way, ...]:
    """Where somebody hit by what an alert warns of turns to: relief where it is given, and what was broken."""
    here = {one.id for one in shown.places}
    given = any(not here or one.wards & here for one in relief.headings())
    ways = [Way(there("public-relief"), _("Xin cứu trợ, hay góp"), _("Đang có đợt cứu trợ."), "users")] if given else []
    report = Way(
        there("public-voice"), _("Báo chỗ hỏng, chỗ nguy hiểm"), _("Đèn, đường, cây đổ: có hẹn trả lời."), "alert-triangle"
    )
    return (*ways, report)


def _said(shown: Shown) -> dict[str, Any]:
    record, detail = shown.record, shown.alert
    return {
        "one": shown,
        "title": title_of(shown),
        "summary": summary_of(shown),
        "text": words.named(record.text, record.in_english("text")),
        "said_in": {one: "vi" if words.english() and not record.in_english(one) else "" for one in PARTS},
        "outdated": words.english() and bool(record.outdated_en),
        "older": record.text_en if words.english() and "text" in record.outdated_en else "",
        "marks": marks_of(shown),
        "audience": news_words.AUDIENCES[Audience(record.audience)] if record.audience != Audience.EVERYONE else "",
        "over": shown.over(localdate()),
        "editions": [_edition(each) for each in shown.editions],
        "check": shown.check,
        "met": news_words.MET[Met(shown.check.met)] if shown.check else "",
        "alert": detail,
        "after": news_words.AFTER.get(Category(detail.category), "") if detail else "",
        "ways_on": _ways_on(shown) if detail and not detail.exercise else (),
        "dial": _dial(detail.contact) if detail else "",
        "running": bool(detail and detail.expires > timezone.now() and not shown.withdrawn),
        "instruction": words.named(detail.instruction, detail.instruction_en) if detail else "",
        "severity": news_words.SEVERITIES[Severity(detail.severity)] if detail else None,
        "urgency": news_words.URGENCIES[Urgency(detail.urgency)] if detail else "",
        "certainty": news_words.CERTAINTIES[Certainty(detail.certainty)] if detail else "",
        "linked": claim_review(shown) if shown.check and not shown.withdrawn else "",
        "poster": there("public-poster", record.pk) if "poster" in record.channels else "",
    }


def _edition(one: Edition) -> dict[str, Any]:
    """What was said from a moment on, in the reader's language where it was."""
    parts = {part: words.named(getattr(one, part), getattr(one, f"{part}_en")) for part in PARTS}
    return {"record": one, "why": news_words.WHYS.get(Why(one.why)) if one.why else "", **parts}


def _dial(contact: str) -> str:
    """Return a telephone number as a telephone takes it; empty if it is something else."""
    plain = "".join(sign for sign in contact if sign not in " .-()")
    return plain if plain.removeprefix("+").isascii() and plain.removeprefix("+").isdigit() else ""


def claim_review(shown: Shown) -> SafeString:
    """The correction as search engines read it: what was claimed and what became of it; nobody who made it.

    It is one and the same on the page in each language: the claim stands in Vietnamese, so all of it does.
    """
    with override("vi"):
        text = json.dumps(_linked(shown), ensure_ascii=False)
    for sign, instead in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, instead)
    return mark_safe(text)  # noqa: S308  JSON without a sign that could end its element


def _linked(shown: Shown) -> dict[str, Any]:
    check, record = shown.check, shown.record
    assert check is not None
    assert record.published_at is not None
    verdict, changed = Verdict(check.verdict), max((one.at for one in shown.editions), default=record.published_at)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": _vietnamese(there("public-checked", record.pk)),
        "inLanguage": "vi",
        "datePublished": timezone.localtime(record.published_at).isoformat(timespec="seconds"),
        "dateModified": timezone.localtime(changed).isoformat(timespec="seconds"),
        "claimReviewed": check.claim,
        "author": {"@type": "Organization", "name": shown.unit.name, "url": _vietnamese(there("public-home"))},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[verdict],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
            "alternateName": str(news_words.VERDICTS[verdict][0]),
        },
    }


def _vietnamese(path: str) -> str:
    """Return the whole address of a page in Vietnamese, from wherever it is asked for."""
    return f"{settings.BASE_URL}/{path.removeprefix(words.ENGLISH).removeprefix('/')}"


@require_safe
@shelf.keep(300)
def poster(request: HttpRequest, number: int) -> HttpResponse:
    """A sheet for the notice board: large, with a code that opens the page."""
    try:
        shown = notices.shown(number)
    except Refused as refused:
        raise Http404 from refused
    if shown.withdrawn:
        return redirect(address_of(shown))
    code = segno.make_qr(f"{settings.BASE_URL}{address_of(shown)}", error="m")
    out = BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, border=0)
    path = out.getvalue().decode().split(' d="')[1].split('"')[0]
    more = {"code": path, "size": int(code.symbol_size(border=0)[0]), "link": f"{settings.BASE_URL}{address_of(shown)}"}
    return public.page(request, "public/poster.html", _said(shown) | more)


@require_safe
def picture(request: HttpRequest, number: int) -> FileResponse:
    """The picture of something that is out."""
    try:
        shown = notices.shown(number)
        return as_saved(attachment(shown.record.picture))
    except Refused as refused:
        raise Http404 from refused


@require_safe
@shelf.keep(15)
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that hold now, the worst first."""
    lines = [(as_way(one), summary_of(one), _severity(one)) for one in notices.alerts_now(timezone.now())]
    return public.page(request, "public/alerts.html", {"lines": lines})


def _severity(one: Shown) -> tuple[Mark, ...]:
    if one.alert is None:
        return ()
    said, tone = news_words.SEVERITIES[Severity(one.alert.severity)]
    return (Mark(said, "alert-triangle", tone),)


def recent(ward: int | None = None, days: int = 60) -> tuple[Way, ...]:
    """The latest news, of a ward and of everywhere."""
    since = localdate() - timedelta(days=days)
    found = notices.news(localdate(), sorts=(Sort.NOTICE, Sort.CORRECTION), place=ward, limit=5)
    return tuple(as_way(one) for one in found if one.record.published_at and timezone.localdate(one.record.published_at) >= since)
