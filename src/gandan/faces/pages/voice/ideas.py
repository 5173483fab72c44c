"""Calls for ideas in public: what is asked, what people say, what was answered and what became of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, public, uploads
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.marks import Words
from gandan.faces.pages.pieces import Crumb, Pager, State
from gandan.faces.pages.voice import idea_words
from gandan.ground.ledger.rules import Refused
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.comments import About

PAGE = 20
ALL: Words = gettext_lazy("Các lời kêu gọi")
Shows = Callable[..., HttpResponse]


def with_call(show: Shows) -> Shows:
    """Let a page have the call that its address names, or say that there is none."""

    @wraps(show)
    def answer(request: HttpRequest, call: int, **more: Any) -> HttpResponse:
        try:
            return show(request, queries.call(call, localdate()), **more)
        except (queries.UnknownCall, queries.UnknownIdea) as refused:
            return errors.refused(request, refused, actions=(Crumb(ALL, public.there("public-ideas")),))

    return answer


def calls(request: HttpRequest) -> HttpResponse:
    """Calls for ideas, the newest first."""
    asked = Asked(request)
    found = queries.calls(asked.today, after=asked.whole("cursor"), limit=PAGE + 1)
    return public.page(
        request,
        "public/ideas/calls.html",
        {
            "calls": [call_row(one) for one in found[:PAGE]],
            "pager": Pager(
                len(found[:PAGE]),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=found[PAGE - 1].id) if len(found) > PAGE else "",
            ),
            "empty": State(
                _("Chưa có lời kêu gọi nào"), _("Có việc muốn góp ý ngay: gửi ý kiến, phản ánh."), icon="inbox",
                actions=(Crumb(_("Gửi ý kiến, phản ánh"), public.there("public-voice")),),
            ),
        },
    )  # fmt: skip


def call_row(one: queries.CallShown) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": idea_words.title(one),
        "theme": idea_words.theme(one),
        "unit": one.unit,
        "decider": one.decider,
        "record": one.record,
        "mark": idea_words.call_mark(one),
        "takes": one.takes,
    }


@with_call
def call(request: HttpRequest, found: queries.CallShown) -> HttpResponse:
    """One call: theme, days, who decides, what becomes of ideas; groups with their answers, ideas, comments."""
    asked = Asked(request)
    ideas = queries.ideas_shown(found.id, after=asked.whole("cursor"), limit=PAGE + 1)
    return public.page(
        request,
        "public/ideas/call.html",
        {
            "call": call_row(found),
            "overview": queries.overview(found.id),
            "groups": [idea_words.group_line(one) for one in queries.groups_shown(found.id, asked.today)],
            "ideas": ideas[:PAGE],
            "pager": Pager(
                len(ideas[:PAGE]),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=ideas[PAGE - 1].id) if len(ideas) > PAGE else "",
            ),
            "comments": idea_words.comments_of(About.CALL, found.id, after=asked.whole("comments")),
        },
    )


@with_call
def idea(request: HttpRequest, found: queries.CallShown, number: int) -> HttpResponse:
    """One idea that stands in public, with what became of its group."""
    row = queries.idea_shown(found.id, number)
    group = queries.group_shown(found.id, row.group, localdate()) if row.group else None
    return public.page(
        request,
        "public/ideas/idea.html",
        {"call": call_row(found), "row": row, "group": idea_words.group_line(group) if group else None},
    )


@with_call
def group(request: HttpRequest, found: queries.CallShown, number: int) -> HttpResponse:
    """One group: its answer, its milestones, the ideas in it."""
    asked = Asked(request)
    shown = queries.group_shown(found.id, number, asked.today)
    ideas = queries.ideas_shown(found.id, after=asked.whole("cursor"), group=number, limit=PAGE + 1)
    return public.page(
        request,
        "public/ideas/group.html",
        {
            "call": call_row(found),
            "group": idea_words.group_line(shown),
            "today": asked.today,
            "ideas": ideas[:PAGE],
            "pager": Pager(
                len(ideas[:PAGE]),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=ideas[PAGE - 1].id) if len(ideas) > PAGE else "",
            ),
        },
    )


def photo(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """A picture of an idea that stands in public: drawn anew when taken, without place, time or camera."""
    try:
        row = queries.idea_photo(token)
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)
    response = uploads.served(row)
    response.headers["Content-Disposition"] = "inline"
    return response
