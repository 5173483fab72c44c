"""What lies beneath a map: the shape of the city, by where its wards are. Borders are in no data that we may give away."""

from datetime import date

from django.utils.translation import gettext as _

from gandan.faces.pages import charts, words
from gandan.faces.pages.pieces import DotMap, Words
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line


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
