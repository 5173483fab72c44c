"""For everyone: what hangs where, texts to comment on, votes of households with their count and its check."""

from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, public, shelf, words
from gandan.faces.pages.democracy import said
from gandan.faces.pages.pieces import Cell, Column, Crumb, Table
from gandan.faces.pages.public import Way, there
from gandan.faces.pages.units import name_of
from gandan.faces.pages.uploads import as_saved
from gandan.ground.accounts.rules import Limit
from gandan.ground.documents.queries import attachment
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.democracy import operations, queries
from gandan.work.democracy.flow import Stage
from gandan.work.democracy.queries import ConsultationRow, DutyRow, PollRow
from gandan.work.democracy.rules.counting import Choice
from gandan.work.democracy.rules.dated import consultation_rules, duty_rules, holding, poll_rules
from gandan.work.democracy.rules.writing import DIGITS, code_of, grouped

COMMENTS = Limit("democracy.comments", 30, timedelta(hours=1))
TRIES = Limit("democracy.codes", 20, timedelta(minutes=10))  # of one address, which many may share
FLOOD = Limit("democracy.flood", 600, timedelta(minutes=1))  # of one poll, from everywhere
WRITTEN = "comment"


def duty_way(row: DutyRow) -> Way:
    due = _("hạn %(day)s") % {"day": words.day(row.due_on)}
    return Way(there("public-duty", row.id), row.title, f"{name_of(row.unit)} · {said.of_duty(row).word} · {due}")


def consultation_way(row: ConsultationRow) -> Way:
    if row.takes_comments and row.closes_on:
        when = _("góp ý đến hết %(day)s") % {"day": words.day(row.closes_on)}
    elif row.answered_on:
        when = _("trả lời ngày %(day)s") % {"day": words.day(row.answered_on)}
    else:
        when = _("trả lời chậm nhất %(day)s") % {"day": words.day(row.answer_by)} if row.answer_by else ""
    return Way(there("public-consultation", row.id), row.title, f"{name_of(row.unit)} · {when}")


def poll_way(row: PollRow) -> Way:
    when = _("đến hết %(day)s") % {"day": words.day(row.closes_on)} if row.takes_ballots else said.of_poll(row).word
    return Way(there("public-vote", row.id), row.title, f"{row.neighbourhood}, {name_of(row.area)} · {when}")


@require_safe
@shelf.keep(30)
def overview(request: HttpRequest) -> HttpResponse:
    """What people are asked about and decide now, and what they should have been told and were not."""
    on = localdate()
    asked, votes = queries.consultations(on), queries.polls(on)
    return public.page(
        request,
        "public/democracy/overview.html",
        {
            "asked": [(consultation_way(row), said.of_consultation(row)) for row in asked],
            "votes": [(poll_way(row), said.of_poll(row)) for row in votes],
            "late": [(duty_way(row), said.of_duty(row)) for row in queries.overdue_everywhere(on)],
        },
    )


@require_safe
@shelf.keep(30)
def duty(request: HttpRequest, number: int) -> HttpResponse:
    """Something that must be published: where it hangs, since when, with what to look at; where it is missing."""
    try:
        row = queries.shown_duty(number, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân biết, dân bàn"), there("public-democracy")),))
    proofs = [
        (said.PLACES[one.place], one, there("public-duty-photo", row.id, one.place.value) if one.photo else "")
        for one in row.proofs
    ]
    context = {"row": row, "mark": said.of_duty(row), "rule": said.duty_rule(row.rule), "proofs": proofs,
               "verified": said.is_verified(duty_rules, row.rule),
               "missing": said.places(row.missing)}  # fmt: skip
    return public.page(request, "public/democracy/duty.html", context)


@require_safe
def photo(request: HttpRequest, number: int, place: str) -> FileResponse:
    """The photograph of a board."""
    try:
        return as_saved(attachment(queries.proof_photo(number, place)))
    except Refused as refused:
        raise Http404 from refused


@require_safe
@shelf.keep(30)
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """A text, paragraph by paragraph, with what people say of it and what they are answered."""
    try:
        shown = queries.consultation(number, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân biết, dân bàn"), there("public-democracy")),))
    opened = shown.row.opened_on or localdate()
    context = {
        "shown": shown,
        "row": shown.row,
        "rule": said.consultation_rule(shown.row.rule),
        "follows": next((one for one in holding(consultation_rules(), opened) if one.code == shown.row.rule), None),
        "mark": said.of_consultation(shown.row),
        "answered": shown.row.stage is Stage.ANSWERED,
        "hidden": [(many, said.WHY_HIDDEN[why]) for why, many in shown.hidden.items()],
    }
    return public.page(request, "public/democracy/consultation.html", context)


def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Say something about a paragraph. No name, no account; a code leads back to it."""
    on, wrong = localdate(), {}
    typed = {name: request.POST.get(name, request.GET.get(name, "")) for name in ("position", "words")}
    try:
        shown = queries.consultation(number, on)
        if request.method == "POST":
            if public.too_often(request, (COMMENTS, "")):
                return public.page(request, "public/wait.html", {}, status=429)
            code = code_of(request.POST.get("code", ""))
            position = int(typed["position"]) if typed["position"].isdigit() and len(typed["position"]) < 6 else 0
            operations.comment(
                consultation=number, position=position, words=typed["words"], code=code, by=organisations.public(), on=on
            )
            if request.headers.get("X-Kept"):  # written without a network, sent by a script
                return JsonResponse({"done": True})
            public.keep_code(request, WRITTEN, code)
            return redirect("public-comment-sent")
    except queries.UnknownConsultation as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân biết, dân bàn"), there("public-democracy")),))
    except Refused as refused:
        wrong = {str(refused.params.get("field", "words")): words.refusal(refused)}
    if wrong and request.headers.get("X-Kept"):
        return JsonResponse({"wrong": wrong}, status=422)
    parts = [(part.position, f"{part.position}. {part.words[:80]}") for part in shown.parts]
    chosen = next((part for part in shown.parts if str(part.position) == typed["position"]), shown.parts[0])
    context = {"row": shown.row, "parts": parts, "chosen": chosen, "typed": typed, "wrong": wrong,
               "code": request.POST.get("code") or public.new_code()}  # fmt: skip
    return public.page(request, "public/democracy/comment.html", context, status=422 if wrong else 200)


@require_safe
def comment_sent(request: HttpRequest) -> HttpResponse:
    code = public.kept_code(request, WRITTEN)
    if not code:
        return redirect("public-democracy")
    own = queries.own_comments(code, localdate())
    return public.page(request, "public/democracy/comment_sent.html", {"code": grouped(code), "own": own[-1]})


def own_comment(request: HttpRequest) -> HttpResponse:
    """What became of one's own comment, by its code."""
    typed, wrong, found = request.POST.get("code", ""), "", []
    if request.method == "POST":
        if public.too_often(request, (TRIES, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        try:
            found = queries.own_comments(typed, localdate())
        except Refused as refused:
            wrong = words.refusal(refused)
    shown = [(one, said.SHOWINGS[one.showing], said.WHY_HIDDEN[one.why] if one.why else "") for one in found]
    context = {"typed": typed, "wrong": wrong, "found": shown}
    return public.page(request, "public/democracy/own_comment.html", context, status=422 if wrong else 200)


@require_safe
@shelf.keep(20)
def vote(request: HttpRequest, number: int) -> HttpResponse:
    """A question put to households: how many have voted, and once it is closed the count and how to check it."""
    try:
        row = queries.poll(number, localdate())
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân biết, dân bàn"), there("public-democracy")),))
    context = {
        "row": row,
        "mark": said.of_poll(row),
        "rule": said.poll_rule(row.rule),
        "verified": said.is_verified(poll_rules, row.rule),
        "threshold": said.threshold(row),
        "table": _counted(row) if row.outcome else None,
    }
    return public.page(request, "public/democracy/vote.html", context)


def _counted(row: PollRow) -> Table:
    given = ((Choice.FOR, row.count.in_favour), (Choice.AGAINST, row.count.against), (Choice.NEITHER, row.count.neither))
    columns = (Column(_("Lựa chọn"), head=True), Column(_("Số hộ"), number=True), Column(_("Trên tổng số hộ"), number=True))
    whole = row.count.households
    lines = [
        (
            Cell(said.CHOICES[choice]),
            Cell(words.number(many)),
            Cell(f"{words.number(100 * many / whole, 1)}%"),
        )
        for choice, many in given
    ]
    left = whole - row.count.ballots
    lines.append((Cell(_("Không bỏ phiếu")), Cell(words.number(left)), Cell(f"{words.number(100 * left / whole, 1)}%")))
    return Table.of(_("Kết quả kiểm phiếu"), columns, lines, shown=True)


@require_safe
def ballots(request: HttpRequest, number: int) -> HttpResponse:
    """The list of all ballots of a vote that is decided: marks and choices, nothing of whose they are."""
    try:
        text = queries.published_ballots(number, localdate())
    except Refused as refused:
        raise Http404 from refused
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="phieu-{number}.csv"'
    return response


def ballot(request: HttpRequest, number: int) -> HttpResponse:
    """Use one's ballot, by the code on the household's slip."""
    on, wrong = localdate(), {}
    typed = {name: request.POST.get(name, "") for name in ("code", "choice")}
    try:
        row = queries.poll(number, on)
        if request.method == "POST":
            if public.too_often(request, (TRIES, ""), (FLOOD, str(number))):
                return public.page(request, "public/wait.html", {}, status=429)
            if typed["choice"] not in set(Choice):
                wrong["choice"] = _("Xin chọn một trong ba.")
            else:
                mark = operations.vote(
                    poll=number, code=typed["code"], choice=Choice(typed["choice"]), by=organisations.public(), on=on
                )
                return public.page(request, "public/democracy/ballot_given.html", {"row": row, "mark": mark})
    except queries.UnknownPoll as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân biết, dân bàn"), there("public-democracy")),))
    except Refused as refused:
        wrong[str(refused.params.get("field", "code"))] = words.refusal(refused)
    context = {"row": row, "choices": said.CHOICES.items(), "typed": typed, "wrong": wrong, "digits": DIGITS}
    return public.page(request, "public/democracy/ballot.html", context, status=422 if wrong else 200)
