"""Services as a data file writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gandan.ground.ledger.rules import CODE, Refused, gettext_noop


class BadService(Refused):
    """A row of the data file that can't be used; says which."""


@dataclass(frozen=True)
class ServiceData:
    code: str
    name: str
    about: str
    group: str
    since: date
    source: str
    name_en: str = ""
    about_en: str = ""
    group_en: str = ""
    words: Sequence[str] = ()
    questions: Sequence[Mapping[str, Any]] = ()
    department: str = ""
    term: str = ""
    until: date | None = None
    verified: bool = False


def read_services(data: Any) -> list[ServiceData]:
    """Read the rows of a YAML file: `services:` with a list.

    :raises BadService: naming the row and what is wrong with it
    """
    rows = data.get("services") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not rows:
        raise BadService(gettext_noop("Tệp dịch vụ phải có danh sách “services”."))
    found = []
    for nth, row in enumerate(rows, start=1):
        try:
            service = ServiceData(**row)
        except TypeError:
            raise BadService(gettext_noop("Dịch vụ thứ {nth} thiếu hoặc thừa mục."), nth=nth) from None
        if not CODE.match(service.code) or not isinstance(service.since, date):
            raise BadService(gettext_noop("Dịch vụ thứ {nth} phải có mã và ngày bắt đầu."), nth=nth)
        found.append(service)
    return found
