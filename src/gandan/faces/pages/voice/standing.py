"""What stands in public: moderated words, the answer, and the unit that gave it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import public, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.pieces import Pager, State
from gandan.faces.pages.voice.sending import standing_row
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import queries

PAGE = 20


def shown(request: HttpRequest) -> HttpResponse:
    """What people brought and let be seen, the newest first."""
    asked = Asked(request)
    ward = None
    try:
        ward = organisations.unit_id(asked.text("ward")) if asked.text("ward") else None
    except Refused:
        ward = -1
    found = queries.shown(after=asked.whole("cursor"), ward=ward, service=asked.text("service"), limit=PAGE + 1)
    rows = [standing_row(one) for one in found[:PAGE]]
    return public.page(
        request,
        "public/voice/shown.html",
        {
            "rows": rows,
            "ward": asked.text("ward"),
            "service": asked.text("service"),
            "wards": [(one.code, words.named(one.name, one.name_en)) for one in queries.all_wards(localdate())],
            "services": [(one.code, words.named(one.name, one.name_en)) for one in queries.services_on(localdate())],
            "pager": Pager(
                len(rows),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=found[PAGE - 1].pk) if len(found) > PAGE else "",
            ),
            "empty": State(_("Chưa có việc nào được cho hiện"), _("Việc chỉ hiện khi người gửi muốn và đã có người xem qua.")),
        },
    )


def one(request: HttpRequest, number: str) -> HttpResponse:
    """One case that stands in public, with what was answered."""
    found = queries.shown_one(number)
    if found is None:
        return redirect("public-voice-shown")
    return public.page(
        request,
        "public/voice/one.html",
        {
            "row": standing_row(found),
            "replies": [reply for reply in found.replies.all() if reply.is_answer and reply.public_words],
            "photos": queries.photos_of([found.pk])[found.pk],
        },
    )


def photo(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """A photo of a case that stands in public. It carries no place, time or camera: pictures are drawn anew when taken."""
    try:
        row = queries.public_photo(token)
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)
    response = uploads.served(row)
    response.headers["Content-Disposition"] = "inline"
    return response
