"""Charts and maps for the screen: one specification, drawn here, and answered by the browser if it asks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sqrt
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


def chart(ident: str, title: Words, spec: dict[str, Any], table: Table, note: Words = "") -> Chart:
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    return Chart(ident, title, _drawn(text), json.loads(_themed(text)), table, note)


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


WIDTH, LARGEST, SMALLEST, NAMED = 480.0, 18.0, 2.5, 6


def dot_map(title: Words, places: Sequence[Place], *, missing: int = 0, legend: tuple[tuple[str, Words], ...] = ()) -> DotMap:
    """Lay the units out by their position; equal areas mean equal figures."""
    if not places:
        return DotMap(title, WIDTH, 0, missing=missing)
    north, south = max(p.latitude for p in places), min(p.latitude for p in places)
    east, west = max(p.longitude for p in places), min(p.longitude for p in places)
    squeeze = cos(radians((north + south) / 2))
    margin = LARGEST + 8
    scale = (WIDTH - 2 * margin) / max((east - west) * squeeze, (north - south) / 1.2, 0.01)
    top = max((p.size or 0 for p in places), default=0) or 1
    named = {p.name for p in sorted(places, key=lambda p: -(p.size or 0))[:NAMED] if p.size}
    dots = [
        Dot(
            x=round(margin + (p.longitude - west) * squeeze * scale, 1),
            y=round(margin + (north - p.latitude) * scale, 1),
            radius=round(max(SMALLEST, LARGEST * sqrt(max(p.size or 0, 0) / top)), 1),
            words=p.words,
            href=p.href,
            tone="none" if p.size is None else p.tone,
            anchor="start" if (p.longitude - west) * squeeze * scale < WIDTH * 0.65 else "end",
            name=p.name if p.name in named else "",
        )
        for p in sorted(places, key=lambda p: -(p.size or 0))
    ]
    return DotMap(title, WIDTH, round((north - south) * scale + 2 * margin, 1), tuple(dots), missing, legend)
