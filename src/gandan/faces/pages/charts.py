"""Charts and maps for the screen: one specification, drawn here, and answered by the browser if it asks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians, sqrt
from typing import Any

from django.utils.translation import get_language

from gandan.faces.pages.pieces import Chart, Dot, DotMap, Table, Words
from gandan.ground.documents import charts

# On a page the colours come from the style sheet, so that light and dark are one picture.
_SCREEN = charts.COLOURS[charts.Look.SCREEN]
_ROLES = {
    "main": "--jade",
    "risk": "--amber",
    "late": "--brick",
    "waiting": "--wait",
    "plain": "--ink",
    "faint": "--line",
    "soft": "--ink-2",
    "ground": "--card",
}


def _themed(text: str) -> str:
    for role, name in _ROLES.items():
        text = text.replace(f'"{_SCREEN[role]}"', f'"var({name})"')
    return text


@lru_cache(maxsize=512)
def _drawn(spec: str) -> str:
    return _themed(charts.svg(json.loads(spec)))


def frame(measured_in: str, **more: Any) -> charts.Frame:
    return charts.Frame(measured_in, language=(get_language() or "vi")[:2], **more)


def chart(
    ident: str, title: Words, spec: dict[str, Any], table: Table, note: Words = "", *, narrow: dict[str, Any] | None = None
) -> Chart:
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    small = _drawn(json.dumps(narrow, sort_keys=True, ensure_ascii=False)) if narrow else ""
    return Chart(ident, title, _drawn(text), json.loads(_themed(text)), table, note, small)


@dataclass(frozen=True)
class Place:
    """A unit on the map before it is drawn."""

    name: str
    latitude: float
    longitude: float
    size: float | None
    href: str
    words: str
    tone: str = ""


WIDTH, LARGEST, SMALLEST, NAMED = 480.0, 16.0, 2.5, 8
MARGIN, WIDEST = LARGEST + 6, 30.0
LEAST = 240.0
AFAR = 0.5  # degrees from the nearest other unit: an island is drawn at the edge, so that the mainland fills the map
LETTER, LETTERS = 7.5, 16.0  # about as wide and as high as a letter is drawn


Position = tuple[float, float]  # latitude, longitude


def dot_map(
    title: Words,
    places: Sequence[Place],
    *,
    missing: int = 0,
    legend: tuple[tuple[str, Words], ...] = (),
    ground: tuple[Position, ...] = (),
) -> DotMap:
    """Lay the units out by their position; equal areas mean equal figures.

    :param ground: where the city's wards are: they are drawn beneath, as the shape of the city, and hold the map still
    """
    if not places:
        return DotMap(title, WIDTH, 0, missing=missing)
    laid = tuple(dict.fromkeys((*ground, *((place.latitude, place.longitude) for place in places))))
    frame = _framed(laid)
    top = max((p.size or 0 for p in places), default=0) or 1
    taken: list[tuple[float, float, float, float]] = []
    dots = []
    for place in sorted(places, key=lambda p: -(p.size or 0)):
        x, y = frame.at((place.latitude, place.longitude))
        inside_x, inside_y = min(max(x, MARGIN), WIDTH - MARGIN), min(max(y, MARGIN), frame.height - MARGIN)
        radius = max(SMALLEST, LARGEST * sqrt(max(place.size or 0, 0) / top))
        outside = abs(x - inside_x) + abs(y - inside_y) > 1
        name, anchor = _named(
            place, inside_x, inside_y, radius, taken, wanted=(bool(place.size) and len(taken) < NAMED) or outside
        )
        dots.append(
            Dot(
                x=round(inside_x, 1),
                y=round(inside_y, 1),
                radius=round(radius, 1),
                words=place.words,
                href=place.href,
                tone="none" if place.size is None else place.tone,
                anchor=anchor,
                name=f"{name} {'↓' if y > inside_y else '→'}" if name and outside else name,
            )
        )
    return DotMap(title, WIDTH, frame.height, tuple(dots), missing, legend, _spots(ground, frame) if ground else ())


@dataclass(frozen=True)
class _Frame:
    """How positions become places on the drawing."""

    north: float
    west: float
    squeeze: float
    scale: float
    aside: float
    height: float

    def at(self, position: Position) -> tuple[float, float]:
        x = MARGIN + self.aside + (position[1] - self.west) * self.squeeze * self.scale
        return x, MARGIN + (self.north - position[0]) * self.scale


@lru_cache(maxsize=64)
def _framed(laid: tuple[Position, ...]) -> _Frame:
    near = [one for one in laid if not _afar(one, laid)] or list(laid)
    north, south = max(p[0] for p in near), min(p[0] for p in near)
    east, west = max(p[1] for p in near), min(p[1] for p in near)
    squeeze = cos(radians((north + south) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south) / 1.1, 0.01)
    aside = (WIDTH - 2 * MARGIN - (east - west) * squeeze * scale) / 2
    drawn = (north - south) * scale + 2 * MARGIN
    height = max(drawn, LEAST)  # a single place is no strip
    return _Frame(north + (height - drawn) / 2 / scale, west, squeeze, scale, aside, round(height, 1))


@lru_cache(maxsize=16)
def _spots(ground: tuple[Position, ...], frame: _Frame) -> tuple[tuple[float, float, float], ...]:
    """Return a spot for each ward, as wide as its neighbours are far, so that together they make the city's shape."""
    at = [frame.at(one) for one in ground if not _afar(one, ground)]
    spots = []
    for x, y in at:
        near = sorted(hypot(x - other_x, y - other_y) for other_x, other_y in at)[1:4]
        spots.append((round(x, 1), round(y, 1), round(min(max(near, default=WIDEST) * 0.8, WIDEST), 1)))
    return tuple(spots)


def _afar(position: Position, others: Sequence[Position]) -> bool:
    return all(abs(one[0] - position[0]) + abs(one[1] - position[1]) > AFAR for one in others if one != position)


def _named(
    place: Place, x: float, y: float, radius: float, taken: list[tuple[float, float, float, float]], *, wanted: bool
) -> tuple[str, str]:
    """Write a name beside its dot where it touches no other name: to the right, else to the left, else not at all."""
    width = len(place.name) * LETTER + 4
    for anchor, left in (("start", x + radius + 4), ("end", x - radius - 4 - width)):
        box = (left, y - LETTERS / 2, left + width, y + LETTERS / 2)
        clear = all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in taken)
        if wanted and clear and box[0] > 0 and box[2] < WIDTH:
            taken.append(box)
            return place.name, anchor
    return "", "start"
