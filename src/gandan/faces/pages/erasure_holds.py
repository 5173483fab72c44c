"""What is kept beyond its time, for a reason and until a day: held, and let go. One page for every kind of record."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gandan.faces.pages import errors, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Words
from gandan.faces.pages.privacy import ROOT
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy import operations
from gandan.ground.privacy import queries as privacy
from gandan.work.community import queries as community
from gandan.work.democracy import queries as democracy
from gandan.work.dossiers import queries as dossiers
from gandan.work.matters import queries as matters
from gandan.work.meetings import queries as meetings
from gandan.work.relief import queries as relief
from gandan.work.voice import queries as voice
from gandan.work.voice.kinds import SIGNS
from gandan.work.voice.queries import ideas

REASONS: dict[str, Words] = {
    "complaint": gettext_lazy("đang có khiếu nại, tố cáo"),
    "court": gettext_lazy("toà án, viện kiểm sát yêu cầu"),
    "inspection": gettext_lazy("đang thanh tra, kiểm tra"),
    "request": gettext_lazy("người có dữ liệu yêu cầu giữ"),
}


class Numbers(Protocol):
    """The query that says how those records of a kind are called that the viewer may read."""

    def __call__(self, ids: Collection[int], /, *, viewer: Any, on: date) -> dict[int, str]: ...


@dataclass(frozen=True)
class Kind:
    """A kind of record that may be kept: by which letters its numbers begin, how it is found, listed and opened."""

    name: Words
    signs: frozenset[str]
    to_keep: Callable[[str, Any, date], privacy.Keepable]
    numbers: Numbers
    page: Callable[[int, str], str]
    rights: frozenset[Right] = frozenset({Right.HANDLE_REQUESTS})


def _dossier(number: str, viewer: Any, on: date) -> privacy.Keepable:
    record = dossiers.known_about(number, viewer, on).record
    return privacy.Keepable(record, record.number, record.unit)


DOSSIER = "dossiers.dossier"
KINDS: dict[str, Kind] = {
    DOSSIER: Kind(
        gettext_lazy("hồ sơ"), frozenset(), _dossier, dossiers.numbers, lambda pk, number: reverse("dossier", args=[number])
    ),
    "voice.case": Kind(
        gettext_lazy("việc người dân gửi"), frozenset(SIGNS), voice.case_to_keep, voice.case_numbers,
        lambda pk, number: reverse("voice-case", args=[number]), frozenset({Right.ANSWER_VOICE, Right.HANDLE_COMPLAINTS}),
    ),
    "voice.idea": Kind(
        gettext_lazy("ý kiến hiến kế"), frozenset({"HK"}), ideas.idea_to_keep, ideas.idea_numbers,
        lambda pk, number: reverse("calls"), frozenset({Right.LEAD_CALLS}),
    ),
    "matters.matter": Kind(
        gettext_lazy("vụ việc"), frozenset({matters.SIGN}), matters.matter_to_keep, matters.matter_numbers,
        lambda pk, number: reverse("matter", args=[pk]), frozenset({Right.WRITE_MATTERS}),
    ),
    "meetings.meeting": Kind(
        gettext_lazy("cuộc họp"), frozenset({meetings.SIGN}), meetings.meeting_to_keep, meetings.meeting_numbers,
        lambda pk, number: reverse("meeting", args=[pk]), frozenset({Right.HOLD_MEETINGS}),
    ),
    "community.activity": Kind(
        gettext_lazy("buổi hoạt động"), frozenset({community.SIGN}), community.activity_to_keep, community.activity_numbers,
        lambda pk, number: reverse("activity", args=[pk]), frozenset({Right.WRITE_COMMUNITY}),
    ),
    "community.commendation": Kind(
        gettext_lazy("khen thưởng"), frozenset({community.COMMENDED}), community.commendation_to_keep,
        community.commendation_numbers, lambda pk, number: reverse("commendations"), frozenset({Right.WRITE_COMMUNITY}),
    ),
    "voice.remark": Kind(
        gettext_lazy("bình luận"), frozenset({voice.COMMENT}), voice.comment_to_keep, voice.comment_numbers,
        lambda pk, number: reverse("voice-moderate-words"), frozenset({Right.MODERATE_VOICE}),
    ),
    "democracy.consultation": Kind(
        gettext_lazy("lấy ý kiến"), frozenset({democracy.CONSULTATION_SIGN}), democracy.consultation_to_keep,
        democracy.consultation_numbers, lambda pk, number: reverse("public-consultation", args=[pk]),
        frozenset({Right.MODERATE_VOICE}),
    ),
    "democracy.poll": Kind(
        gettext_lazy("bỏ phiếu của hộ dân"), frozenset({democracy.POLL_SIGN}), democracy.poll_to_keep, democracy.poll_numbers,
        lambda pk, number: reverse("democracy-poll", args=[pk]), frozenset({Right.KEEP_POLLS}),
    ),
    "privacy.request": Kind(
        gettext_lazy("yêu cầu về dữ liệu"), frozenset({privacy.SIGN}), privacy.request_to_keep, privacy.request_numbers,
        lambda pk, number: reverse("privacy-request", args=[pk]),
    ),
    "relief.need": Kind(
        gettext_lazy("đăng ký cứu trợ"), frozenset({"CT"}), relief.need_to_keep, relief.numbers,
        lambda pk, number: reverse("relief-need", args=[pk]),
    ),
}  # fmt: skip
BY_SIGN = {sign: kind for kind in KINDS.values() for sign in kind.signs}
MAY_HOLD = frozenset[Right]().union(*(kind.rights for kind in KINDS.values()))


class HoldForm(forms.Form):
    number = unit_acts.words(
        gettext_lazy("Số của bản ghi"),
        gettext_lazy(
            "Số hồ sơ; hoặc việc người dân gửi (như PA-12), hiến kế (HK-12), vụ việc (VV-12), cuộc họp (CH-12), "
            "buổi hoạt động (BH-12), khen thưởng (KT-12), bình luận (BL-12), lấy ý kiến (LY-12), bỏ phiếu (BP-12), "
            "yêu cầu về dữ liệu (YC-12), cứu trợ (CT-12)."
        ),
        most=60,
    )
    reason = forms.ChoiceField(label=gettext_lazy("Vì sao giữ"), choices=list(REASONS.items()))
    until = unit_acts.day(gettext_lazy("Giữ đến hết ngày"), gettext_lazy("Nhiều nhất hai năm; sau đó phải ghi lại nếu còn cần."))


@dataclass(frozen=True)
class Row:
    """A hold as the list shows it: with number and page to who may read the record."""

    held: privacy.HoldRow
    kind: Words
    number: str
    page: str
    unit: str
    why: Words
    may_release: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: SignedIn) -> HttpResponse:
    """Records that are not erased when their time is up; each with its reason and its end."""
    asked = Asked(request)
    mine = organisations.rights(request.user, asked.today)
    if not mine & (MAY_HOLD | {Right.MANAGE_PRIVACY}):
        return errors.no_right(request)
    form = HoldForm(request.POST if request.POST.get("step") == "hold" else None, initial={"number": asked.text("number")})
    try:
        if request.method == "POST" and _done(request, form):
            return redirect("privacy-holds")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        if form.is_bound:
            form.add_error(None, words.refusal(refused))
        else:
            messages.error(request, words.refusal(refused))
    context = {
        "crumbs": (*((ROOT,) if Right.HANDLE_REQUESTS in mine else ()), Crumb(_("Đang giữ quá thời hạn"))),
        "form": form,
        "may_hold": bool(mine & MAY_HOLD),
        "held": _rows(privacy.holds(request.user, asked.today), request.user, asked.today, mine),
    }
    return render(request, "privacy/holds.html", context, status=400 if form.errors else 200)


def _rows(found: Sequence[privacy.HoldRow], viewer: Any, on: date, mine: frozenset[Right]) -> list[Row]:
    """What is held; number and page of each as far as the viewer may read it."""
    known = {
        about: kind.numbers(ids, viewer=viewer, on=on)
        for about, kind in KINDS.items()
        if (ids := [one.about_id for one in found if one.about_type == about])
    }
    rows = []
    for one in found:
        kind = KINDS[one.about_type]
        number = known[one.about_type].get(one.about_id, "")
        page = kind.page(one.about_id, number) if number else ""
        why = REASONS.get(one.reason, one.reason)
        rows.append(Row(one, kind.name, number, page, name_of(one.unit), why, bool(number and mine & kind.rights)))
    return rows


def _kept(number: str, viewer: Any, on: date) -> privacy.Keepable:
    return BY_SIGN.get(privacy.sign_of(number), KINDS[DOSSIER]).to_keep(number, viewer, on)


def _done(request: SignedIn, form: HoldForm) -> bool:
    """Do what was asked for; False if the form is not right yet."""
    today = Asked(request).today
    if request.POST.get("step") == "release":
        one = _kept(request.POST.get("number", ""), request.user, today)
        operations.release(about=one.record, unit=one.unit, right=one.right, by=request.user, on=today)
        messages.success(request, _("Đã thôi giữ %(number)s: xoá theo thời hạn chung.") % {"number": one.number})
        return True
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        one = _kept(typed["number"], request.user, today)
    except NotAllowed:
        raise
    except Refused as unknown:
        form.add_error("number", words.refusal(unknown))
        return False
    kept = {"about": one.record, "unit": one.unit, "right": one.right, "reason": typed["reason"], "until": typed["until"]}
    operations.hold(**kept, by=request.user, on=today)
    messages.success(request, _("Đã giữ %(number)s.") % {"number": one.number})
    return True
