"""Noting an activity on a phone: six fields, saved in under a minute, without network too and then sent later, once."""

import hashlib
import json
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.community_words import FORMS, TOPICS, beside
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Crumb
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.rules import Form, Noting, Topic

NUMBER = gettext_lazy("Ghi một số, như 80.")
WITHOUT_NETWORK = (
    "vendor/tabler/tabler.min.css", "pages/tokens.css", "pages/frame.css", "pages/pieces.css", "pages/account.css",
    "pages/print.css", "vendor/htmx/htmx.min.js", "pages/gandan.js", "pages/keeping.js", "pages/noting.js", "pages/attending.js",
    "pages/scan.css", "pages/brand.svg", "vendor/tabler-icons/icons.svg", "vendor/be-vietnam-pro/vietnamese-400.woff2",
    "vendor/be-vietnam-pro/latin-400.woff2", "vendor/be-vietnam-pro/vietnamese-500.woff2",
    "vendor/be-vietnam-pro/latin-500.woff2",
)  # fmt: skip


class NoteForm(forms.Form):
    """The six fields."""

    form = forms.ChoiceField(choices=[(one.value, said) for one, said in FORMS.items()], initial=Form.MEETING.value)
    topic = forms.ChoiceField(choices=[(one.value, said) for one, said in TOPICS.items()], initial=Topic.LAW.value)
    day = forms.DateField(error_messages={"invalid": gettext_lazy("Ngày này không có trong lịch. Xin kiểm tra lại.")})
    place = forms.CharField(max_length=160, error_messages={"required": gettext_lazy("Ghi nơi tổ chức.")})
    partner = forms.CharField(max_length=30, required=False)
    count = forms.IntegerField(min_value=0, error_messages={"required": NUMBER, "invalid": NUMBER, "min_value": NUMBER})
    model = forms.IntegerField(min_value=1, required=False)  # begun at a model, it is that model's

    def noting(self) -> Noting:
        typed = self.cleaned_data
        form, topic = Form(typed["form"]), Topic(typed["topic"])
        return Noting(form, typed["day"], typed["place"], topic, typed["partner"], typed["count"], typed["model"])


def writer_of(request: SignedIn) -> organisations.UnitRow | None:
    """The unit for which the reader notes activities, if they may."""
    unit = my_unit(request)
    units = organisations.visible_units(Right.WRITE_COMMUNITY, request.user, localdate())
    return unit if unit is not None and unit.id in units else None


def _context(request: SignedIn, unit: organisations.UnitRow, form: NoteForm) -> dict[str, Any]:
    models, asked = queries.own_models(unit.id), request.POST.get("model") or request.GET.get("model", "")
    return {
        "models": models,
        "model": next((one for one in models if str(one.id) == asked), None),
        "crumbs": (Crumb(_("Hoạt động"), "/activities/"), Crumb(_("Ghi một buổi"))),
        "form": form,
        "forms": [(one.value, said) for one, said in FORMS.items()],
        "topics": [(one.value, said) for one, said in TOPICS.items()],
        "unit": unit,
        "partners": queries.partners_of(unit.id, localdate()),
        "today": localdate(),
        "key": request.POST.get("key") or str(uuid.uuid4()),
    }


@login_required
def new(request: SignedIn) -> HttpResponse:
    """The page on which an activity is noted. With scripts it also works in flight mode."""
    unit = writer_of(request)
    if unit is None:
        return errors.no_right(request)
    form = NoteForm(request.POST or None, initial={"day": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = _noted(request, unit.code, form, offline=False)
        except Refused as refusal:
            form.add_error(beside(refusal), words.refusal(refusal))
        else:
            messages.success(request, _("Đã ghi buổi hoạt động."))
            return redirect("activity", made)
    return render(request, "community/note.html", _context(request, unit, form), status=422 if form.errors else 200)


def _noted(request: SignedIn, unit: str, form: NoteForm, *, offline: bool) -> int:
    made = community.note(
        unit=organisations.unit(unit),
        noting=form.noting(),
        by=request.user,
        on=localdate(),
        key=request.POST.get("key", "")[:80],
        offline=offline,
    )
    return int(made.pk)


@login_required
@require_safe
def offline(request: SignedIn) -> HttpResponse:
    """What the phone keeps for flight mode: the six fields, and nobody's record."""
    unit = writer_of(request)
    if unit is None:
        return errors.no_right(request)
    form = NoteForm(initial={"day": localdate()})
    return render(request, "community/note_offline.html", {**_context(request, unit, form), "offline": True})


@login_required
@require_safe
def worker(request: SignedIn) -> HttpResponse:
    """The script that keeps this one page for flight mode; it looks after nothing else of the site."""
    return keeper(request, "noting", beneath=False)


def keeper(request: SignedIn, name: str, *, beneath: bool) -> HttpResponse:
    """A script that keeps the page it lies at, and for whatever lies beneath it the same one."""
    kept = [static(name) for name in WITHOUT_NETWORK]
    version = hashlib.sha256("".join(kept).encode()).hexdigest()[:12]
    context = {"name": name, "version": version, "kept": json.dumps(kept), "beneath": beneath}
    return render(request, "community/worker.js", context, content_type="text/javascript; charset=utf-8")


def whose_turn(request: HttpRequest) -> JsonResponse | None:
    """Answer a phone that asks who it may send for: a fresh token, or that somebody has to sign in. None: it is sending."""
    if not request.user.is_authenticated:
        return JsonResponse({"why": _("Xin đăng nhập lại để gửi.")}, status=401)
    if request.method != "POST":
        return JsonResponse({"who": request.user.get_username(), "token": get_token(request)})
    return None


def send(request: HttpRequest) -> HttpResponse:
    """Take what a phone has kept. GET gives a fresh token and says whose turn it is; nothing here redirects."""
    if (turn := whose_turn(request)) is not None:
        return turn
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _wrong({name: [str(said) for said in several] for name, several in form.errors.items()})
    try:
        made = _noted(request, request.POST.get("unit", ""), form, offline=request.POST.get("offline") == "1")  # type: ignore[arg-type]  # signed in
    except NotAllowed as refusal:
        errors.note_refusal(request, refusal)
        return _wrong({"": [words.refusal(refusal)]}, status=403)
    except Refused as refusal:
        return _wrong({beside(refusal) or "": [words.refusal(refusal)]})
    return JsonResponse({"address": f"/activities/{made}/"})


def _wrong(said: dict[str, list[str]], *, status: int = 422) -> JsonResponse:
    return JsonResponse({"wrong": said}, status=status)
