"""Other channels at the desk: how their files are read, files brought, rows refused with reasons, answers to take back."""

import csv
import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.ground.documents.tables import defused
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.rules.channels import FIELDS

MOST_BYTES = 10 * 2**20
COLUMNS = {
    "number": gettext_lazy("Số việc của kênh"), "text": gettext_lazy("Nội dung"), "service": gettext_lazy("Loại việc"),
    "place": gettext_lazy("Địa điểm"), "ward": gettext_lazy("Mã phường, xã"), "latitude": gettext_lazy("Vĩ độ"),
    "longitude": gettext_lazy("Kinh độ"), "name": gettext_lazy("Họ tên người gửi"), "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
}  # fmt: skip


@login_required
def channels(request: SignedIn) -> HttpResponse:
    """The channels of the reader's units, their last files, and a form to bring one or to say how it is read."""
    wrong, what = "", request.POST.get("do", "")
    if request.method == "POST":
        try:
            return _set(request) if what == "set" else _brought(request)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
    known = queries.channels(request.user, localdate())
    return render(
        request,
        "voice/channels.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Kênh khác"))),
            "channels": known,
            "files": queries.brought_files(request.user, localdate()),
            "fields": [(one, COLUMNS[one], request.POST.get(f"column-{one}", "")) for one in FIELDS],
            "wrong": wrong,
            "what": what,
            "typed": request.POST,
            "empty": State(_("Chưa có kênh nào"), _("Bộ phận quản trị đặt mã, tên cột và đơn vị phụ trách của từng kênh.")),
        },
        status=422 if wrong else 200,
    )


def _set(request: SignedIn) -> HttpResponse:
    given = request.POST
    pairs = (line.partition("=") for line in given.get("services", "").splitlines())
    services = {theirs.strip(): ours.strip() for theirs, sign, ours in pairs if sign}
    operations.set_channel(
        code=given.get("code", "").strip(), name=given.get("name", ""),
        unit=organisations.unit_meant(given.get("unit", ""), localdate()),
        columns={one: given.get(f"column-{one}", "") for one in FIELDS}, services=services,
        webhook=given.get("webhook", "").strip(), secret=given.get("secret", ""), by=request.user, on=localdate(),
    )  # fmt: skip
    messages.success(request, _("Đã ghi cách đọc tệp của kênh."))
    return redirect("voice-channels")


def _brought(request: SignedIn) -> HttpResponse:
    file = request.FILES.get("file")
    content = file.read(MOST_BYTES + 1) if file else b""
    made = operations.bring_file(
        source=request.POST.get("source", ""), content=content, name=file.name or "" if file else "", draw=public.new_code,
        by=request.user, on=localdate(), at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã nhận %(taken)d việc mới, %(known)d việc đã có.") % {"taken": made.taken, "known": made.known})
    return redirect("voice-channels")


@login_required
def answers(request: SignedIn, code: str) -> HttpResponse:
    """The answers to a channel's cases as a file: its own numbers, ours, the outcome, the words."""
    try:
        found = queries.answers_of(code, request.user, localdate(), limit=20_000)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Kênh khác"), "/voice/channels/"),))
    book = io.StringIO()
    write = csv.writer(book)
    write.writerow(["source_number", "number", "outcome", "at", "text"])
    for one in found:
        write.writerow([defused(one.source_number), one.number, one.outcome, one.at.isoformat(), defused(one.words)])
    response = HttpResponse("\ufeff" + book.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tra-loi-{code}.csv"'
    return response
