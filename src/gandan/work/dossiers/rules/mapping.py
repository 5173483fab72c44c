"""What the columns of somebody's file mean: the mapping that goes with an import."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time, tzinfo
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gandan.ground.calendar.rules import Term, parse_term
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import fold, nfc

REQUIRED = ("source_number", "procedure", "unit", "received_on")
FIELDS = (
    *REQUIRED,
    "applicant",
    "channel",
    "due_on",
    "finished_on",
    "finished_unit",
    "withdrawn_on",
    "refused_on",
    "started_on",
    "supplement_asked_on",
    "supplemented_on",
    "payment_asked_on",
    "paid_on",
    "stopped_on",
    "returned_on",
    "letter_owed_on",
    "letter_sent_on",
    "letter_new_due_on",
    "delivery_handed_on",
    "delivery_settled_on",
    "delivery_outcome",
    "tracking",
)
TAKES = frozenset({"same", "first", "last", "min", "max"})
SOURCE_KEYS = frozenset({"column", "value", "values", "take", "where", "opening"})
WRITTEN = "written"
MAPPING_KEYS = frozenset({"fields", "case", "time_zone", "term", "encoding", "delimiter", "sheet", "about"})


class BadMapping(Refused):
    """The mapping itself can't be understood; says where."""


class MissingColumns(Refused):
    """The file has no column of the name that the mapping gives."""


@dataclass(frozen=True)
class Source:
    """Where one field of a dossier comes from: a column, or one value for all rows.

    `values` translates what is written there. Where a file has several rows for a dossier, `take` says which of them speaks
    (`same`: they must agree), and `where` keeps those rows in which another column has one of the given values.
    """

    column: str = ""
    value: str = ""
    values: Map[str, str] = field(default_factory=dict)
    take: str = "same"
    where: tuple[str, frozenset[str]] | None = None
    opening: time | None = None


@dataclass(frozen=True)
class Mapping:
    """What a file's columns mean. `case` is set where several rows tell of one dossier (an event log)."""

    sources: Map[str, Source]
    case: str = ""
    time_zone: tzinfo | None = None  # None: the city's
    as_written: bool = False  # a moment counts for the day that is written, whatever its zone
    term: Term | None = None  # None: the procedure's
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""  # of a workbook; empty: the first that holds a table


@dataclass(frozen=True)
class Bound:
    """A mapping with the columns of one file found: by field, the index of its column or -1, and that of its condition."""

    mapping: Mapping
    header: tuple[str, ...]
    columns: Map[str, int]
    conditions: Map[str, int]
    case: int

    def names(self) -> dict[str, str]:
        """Return how the file itself calls each field, for messages."""
        return {name: self.header[at] if at >= 0 else name for name, at in self.columns.items()}


def read_mapping(data: Any) -> Mapping:
    """Build a mapping from what a YAML or JSON file holds.

    :raises BadMapping: naming the place and what may stand there
    """
    if not isinstance(data, dict):
        raise BadMapping(gettext_noop("Tệp ánh xạ phải là một bảng có mục “fields”."))
    _known(data, MAPPING_KEYS, "")
    fields = data.get("fields")
    if not isinstance(fields, dict):
        raise BadMapping(gettext_noop("Tệp ánh xạ thiếu mục “fields”."))
    _known(fields, frozenset(FIELDS), "fields.")
    sources = {name: _source(name, spec) for name, spec in fields.items()}
    if missing := [name for name in REQUIRED if name not in sources]:
        raise BadMapping(gettext_noop("Tệp ánh xạ thiếu trường bắt buộc: {fields}."), fields=", ".join(missing))
    return Mapping(
        sources=sources,
        case=_text(data.get("case", ""), "case"),
        time_zone=None if data.get("time_zone") == WRITTEN else _zone(data.get("time_zone")),
        as_written=data.get("time_zone") == WRITTEN,
        term=_term(data.get("term")),
        encoding=_text(data.get("encoding", ""), "encoding"),
        delimiter=_delimiter(data.get("delimiter", "")),
        sheet=_text(data.get("sheet", ""), "sheet"),
    )


def as_kept(data: Any) -> Any:
    """Return a mapping as it is kept, to be known again: in JSON, where YAML's dates and numbers for keys are text."""
    if isinstance(data, dict):
        return {str(key): as_kept(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_kept(each) for each in data]
    return data if data is None or isinstance(data, bool | int | float | str) else str(data)


def bind(mapping: Mapping, header: Sequence[str]) -> Bound:
    """Find the mapping's columns in a file's header; accents, capitals and blanks around don't matter where no two are alike.

    :raises MissingColumns: naming those that aren't there and those that are
    """
    wanted = {source.column for source in mapping.sources.values() if source.column}
    wanted |= {source.where[0] for source in mapping.sources.values() if source.where}
    wanted |= {mapping.case} - {""}
    found = {name: _find(name, header) for name in wanted}
    if missing := sorted(name for name, at in found.items() if at < 0):
        near = {name: get_close_matches(name, header, n=1, cutoff=0.5) for name in missing}
        named = ", ".join(f"{name} ({near[name][0]}?)" if near[name] else name for name in missing)
        raise MissingColumns(
            gettext_noop("Tệp không có cột: {missing}. Các cột có trong tệp: {header}. Sửa tiêu đề của tệp hoặc tệp ánh xạ."),
            missing=named,
            header=", ".join(header),
        )
    return Bound(
        mapping=mapping,
        header=tuple(header),
        columns={name: found[source.column] if source.column else -1 for name, source in mapping.sources.items()},
        conditions={name: found[source.where[0]] for name, source in mapping.sources.items() if source.where},
        case=found[mapping.case] if mapping.case else -1,
    )


def _find(name: str, header: Sequence[str]) -> int:
    exact = [at for at, column in enumerate(header) if column == name]
    if not exact:
        exact = [at for at, column in enumerate(header) if fold(column) == fold(name)]
    return exact[0] if len(exact) == 1 else -1


def _source(name: str, spec: Any) -> Source:
    at = f"fields.{name}"
    if isinstance(spec, str):
        return Source(column=nfc(spec).strip())
    if not isinstance(spec, dict):
        raise BadMapping(gettext_noop("{at}: ghi tên cột, hoặc một bảng có “column” hay “value”."), at=at)
    _known(spec, SOURCE_KEYS, f"{at}.")
    column, value = nfc(_text(spec.get("column", ""), at)).strip(), _text(spec.get("value", ""), at)
    if bool(column) == bool(value):
        raise BadMapping(gettext_noop("{at}: ghi tên cột, hoặc một bảng có “column” hay “value”."), at=at)
    take = _text(spec.get("take", "same"), at)
    if take not in TAKES:
        raise BadMapping(gettext_noop("{at}.take: chỉ nhận {allowed}."), at=at, allowed=", ".join(sorted(TAKES)))
    values = spec.get("values", {})
    if not isinstance(values, dict):
        raise BadMapping(gettext_noop("{at}.values: là bảng từ giá trị trong tệp sang mã."), at=at)
    return Source(
        column,
        value,
        {fold(str(key)): str(code) for key, code in values.items()},
        take,
        _where(at, spec.get("where")),
        _opening(at, spec),
    )


def _where(at: str, spec: Any) -> tuple[str, frozenset[str]] | None:
    if spec is None:
        return None
    if not isinstance(spec, dict) or set(spec) != {"column", "in"} or not isinstance(spec["in"], list):
        raise BadMapping(gettext_noop("{at}.where: cần “column” và danh sách “in”."), at=at)
    return nfc(str(spec["column"])).strip(), frozenset(fold(str(each)) for each in spec["in"])


def _opening(at: str, spec: Map[str, Any]) -> time | None:
    if "opening" not in spec:
        return None
    written = spec["opening"]
    try:
        if isinstance(written, int):  # YAML reads an unquoted 13:30 as a number of minutes
            return time(*divmod(written, 60))
        return time.fromisoformat(str(written))
    except (ValueError, OverflowError):
        raise BadMapping(gettext_noop("{at}.opening: là giờ, như “07:30”."), at=at) from None


def _zone(name: Any) -> tzinfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise BadMapping(gettext_noop("time_zone: không có múi giờ “{name}”."), name=str(name)) from None


def _delimiter(spec: Any) -> str:
    text = _text(spec, "delimiter")
    if len(text) > 1 or text in {'"', "\r", "\n", "\0"}:
        raise BadMapping(gettext_noop("delimiter: là một ký tự, như “;”."))
    return text


def _term(spec: Any) -> Term | None:
    return None if spec is None else parse_term(_text(spec, "term"))


def _known(data: Map[str, Any], allowed: frozenset[str], at: str) -> None:
    for key in data:
        if key not in allowed:
            raise BadMapping(
                gettext_noop("Không hiểu mục “{key}”. Chỉ nhận: {allowed}."), key=f"{at}{key}", allowed=", ".join(sorted(allowed))
            )


def _text(value: Any, at: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadMapping(gettext_noop("{at}: phải là chữ."), at=at)
    return str(value)
