"""The post: what waits to be handed over, the lists both sides sign, and the page on which the post's clerk scans."""

import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Column, Crumb, Mark, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.documents.attachments import Limits, check_package
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.operations import Answer, Word
from gandan.work.dossiers.queries import ManifestRow, ManifestShown
from gandan.work.dossiers.rules.parcels import Direction, Scanned, Way
from gandan.work.dossiers.rules.scan_files import ScanRow, read_scans

PAGE = 50
STATES: dict[str, Mark] = {
    "wanted": Mark(gettext_lazy("chờ giao bưu điện"), "clock", "wait"),
    "packed": Mark(gettext_lazy("đã vào bảng kê"), "inbox", "wait"),
    "handed": Mark(gettext_lazy("bưu điện đã nhận"), "truck-delivery", "wait"),
    "in_transit": Mark(gettext_lazy("đang trên đường"), "truck-delivery", "wait"),
    "delivered": Mark(gettext_lazy("đã phát"), "circle-check", "kept"),
    "failed": Mark(gettext_lazy("không gặp"), "alert-triangle", "risk"),
    "returned": Mark(gettext_lazy("đã hoàn"), "history", "late"),
    "collected": Mark(gettext_lazy("đã nhận tại quầy"), "circle-check", "kept"),
    "dropped": Mark(gettext_lazy("không gửi nữa"), "x", ""),
}
SCANS: tuple[tuple[str, Words, str], ...] = (
    ("in_transit", gettext_lazy("Đã nhận, đang chuyển"), "truck-delivery"),
    ("delivered", gettext_lazy("Đã phát"), "circle-check"),
    ("failed", gettext_lazy("Không gặp người nhận"), "alert-triangle"),
    ("returned", gettext_lazy("Mang trả cơ quan"), "history"),
)
OUTCOMES: dict[str, tuple[Words, str]] = {
    "applied": (gettext_lazy("đã ghi"), "good"),
    "noted": (gettext_lazy("đã ghi; bưu gửi đã ở bước sau"), "good"),
    "again": (gettext_lazy("đã ghi từ trước"), "good"),
    "unknown": (gettext_lazy("không có trong bảng kê của bưu điện này"), "error"),
}
FILES: dict[str, tuple[str, Callable[[ManifestShown], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", queries.manifest_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda shown: queries.manifest_xlsx(shown, timezone.localtime()),
    ),
    "pdf": ("application/pdf", lambda shown: queries.manifest_pdf(shown, timezone.localtime())),
}


@login_required
def post(request: SignedIn) -> HttpResponse:
    """Lists, the newest first; and for the office what waits to be put on one."""
    asked = Asked(request)
    today = asked.today
    partner = queries.partner_of(request.user, today)
    unit = my_unit(request)
    wrong = ""
    if request.method == "POST" and unit is not None and partner is None:
        try:
            return redirect("post-manifest", _packed(request, unit.code))
        except Refused as refusal:
            wrong = words.refusal(refusal)
    found = queries.manifests(request.user, today, before=asked.whole("cursor"), limit=PAGE + 1)
    shown = found[:PAGE]
    following = asked.address(cursor=shown[-1].id) if len(found) > PAGE else ""
    waiting = (
        queries.waiting_parcels(unit.id, request.user, today, after=asked.whole("waiting") or 0, limit=PAGE + 1) if unit else []
    )
    return render(
        request,
        "post/list.html",
        {
            "crumbs": (Crumb(_("Bưu điện")),),
            "for_post": partner is not None,
            "waiting": waiting[:PAGE],
            "more_waiting": asked.address(waiting=waiting[PAGE - 1].id) if len(waiting) > PAGE else "",
            "partners": queries.partners(today) if waiting else (),
            "wrong": wrong,
            "chosen": set(request.POST.getlist("parcel")),
            "table": _table(shown),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
        },
        status=422 if wrong else 200,
    )


def _packed(request: SignedIn, unit: str) -> str:
    chosen = [int(one) for one in request.POST.getlist("parcel") if one.isdigit()]
    made = dossiers.pack(
        unit=organisations.unit(unit),
        partner=organisations.unit(request.POST.get("partner", "")),
        deliveries=chosen,
        trackings={one: typed for one in chosen if (typed := request.POST.get(f"tracking-{one}", "").strip())},
        by=request.user,
        on=localdate(),
    )
    return made.number


def _table(shown: list[ManifestRow]) -> Table:
    columns = (
        Column(_("Bảng kê"), head=True, tight=True),
        Column(_("Cơ quan")),
        Column(_("Bưu điện")),
        Column(_("Số bưu gửi"), number=True),
        Column(_("Lập ngày"), number=True),
        Column(_("Ký nhận")),
    )
    rows = [
        (
            Cell(row.number, f"/post/{row.number}/", note=_way(row)),
            Cell(name_of(row.unit)),
            Cell(name_of(row.partner)),
            Cell(words.number(row.parcels)),
            Cell(words.day(row.made_on)),
            Cell(mark=_signed(row)),
        )
        for row in shown
    ]
    empty = State(
        _("Chưa có bảng kê nào"), _("Bảng kê được lập khi có kết quả mà người dân chọn nhận qua bưu điện."), icon="truck-delivery"
    )
    return Table.of(_("Bảng kê, mới nhất trước"), columns, rows, empty=empty)


def _way(row: ManifestRow) -> str:
    return _("giao cho bưu điện") if row.direction is Direction.OUT else _("bưu điện hoàn trả")


def _signed(row: ManifestRow) -> Mark:
    if row.handed_on:
        return Mark(_("hai bên đã ký"), "circle-check", "kept")
    if row.office_signed_at or row.post_signed_at:
        return Mark(_("một bên đã ký"), "ballpen", "risk")
    return Mark(_("chưa ký"), "clock", "wait")


@login_required
def manifest(request: SignedIn, number: str) -> HttpResponse:
    """One list: its parcels, its files, and what may still be done with it."""
    today, wrong = localdate(), ""
    try:
        shown = queries.manifest(number, request.user, today)
        if request.method == "POST":
            _act(request, shown)
            return redirect("post-manifest", shown.row.number)
    except queries.UnknownManifest as unknown:
        return errors.refused(request, unknown, actions=(Crumb(_("Về các bảng kê"), "/post/"),))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    return render(
        request,
        "post/one.html",
        {
            "crumbs": (Crumb(_("Bưu điện"), "/post/"), Crumb(shown.row.number)),
            "shown": shown,
            "row": shown.row,
            "way": _way(shown.row),
            "signed": _signed(shown.row),
            "wrong": wrong,
            "open": not (shown.row.office_signed_at or shown.row.post_signed_at) and shown.row.direction is Direction.OUT,
            "items": [(item, STATES[item.state]) for item in shown.items],
            "may_sign": not (shown.row.post_signed_at if shown.for_post else shown.row.office_signed_at),
        },
        status=422 if wrong else 200,
    )


def _act(request: SignedIn, shown: ManifestShown) -> None:
    what, at, today = request.POST.get("what", ""), timezone.now(), localdate()
    hand: dict[str, Any] = {"manifest": shown.record, "by": request.user, "on": today}
    if what.startswith("unpack-") and what[7:].isdigit():
        dossiers.unpack(delivery=int(what[7:]), **hand)
    elif what == "sign" and not shown.for_post:
        dossiers.sign_for_office(at=at, **hand)
    elif what in {"sign", "paper"}:
        dossiers.sign_for_post(at=at, name=request.POST.get("name", ""), **hand)


@login_required
@require_safe
def manifest_file(request: SignedIn, number: str, form: str) -> HttpResponse:
    """A list as a file: for the post's own system, or on paper."""
    if form not in FILES:
        return errors.not_found(request)
    try:
        shown = queries.manifest(number, request.user, localdate())
    except Refused as refusal:
        return errors.refused(request, refusal)
    media_type, made = FILES[form]
    response = HttpResponse(made(shown), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{shown.row.number}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
def scan(request: SignedIn) -> HttpResponse:
    """One parcel after the other, with one hand: what happened stays chosen, the field is ready for the next."""
    partner = queries.partner_of(request.user, localdate())
    if partner is None:
        return errors.no_right(request)
    what = request.POST.get("what", "") or request.GET.get("what", "")
    answer: Answer | None = None
    typed = request.POST.get("tracking", "")
    if request.method == "POST" and what in set(Scanned):
        reference = request.POST.get("reference", "") or f"page:{uuid.uuid4()}"
        word = Word(reference[:80], typed, Scanned(what), timezone.now(), request.POST.get("reason", "")[:40])
        (answer,) = dossiers.take_scans(
            partner=partner, words=[word], way=Way.PAGE, by=request.user, on=localdate(), at=timezone.now()
        )
    return render(
        request,
        "post/scan.html",
        {
            "crumbs": (Crumb(_("Bưu điện"), "/post/"), Crumb(_("Quét"))),
            "scans": SCANS,
            "what": what if what in set(Scanned) else "",
            "said": _said(answer) if answer else None,
            "typed": typed if answer and answer.refusal else "",
            "reference": f"page:{uuid.uuid4()}",
        },
        status=422 if answer and answer.refusal else 200,
    )


def _said(answer: Answer) -> tuple[str, str, str]:
    if answer.refusal is not None:
        return answer.word.tracking, words.refusal(answer.refusal), "error"
    said, tone = OUTCOMES[answer.outcome]
    what = next((str(name) for code, name, _icon in SCANS if code == answer.word.what), "")
    return answer.word.tracking, f"{what}: {said}" if tone == "good" else str(said), tone


@login_required
@require_POST
def scan_file(request: SignedIn) -> HttpResponse:
    """A file of scans, answered row by row."""
    partner = queries.partner_of(request.user, localdate())
    given = request.FILES.get("file")
    if partner is None:
        return errors.no_right(request)
    wrong, results = "", []
    try:
        results = _rows_taken(request, partner, given.read() if given else b"")
    except Refused as refusal:
        wrong = words.refusal(refusal)
    good = sum(tone == "good" for _row, _text, tone in results)
    if not wrong:
        messages.success(request, ngettext("Đã ghi %(n)d dòng.", "Đã ghi %(n)d dòng.", good) % {"n": good})
    return render(
        request,
        "post/file.html",
        {"crumbs": (Crumb(_("Bưu điện"), "/post/"), Crumb(_("Kết quả của tệp"))), "wrong": wrong, "results": results},
        status=422 if wrong else 200,
    )


def _rows_taken(request: SignedIn, partner: Any, content: bytes) -> list[tuple[ScanRow, str, str]]:
    """Take what can be read of a file, and return each row with what became of it."""
    if content.startswith(b"PK"):
        check_package(BytesIO(content), Limits())
    rows = read_scans(content, get_default_timezone())
    said = [Word(row.reference, row.tracking, row.what, row.at, row.reason) for row in rows if row.what and row.at]
    taken = iter(
        dossiers.take_scans(partner=partner, words=said, way=Way.FILE, by=request.user, on=localdate(), at=timezone.now())
    )
    return [(row, words.refusal(row.refusal), "error") if row.refusal else (row, *_said(next(taken))[1:]) for row in rows]
