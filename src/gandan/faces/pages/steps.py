"""The steps of a dossier: a form for each, with what the step needs; and the way back from a slip."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Words
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.flow import FLOW, HOW_RETURNED, WHY_REFUSED, WHY_STOPPED, Need, Step
from gandan.work.dossiers.operations import ChangedMeanwhile, NeedsMore
from gandan.work.dossiers.queries import AtHand

# What follows from each step, said before it is taken.
FOLLOWS: Mapping[Step, Words] = {
    Step.RECEIVE: gettext_lazy("Thời hạn bắt đầu từ hôm nay; người nộp được hẹn ngày trả kết quả."),
    Step.REFUSE: gettext_lazy("Người nộp được trả lời bằng văn bản, nêu rõ lý do."),
    Step.START: gettext_lazy("Người nộp thấy hồ sơ đang được xử lý."),
    Step.ASK_SUPPLEMENT: gettext_lazy("Thời hạn tạm dừng từ hôm nay đến khi người nộp bổ sung đủ."),
    Step.SUPPLEMENTED: gettext_lazy("Thời hạn tính tiếp từ hôm nay; ngày hẹn lùi đúng số ngày đã dừng."),
    Step.ASK_PAYMENT: gettext_lazy("Thời hạn tạm dừng từ hôm nay đến khi người nộp thực hiện xong."),
    Step.PAID: gettext_lazy("Thời hạn tính tiếp từ hôm nay; ngày hẹn lùi đúng số ngày đã dừng."),
    Step.TAKE_BACK: gettext_lazy("Hồ sơ kết thúc mà chưa tiếp nhận."),
    Step.WITHDRAW: gettext_lazy("Hồ sơ kết thúc theo ý người nộp; không còn hẹn trả kết quả."),
    Step.STOP: gettext_lazy("Hồ sơ kết thúc mà không có kết quả; người nộp được thông báo lý do."),
    Step.FINISH: gettext_lazy("Kết quả đã có; người nộp được mời đến nhận hoặc chờ bưu điện."),
    Step.RETURN: gettext_lazy("Kết quả đã ở trong tay người nộp; hồ sơ hoàn tất."),
}
REASONS = {Step.REFUSE: WHY_REFUSED, Step.STOP: WHY_STOPPED, Step.RETURN: HOW_RETURNED}
STERN = frozenset({Step.REFUSE, Step.STOP, Step.WITHDRAW, Step.TAKE_BACK})


class StepForm(forms.Form):
    """What a step may ask for; each step shows only what it needs."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    why = forms.ChoiceField(required=False)
    papers = forms.MultipleChoiceField(required=False)
    further = forms.CharField(required=False, max_length=4000)
    amount = forms.CharField(required=False, max_length=20)
    words = forms.CharField(required=False, max_length=4000)
    answer_by = forms.DateField(
        required=False, error_messages={"invalid": gettext_lazy("Ngày này không có trong lịch. Xin kiểm tra lại.")}
    )

    def __init__(self, step: Step, held: AtHand, data: Any = None) -> None:
        super().__init__(data, initial={"seen": held.seen})
        reasons = REASONS.get(step, {})
        self.fields["why"].choices = [(code, _(name)) for code, name in reasons.items()]  # type: ignore[attr-defined]
        self.known = [str(paper.get("name", "")) for paper in held.asked]
        self.fields["papers"].choices = [(name, name) for name in self.known]  # type: ignore[attr-defined]

    def clean_amount(self) -> int:
        typed = self.cleaned_data["amount"].translate(str.maketrans("", "", ".,  đ")).strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(_("Số tiền chỉ gồm chữ số, như 200.000."))
        return int(typed or 0)

    def missing(self) -> list[dict[str, Any]]:
        """The papers that were ticked, and those that were written, a line each."""
        written = self.cleaned_data["further"].splitlines()
        return [{"name": name, "original": 1} for name in (*self.cleaned_data["papers"], *written) if name.strip()]


def _take(step: Step, form: StepForm, held: AtHand, request: SignedIn) -> None:
    typed = form.cleaned_data
    said, why = typed["words"], typed["why"]
    given = operations.Given(said, why, form.missing(), typed["amount"], how=why, answer_by=typed["answer_by"])
    operations.step(dossier=held.id, to=step, given=given, seen=typed["seen"], by=request.user, on=localdate())


FIELDS = {Need.WORDS: "words", Need.WHY: "why", Need.HOW: "why", Need.PAPERS: "further", Need.AMOUNT: "amount"}


@login_required
def step(request: SignedIn, number: str, step: str) -> HttpResponse:
    """Take one step with one dossier. What the rules refuse stands in the form, and what was typed stays."""
    if step not in set(Step) or Step(step) is Step.REGISTER:
        raise Http404
    taking = Step(step)
    held = _held(request, number)
    if isinstance(held, HttpResponse):
        return held
    form = StepForm(taking, held, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _take(taking, form, held, request)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            if isinstance(refused, ChangedMeanwhile) and _same(held, taking, form, request):
                return redirect("dossier", held.number)  # the second press of the same button
            _refuse(form, refused, held)
        else:
            messages.success(request, _("Đã ghi: %(step)s.") % {"step": _(FLOW[taking].name).lower()})
            return redirect("dossier", held.number)
    return render(
        request,
        "dossiers/step.html",
        {
            "crumbs": _crumbs(held, _(FLOW[taking].name)),
            "form": form,
            "held": held,
            "name": _(FLOW[taking].name),
            "follows": FOLLOWS[taking],
            "may": taking in held.steps,
            "stern": taking in STERN,
            "asks": {need.value for need in FLOW[taking].needs} | ({"words"} if taking in STERN else set()),
            "waits": taking in {Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT},
            "reasons": [(code, _(reason)) for code, reason in REASONS.get(taking, {}).items()],
        },
        status=409 if form.errors else 200,
    )


@login_required
def undo(request: SignedIn, number: str) -> HttpResponse:
    """Undo the step of today that was a slip."""
    held = _held(request, number)
    if isinstance(held, HttpResponse):
        return held
    wrong = ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            operations.undo(
                dossier=held.id,
                why=request.POST.get("why", ""),
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else held.seen,
                by=request.user,
                on=localdate(),
            )
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
        else:
            messages.success(request, _("Đã hoàn tác; hồ sơ trở lại như trước bước đó."))
            return redirect("dossier", held.number)
    return render(
        request,
        "dossiers/undo.html",
        {
            "crumbs": _crumbs(held, _("Hoàn tác")),
            "held": held,
            "wrong": wrong,
            "step": _(FLOW[held.last.step].name) if held.last else "",
            "reasons": [(code, _(reason)) for code, reason in operations.UNDO_REASONS.items()],
            "why": request.POST.get("why", ""),
        },
        status=409 if wrong else 200,
    )


def _crumbs(held: AtHand, here: str) -> tuple[Crumb, ...]:
    return Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(held.number, f"/dossiers/{held.number}/"), Crumb(here)


def _held(request: SignedIn, number: str) -> AtHand | HttpResponse:
    today = localdate()
    try:
        shown = dossiers.dossier(number, request.user, today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Tìm hồ sơ khác"), "/dossiers/"),))
    return dossiers.at_hand(shown.row.id, request.user, today)


def _same(held: AtHand, step: Step, form: StepForm, request: SignedIn) -> bool:
    last = held.last
    return last is not None and last.step is step and last.by == request.user.pk and held.seen == form.cleaned_data["seen"] + 1


def _refuse(form: StepForm, refused: Refused, held: AtHand) -> None:
    """Put a refusal beside its field; who was overtaken goes on from what is so now, with all that was typed."""
    form.add_error(FIELDS[refused.field] if isinstance(refused, NeedsMore) else None, words.refusal(refused))
    if isinstance(refused, ChangedMeanwhile):
        form.data = {**form.data.dict(), "papers": form.data.getlist("papers"), "seen": str(held.seen)}  # type: ignore[attr-defined]
