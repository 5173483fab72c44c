"""Figures from outside: the list, a new one with its evidence, one with its history and what the other side says to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, figuring, uploads, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, Mark, Moment, Pager, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.calendar import queries as calendar
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.numbers import parse_number_vi
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.statements import operations, queries
from gandan.results.statements.rules import StatementStatus, StatementVerdict, allowed

PAGE = 50
ROOT = Crumb(gettext_lazy("Số nêu từ ngoài"), "/statements/")
STATES: dict[StatementStatus, Mark] = {
    StatementStatus.WAITING: Mark(gettext_lazy("chờ bên kia duyệt"), "clock", "wait"),
    StatementStatus.APPROVED: Mark(gettext_lazy("đã duyệt"), "circle-check", "kept"),
    StatementStatus.REFUSED: Mark(gettext_lazy("không duyệt"), "x", "late"),
    StatementStatus.TAKEN_BACK: Mark(gettext_lazy("đã rút"), "x", ""),
    StatementStatus.CORRECTED: Mark(gettext_lazy("đã sửa bằng số khác"), "refresh", ""),
}


class StatementForm(forms.Form):
    """A figure, whose it is, what shows it. What is missing is said beside the field."""

    unit = forms.CharField(label=gettext_lazy("Mã đơn vị"), max_length=30, help_text=gettext_lazy("Như 79, CATP, W26740."))
    measure = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    period = forms.CharField(
        label=gettext_lazy("Kỳ"), max_length=40, help_text=gettext_lazy("Như 2016, Quý III/2019, 2016-01-01..2021-12-31.")
    )
    value = forms.CharField(label=gettext_lazy("Số"), max_length=24, help_text=gettext_lazy("Như 1.234 hoặc 98,5."))
    source = forms.CharField(
        label=gettext_lazy("Văn bản nguồn"), max_length=300, help_text=gettext_lazy("Số, ngày, cơ quan ban hành.")
    )
    evidence = forms.CharField(
        label=gettext_lazy("Chép lời văn bản"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Để trống nếu kèm bản quét. Không ghi tên người dân."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Lý do sửa"), max_length=1000, required=False)

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure = self.fields["measure"]
        assert isinstance(measure, forms.ChoiceField)
        measure.choices = measure_choices()
        if not correcting:
            del self.fields["reason"]


def measure_choices() -> list[tuple[str, str]]:
    """The measures that may be stated, by their groups."""
    return [
        (one.code, f"{words.said(title)}: {words.said(one.name)}")
        for group, title in GROUPS.items()
        for one in CATALOGUE.values()
        if one.group == group and allowed(one)
    ]


def tabs(here: str, waiting: int = 0) -> tuple[Choice, ...]:
    """The pages about figures from outside."""
    return (
        Choice(_("Số nêu"), "/statements/", here == "all"),
        Choice(_("Chờ bên tôi duyệt (%(number)d)") % {"number": waiting}, "/statements/?tab=answer", here == "answer"),
        Choice(_("Nơi làm việc"), "/works/", here == "works"),
        Choice(_("Đối chiếu"), "/works/totals/", here == "totals"),
    )


@login_required
@require_safe
def statement_list(request: SignedIn) -> HttpResponse:
    """The last stated first; or what waits for the reader's side."""
    asked = Asked(request)
    if not organisations.visible_units(Right.READ_FIGURES, request.user, asked.today):
        return errors.no_right(request)
    waiting = queries.to_answer(request.user, asked.today)
    answer = asked.text("tab") == "answer"
    found = waiting if answer else queries.statements(
        request.user, asked.today, unit=asked.text("unit"), measure=asked.text("measure"), before=asked.whole("before"),
        limit=PAGE,
    )  # fmt: skip
    more = asked.address(before=found[-1].id) if not answer and len(found) == PAGE else ""
    empty = State(
        _("Không có số nào chờ duyệt") if answer else _("Chưa nêu số nào từ ngoài"),
        _("Việc làm trên hệ thống thì đếm từ sổ cái. Số của việc làm nơi khác, của những năm trước thì nêu ở đây, kèm chứng cứ."),
        icon="file-text",
    )
    return render(
        request,
        "statements/list.html",
        {
            "crumbs": (Crumb(_("Số nêu từ ngoài")),),
            "tabs": tabs("answer" if answer else "all", len(waiting)),
            "table": _table(found, empty),
            "pager": Pager(len(found), asked.address(before=None) if asked.text("before") else "", more),
            "may_state": Right.STATE_FIGURES in organisations.rights(request.user, asked.today),
        },
    )


def _table(found: list[queries.StatementRow], empty: State) -> Table:
    rows = [
        (
            Cell(words.said(one.measure.name), f"/statements/{one.id}/"),
            Cell(name_of(one.unit)),
            Cell(figuring.period_name(one.period)),
            Cell(figuring.plain(one.measure, one.value), mark=MARKS["simulated"] if one.simulated else None),
            Cell(one.source),
            Cell(mark=STATES[one.status]),
        )
        for one in found
    ]
    columns = (
        Column(_("Chỉ tiêu"), head=True), Column(_("Đơn vị")), Column(_("Kỳ")), Column(_("Số nêu"), number=True),
        Column(_("Văn bản nguồn")), Column(_("Tình trạng")),
    )  # fmt: skip
    return Table.of(_("Số nêu từ ngoài, mới trước"), columns, rows, empty=empty)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """State a figure, or state it anew in the place of one that was approved. Refusals stand in the form."""
    asked, own = Asked(request), my_unit(request)
    if Right.STATE_FIGURES not in organisations.rights(request.user, asked.today):
        return errors.no_right(request)
    try:
        old = queries.statement(asked.whole("corrects") or 0, request.user, asked.today) if asked.text("corrects") else None
    except Refused as refused:
        return errors.refused(request, refused, actions=(ROOT,))
    begun = {
        "unit": old.unit.code if old else asked.text("unit") or (own.code if own else ""),
        "measure": old.measure if old else asked.text("measure"),
        "period": old.label if old else asked.text("period"),
        "source": old.source if old else "",
    }
    form, status = StatementForm(request.POST or None, initial=begun, correcting=old is not None), 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _state(request, form.cleaned_data, old.pk if old else None, asked)
        except ValueError:
            form.add_error("value", _("Đây không phải một số, như 1.234 hoặc 98,5."))
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã nêu số này. Bên kia duyệt thì mới dùng trong báo cáo."))
            return redirect("statement", made.pk)
    status = 422 if form.errors else status
    context = {"crumbs": (ROOT, Crumb(_("Nêu số"))), "form": form, "old": old}
    return render(request, "statements/new.html", context, status=status)


def _state(request: SignedIn, typed: dict[str, str], corrects: int | None, asked: Asked) -> Any:
    unit = organisations.unit(typed["unit"])
    file: Any = request.FILES.get("file")
    return operations.state(
        unit=unit, code=typed["measure"], period=calendar.period(unit, typed["period"]), value=parse_number_vi(typed["value"]),
        source=typed["source"], evidence=typed["evidence"], file=file, file_name=file.name if file else "", corrects=corrects,
        reason=typed.get("reason", ""), simulated=settings.SIMULATED, by=request.user, on=asked.today,
    )  # fmt: skip


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """A stated figure: what shows it, what was stated of it before, and what the other side says."""
    asked, wrong = Asked(request), ""
    try:
        found = queries.statement(number, request.user, asked.today)
        if request.method == "POST":
            _answer(request, found, asked)
            return redirect("statement", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownStatement as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    row = queries.statement_row(found)
    waits = row.status is StatementStatus.WAITING
    states = organisations.may(Right.STATE_FIGURES, by=request.user, unit=found.unit, on=asked.today)
    return render(
        request,
        "statements/one.html",
        {
            "crumbs": (ROOT, Crumb(words.said(row.measure.name))),
            "row": row,
            "name": words.said(row.measure.name),
            "unit_of": figuring.unit_of(row.measure),
            "value": figuring.plain(row.measure, row.value),
            "period": figuring.period_name(row.period),
            "mark": STATES[row.status],
            "files": queries.evidence_of(found),
            "moments": _moments(found.unit_id, row),
            "may_answer": waits and any(each.id == number for each in queries.to_answer(request.user, asked.today)),
            "may_take_back": waits and states,
            "may_correct": row.status is StatementStatus.APPROVED and states,
            "wrong": wrong,
            "typed": request.POST,
        },
        status=422 if wrong else 200,
    )


def _answer(request: SignedIn, found: Any, asked: Asked) -> None:
    hand: dict[str, Any] = {"statement": found, "by": request.user, "on": asked.today}
    match request.POST.get("do", ""):
        case "take_back":
            operations.take_back_statement(**hand)
        case "approve":
            operations.answer_statement(answer=StatementVerdict.APPROVED, **hand)
        case _:
            operations.answer_statement(answer=StatementVerdict.REFUSED, reason=request.POST.get("reason", "")[:2000], **hand)


def _moments(unit: int, row: queries.StatementRow) -> list[Moment]:
    """All that was ever stated of this figure and how it was answered, the newest first."""
    found = []
    for each in queries.stated_of(unit, row.measure.code, row.period):
        value = figuring.plain(each.measure, each.value)
        if each.answered_on:
            sentence = f"{STATES[each.status].word}: {value}"
            found.append(Moment(each.answered_on, sentence, each.answered_by, each.reason if each.status == "refused" else ""))
        said = each.reason if each.corrects else each.source
        stated = _("Nêu lại %(value)s") if each.corrects else _("Nêu %(value)s")
        found.append(Moment(each.stated_on, stated % {"value": value}, each.stated_by, said))
    return found


@login_required
@require_safe
def evidence(request: SignedIn, number: int, token: str) -> HttpResponseBase:
    """A scanned page of a statement."""
    try:
        found = queries.statement(number, request.user, localdate())
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    file = next((each for each in queries.evidence_of(found) if each.token == token), None)
    if file is None:
        return errors.not_found(request)
    return uploads.served(file)
