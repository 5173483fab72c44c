"""What of a report is no longer so, for a machine and for people: figures, what came since, the lists in which it was said."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.organisations.queries import rows
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.reports import queries
from gandan.results.reports.queries import Later
from gandan.results.reports.rules import Change, Key, SheetCell

Told = tuple[str, list[str], list[list[object]]]  # title, columns, rows of a table


def differing(report: Any, *, limit: int) -> dict[str, Any]:
    """Say what differs between a report as signed and what is known now."""
    found, whole = queries.differences(report, limit=limit), queries.period_of(report)
    lists = {
        Key(each.code, each.unit_id, each.period.start, each.period.end): (one.nth, each.now)
        for one in queries.restatements(report)
        for each in one.figures
    }
    return {
        "report": report.code,
        "title": report.title,
        "unit": report.unit.code,
        "period": whole.label,
        "frozen_on": report.frozen_on,
        "posting": report.posting,
        "figures": [changed(one) | _in_words(one, whole, lists) for one in found.figures],
        "events": [_later(one) for one in found.events],
        "acts": [_later(one) for one in found.acts],
        "definitions": [
            {"measure": one.code, "signed": one.signed.formula, "now": one.now.formula if one.now else None}
            for one in found.definitions
        ],
        "more_events": found.more,
        "restated": told_before(report),
    }


def changed(one: Change) -> dict[str, Any]:
    at = one.signed or one.now
    assert at is not None
    return {
        "measure": one.key.code, "unit": at.unit_code, "name": at.unit_name, "period": at.period.label,
        "signed": one.signed.cell.value if one.signed else None, "now": one.now.cell.value if one.now else None,
        "signed_of": _parts(one.signed), "now_of": _parts(one.now),
    }  # fmt: skip


def _in_words(one: Change, whole: Period, lists: dict[Key, tuple[int, str]]) -> dict[str, Any]:
    """Period and both sides as people read them, and the list that says the same, if there is one."""
    at = one.signed or one.now
    assert at is not None
    was, now = queries.stated(one)
    nth, said = lists.get(one.key, (None, ""))
    return {
        "period_in_words": _("cả kỳ") if at.period == whole else at.period.label_vi,
        "signed_in_words": was, "now_in_words": now, "told_in": nth if said == now else None,
    }  # fmt: skip


def _parts(one: SheetCell | None) -> list[int] | None:
    """The part and the whole of a share: they may differ where its rounded value doesn't."""
    return [one.cell.part, one.cell.whole] if one and one.cell.part is not None and one.cell.whole is not None else None


def told_before(report: Any) -> list[dict[str, Any]]:
    """What the lists of differences of a report have said."""
    found = queries.restatements(report)
    units = rows({each.unit_id for one in found for each in one.figures})
    return [
        {
            "nth": one.nth, "on": one.on, "posting": one.posting, "measure": each.code, "unit": units[each.unit_id].code,
            "period": each.label, "was": each.was, "now": each.now, "events": each.events, "reason": each.reason,
        }
        for one in found
        for each in one.figures
    ]  # fmt: skip


def _later(one: Later) -> dict[str, Any]:
    event = one.event
    return {
        "event": event.id, "day": event.day, "kind": event.kind, "unit": one.unit_code, "name": one.unit_name,
        "facets": event.facets, "sign": event.sign, "corrects": event.corrects_id, "reason": event.reason, "at": event.at,
        "measures": one.measures,
    }  # fmt: skip


def tables(answer: dict[str, Any]) -> Iterator[Told]:
    """Yield the tables for people: the unit's own figures first, then those below it, then why."""
    figures = {True: [one for one in answer["figures"] if one["unit"] == answer["unit"]]}
    figures[False] = [one for one in answer["figures"] if one["unit"] != answer["unit"]]
    for own, title in ((True, _("Số liệu khác")), (False, _("Số liệu khác của đơn vị trực thuộc"))):
        if figures[own]:
            unit = [] if own else [_("Đơn vị")]
            columns = [_("Chỉ tiêu"), *unit, _("Kỳ"), _("Như đã ký"), _("Như nay biết"), _("Đã nêu ở lần điều chỉnh")]
            yield title, columns, [_figure(one, own=own) for one in figures[own]]
    columns = [_("Ngày"), _("Việc"), _("Đơn vị"), _("Thuộc chỉ tiêu"), _("Ghi lúc"), _("Lượt ghi nhận")]
    for part, title in (("events", _("Biết sau khi ký")), ("acts", _("Thay đổi tổ chức sau khi ký"))):
        if answer[part]:
            yield title, columns, [_event(one) for one in answer[part]]


def _figure(one: dict[str, Any], *, own: bool) -> list[object]:
    unit, sides = [] if own else [one["name"]], [one["signed_in_words"], one["now_in_words"]]
    return [_measure(one["measure"]), *unit, one["period_in_words"], *sides, one["told_in"] or ""]


def _event(one: dict[str, Any]) -> list[object]:
    said = KINDS[Kind(one["kind"])].sentence_vi
    what = said if one["sign"] > 0 else _("đính chính: %(what)s") % {"what": said}
    at = localtime(one["at"])
    measures = ", ".join(_measure(code) for code in one["measures"])
    return [date_vi(one["day"]), what, one["name"], measures, f"{at:%H:%M} {date_vi(at.date())}", one["event"]]


def sentences(answer: dict[str, Any]) -> Iterator[str]:
    """Yield what stands below the tables, or says that there are none."""
    if not any(answer[part] for part in ("figures", "events", "acts", "definitions")):
        yield _("Từ khi ký đến nay không có gì thay đổi.")
    elif not answer["figures"]:
        yield _("Không số nào khác: những lượt ghi đến sau bù nhau, hoặc không làm đổi số nào của báo cáo.")
    else:
        left = sum(1 for one in answer["figures"] if one["told_in"] is None)
        if left:
            yield _("%(left)s số khác chưa có danh sách điều chỉnh nào nêu. Nêu: reports restate.") % {"left": left}
        else:
            yield _("Mọi số khác đều đã được nêu trong danh sách điều chỉnh.")
    for one in answer["definitions"]:
        changed_to = {"code": one["measure"], "was": one["signed"], "now": one["now"] or "–"}
        yield _("Định nghĩa %(code)s đã đổi: khi ký là %(was)s, nay là %(now)s.") % changed_to
    if answer["more_events"]:
        yield _("Còn nữa; xem thêm bằng --limit.")


def _measure(code: str) -> str:
    return CATALOGUE[code].name.vi if code in CATALOGUE else code
