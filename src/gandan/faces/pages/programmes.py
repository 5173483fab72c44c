"""Programmes that bodies signed together: what they say, and their indicators against time."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, figuring, words
from gandan.faces.pages.asking import Asked, address
from gandan.faces.pages.figuring import said, unit_of, view_switch, written
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Cell, Column, Crumb, State, Table, Words
from gandan.faces.pages.task_words import EVERY
from gandan.faces.pages.units import name_of
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY, Line
from gandan.results.measures.rules import Share, Status
from gandan.results.programmes import queries as programmes
from gandan.results.programmes.queries import ContentRows, IndicatorRow, Progress, Year
from gandan.results.programmes.rules import Standing

STANDINGS: dict[Standing, tuple[str, Words]] = {
    Standing.MET: ("kept", gettext_lazy("đạt")),
    Standing.AT_RISK: ("risk", gettext_lazy("sát mục tiêu")),
    Standing.MISSED: ("late", gettext_lazy("chưa đạt")),
}


@login_required
def programme_list(request: SignedIn) -> HttpResponse:
    today, drafts = Asked(request).today, programmes.open_drafts()
    found = [
        {
            "code": one.code,
            "title": words.named(one.title, one.title_en),
            "parties": ", ".join(words.named(party.unit.name, party.unit.name_en) for party in one.parties.all()),
            "start": one.during.lower,
            "last": one.during.upper - ONE_DAY,
            "state": _state(one, today, one.pk in drafts),
            "draft": drafts.get(one.pk),
            "signed": one.signed_on is not None,
            "open": not one.closed_on and one.during.upper > today,
        }
        for one in programmes.programmes()
    ]
    empty = State(
        _("Chưa có chương trình nào"), _("Soạn chương trình tại đây, hoặc vào sổ bằng tệp khi đã ký."), icon="target-arrow"
    )
    context = {
        "crumbs": (Crumb(_("Chương trình")),),
        "programmes": found,
        "empty": empty,
        "may_write": Right.MANAGE_PROGRAMMES in organisations.rights(request.user, today),
        "to_sign": programmes.texts_to_sign(request.user),
    }
    return render(request, "programmes/list.html", context)


def _state(one: Any, today: date, in_writing: bool) -> str:
    if one.signed_on is None and in_writing:  # of what was noted from a file the day may be unknown
        return _("đang soạn")
    return _("đã kết thúc") if one.closed_on or one.during.upper <= today else _("đang thực hiện")


@login_required
@errors.told(Crumb(gettext_lazy("Mọi chương trình"), "/programmes/"))
def programme(request: SignedIn, code: str) -> HttpResponse:
    """A programme: parties, contents, tasks, and each indicator year by year, against its target where it has one."""
    asked = Asked(request)
    found = programmes.programme(code)
    unit = _unit(request, asked, found.unit_id)
    line = Line(found.line) if unit.id == found.unit_id else None
    organisations.require(Right.READ_FIGURES, by=request.user, unit=organisations.unit(unit.code), on=asked.today)
    looking = figuring.look(asked, unit, default=f"{found.during.lower}..{found.during.upper - ONE_DAY}")
    line = line or looking.line
    told = programmes.progress(code, today=asked.today, unit=unit.id, line=line, view=looking.view)
    return render(
        request,
        "programmes/one.html",
        {
            "crumbs": (Crumb(_("Chương trình"), "/programmes/"), Crumb(code)),
            "title": words.named(found.title, found.title_en),
            "code": code,
            "unit": unit,
            "unit_name": name_of(unit),
            "programme": found,
            "wrong": looking.wrong,
            "last": told.period.last,
            "parties": [(name_of(organisations.row(party.unit_id)), party.signs_as) for party in found.parties.all()],
            "contents": [_content(rows, told, unit) for rows in told.contents],
            "view": view_switch(looking),
            "picker": {
                "ident": "unit-pick",
                "label": _("Xem riêng một đơn vị"),
                "text": "",
                "on": asked.today,
                "to": f"/programmes/{code}/" + address(None, unit="CODE"),
            },
            "simulated_targets": any(year.simulated for rows in told.contents for row in rows.rows for year in row.years),
            "whole": unit.id == found.unit_id,
            "editions": programmes.editions(found),
            "draft": programmes.open_drafts().get(found.pk),
            "plan": found.upper,
            "may_amend": _may_amend(request, found, asked.today),
            "report_href": f"/reports/new/?programme={code}&unit={unit.code}",
            "may_report": Right.WRITE_REPORTS in organisations.rights(request.user, asked.today),
        },
    )


def _may_amend(request: SignedIn, found: Any, today: date) -> bool:
    right = Right.WRITE_PLANS if found.upper_id else Right.MANAGE_PROGRAMMES
    unit = organisations.unit(organisations.row(found.unit_id, today).code)
    return not found.closed_on and organisations.may(right, by=request.user, unit=unit, on=today)


def _unit(request: SignedIn, asked: Asked, covered: int) -> organisations.UnitRow:
    """The unit asked for; else the one the programme covers, if the reader may see that; else the reader's own."""
    if asked.text("unit"):
        return organisations.row(organisations.unit_id(asked.text("unit")))
    row = organisations.row(covered)
    mine = my_unit(request)
    if mine and not organisations.may(Right.READ_FIGURES, by=request.user, unit=organisations.unit(row.code), on=asked.today):
        return mine
    return row


def _content(rows: ContentRows, told: Progress, unit: organisations.UnitRow) -> dict[str, object]:
    content = rows.content
    return {
        "number": content.number,
        "title": words.named(content.title, content.title_en),
        "text": content.text,
        "goals": [
            (goal.text, [_task(task) for task in content.tasks.all() if task.goal_id == goal.pk]) for goal in content.goals.all()
        ],
        "tasks": [_task(task) for task in content.tasks.all() if task.goal_id is None],
        "table": _table(rows.rows, told, unit),
        "reading": words.named(content.title, content.title_en),
    }


def _task(task: Any) -> dict[str, object]:
    return {
        "id": task.pk,
        "number": task.number,
        "text": words.named(task.text, task.text_en),
        "units": ", ".join(words.short(one) for one in task.units.all()),
        "due_on": task.due_on,
        "every": EVERY[task.every] if task.every else "",
        "points": [
            (point.directive.code, point.directive.number or point.directive.code, point.position) for point in task.points.all()
        ],
    }


def _table(rows: tuple[IndicatorRow, ...], told: Progress, unit: organisations.UnitRow) -> Table:
    shown = [
        (
            Cell(
                said(row.measure),
                f"/measures/{row.measure.code}/" + address(None, unit=unit.code, period=told.period.label),
                note="" if isinstance(row.measure, Share) else unit_of(row.measure),
            ),
            *(_year(row, year) for year in row.years),
            Cell(written(row.measure, row.whole), tone="" if row.whole.counted else "quiet"),
        )
        for row in rows
    ]
    columns = (
        Column(_("Chỉ tiêu"), head=True),
        *(Column(str(year.start.year), number=True) for year in told.years),
        Column(_("Cả giai đoạn"), number=True),
    )
    empty = State(_("Nội dung này chưa gắn chỉ tiêu nào"), icon="target-arrow")
    return Table.of(_("Chỉ tiêu theo năm"), columns, shown, empty=empty)


def _year(row: IndicatorRow, year: Year) -> Cell:
    if year.cell.status is Status.NO_DATA:  # said once, at the end of the row
        return Cell()
    text = written(row.measure, year.cell)
    if year.target is None:
        return Cell(text)
    tone, word = STANDINGS.get(year.standing, ("", ""))
    aim = figuring.plain(row.measure, year.target)
    note = _("mục tiêu %(target)s") % {"target": aim}
    if word:
        note = f"{note}: {word}"
    return Cell(text, tone=tone, note=note)
