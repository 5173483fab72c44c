"""How a figure is asked for across a reorganised tree, as pages, programs and commands write it."""

from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.rules import AsAt, AsIs, AsWas, View


class BadView(Refused):
    """Neither as was, nor as is, nor as at a date."""


def view_named(text: str, *, today: date) -> View:
    """Read `as-was`, `as-is` or `as-at:2025-06-30`.

    :raises BadView: for anything else
    """
    name, _, day = text.strip().lower().partition(":")
    if name in {"", "as-was"} and not day:
        return AsWas()
    if name == "as-is" and not day:
        return AsIs(today)
    if name == "as-at":
        try:
            return AsAt(date.fromisoformat(day))
        except ValueError:
            pass
    raise BadView(gettext_noop("Không hiểu cách nhìn “{text}”. Chọn as-was, as-is hoặc as-at:2025-06-30."), text=text)


def view_text(view: View) -> str:
    """Write a view so that `view_named` reads it again; as is keeps no day, it is asked on each day anew."""
    match view:
        case AsWas():
            return "as-was"
        case AsIs():
            return "as-is"
        case AsAt(on):
            return f"as-at:{on.isoformat()}"
