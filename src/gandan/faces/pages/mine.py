"""Who is reading: the units at which they hold a role, and the one they look from."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import RIGHTS, Right

CHOSEN = "unit"


class SignedIn(HttpRequest):
    """A request behind `login_required`."""

    user: Any  # a Person; faces know no models


def my_units(request: HttpRequest) -> dict[str, Any]:
    """Return `my_units` and `my_unit` for the frame: those of today's appointments, the chosen one or the first; `my_rights`."""
    kept: dict[str, Any] | None = getattr(request, "_my_units", None)
    if kept is None:
        kept = _read(request)
        request._my_units = kept  # type: ignore[attr-defined]  # read once a request
    return kept


def my_unit(request: HttpRequest) -> organisations.UnitRow | None:
    unit: organisations.UnitRow | None = my_units(request)["my_unit"]
    return unit


def body_of(request: SignedIn, right: Right) -> organisations.UnitRow:
    """Return the unit at which the reader holds a right, the one they look from first: in its name they set what holds below.

    :raises NotAllowed: if it is none
    """
    held = organisations.appointments(request.user, localdate())
    units = organisations.rows(dict.fromkeys(one.unit for one in held if one.role in RIGHTS[right]), localdate())
    if not units:
        organisations.require_anywhere(right, by=request.user, on=localdate())
    chosen = my_unit(request)
    return units[chosen.id] if chosen is not None and chosen.id in units else next(iter(units.values()))


def _read(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"my_units": (), "my_unit": None, "my_rights": frozenset(), "acting": ()}
    held = organisations.appointments(user, localdate())
    rows = organisations.rows(dict.fromkeys(one.unit for one in held), localdate()) if held else {}
    units = tuple(rows.values())
    chosen = next((unit for unit in units if unit.code == request.session.get(CHOSEN)), units[0] if units else None)
    acting = {(one.acting_for, one.end) for one in held if one.acting_for}
    names = organisations.names(person for person, _end in acting) if acting else {}
    return {
        "my_units": units,
        "my_unit": chosen,
        "my_rights": organisations.rights_of(held),
        "acting": tuple((names[person], end) for person, end in acting),  # for whom, and until before which day
    }
