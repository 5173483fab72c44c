"""What is kept about people, for everyone to read; and what people ask of their data, for the officers who answer."""

import json

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, Pager, State, Table
from gandan.faces.pages.privacy_words import CATEGORIES, GROUNDS, OUTCOMES, WISHES, kept_for, mark_of, term
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy import operations
from gandan.ground.privacy import queries as privacy
from gandan.ground.privacy.flow import Ground, Outcome, Wish
from gandan.ground.privacy.rules import How, terms_on
from gandan.work.dossiers import queries as dossiers

PAGE = 50
MOST = 4000
ROOT = Crumb(gettext_lazy("Yêu cầu về dữ liệu"), "/privacy/requests/")


class AskForm(forms.Form):
    """What somebody asks at the counter, once the officer has seen who they are."""

    dossier = forms.CharField(max_length=60, error_messages={"required": gettext_lazy("Ghi số hồ sơ.")})
    wish = forms.ChoiceField(
        choices=list(WISHES.items()), error_messages={"required": gettext_lazy("Chọn điều người đó yêu cầu.")}
    )
    text = forms.CharField(max_length=MOST, required=False)
    reply_to = forms.CharField(max_length=200, required=False)
    checked = forms.BooleanField(
        error_messages={"required": gettext_lazy("Xác nhận đã kiểm tra người yêu cầu là người có dữ liệu.")}
    )


class AnswerForm(forms.Form):
    """What the person is answered."""

    outcome = forms.ChoiceField(choices=list(OUTCOMES.items()), error_messages={"required": gettext_lazy("Chọn kết quả.")})
    reason = forms.ChoiceField(choices=[("", ""), *GROUNDS.items()], required=False)
    text = forms.CharField(max_length=MOST, error_messages={"required": gettext_lazy("Chưa ghi lời trả lời.")})


def register(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, how long, who may see it; and what they may ask. Open to everyone."""
    rule = terms_on(privacy.terms(), localdate())
    columns = {column.name.replace("_", ".", 1) for column in privacy.sealed_columns()}
    keeps = privacy.keeps(localdate())
    kinds = [
        {
            "code": one.code,
            "name": words.named(one.name, one.name_en),
            "purpose": words.named(one.purpose, one.purpose_en),
            "basis": one.basis,
            "what": ", ".join(str(CATEGORIES[category]) for category in one.categories),
            "kept": kept_for(keeps[one.code]),
            "after": words.named(one.keep.after, one.keep.after_en),
            "anonymous": one.keep.how is How.ANONYMISE,
            "verified": keeps[one.code].verified,
            "who": words.named(one.who, one.who_en),
            "recipients": words.named(one.recipients, one.recipients_en),
            "sealed": bool(columns & set(one.columns)),
        }
        for one in privacy.register().kinds.values()
    ]
    wishes = [(WISHES[wish], term(rule.answer[wish.value])) for wish in Wish]
    dated = max(one.dated for one in privacy.register().kinds.values())
    context = {"kinds": kinds, "wishes": wishes, "acknowledge": term(rule.acknowledge), "rule": rule, "dated": dated}
    return public.page(request, "privacy/register.html", context)


@login_required
def request_list(request: SignedIn) -> HttpResponse:
    """What people ask of the units whose requests the reader answers, the newest first."""
    asked = Asked(request)
    if Right.HANDLE_REQUESTS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    only_open = asked.text("show") != "all"
    found = privacy.requests(request.user, asked.today, only_open=only_open, after=asked.whole("cursor"), limit=PAGE + 1)
    page = found[:PAGE]
    rows = [
        (
            Cell(WISHES[one.wish], f"/privacy/requests/{one.id}/", note=one.label),
            Cell(name_of(one.unit)),
            Cell(words.day(one.asked_on)),
            Cell(words.day(one.due_on)),
            Cell(mark=mark_of(one, asked.today)),
        )
        for one in page
    ]
    columns = (
        Column(_("Yêu cầu"), head=True),
        Column(_("Đơn vị")),
        Column(_("Ngày nhận"), number=True),
        Column(_("Hạn trả lời"), number=True),
        Column(_("Tình trạng")),
    )
    empty = State(
        _("Không có yêu cầu nào đang chờ") if only_open else _("Chưa có yêu cầu nào"),
        _("Người có dữ liệu yêu cầu tại quầy, hoặc bằng giấy tiếp nhận. Cán bộ ghi lại ở đây."),
        icon="shield-check",
        actions=(Crumb(_("Ghi một yêu cầu"), "/privacy/requests/new/"),),
    )
    following = asked.address(cursor=page[-1].id) if len(found) > PAGE else ""
    context = {
        "crumbs": (Crumb(ROOT.words),),
        "table": Table.of(_("Yêu cầu, mới nhận trước"), columns, rows, empty=empty),
        "pager": Pager(len(rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "only_open": only_open,
    }
    return render(request, "privacy/list.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Take a request in at the counter. Refusals stand in the form, and what was typed stays."""
    asked = Asked(request)
    if Right.HANDLE_REQUESTS not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    form = AskForm(request.POST or None, initial={"dossier": asked.text("dossier"), "wish": Wish.SEE.value})
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            record = dossiers.known_about(typed["dossier"], request.user, asked.today).record
            taken = operations.ask(
                about=record,
                label=record.number,
                unit=record.unit,
                wish=Wish(typed["wish"]),
                text=typed["text"],
                reply_to=typed["reply_to"],
                by=request.user,
                on=asked.today,
            )
        except (dossiers.UnknownDossier, NotAllowed) as refusal:
            form.add_error("dossier", words.refusal(refusal))
            status = errors.noted(request, refusal)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã ghi yêu cầu, trả lời trước hết ngày %(day)s.") % {"day": words.day(taken.due_on)})
            return redirect("privacy-request", taken.pk)
    context = {"crumbs": (ROOT, Crumb(_("Ghi yêu cầu"))), "form": form, "wishes": list(WISHES.items())}
    return render(request, "privacy/new.html", context, status=status if status == 403 else 400 if form.errors else 200)


@login_required
@errors.told(ROOT)
def one(request: SignedIn, number: int) -> HttpResponse:
    """One request: what is asked, until when, and the steps that are left."""
    asked = Asked(request)
    row, record = privacy.request(number, request.user, asked.today)
    form, wrong = AnswerForm(), ""
    if request.method == "POST":
        step = request.POST.get("step", "")
        form = AnswerForm(request.POST) if step == "answer" else form
        try:
            if step in STEPS:
                STEPS[step](request=number, by=request.user, on=asked.today)
                return redirect("privacy-request", number)
            if step == "answer" and form.is_valid():
                typed = form.cleaned_data
                reason = Ground(typed["reason"]) if typed["reason"] else None
                operations.answer(
                    request=number, outcome=Outcome(typed["outcome"]), text=typed["text"], reason=reason,
                    by=request.user, on=asked.today,
                )  # fmt: skip
                return redirect("privacy-request", number)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    context = {
        "crumbs": (ROOT, Crumb(row.label)),
        "row": row,
        "record": record,
        "wish": WISHES[row.wish],
        "keep_as": f"{privacy.SIGN}-{row.id}",
        "mark": mark_of(row, asked.today),
        "unit_name": name_of(row.unit),
        "outcome": OUTCOMES.get(record.outcome, ""),
        "reason": GROUNDS.get(record.reason, ""),
        "may_extend": row.open and row.extended_on is None and row.due_on >= asked.today,
        "form": form,
        "wrong": wrong,
        "outcomes": list(OUTCOMES.items()),
        "grounds": list(GROUNDS.items()),
    }
    return render(request, "privacy/one.html", context, status=400 if wrong or form.errors else 200)


STEPS = {"acknowledge": operations.acknowledge, "extend": operations.extend, "take_back": operations.take_back}


@login_required
@errors.told(ROOT)
def extract(request: SignedIn, number: int) -> HttpResponse:
    """What we hold about the applicant of the dossier in question, as a file to hand out; that one dossier and no other."""
    today = localdate()
    row, _record = privacy.request(number, request.user, today)
    known = dossiers.known_about(row.label, request.user, today, extract=True)
    told = {"dossier": known.record.number, "on": today, "unit": name_of(row.unit), "held": known.columns}
    told["seen"] = [
        {"at": one.at.isoformat(timespec="minutes"), "unit": name_of(one.unit) if one.unit else "", "for_a_reason": one.outside}
        for one in known.seen
    ]
    return HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="extract-{number}.json"', "Cache-Control": "private, no-store"},
    )
