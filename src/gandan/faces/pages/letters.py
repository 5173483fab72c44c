"""Letters of apology: those that wait to be signed, one with its reason, a batch as it is signed, what goes on paper."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, words
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.outbox import STATES, told
from gandan.faces.pages.pieces import MARKS, Cell, Choice, Column, Crumb, Mark, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.documents.own import BadTemplate
from gandan.ground.documents.signing import has_key
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.numbers import parse_date_vi
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import letters
from gandan.work.dossiers.queries.letters import LetterFilter, LetterRow
from gandan.work.dossiers.rules.letters import reasons

PAGE = 50
AT_ONCE = 20  # so many are signed while the head waits; the others by the worker
TABS: dict[LetterFilter, Words] = {
    LetterFilter.OWED: gettext_lazy("Chờ ký"),
    LetterFilter.PRINT: gettext_lazy("Chờ in"),
    LetterFilter.STUCK: gettext_lazy("Bị kẹt"),
    LetterFilter.SIGNED: gettext_lazy("Đã gửi"),
}
EMPTY: dict[LetterFilter, tuple[Words, Words]] = {
    LetterFilter.OWED: (gettext_lazy("Không có thư nào chờ ký"), gettext_lazy("Mọi hồ sơ đang kịp hẹn, hoặc thư đã gửi.")),
    LetterFilter.PRINT: (gettext_lazy("Không có thư nào chờ in"), gettext_lazy("Thư gửi qua thư điện tử không cần in.")),
    LetterFilter.STUCK: (gettext_lazy("Không có thư nào bị kẹt"), gettext_lazy("Thư đi đúng ngày, không lá nào nằm lại.")),
    LetterFilter.SIGNED: (gettext_lazy("Chưa gửi thư nào"), gettext_lazy("Thư đã ký sẽ hiện ở đây, kèm bản đã gửi.")),
}
STUCK: dict[str, Mark] = {
    "unsigned": Mark(gettext_lazy("chưa ký, đã quá hẹn"), "alert-circle", "late"),
    "unprinted": Mark(gettext_lazy("chưa in"), "alert-triangle", "risk"),
}


@login_required
def letter_list(request: SignedIn) -> HttpResponse:
    """The batch before the head: who is waiting for which letter, since when, and whether it can be signed."""
    asked = Asked(request)
    which = LetterFilter(asked.text("show")) if asked.text("show") in set(LetterFilter) else LetterFilter.OWED
    rows = letters.letters(request.user, asked.today, which, after=_cursor(asked), limit=PAGE + 1)
    shown = rows[:PAGE]
    following = asked.address(cursor=f"{shown[-1].after[0].isoformat()}_{shown[-1].id}") if len(rows) > PAGE else ""
    ready = letters.letters_waiting(request.user, asked.today)
    title, text = EMPTY[which]
    return render(
        request,
        "letters/list.html",
        {
            "crumbs": (Crumb(_("Thư xin lỗi")),),
            "tabs": tuple(Choice(said, asked.address(show=one.value, cursor=None), one is which) for one, said in TABS.items()),
            "which": which.value,
            "rows": [(row, _mark(row, asked.today), name_of(row.unit), _procedure(row)) for row in shown],
            "ready": set(ready),
            "ready_count": len(ready),
            "may_rule": Right.MANAGE_FORMS in organisations.rights(request.user, asked.today),
            "may_sign": Right.SIGN_LETTERS in organisations.rights(request.user, asked.today),
            "has_key": has_key(request.user.username),
            "stuck": letters.stuck(request.user, asked.today),
            "empty": None if shown else State(title, text, icon="mail", kind="good"),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
        },
    )


def _cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None


def _mark(row: LetterRow, on: date) -> Mark:
    if row.stuck:
        return STUCK[row.stuck]
    if row.sent_on:
        return MARKS["in_time"] if row.sent_on <= row.appointed_on else MARKS["done_late"]
    return MARKS["late"] if row.appointed_on < on else MARKS["today"] if row.appointed_on == on else MARKS["risk"]


def _procedure(row: LetterRow) -> str:
    return words.named(row.procedure_name, row.procedure_name_en)


@login_required
@errors.told(Crumb(gettext_lazy("Mọi thư xin lỗi"), "/letters/"))
def one(request: SignedIn, number: int) -> HttpResponse:
    """One letter: why, until when, as it would be or as it was sent, and how it went out."""
    today = localdate()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = _give_reason(request, number, today)
        if not wrong:
            notices.success(request, _("Đã ghi lý do. Thư chờ thủ trưởng ký."))
            return redirect("letter", number)
    shown = letters.letter(number, request.user, today)
    row = shown.row
    return render(
        request,
        "letters/one.html",
        {
            "crumbs": (Crumb(_("Thư xin lỗi"), "/letters/"), Crumb(row.dossier)),
            "row": row,
            "mark": _mark(row, today),
            "unit": name_of(row.unit),
            "procedure": _procedure(row),
            "reasons": [(code, said or _("lý do khác, ghi bên dưới")) for code, said in reasons().items()],
            "typed": request.POST if wrong else {"reason": row.reason, "words": row.words if row.reason == "other" else "",
                                                 "wanted": words.day(row.wanted_on) if row.wanted_on else ""},
            "wrong": wrong,
            "may_write": row.sent_on is None and Right.WRITE_DOSSIERS in organisations.rights(request.user, today),
            "sent": [(told(each), STATES[each.state.value]) for each in shown.messages],
        },
        status=422 if wrong else 200,
    )  # fmt: skip


def _give_reason(request: SignedIn, number: int, on: date) -> dict[str, str]:
    letters.letter(number, request.user, on)
    typed = request.POST.get("wanted", "").strip()
    try:
        wanted = parse_date_vi(typed) if typed else None
    except ValueError:
        return {"wanted": _("%(day)s không phải một ngày, như 22/11/2026. Xin kiểm tra lại.") % {"day": typed}}
    try:
        operations.give_reason(
            letter=number, reason=request.POST.get("reason", ""), words=request.POST.get("words", ""), wanted_on=wanted,
            by=request.user, on=on,
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refused:
        field = {"NoReason": "reason", "NoNewAppointment": "wanted"}.get(type(refused).__name__, "form")
        return {field: words.refusal(refused)}
    return {}


@login_required
@require_POST
@confirmed_recently
def sign(request: SignedIn) -> HttpResponse:
    """Sign the letters that were chosen, or all that can be: the first at once, many by the worker."""
    on = localdate()
    chosen = [int(each) for each in request.POST.getlist("letter") if each.isascii() and each.isdigit() and len(each) < 18]
    numbers = letters.letters_waiting(request.user, on) if "all" in request.POST else chosen
    try:
        asked = operations.ask_to_sign(letters=numbers, by=request.user, on=on)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Mọi thư xin lỗi"), "/letters/"),))
    operations.SigningDesk(asked.pk, request.user).sign(on, now, at_most=AT_ONCE)
    return redirect("letter-batch", asked.pk)


@login_required
@require_safe
def batch(request: SignedIn, number: int) -> HttpResponse:
    """A batch as it is signed: a result for each letter."""
    try:
        shown = letters.batch(number, request.user, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Mọi thư xin lỗi"), "/letters/"),))
    head, again = Column(_("Hồ sơ"), head=True, tight=True), Column(_("Hẹn lại"), number=True)
    columns = (head, Column(_("Người nộp")), again, Column(_("Kết quả")))
    table = Table.of(_("Kết quả từng thư"), columns, [_result(*each) for each in shown.rows])
    title = ngettext("Đã ký %(number)d thư", "Đã ký %(number)d thư", shown.signed) % {"number": shown.signed}
    context = {"crumbs": (Crumb(_("Thư xin lỗi"), "/letters/"), Crumb(title)), "title": title, "shown": shown, "table": table}
    return render(request, "letters/batch.html", context)


def _result(row: LetterRow, done: bool, code: str, said: str) -> Sequence[Cell]:
    mark = MARKS["late"] if code else MARKS["kept"] if done else MARKS["open"]
    outcome = Mark(_("không ký được") if code else _("đã ký") if done else _("đang chờ"), mark.sign, mark.tone)
    return (
        Cell(row.dossier, f"/letters/{row.id}/"),
        Cell(row.applicant),
        Cell(words.day(row.new_due_on) if row.new_due_on else ""),
        Cell(mark=outcome, note=said),
    )


@login_required
@require_safe
def pdf(request: SignedIn, number: int) -> HttpResponse:
    """A letter as it was sent; before that, as it would be."""
    on = localdate()
    try:
        shown = letters.letter(number, request.user, on)
        if shown.row.signed:
            row, made = letters.letter_pdf(number, request.user, on)
            name = row.file_name
        else:
            name, made = "du-thao.pdf", letters.preview(number, request.user, on, now().replace(microsecond=0))
    except letters.UnknownLetter as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Mọi thư xin lỗi"), "/letters/"),))
    except (Refused, BadTemplate) as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về thư này"), f"/letters/{number}/"),))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@login_required
@require_POST
def to_print(request: SignedIn) -> HttpResponse:
    """One file for the printer of all that waits, by post route; or note that it was printed."""
    on = localdate()
    waiting = [row.id for row in letters.letters(request.user, on, LetterFilter.PRINT, limit=500)]
    try:
        if "done" in request.POST:
            number = operations.note_printed(letters=waiting, by=request.user, on=on)
            noted = ngettext("Đã ghi: in %(number)d thư.", "Đã ghi: in %(number)d thư.", number)
            notices.success(request, noted % {"number": number})
            return redirect("/letters/?show=print")
        made = letters.print_file(waiting, request.user, on, now().replace(microsecond=0))
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Mọi thư xin lỗi"), "/letters/"),))
    name = f"thu-xin-loi-{on:%Y%m%d}.pdf"
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
