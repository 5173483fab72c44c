"""What an import used of a log and what it left, each with the reason: for the report that a person reads."""

from collections.abc import Mapping as Map
from dataclasses import dataclass

from gandan.ground.ledger.rules import gettext_noop as _
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.rules.logs.census import NTH, Census
from gandan.work.dossiers.rules.mapping import Mapping

# Attributes in which logs name who did something: officers. They are not taken over, as nothing here follows officers' steps.
OFFICERS = ("org:resource", "resource", "responsible", "monitoringresource", "user", "originator", "handler", "assignee")
PERSONS = ("applicant", "customer", "client", "citizen", "email", "phone", "address", "birth")
WHY: dict[str, str] = {
    "officer": _("tên cán bộ: không đưa vào hệ thống"),
    "person": _("dữ liệu cá nhân không có trong tệp ánh xạ: không đưa vào hệ thống"),
    "empty": _("không có giá trị nào"),
    "nested": _("thuộc tính lồng nhau, tệp ánh xạ không dùng"),
    "unmapped": _("tệp ánh xạ không dùng"),
    "condition": _("điều kiện chọn bước"),
}
ODD: dict[str, str] = {
    "empty_traces": _("hồ sơ không có sự kiện nào: chỉ dùng thuộc tính của hồ sơ"),
    "repeated_cases": _("hồ sơ có số trùng với hồ sơ trước trong tệp: các sự kiện được gộp lại"),
    "loose": _("sự kiện không thuộc hồ sơ nào trong tệp: không dùng"),
    "without_activity": _("sự kiện không có tên bước: chỉ dùng thời điểm"),
    "without_stamp": _("sự kiện không có thời điểm: không dùng để tính ngày"),
    "unreadable_stamps": _("sự kiện có thời điểm không đọc được: hồ sơ nào cần đến thì bị từ chối"),
    "out_of_order": _("sự kiện đứng sai thứ tự thời gian: được xếp theo thời điểm"),
    "without_lifecycle": _("sự kiện không ghi lifecycle: coi như đã xong"),
    "nameless": _("thuộc tính không có khoá: bỏ qua"),
    "too_deep": _("thuộc tính lồng quá sâu: bỏ qua"),
    "shortened": _("giá trị quá dài: chỉ giữ 2.000 ký tự đầu"),
}


@dataclass(frozen=True)
class AttributeUsed:
    """One attribute of a log: what it became, or why it became nothing."""

    name: str
    kinds: tuple[str, ...]
    filled: int
    of: int
    used_as: tuple[str, ...]
    why: str  # a code of `WHY`; empty: it is used


@dataclass(frozen=True)
class ActivityUsed:
    """One activity of a log, and the fields that its moment fills."""

    name: str
    count: int
    first: int
    last: int
    used_as: tuple[str, ...]


@dataclass(frozen=True)
class Usage:
    """All of it: attributes, activities, and what is odd about the log."""

    traces: int
    cases: int
    events: int
    extensions: tuple[str, ...]
    classifiers: Map[str, str]
    attributes: tuple[AttributeUsed, ...]
    activities: tuple[ActivityUsed, ...]
    odd: Map[str, int]  # codes of `ODD`


def usage(census: Census, mapping: Mapping, activity: str) -> Usage:
    """Tell what a mapping makes of a log.

    :param activity: the attribute that names the activities
    """
    used: dict[str, list[str]] = {}
    conditions: dict[str, list[str]] = {}
    steps: dict[str, list[str]] = {}
    for name, source in mapping.sources.items():
        if source.column:
            used.setdefault(fold(source.column), []).append(name)
        if source.where:
            conditions.setdefault(fold(source.where[0]), []).append(name)
            for value in source.where[1]:
                steps.setdefault(value, []).append(name)
    if mapping.case:
        used.setdefault(fold(mapping.case), []).append("case")
    return Usage(
        traces=census.traces,
        cases=census.cases,
        events=census.events,
        extensions=tuple(dict.fromkeys(census.marks.extensions)),
        classifiers=census.marks.classifiers,
        attributes=tuple(
            AttributeUsed(
                name=seen.name,
                kinds=tuple(sorted(seen.tags)),
                filled=seen.filled,
                of=census.traces if seen.of_case else census.events,
                used_as=tuple(dict.fromkeys(used.get(fold(seen.name), []))),
                why=_why(seen.name, seen.filled, fold(seen.name) in used, fold(seen.name) in conditions),
            )
            for seen in census.columns.values()
            if seen.name != NTH
        ),
        activities=tuple(
            ActivityUsed(each.name, each.count, each.first, each.last, tuple(steps.get(fold(each.name), ())))
            for each in census.activities.get(activity, ())
        ),
        odd={code: count for code, count in _odd(census, activity).items() if count},
    )


def _odd(census: Census, activity: str) -> dict[str, int]:
    named = census.columns[activity].filled if activity in census.columns else 0
    return {
        "empty_traces": census.empty_traces,
        "repeated_cases": census.traces - census.cases,
        "loose": census.marks.loose,
        "without_activity": census.events - named,
        "without_stamp": census.without_stamp,
        "unreadable_stamps": census.unreadable_stamps,
        "out_of_order": census.out_of_order,
        "without_lifecycle": census.lifecycles.get("", 0),
        "nameless": census.marks.nameless,
        "too_deep": census.marks.too_deep,
        "shortened": census.marks.shortened,
    }


def _why(name: str, filled: int, used: bool, condition: bool) -> str:
    if used:
        return ""
    if condition:
        return "condition"
    plain = fold(name).removeprefix("case:")
    if any(word in plain for word in OFFICERS):
        return "officer"
    if any(word in plain for word in PERSONS):
        return "person"
    if not filled:
        return "empty"
    return "nested" if "/" in name else "unmapped"
