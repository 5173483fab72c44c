"""Messages to people outside: what went out, what waits, what got stuck and a person decides on."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, Mark, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.messages import operations
from gandan.ground.messages import queries as messages
from gandan.ground.messages.queries import MessageRow
from gandan.ground.messages.rules import State as Sending
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right

PAGE = 50
STATES: dict[str, Mark] = {
    "waiting": Mark(gettext_lazy("chờ gửi"), "clock", "wait"),
    "held": Mark(gettext_lazy("đang gửi"), "clock", "wait"),
    "sent": Mark(gettext_lazy("đã gửi"), "circle-check", "kept"),
    "failed": Mark(gettext_lazy("không gửi được"), "alert-circle", "late"),
    "dropped": Mark(gettext_lazy("không gửi nữa"), "x", ""),
}
CHANNELS: dict[str, Words] = {"email": gettext_lazy("thư điện tử"), "sms": gettext_lazy("SMS"), "zns": gettext_lazy("Zalo")}
TEMPLATES: dict[str, Words] = {
    "dossier-receipt": gettext_lazy("báo đã tiếp nhận"),
    "dossier-supplement": gettext_lazy("yêu cầu bổ sung"),
    "dossier-registered": gettext_lazy("báo đã nhận hồ sơ trực tuyến"),
    "dossier-payment": gettext_lazy("báo số tiền phải nộp"),
    "dossier-goes-on": gettext_lazy("báo giải quyết tiếp"),
    "dossier-refused": gettext_lazy("báo không tiếp nhận"),
    "dossier-stopped": gettext_lazy("báo dừng giải quyết"),
    "dossier-withdrawn": gettext_lazy("báo đã rút hồ sơ"),
    "parcel-handed": gettext_lazy("báo đã giao bưu điện"),
    "parcel-failed": gettext_lazy("báo phát không được"),
    "parcel-returned": gettext_lazy("báo kết quả về cơ quan"),
    "dossier-ended": gettext_lazy("báo đã trao kết quả"),
    "dossier-moved": gettext_lazy("báo đổi ngày hẹn"),
    "dossier-finished": gettext_lazy("báo có kết quả"),
    "apology-letter": gettext_lazy("thư xin lỗi"),
    "voice-received": gettext_lazy("báo đã nhận phản ánh"),
    "voice-word": gettext_lazy("báo tin về phản ánh"),
    "voice-answered": gettext_lazy("trả lời phản ánh"),
    "voice-moved": gettext_lazy("báo đã chuyển phản ánh"),
    "voice-hidden": gettext_lazy("báo đã ẩn lời công khai"),
    "idea-word": gettext_lazy("báo tin về ý kiến hiến kế"),
    "idea-answered": gettext_lazy("trả lời ý kiến hiến kế"),
    "idea-hidden": gettext_lazy("báo đã ẩn ý kiến hiến kế"),
    "ballot-code": gettext_lazy("gửi mã bỏ phiếu"),
    "notices-confirm": gettext_lazy("xin xác nhận đăng ký nhận tin"),
    "notices-new": gettext_lazy("báo có tin mới"),
    "notices-withdrawn": gettext_lazy("báo tin đã rút"),
}
SHOWN: dict[str, tuple[Words, tuple[Sending, ...]]] = {
    "failed": (gettext_lazy("Không gửi được"), (Sending.FAILED,)),
    "waiting": (gettext_lazy("Chờ gửi"), (Sending.WAITING, Sending.HELD)),
    "sent": (gettext_lazy("Đã gửi"), (Sending.SENT,)),
    "": (gettext_lazy("Tất cả"), ()),
}


def told(row: MessageRow) -> str:
    """How and to whom a message goes, in a few words."""
    return f"{CHANNELS[row.channel.value]}: {row.recipient}"


@login_required
def message_list(request: SignedIn) -> HttpResponse:
    """The last written first; what failed is what a person came for."""
    asked = Asked(request)
    show = asked.text("show") if asked.text("show") in SHOWN else "failed" if "show" not in request.GET else ""
    rows = messages.messages(request.user, asked.today, states=SHOWN[show][1], after=asked.whole("cursor"), limit=PAGE + 1)
    shown = rows[:PAGE]
    following = asked.address(show=show, cursor=shown[-1].id) if len(rows) > PAGE else ""
    columns = (
        Column(_("Gửi tới"), head=True), Column(_("Nội dung")), Column(_("Đơn vị")), Column(_("Lúc"), tight=True),
        Column(_("Tình trạng")),
    )  # fmt: skip
    none = _("Tin gửi người dân được ghi cùng lúc với việc sinh ra nó.")
    empty = State(_("Không có tin nào ở nhóm này"), none, icon="mail", kind="good")
    table = Table.of(_("Tin gửi người dân, mới trước"), columns, [_line(row) for row in shown], empty=empty)
    return render(
        request,
        "outbox/list.html",
        {
            "crumbs": (Crumb(_("Tin gửi người dân")),),
            "tabs": tuple(Choice(said, f"?show={code}", code == show) for code, (said, _states) in SHOWN.items()),
            "table": table,
            "pager": Pager(len(shown), f"?show={show}" if asked.text("cursor") else "", following),
            "no_mail": not settings.MAIL_HOST,
            "no_gateway": not settings.GATEWAY_URL,
            "stopped": settings.NO_SENDING,
            "halted": messages.stopped_ways(),
            "due": messages.waiting(now()),
        },
    )


def _line(row: MessageRow) -> tuple[Cell, ...]:
    at = localtime(row.sent_at or row.queued_at)
    note = _("có thể đã gửi hai lần") if row.perhaps_twice else row.answer if row.state is Sending.FAILED else ""
    return (
        Cell(row.recipient or _("đã xoá"), f"/messages/{row.id}/", note=CHANNELS[row.channel.value]),
        Cell(TEMPLATES.get(row.template, row.template)),
        Cell(name_of(row.unit)),
        Cell(f"{at:%H:%M} {words.day(at.date())}"),
        Cell(mark=STATES[row.state.value], note=note),
    )


@login_required
@errors.told(Crumb(gettext_lazy("Tin gửi đi"), "/messages/"))
def message(request: SignedIn, number: int) -> HttpResponse:
    """One message, its words as sent; one that got stuck is tried again, elsewhere if need be, or given up."""
    on = localdate()
    wrong = ""
    shown = messages.message(number, request.user, on)
    if request.method == "POST":
        wrong = _decide(request, number)
        if not wrong:
            return redirect("message", number)
    row = shown.row
    may_decide = row.state in {Sending.FAILED, Sending.WAITING} and Right.WRITE_DOSSIERS in organisations.rights(request.user, on)
    return render(
        request,
        "outbox/one.html",
        {
            "crumbs": (Crumb(_("Tin gửi người dân"), "/messages/"), Crumb(row.recipient or _("đã xoá"))),
            "row": row,
            "shown": shown,
            "mark": STATES[row.state.value],
            "channel": CHANNELS[row.channel.value],
            "kind": TEMPLATES.get(row.template, row.template),
            "unit": name_of(row.unit),
            "may_decide": may_decide,
            "wrong": wrong,
            "typed": request.POST.get("to", "") if wrong else "",
        },
        status=422 if wrong else 200,
    )


def _decide(request: SignedIn, number: int) -> str:
    try:
        if "drop" in request.POST:
            operations.drop(message=number, by=request.user, on=localdate())
        else:
            operations.retry(message=number, to=request.POST.get("to", "").strip(), by=request.user, on=localdate())
    except NotAllowed:
        raise
    except Refused as refused:
        return words.refusal(refused)
    return ""
