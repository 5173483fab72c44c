"""Texts that came into force, each beside the one before; and the plans that units derived, with their targets together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, figuring, naming, words
from gandan.faces.pages.figuring import said
from gandan.faces.pages.marks import MARKS
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table
from gandan.faces.pages.task_words import DRAFTS, EVERY, PARTS, aims
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes import operations, queries
from gandan.results.programmes.queries import PartRow, PlanRow
from gandan.results.programmes.rules import Change, Compared, DraftState, PartKind

ROOT = Crumb(gettext_lazy("Chương trình"), "/programmes/")
SHOWN = 5  # units that aim lower, by name
CHANGES: dict[Change, tuple[str, Any]] = {
    Change.ADDED: ("kept", gettext_lazy("mới")),
    Change.LEFT: ("late", gettext_lazy("bỏ")),
    Change.CHANGED: ("risk", gettext_lazy("sửa")),
}


@login_required
@require_safe
def edition(request: SignedIn, code: str, number: int) -> HttpResponse:
    """A text as it came into force, or what changed from the one before."""
    try:
        programme = queries.programme(code)
        rows, changes = queries.edition_rows(programme, number), queries.edition_changes(programme, number)
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    told = next(one for one in queries.editions(programme) if one.number == number)
    as_changes = request.GET.get("changes") == "1" and number > 1
    context = {
        "crumbs": (ROOT, Crumb(code, f"/programmes/{code}/"), Crumb(_("Bản %(number)d") % {"number": number})),
        "programme": programme,
        "edition": told,
        "parts": _readable(rows),
        "changes": [_changed(one) for one in changes if one.change is not Change.SAME] if as_changes else [],
        "as_changes": as_changes,
        "redefined": [
            (words.said(CATALOGUE[one.measure].name) if one.measure in CATALOGUE else one.measure, one.was, one.now)
            for one in queries.redefined(queries.edition_parts(programme, number))
        ],
        "first": number == 1,
    }
    return render(request, "programmes/edition.html", context)


def _readable(rows: Iterable[PartRow]) -> list[dict[str, Any]]:
    """The parts of a text as they are read, not written."""
    return [
        {
            "part": row,
            "text": _worded(row),
            "name": PARTS[row.kind],
            "facts": facts_of(dict(row.facts)),
            "measure": _measure(row.facts),
        }
        for row in rows
    ]


@dataclass(frozen=True)
class TextShown:
    """The text of a programme as bodies sign it: what it is called, its parts, who has signed and where the paper is."""

    title: str
    line: str
    parts: list[dict[str, Any]]
    signed: list[tuple[str, str, date | None]]  # as what, who, when
    paper: str


def text_to_sign(code: str, on: date) -> TextShown | None:
    """The text of a programme that is about to be signed; else the one in force; none where there is no such programme."""
    try:
        programme = queries.programme(code)
    except queries.UnknownProgramme:
        return None
    title = words.named(programme.title, programme.title_en)
    draft = queries.open_drafts().get(programme.pk)
    if draft is not None:
        told = queries.draft(draft, on)
        signed = [(one.signs_as, one.person_name, one.signed_on) for one in (told.signing.parts if told.signing else ())]
        return TextShown(title, told.number_line, _readable(told.parts), signed, reverse("draft-pdf", args=[draft]))
    last = next(iter(queries.editions(programme)), None)
    if last is None:
        return None
    paper = reverse("draft-pdf", args=[last.draft]) if last.draft else reverse("edition", args=[code, last.number])
    return TextShown(title, last.number_line, _readable(queries.edition_rows(programme, last.number)), [], paper)


def _measure(facts: Any) -> str:
    measure = CATALOGUE.get(str(facts.get("measure", "")))
    return said(measure) if measure else ""


def _worded(part: PartRow) -> str:
    """The words of a part; of the parties, whose lines begin with codes, their names."""
    if part.kind is not PartKind.PARTIES:
        return part.text
    lines = [line.strip().partition(" ") for line in part.text.splitlines() if line.strip()]
    return "\n".join(f"{naming.units_named([code.rstrip(',:')])}: {signs_as.strip(' ,:-')}" for code, _space, signs_as in lines)


def facts_of(facts: dict[str, Any]) -> list[tuple[Any, str]]:
    """What is said of a part besides its words, to be read."""
    told: list[tuple[Any, str]] = []
    if facts.get("units"):
        told.append((_("Đơn vị"), naming.units_named(facts["units"])))
    if facts.get("every"):
        told.append((_("Lặp lại"), str(EVERY[facts["every"]])))
    if facts.get("due_on"):
        told.append((_("Hạn"), words.day(date.fromisoformat(facts["due_on"]))))
    if facts.get("measure"):
        told.append((_("Chỉ tiêu"), _measure(facts)))
    if facts.get("targets"):
        told.append((_("Mục tiêu"), "; ".join(aims(facts))))
    return told


def _changed(one: Compared) -> dict[str, Any]:
    tone, word = CHANGES[one.change]
    return {
        "one": one, "name": PARTS[one.kind], "tone": tone, "word": word, "was": facts_of(dict(one.was_facts)),
        "now": facts_of(dict(one.facts)), "same_facts": one.was_facts == one.facts,
    }  # fmt: skip


@login_required
def plan_owed(request: SignedIn, number: int) -> HttpResponse:
    """On from a queue: to the unit's plan, where there is one, else to where it is begun."""
    try:
        code = queries.plan_owed(number)
    except queries.UnknownProgramme as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    return redirect("programme-plans", code)


@login_required
def plans(request: SignedIn, code: str) -> HttpResponse:
    """Which units have a plan of their own under a programme, which have not; and their targets together."""
    today, wrong = localdate(), ""
    try:
        programme = queries.programme(code)
        if request.method == "POST":
            unit = organisations.unit(request.POST.get("unit", ""))
            draft = operations.derive_plan(programme=programme, unit=unit, by=request.user, on=today)
            return redirect("draft", draft.pk)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownProgramme as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        programme, wrong = queries.programme(code), words.refusal(refusal)
    seen = queries.cascade(programme, today)
    mine = organisations.visible_units(Right.WRITE_PLANS, request.user, today)
    own = {one.unit for one in organisations.appointments(request.user, today)}
    rows = [_plan(row, today) for row in sorted(seen.rows, key=lambda row: row.unit.id not in own)]  # one's own comes first
    columns = (
        Column(_("Đơn vị"), head=True), Column(_("Kế hoạch")), Column(_("Hạn lập"), tight=True),
        Column(_("Từ ngày"), tight=True),
        Column(_("Còn làm"), number=True), Column(_("Quá hạn"), number=True), Column(_("Đã xong"), number=True),
    )  # fmt: skip
    ended = [_plan(row, today) for row in seen.ended]
    empty = State(_("Chưa có kế hoạch nào"), _("Kế hoạch của đơn vị lập từ chương trình khi chương trình có hiệu lực."))
    short = organisations.rows({unit for one in seen.targets for unit in one.short})
    context = {
        "crumbs": (ROOT, Crumb(code, f"/programmes/{code}/"), Crumb(_("Kế hoạch các đơn vị"))),
        "programme": programme,
        "table": Table.of(_("Đơn vị mình trước, rồi đơn vị chưa có kế hoạch"), columns, rows, empty=empty),
        "ended": Table.of(_("Kế hoạch của đơn vị đã sắp xếp"), columns, ended) if ended else None,
        "without": seen.without,
        "all": len(seen.rows),
        "targets": _targets(seen.targets, short),
        "may_derive": [
            (row.unit.code, name_of(row.unit)) for row in seen.rows if not row.code and row.unit.id in mine
        ],
        "wrong": wrong,
    }  # fmt: skip
    return render(request, "programmes/plans.html", context, status=422 if wrong else 200)


def _plan(row: PlanRow, on: date) -> tuple[Cell, ...]:
    if not row.code:
        state = Cell(mark=MARKS["no_plan"])
    elif row.in_force:
        state = Cell(mark=DRAFTS[DraftState.IN_FORCE])
    else:
        state = Cell(mark=DRAFTS[DraftState.WRITING])
    href = "" if not row.code else f"/programmes/{row.code}/" if row.in_force else f"/drafts/{row.draft}/" if row.draft else ""
    return (
        Cell(name_of(row.unit), href), state,
        Cell(words.day(row.due_on) if row.due_on else "", tone="late" if row.due_on and row.due_on < on else ""),
        Cell(words.day(row.since) if row.since else ""),
        Cell(str(row.open) if row.in_force else ""), Cell(str(row.late) if row.late else "", tone="late" if row.late else ""),
        Cell(str(row.done) if row.in_force else ""),
    )  # fmt: skip


def _targets(together: Any, short: dict[int, organisations.UnitRow]) -> Table | None:
    rows = [
        (
            Cell(said(one.measure)),
            Cell(str(one.year)),
            Cell(figuring.plain(one.measure, one.whole) if one.whole is not None else "–"),
            Cell(str(one.units)),
            Cell(figuring.plain(one.measure, one.total) if one.total is not None else
                 f"{figuring.plain(one.measure, one.lowest)} – {figuring.plain(one.measure, one.highest)}"),
            Cell(_first(one.short, short), tone="risk" if one.short else ""),
        )
        for one in together
    ]  # fmt: skip
    columns = (Column(_("Chỉ tiêu"), head=True), Column(_("Năm"), number=True), Column(_("Thành phố"), number=True),
               Column(_("Số đơn vị"), number=True), Column(_("Các đơn vị: tổng, hoặc từ – đến"), number=True),
               Column(_("Đặt thấp hơn Thành phố")))  # fmt: skip
    return Table.of(_("Mục tiêu của các đơn vị bên cạnh mục tiêu của Thành phố"), columns, rows) if rows else None


def _first(units: tuple[int, ...], rows: dict[int, organisations.UnitRow]) -> str:
    more = f" +{len(units) - SHOWN}" if len(units) > SHOWN else ""
    return ", ".join(name_of(rows[unit]) for unit in units[:SHOWN]) + more
