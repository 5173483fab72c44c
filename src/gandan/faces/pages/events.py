"""The events behind a figure: newest first, narrowed, as a file, and down to the record for those who may see it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, facets, figuring, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.dossiers import procedure_names
from gandan.faces.pages.figuring import Look, look, period_name, said
from gandan.faces.pages.measures import may_see, nowhere, unit_asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.documents.tables import defused
from gandan.ground.organisations import queries as organisations
from gandan.results.measures import queries as measures
from gandan.work.dossiers import queries as dossiers

PAGE = 50


@login_required
@errors.told()
def events(request: SignedIn, code: str) -> HttpResponse:
    """What was counted, newest first, down to the record for those who may see it."""
    asked = Asked(request)
    unit = unit_asked(request, asked)
    measure = measures.measure(code)
    if unit is None:
        return nowhere(request)
    may_see(request, unit)
    wanted, chosen = _filter(asked)
    looking = look(asked, unit)
    found = measures.events(
        code, unit.id, looking.period, line=looking.line, view=looking.view, wanted=wanted, before=_cursor(asked), limit=PAGE + 1
    )
    shown = found[:PAGE]
    links = _records(request, shown)
    following = ""
    if len(found) > PAGE:
        day, number = measures.key(shown[-1])
        following = asked.address(cursor=f"{day.isoformat()}_{number}")
    told = measures.explain(code)
    return render(
        request,
        "measures/events.html",
        {
            "crumbs": (
                Crumb(_("Số liệu"), looking.address("/measures/")),
                Crumb(said(measure), looking.address(f"/measures/{code}/")),
                Crumb(_("Các lượt ghi nhận")),
            ),
            "name": said(measure),
            "sort": measure.sort,
            "unit": unit,
            "look": looking,
            "period_words": period_name(looking.period),
            "table": _events(code, looking, shown, links),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
            "period": figuring.period_picker(looking),
            "view": figuring.view_switch(looking),
            "chosen": chosen,
            "csv_href": "csv/" + asked.address(cursor=None),
            "facet_filters": _facet_filters(told, chosen),
            "kept": asked.kept("cursor", *(f"f.{name}" for name in told.facets)),
        },
    )


def _events(code: str, looking: Look, found: Iterable[measures.Behind], links: dict[int, str]) -> Table:
    names = procedure_names()
    rows = [
        (
            Cell(words.day(one.event.day)),
            Cell(words.said(one.sentence), mark=MARKS["correction"] if one.event.sign < 0 else None),
            Cell(name_of(one.unit), looking.address(f"/units/{one.unit.code}/", unit=None)),
            Cell(facets.written(one.event.facets, names)),
            Cell(f"{one.weight:+d}".replace("-", "−")),
            Cell(words.number(one.event.amount) if one.event.amount is not None else ""),
            Cell(_("Mở hồ sơ"), links[one.event.id]) if one.event.id in links else Cell(),
        )
        for one in found
    ]
    columns = (
        Column(_("Ngày"), number=True),
        Column(_("Việc"), head=True),
        Column(_("Đơn vị")),
        Column(_("Chi tiết")),
        Column(_("Tính"), number=True),
        Column(_("Số lượng"), number=True),
        Column(_("Bản ghi")),
    )
    sealed = State(
        _("Chỉ đếm, không mở từng lượt"),
        _("Đây là điều người dân nói mà không ghi tên; mở từng lượt thì có thể đoán ra ai."),
        icon="lock",
    )
    empty = State(
        _("Không có lượt ghi nhận nào khớp"),
        _("Thử bỏ bớt điều kiện lọc, hoặc chọn kỳ dài hơn."),
        icon="inbox",
        actions=(Crumb(_("Bỏ mọi điều kiện"), looking.address("")),),
    )
    return Table.of(_("Các lượt ghi nhận, mới nhất trước"), columns, rows, empty=sealed if code in measures.SEALED else empty)


def _records(request: SignedIn, found: Iterable[measures.Behind]) -> dict[int, str]:
    """Return the addresses of the records behind these events, for those only that the reader's own list has."""
    about = {
        one.event.id: one.event.about_id for one in found if one.event.about_type == "dossiers.dossier" and one.event.about_id
    }
    numbers = dossiers.numbers(set(about.values()), viewer=request.user, on=localdate()) if about else {}
    return {event: f"/dossiers/{numbers[record]}/" for event, record in about.items() if record in numbers}


def _filter(asked: Asked) -> tuple[measures.Filter, dict[str, str]]:
    chosen = {name.removeprefix("f."): value for name, value in asked.kept() if name.startswith("f.") and value}
    at = asked.text("at_unit")
    return measures.Filter(kind=asked.text("kind"), facets=chosen, unit=organisations.unit_id(at) if at else None), chosen


def _facet_filters(told: measures.Explained, chosen: dict[str, str]) -> list[tuple[str, Words, list[tuple[str, Words, bool]]]]:
    return [
        (
            name,
            facets.name(name),
            [(value, facets.value(name, value), chosen.get(name) == value) for value in facets.values(name)],
        )
        for name in told.facets
        if facets.values(name)
    ]


def _cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None


@login_required
@errors.told()
def events_csv(request: SignedIn, code: str) -> HttpResponse | StreamingHttpResponse:
    """The same as a file, streamed; it opens in a spreadsheet with its accents.

    A file can't say that a period was not understood and another is shown, so then it is the page that answers.
    """
    asked = Asked(request)
    unit = unit_asked(request, asked)
    measures.measure(code)
    if unit is None:
        return nowhere(request)
    may_see(request, unit)
    wanted, _chosen = _filter(asked)
    looking = look(asked, unit)
    if looking.wrong:
        return redirect(f"{reverse('measure-events', args=(code,))}?{request.GET.urlencode()}")
    found = measures.all_events(code, unit.id, looking.period, line=looking.line, view=looking.view, wanted=wanted)
    response = StreamingHttpResponse(_csv(found, get_language() or "vi"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}_{unit.code}_{looking.period.label.replace("..", "_")}.csv"'
    return response


class _Line:
    """What csv.writer writes to: each line comes back from the call."""

    def write(self, text: str) -> str:
        return text


def _csv(found: Iterable[measures.Behind], language: str) -> Iterator[str]:
    with override(language):
        writer = csv.writer(_Line())
        head = [
            gettext("Số"),
            gettext("Ngày"),
            gettext("Việc"),
            gettext("Mã đơn vị"),
            gettext("Đơn vị"),
            gettext("Chi tiết"),
            gettext("Tính"),
            gettext("Số lượng"),
        ]
        rows = (
            [
                one.event.id,
                one.event.day.isoformat(),
                defused(one.sentence(language)),
                one.unit.code,
                defused(one.unit.name),
                "; ".join(f"{name}={value}" for name, value in sorted(one.event.facets.items())),
                one.weight,
                "" if one.event.amount is None else one.event.amount,
            ]
            for one in found
        )
        yield "\ufeff"
        yield str(writer.writerow(head))
        for row in rows:
            yield str(writer.writerow(row))
