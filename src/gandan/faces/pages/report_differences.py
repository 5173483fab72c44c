"""What of a report is no longer so: as signed beside as known now and why, and the lists in which that was said."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.pieces import MARKS, Cell, Column, Table
from gandan.faces.pages.report_tables import measure_name, within
from gandan.faces.pages.report_text import Report
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.organisations import queries as organisations
from gandan.results.reports import queries as reports
from gandan.results.reports.queries import Differences, RestatedRow
from gandan.results.reports.rules import Change


@dataclass(frozen=True)
class Told:
    """A list of differences: the unit's own figures, and those of the units below it."""

    row: reports.RestatementRow
    own: Table | None
    below: Table | None


def lists(report: Report) -> list[Told]:
    """The lists of differences of a report."""
    return [_told(report, one) for one in reports.restatements(report)]


def _told(report: Report, one: reports.RestatementRow) -> Told:
    own = [each for each in one.figures if each.unit_id == report.unit_id]
    below = [each for each in one.figures if each.unit_id != report.unit_id]
    return Told(one, _restated(report, one.reason, own), _restated(report, one.reason, below, units=True))


def _restated(report: Report, reason: str, figures: list[RestatedRow], *, units: bool = False) -> Table | None:
    whole, named = reports.period_of(report), organisations.rows({each.unit_id for each in figures})
    columns = (
        Column(_("Chỉ tiêu"), head=True), Column(_("Đơn vị")), Column(_("Kỳ")), Column(_("Đã ký"), number=True),
        Column(_("Nay là"), number=True), Column(_("Lượt đến sau"), number=True), Column(_("Lý do riêng")),
    )  # fmt: skip
    rows = [
        (
            Cell(measure_name(each.code)),
            Cell(named[each.unit_id].name if units else ""),
            Cell(within(each.period, whole)),
            Cell(each.was),
            Cell(each.now),
            Cell(words.number(each.events) if each.events else ""),
            Cell("" if each.reason == reason else each.reason),
        )
        for each in figures
    ]
    return Table.of(_("Số liệu điều chỉnh"), columns, rows) if rows else None


@dataclass(frozen=True)
class Since:
    """What differs since a report was approved, as its page shows it."""

    figures: Table | None
    below: Table | None
    why: list[tuple[str, Table]]  # what was recorded later, acts on the tree, definitions
    untold: list[tuple[str, str]]  # the measures of which a list is still to be made, each once

    @property
    def same(self) -> bool:
        """Whether every figure is still what it was, whatever has happened."""
        return not (self.figures or self.below)


def since(report: Report, found: Differences) -> Since:
    own = [change for change in found.figures if change.key.unit == report.unit_id]
    below = [change for change in found.figures if change.key.unit != report.unit_id]
    untold = reports.untold(report, found.figures)
    return Since(
        _changed(report, own, untold), _changed(report, below, untold, units=True), list(_why(found)),
        [(code, measure_name(code)) for code in dict.fromkeys(change.key.code for change in untold)],
    )  # fmt: skip


def _changed(report: Report, figures: list[Change], untold: list[Change], *, units: bool = False) -> Table | None:
    whole, still = reports.period_of(report), {change.key for change in untold}
    rows = []
    for change in figures:
        at = change.signed or change.now
        assert at is not None
        was, now = reports.stated(change, "en" if words.english() else "vi")
        rows.append(
            (
                Cell(measure_name(change.key.code)),
                Cell(at.unit_name if units else ""),
                Cell(within(at.period, whole)),
                Cell(was),
                Cell(now),
                Cell(mark=None if change.key in still else MARKS["told"]),
            )
        )
    columns = (
        Column(_("Chỉ tiêu"), head=True), Column(_("Đơn vị")), Column(_("Kỳ")), Column(_("Như đã ký"), number=True),
        Column(_("Như nay biết"), number=True), Column(_("Điều chỉnh")),
    )  # fmt: skip
    return Table.of(_("Số liệu khác"), columns, rows) if rows else None


def _why(found: Differences) -> Iterable[tuple[str, Table]]:
    """Yield what was recorded later, acts on the tree, definitions: each a table under its heading."""
    if found.events:
        rows = [
            (
                Cell(words.day(one.event.day)),
                Cell(_kind_name(one.event.kind), mark=MARKS["correction"] if one.event.sign < 0 else None),
                Cell(one.unit_name),
                Cell(", ".join(measure_name(code) for code in one.measures)),
                Cell(words.moment(one.event.at)),
            )
            for one in found.events
        ]
        columns = (
            Column(_("Ngày tính"), number=True), Column(_("Việc"), head=True), Column(_("Đơn vị")), Column(_("Thuộc chỉ tiêu")),
            Column(_("Ghi vào sổ lúc"), number=True),
        )  # fmt: skip
        yield _("Lượt ghi nhận đến sau"), Table.of(_("Lượt ghi nhận đến sau"), columns, rows, tall=len(rows) > 30)
    if found.acts:
        acts = [(Cell(words.day(one.event.day)), Cell(_kind_name(one.event.kind)), Cell(one.unit_name)) for one in found.acts]
        heads = (Column(_("Ngày"), number=True), Column(_("Việc"), head=True), Column(_("Đơn vị")))
        yield _("Thay đổi trên cây tổ chức"), Table.of(_("Thay đổi trên cây tổ chức"), heads, acts)
    if found.definitions:
        meanings = [
            (
                Cell(words.said(one.signed.name)),
                Cell(words.said(one.signed.definition)),
                Cell(words.said(one.now.definition) if one.now else _("không còn")),
            )
            for one in found.definitions
        ]
        heads = (Column(_("Chỉ tiêu"), head=True), Column(_("Định nghĩa khi ký")), Column(_("Định nghĩa hiện nay")))
        yield _("Định nghĩa đã đổi"), Table.of(_("Định nghĩa đã đổi"), heads, meanings)


def _kind_name(kind: str) -> str:
    spec = KINDS[Kind(kind)]
    return words.named(spec.sentence_vi, spec.sentence_en)
