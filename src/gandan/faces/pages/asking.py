"""What an address asks for: a day, a line, a view, a period. What can't be read falls back, with a sentence that says so."""

from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.ground.vietnam.numbers import parse_date_vi

T = TypeVar("T")


class Asked:
    """Reads parameters one by one and gathers what was wrong with them."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.today = localdate()
        self.wrong: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.request.GET.get(name, "").strip()

    def day(self, name: str, default: date) -> date:
        typed = self.text(name)
        if not typed:
            return default
        try:
            return date.fromisoformat(typed) if typed[:4].isdigit() else parse_date_vi(typed)
        except ValueError:
            self.wrong[name] = _("%(day)s không phải một ngày, như 22/11/2026. Xin kiểm tra lại.") % {"day": typed}
            return default

    def line(self, default: Line) -> Line:
        typed = self.text("line")
        try:
            return Line(typed) if typed else default
        except ValueError:
            self.wrong["line"] = _("Không có hệ tổ chức nào tên %(line)s.") % {"line": typed}
            return default

    def unit(self, name: str, *, beside: str = "") -> int | None:
        """The number of the unit that is named there. One that isn't known is told beside its field, or beside another."""
        try:
            return organisations.unit_meant(self.text(name), self.today).pk if self.text(name) else None
        except Refused as unknown:
            self.wrong[beside or name] = words.refusal(unknown)
            return None

    def whole(self, name: str) -> int | None:
        typed = self.text(name)
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None

    def kept(self, *without: str) -> tuple[tuple[str, str], ...]:
        """The other parameters of the page, for a form that changes some of them."""
        return tuple((name, str(value)) for name, value in self.request.GET.items() if name not in {*without, "lang"})

    def address(self, **changes: object) -> str:
        return address(dict(self.kept(*changes)), **changes)


def address(query: dict[str, str] | None = None, **changes: object) -> str:
    """A query string with some parameters changed; None and "" take one out."""
    merged: dict[str, object] = {**(query or {}), **changes}
    return "?" + urlencode({name: value for name, value in merged.items() if value is not None and value != ""})
