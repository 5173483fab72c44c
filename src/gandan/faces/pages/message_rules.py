"""How people are written to: in which words, at which hours, by which ways. Each change says why, and can be taken back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import administration, errors, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.outbox import TEMPLATES
from gandan.faces.pages.pieces import Cell, Column, Crumb, Table, Words
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.messages import operations
from gandan.ground.messages import queries as messages
from gandan.ground.messages.rules import (
    LANGUAGES,
    QUIET,
    STOPPED,
    BadRule,
    Channel,
    Said,
    Template,
    WayOut,
    checked,
    laid_over,
    of_house,
    stopped_name,
    templates,
    words_name,
)
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right

ROOM = Crumb(gettext_lazy("Tin gửi người dân"), "/settings/messages/")
LANGUAGE_NAMES: dict[str, Words] = {"vi": gettext_lazy("tiếng Việt"), "en": gettext_lazy("tiếng Anh")}
WAYS: dict[WayOut, tuple[Words, tuple[str, ...]]] = {
    WayOut.EMAIL: (gettext_lazy("Thư điện tử"), ("email",)),
    WayOut.SHORT: (gettext_lazy("SMS và Zalo"), ("sms", "zns")),
}
# What may stand in a text, with an example.
GAPS: dict[str, tuple[Words, str]] = {
    "name": (gettext_lazy("tên người nhận"), "Trần Thị B"),
    "procedure": (gettext_lazy("thủ tục"), "Cấp hộ chiếu phổ thông"),
    "number": (gettext_lazy("số hồ sơ hoặc mã phản ánh"), "PA08-26-000123"),
    "unit": (gettext_lazy("cơ quan gửi"), "Phòng Quản lý xuất nhập cảnh"),
    "due": (gettext_lazy("ngày hẹn"), "08/12/2026"),
    "link": (gettext_lazy("đường dẫn"), "https://gandan.example/x/7Kp2"),
    "amount": (gettext_lazy("số tiền"), "200.000 đồng"),
    "appointed": (gettext_lazy("ngày hẹn cũ"), "01/12/2026"),
    "before": (gettext_lazy("ngày hẹn trước khi đổi"), "01/12/2026"),
    "day": (gettext_lazy("ngày"), "27/11/2026"),
    "reason": (gettext_lazy("lý do"), "Cần xác minh thêm"),
    "status": (gettext_lazy("tình trạng"), "đang xử lý"),
    "stop": (gettext_lazy("đường dẫn thôi nhận tin"), "https://gandan.example/x/thoi"),
    "summary": (gettext_lazy("tóm tắt"), "Phường tiếp công dân vào sáng thứ bảy"),
    "title": (gettext_lazy("tiêu đề"), "Lịch tiếp công dân"),
    "tracking": (gettext_lazy("số bưu gửi"), "EA123456785VN"),
    "until": (gettext_lazy("hết ngày"), "15/12/2026"),
    "what": (gettext_lazy("nội dung"), "Ảnh chân dung 4×6"),
    "where": (gettext_lazy("nơi"), "Quầy số 3"),
    "why": (gettext_lazy("vì sao"), "Nghỉ bù theo thông báo mới"),
}


class QuietForm(forms.Form):
    hours = unit_acts.words(gettext_lazy("Không nhắn SMS và Zalo trong giờ"), gettext_lazy("Như 21:00-07:00"), most=11)
    source = unit_acts.words(gettext_lazy("Vì sao, theo văn bản nào"), most=300)


class WordsForm(forms.Form):
    subject = unit_acts.words(gettext_lazy("Tiêu đề thư"), most=400)
    text = forms.CharField(label=gettext_lazy("Thư điện tử"), max_length=8000, error_messages=unit_acts.NEEDED,
                           widget=forms.Textarea(attrs={"rows": 12}))  # fmt: skip
    short = forms.CharField(label=gettext_lazy("Tin nhắn ngắn"), max_length=1000, error_messages=unit_acts.NEEDED,
                            widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    source = unit_acts.words(gettext_lazy("Vì sao, theo văn bản nào"), needed=False, most=300)


def _may(request: SignedIn, today: date) -> bool:
    return Right.MANAGE_MESSAGES in organisations.rights(request.user, today)


@login_required
def overview(request: SignedIn) -> HttpResponse:
    """The ways out with what waits, the quiet hours, and the words for each occasion."""
    today = Asked(request).today
    if not _may(request, today):
        return errors.no_right(request)
    hours = messages.quiet_hours(settings.QUIET_HOURS)
    step, wrong = request.POST.get("step", ""), ""
    form = QuietForm(request.POST if step == "quiet" else None, initial={"hours": hours})
    if request.method == "POST" and (step != "quiet" or form.is_valid()):
        try:
            _do(request, step, form, today)
            notices.success(request, _("Đã ghi. Áp dụng từ bây giờ."))
            return redirect("settings-messages")
        except NotAllowed as refusal:
            return errors.no_right(request, refusal)
        except Refused as refusal:
            wrong = _told(form, refusal, "source")
    context = {
        "crumbs": (administration.ROOF, Crumb(ROOM.words)),
        "ways": _ways(),
        "form": form,
        "hours": hours,
        "past": _past(QUIET),
        "occasions": _occasions(),
        "wrong": wrong,
    }
    return render(request, "administration/messages.html", context, status=400 if wrong or form.errors else 200)


def _do(request: SignedIn, step: str, form: QuietForm, today: date) -> None:
    act: dict[str, Any] = {"source": request.POST.get("source", ""), "by": request.user, "on": today}
    if step == "quiet":
        operations.rule(name=QUIET, value=form.cleaned_data["hours"], **act)
    elif step == "back":
        operations.put_back(name=QUIET, to=_number(request), **act)
    else:
        way = request.POST.get("way", "")
        operations.rule(name=f"{STOPPED}.{way}", value=step == "stop", **act)


def _told(form: forms.Form, refusal: Refused, otherwise: str) -> str:
    """Say a refusal beside its field; return it where no field was typed."""
    if not form.is_bound:
        return words.refusal(refusal)
    form.add_error(refusal.place if isinstance(refusal, BadRule) else otherwise, words.refusal(refusal))
    return ""


def _number(request: HttpRequest) -> int | None:
    given = request.POST.get("to", "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _ways() -> list[dict[str, Any]]:
    due, stopped = messages.waiting(now()), messages.stopped_ways()
    there = {WayOut.EMAIL: settings.MAIL_HOST, WayOut.SHORT: settings.GATEWAY_URL}
    return [
        {
            "code": way.value,
            "name": said,
            "there": bool(there[way]),
            "stopped": way in stopped,
            "waiting": sum(due.get(channel, 0) for channel in channels),
            "last": _past(stopped_name(way))[:1],
        }
        for way, (said, channels) in WAYS.items()
    ]


def _past(name: str) -> list[dict[str, Any]]:
    """What was said under a name, the last first, by whom and why."""
    rows = messages.rules_of(name)
    people = organisations.names(row.by_id for row in rows)
    return [
        {"id": row.id, "value": row.value, "at": localtime(row.noted_at), "by": people.get(row.by_id, ""), "source": row.source}
        for row in rows
    ]


def _occasions() -> Table:
    own = messages.in_force()
    columns = (Column(_("Khi nào"), head=True), *(Column(capfirst(str(said))) for said in LANGUAGE_NAMES.values()))
    rows = [
        (
            Cell(capfirst(str(TEMPLATES.get(code, code)))),
            *(
                Cell(
                    _("lời riêng") if words_name(code, language) in own else _("lời chung"),
                    f"/settings/messages/{code}/{language}/",
                )
                for language in LANGUAGES
            ),
        )
        for code in templates()
    ]
    return Table.of(_("Lời văn cho từng việc"), columns, rows)


@login_required
def wording(request: SignedIn, code: str, language: str) -> HttpResponse:
    """The words for one occasion in one language: typed, tried with an example, put into use, taken back."""
    today = Asked(request).today
    if not _may(request, today):
        return errors.no_right(request)
    house = templates().get(code)
    if house is None or language not in LANGUAGES:
        return errors.not_found(request)
    name, step = words_name(code, language), request.POST.get("step", "")
    in_use = of_house(messages.words_in_use({code})[code], language)
    form = WordsForm(request.POST if step in {"try", "say"} else None, initial=asdict(in_use))
    tried, wrong = None, ""
    try:
        if step == "back":
            operations.put_back(name=name, to=_number(request), source=request.POST.get("source", ""), by=request.user, on=today)
            return _noted(request)
        if form.is_bound and form.is_valid():
            typed = Said(*(form.cleaned_data[part] for part in ("subject", "text", "short")))
            if step == "say":
                why = form.cleaned_data["source"]
                operations.rule(name=name, value=asdict(typed), source=why, by=request.user, on=today)
                return _noted(request)
            tried = _example(house, language, Said(**checked(name, asdict(typed))))
    except NotAllowed as refusal:
        return errors.no_right(request, refusal)
    except Refused as refusal:
        wrong = _told(form, refusal, "source")
    context = {
        "crumbs": (administration.ROOF, ROOM, Crumb(capfirst(str(TEMPLATES.get(code, code))))),
        "title": capfirst(str(TEMPLATES.get(code, code))),
        "language": LANGUAGE_NAMES[language],
        "own": name in messages.in_force(),
        "form": form,
        "gaps": [(f"{{{gap}}}", GAPS[gap][0]) for gap in house.caps],
        "tried": tried,
        "past": _past(name),
        "wrong": wrong,
    }
    return render(request, "administration/wording.html", context, status=400 if wrong or form.errors else 200)


def _noted(request: SignedIn) -> HttpResponse:
    notices.success(request, _("Đã ghi. Tin viết từ bây giờ dùng lời này."))
    return redirect(request.path)


def _example(house: Template, language: str, typed: Said) -> dict[str, Any]:
    """Return what would be sent, with somebody who doesn't exist."""
    template, values = laid_over(house, {language: typed}), {gap: GAPS[gap][1] for gap in house.caps}
    mail, short = (template.made(channel, language, values) for channel in (Channel.EMAIL, Channel.SMS))
    return {"subject": mail.subject, "text": mail.text, "short": short.text, "letters": len(short.text)}
