"""For everybody: who signed a paper and whether it was changed since; and the reports that two bodies have published."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gandan.faces.pages import public, report_tables, words
from gandan.faces.pages.pieces import Cell, Column, Table
from gandan.ground.accounts.rules import Limit
from gandan.ground.documents import queries as documents
from gandan.ground.documents.verifying import Signature, verify_pdf
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.results.releases.rules import Spot
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Sheet, SheetCell, SheetMeasure, number, written

PER_ADDRESS = Limit("verify.address", 30, timedelta(hours=1))
LARGEST = 25 * 2**20


def verify(request: HttpRequest) -> HttpResponse:
    """Look at the signatures of a PDF that somebody gives. The file is not kept."""
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        given = request.FILES.get("file")
        if public.too_often(request, (PER_ADDRESS, "")):
            context["wrong"], status = _("Xin chờ một lát rồi thử lại."), 429
        elif given is None or not given.size or given.size > LARGEST:
            context["wrong"], status = _("Xin chọn một tệp PDF, không quá 25 MB."), 400
        else:
            try:
                found = verify_pdf(given.read())
            except Refused as refused:
                context["wrong"], status = words.refusal(refused), 400
            else:
                kept = documents.papers_of_digest(found.digest)
                context |= {
                    "found": found,
                    "signatures": [(one, list(_said(one))) for one in found.signatures],
                    "kept": [one.number_line or one.title for one in kept],
                }
    return public.page(request, "public/verify.html", context, status=status)


def _said(one: Signature) -> list[tuple[bool, str]]:
    """What can be said of a signature: whether it is good, and in which words."""
    revoked = one.revoked_on
    return [
        (one.holds, _("Nội dung đúng như lúc ký.") if one.holds else _("Nội dung đã bị sửa, hoặc chữ ký sai.")),
        (
            one.whole,
            _("Sau đó chỉ có thêm chữ ký khác, hoặc không có gì thêm.")
            if one.whole
            else _("Sau khi ký, tệp đã bị thêm hoặc sửa."),
        ),
        (
            one.valid_then,
            _("Lúc ký, chứng thư còn hiệu lực.")
            if one.valid_then
            else _("Chứng thư đã bị thu hồi từ ngày %(day)s.") % {"day": words.day(revoked)}
            if revoked
            else _("Lúc ký, chứng thư đã hết hạn hoặc chưa có hiệu lực."),
        ),
        (
            one.trusted,
            _("Chứng thư do nơi được tin cấp.")
            if one.trusted
            else _("Chưa tin được nơi cấp chứng thư: %(issuer)s.") % {"issuer": one.issuer},
        ),
    ]


def published(request: HttpRequest) -> HttpResponse:
    """The reports that have been published, the latest first."""
    rows = [
        (
            Cell(one.title, f"/public/reports/{one.code}/"),
            Cell(one.number_line),
            Cell(report_tables.stretched(reports.period_of(one))),
            Cell(words.day(one.published_on) if one.published_on else ""),
        )
        for one in reports.published()
    ]
    columns = (Column(_("Báo cáo"), head=True), Column(_("Số")), Column(_("Kỳ")), Column(_("Công bố ngày"), number=True))
    return public.page(request, "public/reports.html", {"table": Table.of(_("Báo cáo đã công bố"), columns, rows)})


def report(request: HttpRequest, code: str) -> HttpResponse:
    """A published report: its figures, but for the smallest, who signed it, what was restated since."""
    try:
        found = reports.published_one(code)
    except Refused as refused:
        return public.page(request, "public/no_report.html", {"said": words.refusal(refused)}, status=404)
    signing = documents.signing_of("reports.report", found.pk)
    assert signing is not None
    paper, sheet = documents.papers([signing.paper_id])[signing.paper_id], reports.as_signed(found)
    now = reports.known_by_now(found, sheet)
    return public.page(
        request,
        "public/report.html",
        {
            "report": found,
            "stretch": report_tables.stretched(reports.period_of(found)),
            "signed": [
                (part.person_name, part.signs_as, organisations.row(part.unit_id).name, localtime(part.signed_at))
                for part in signing.parts
                if part.signed_at
            ],
            "digest": paper.digest,
            "tables": _tables(found, sheet, now),
            "known_on": max((one.on for one in now.values()), default=None),
            "restatements": [
                (one, [(report_tables.measure_name(each.code), each.reason) for each in one.figures])
                for one in reports.restatements(found)
            ],
        },
    )


def _tables(found: Any, sheet: Sheet, now: Mapping[Spot, reports.Known]) -> list[tuple[str, Table]]:
    shown, periods = reports.shown_of(found, sheet), reports.columns_of(found)
    headings: dict[str, list[SheetMeasure]] = {}
    for measure in sheet.table():
        headings.setdefault(measure.heading, []).append(measure)
    columns = (
        Column(_("Chỉ tiêu"), head=True),
        *(Column(reports.year_label(year), number=True) for year in sheet.years),
        Column(_("Cả kỳ"), number=True),
    )
    made = []
    for heading, measures in headings.items():
        rows = []
        for measure in measures:
            if not any(one.cell.counted for one in _along(sheet, measure.code)):
                continue  # nothing has been recorded of it yet
            cells = [
                _cell(sheet.at(measure.code, period), measure, (measure.code, name) in shown, now.get((measure.code, name)))
                for name, period in periods.items()
            ]
            rows.append((Cell(words.said(measure.name), note="" if measure.suffix else words.said(measure.unit)), *cells))
        if rows:
            made.append((heading, Table.of(heading, columns, rows)))
    return made


def _cell(one: SheetCell | None, measure: SheetMeasure, shown: bool, now: reports.Known | None) -> Cell:
    """A figure as signed, and below it as it is known by now, if that is another and not too little to be told."""
    language = "en" if words.english() else "vi"
    if one is None:
        return Cell("–")
    said = written(one.cell, measure, language) if shown or not one.cell.counted else _("không nêu")
    if now is None or now.value is None:
        return Cell(said)
    return Cell(said, note=_("nay: %(figure)s") % {"figure": number(now.value, measure, language)})


def _along(sheet: Sheet, code: str) -> list[SheetCell]:
    found = (sheet.at(code, period) for period in (*sheet.years, sheet.period))
    return [one for one in found if one is not None]
