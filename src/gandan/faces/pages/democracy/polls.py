"""Votes of households before their keepers: the roll, slips with codes, papers handed out and read by two, the count."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.democracy import forms, said
from gandan.faces.pages.democracy.desk import HERE, crumbs, written
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.democracy import operations, queries
from gandan.work.democracy.flow import Step
from gandan.work.democracy.queries import PollKept
from gandan.work.democracy.rules.counting import Choice
from gandan.work.democracy.rules.writing import BadText, grouped


@login_required
def new(request: SignedIn) -> HttpResponse:
    on = localdate()
    form = forms.PollForm(on, request.POST or None)

    def make(unit: organisations.Unit, area: organisations.Unit) -> Any:
        return operations.prepare_poll(unit=unit, area=area, **form.cleaned_data, by=request.user, on=on)

    return written(request, form, _("Lập lần bỏ phiếu của hộ dân"), Right.KEEP_POLLS, make, "democracy-poll")


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One poll with its roll, for those of the neighbourhood and the Front who keep it."""
    on, wrong = localdate(), {}
    try:
        kept = queries.poll_kept(number, request.user, on)
        if request.method == "POST":
            return _act(request, kept)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownPoll as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Dân chủ cơ sở"), HERE),))
    except Refused as refused:
        wrong = {f"{request.POST.get('do', '')}.{refused.params.get('field', '')}": words.refusal(refused)}
    return render(request, "democracy/poll.html", _context(request, kept, wrong), status=422 if wrong else 200)


def _context(request: SignedIn, kept: PollKept, wrong: dict[str, str]) -> dict[str, Any]:
    row = kept.row
    return {
        "crumbs": crumbs(row.title),
        "row": row,
        "mark": said.of_poll(row),
        "rule": said.poll_rule(row.rule),
        "threshold": said.threshold(row),
        "kept": kept,
        "keep_as": f"{queries.POLL_SIGN}-{row.id}",
        "prepared": row.step is Step.PREPARED,
        "open": row.step is Step.OPEN,
        "roll": _roll(kept),
        "lines": request.POST.get("roll") or "\n".join(one.address for one in kept.roll),
        "choices": said.CHOICES.items(),
        "at": next((name.partition(".")[2] for name in wrong), ""),
        "wrong": {name.partition(".")[0]: text for name, text in wrong.items()},
        "typed": request.POST,
    }


def _roll(kept: PollKept) -> Table:
    columns = (Column(_("Số"), number=True), Column(_("Địa chỉ của hộ"), head=True), Column(_("Đã dùng phiếu")))
    lines = [
        (Cell(words.number(one.number)), Cell(one.address), Cell(said.VOTED[one.voted] if one.voted else _("chưa")))
        for one in kept.roll
    ]
    return Table.of(_("Danh sách hộ"), columns, lines, tall=True, empty=State(_("Chưa có hộ nào"), icon="users"))


def _act(request: SignedIn, kept: PollKept) -> HttpResponse:
    given, number = request.POST, kept.row.id
    hand: dict[str, Any] = {"poll": number, "by": request.user, "on": localdate()}
    household = int(given["number"]) if given.get("number", "").isdigit() and len(given["number"]) < 9 else 0
    if given.get("do") in {"code", "paper"} and not household:
        raise BadText(_("Xin ghi số của hộ, như trong danh sách."), field="number")
    done = _("Đã ghi.")
    match given.get("do"):
        case "roll":
            operations.set_roll(roll=given.get("roll", ""), **hand)
        case "open":
            return _slips(request, number, operations.open_poll(**hand))
        case "code":
            return _slips(request, number, [(household, operations.give_code_anew(number=household, **hand))])
        case "paper":
            operations.hand_paper(number=household, **hand)
        case "read":
            if given.get("choice") not in set(Choice):
                raise BadText(_("Xin chọn một trong ba."), field="choice")
            whole = operations.read_paper(serial=given.get("serial", ""), choice=Choice(given["choice"]), **hand)
            done = _("Hai người đọc như nhau: đã thành phiếu.") if whole else _("Đã ghi. Chờ người thứ hai đọc như vậy.")
        case "close":
            operations.close_poll(**hand)
        case "annul":
            operations.annul_poll(why=given.get("why", ""), **hand)
        case _:
            return errors.not_found(request)
    messages.success(request, done)
    return redirect("democracy-poll", number)


def _slips(request: SignedIn, number: int, codes: list[tuple[int, str]]) -> HttpResponse:
    """The slips, one a household, to be printed and cut. Shown once: only digests of the codes are kept."""
    kept = queries.poll_kept(number, request.user, localdate())
    addresses = {one.number: one.address for one in kept.roll}
    slips = [(household, addresses.get(household, ""), grouped(code)) for household, code in codes]
    link = request.build_absolute_uri(reverse("public-vote-ballot", args=(number,)))
    response = render(
        request, "democracy/slips.html", {"crumbs": crumbs(kept.row.title), "row": kept.row, "slips": slips, "link": link}
    )
    response.headers["Cache-Control"] = "no-store"
    return response
