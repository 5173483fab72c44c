"""What lies beneath a map: the shape of the city, by where its wards are. Borders are in no data that we may give away."""

import threading
import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar, cast

from django.conf import settings
from django.utils.translation import gettext as _

from gandan.faces.pages import charts, words
from gandan.faces.pages.pieces import DotMap, Words
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line

Value = TypeVar("Value")
_kept: dict[Hashable, tuple[float, Any]] = {}
_making = threading.Lock()
MOST_KEPT = 200
FIRST = 30  # rows of the table beside a map, unless all are asked for


def kept(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what was made for this key in the last seconds, as for public pages; make it anew if that is too long ago."""
    if not settings.PAGES_KEPT:
        return make()
    found = _kept.get(key)
    if found is None or time.monotonic() >= found[0]:
        with _making:  # those who ask meanwhile wait for what the first one makes
            found = _kept.get(key)
            if found is None or time.monotonic() >= found[0]:
                if len(_kept) >= MOST_KEPT:
                    _kept.clear()
                found = _kept[key] = (time.monotonic() + settings.PAGES_KEPT, make())
    return cast(Value, found[1])


def ground(on: date) -> tuple[charts.Position, ...]:
    return tuple(
        (row.latitude, row.longitude)
        for top in organisations.tops(on)
        for row in organisations.children(top.pk, Line.ADMINISTRATION, on)
        if row.latitude is not None and row.longitude is not None
    )


def counted(title: Words, places: list[charts.Place], each: Words, *, of: int, on: date) -> DotMap | None:
    """Return a map on which a dot is as large as what was counted there, on the shape of the city, with its key."""
    if not places:
        return None
    most = max(int(place.size or 0) for place in places)
    legend = (
        ("", _("%(each)s; chấm lớn nhất: %(most)s") % {"each": each, "most": words.number(most)}),
        ("ground", _("Thành phố, vẽ theo vị trí các phường, xã; không phải ranh giới")),
    )
    return charts.dot_map(title, places, missing=of - len(places), legend=legend, ground=ground(on))
