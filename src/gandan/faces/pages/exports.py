"""Files of dossiers: asked for, made in the background, fetched by who asked for them."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Crumb, Mark, Pager
from gandan.ground.documents import queries as documents
from gandan.ground.documents.queries import ExportRow
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.vietnam.numbers import parse_date_vi
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.queries import EXPORTS, BadWish, Wish

PAGE = 50
MARKS: dict[str, Mark] = {
    "waiting": Mark(gettext_lazy("chờ làm"), "clock", "wait"),
    "running": Mark(gettext_lazy("đang làm"), "clock", "wait"),
    "ready": Mark(gettext_lazy("xong"), "circle-check", "kept"),
    "failed": Mark(gettext_lazy("không làm được"), "alert-triangle", "late"),
    "erased": Mark(gettext_lazy("đã xoá"), "history", ""),
}
FAILURES = {
    "too_many_rows": gettext_lazy("Quá nhiều dòng cho một trang tính. Xin thu hẹp số ngày, hoặc chọn CSV."),
    "failed": gettext_lazy("Có lỗi khi làm tệp. Xin yêu cầu lại; nếu vẫn lỗi, báo quản trị."),
}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}


@login_required
def export_list(request: SignedIn) -> HttpResponse:
    """What the reader asked for, the newest first, with its progress; and the form that asks for more."""
    asked = Asked(request)
    wrong = ""
    if request.method == "POST":
        try:
            _ask(request)
            return redirect("exports")
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    found = documents.exports(request.user, asked.today, before=asked.whole("cursor"), limit=PAGE + 1)
    shown = found[:PAGE]
    following = asked.address(cursor=shown[-1].id) if len(found) > PAGE else ""
    return render(
        request,
        "exports/list.html",
        {
            "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(_("Tệp xuất"))),
            "rows": [(row, MARKS[row.state], _said(row), FAILURES.get(row.trouble, "")) for row in shown],
            "moving": any(row.moving for row in shown),
            "kinds": [
                (f"{what}.{form}", f"{gettext(spec.name)} ({form.upper()})")
                for what, spec in EXPORTS.items()
                for form in spec.forms
            ],
            "procedures": [(one.code, words.named(one.name, one.name_en)) for one in queries.procedures(asked.today)],
            "statuses": [("", _("mọi tình trạng")), ("open", _("đang giải quyết"))],
            "typed": request.POST,
            "today": asked.today,
            "wrong": wrong,
            "my_unit_row": my_unit(request),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
        },
        status=422 if wrong else 200,
    )


def _ask(request: SignedIn) -> None:
    typed = request.POST
    what, _dot, form = typed.get("kind", "").partition(".")
    unit = my_unit(request)
    if unit is None:
        raise NotAllowed(gettext("Ông/Bà chưa được giao vai trò tại đơn vị nào."))
    wish = Wish(
        unit=typed.get("unit", "").strip(),
        procedure=typed.get("procedure", ""),
        status=typed.get("status", ""),
        since=_day(typed.get("since", "")),
        until=_day(typed.get("until", "")),
    )
    dossiers.ask_export(
        what=what,
        form=form,
        wish=wish,
        unit=organisations.unit(unit.code),
        language=(get_language() or "vi")[:2],
        by=request.user,
        on=localdate(),
    )


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed) if typed[:4].isdigit() else parse_date_vi(typed.strip())
    except ValueError:
        raise BadWish(_("%(day)s không phải một ngày, như 22/11/2026. Xin kiểm tra lại.") % {"day": typed}) from None


def _said(row: ExportRow) -> str:
    """What was asked for, in a line."""
    name = f"{gettext(EXPORTS[row.what].name)} ({row.form.upper()})"
    wish = Wish.read(row.wanted)
    days = [words.day(day) for day in (wish.since, wish.until) if day]
    return " · ".join(filter(None, (name, wish.unit, wish.procedure, wish.status, " – ".join(days))))


@login_required
@errors.told(Crumb(gettext_lazy("Tệp xuất"), "/exports/"))
def fetch(request: SignedIn, token: str) -> HttpResponseBase:
    """The file itself, for who asked for it and still may."""
    row, content = documents.fetch(token, request.user, localdate())
    name = f"{row.what}-{row.asked_on:%Y%m%d}-{row.id}.{row.form}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=MEDIA[row.form])
