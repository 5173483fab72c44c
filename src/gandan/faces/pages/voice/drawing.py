"""The map on which a place is pointed out: wards by the middle of their land, drawn here. A click works without scripts."""

from collections.abc import Mapping
from datetime import date
from html import escape
from math import cos, radians
from typing import Any

from gandan.faces.pages import words
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import queries

WIDTH, HEIGHT = 320, 260
CITY_KM, WARD_KM = 70.0, 6.0  # how much a picture shows from side to side
KM_A_DEGREE = 111.32
Around = tuple[float, float, float]  # latitude and longitude of the middle, kilometres across


def with_pin(given: dict[str, str], before: Mapping[str, str], on: date) -> dict[str, str]:
    """Turn a click on the picture into a point; drop the point when another ward is chosen."""
    if given.get("do") == "nowhere" or (given.get("ward") and given.get("ward") != before.get("ward", "")):
        given = {**given, "latitude": "", "longitude": ""}
    try:
        x, y = float(given["pin.x"]), float(given["pin.y"])
    except (KeyError, ValueError):
        return given
    pinned = {name: before.get(name, "") for name in ("latitude", "longitude")}
    latitude, longitude, across = around(given | pinned, on)
    lat = latitude + (HEIGHT / 2 - y) * across / WIDTH / KM_A_DEGREE
    lon = longitude + (x - WIDTH / 2) * across / WIDTH / (KM_A_DEGREE * cos(radians(latitude)))
    return {**given, "latitude": f"{lat:.6f}", "longitude": f"{lon:.6f}"}


def around(said: Mapping[str, str], on: date) -> Around:
    """What the picture shows: around the point, else around the ward, else the city."""
    try:
        return float(said["latitude"]), float(said["longitude"]), WARD_KM
    except (KeyError, ValueError):
        pass
    spots = {one.id: one for one in queries.spots(on)}
    ward = next((one for one in queries.all_wards(on) if one.code == said.get("ward")), None)
    if ward is not None and ward.latitude is not None and ward.longitude is not None:
        return ward.latitude, ward.longitude, WARD_KM
    if spots:
        middle = sorted(one.latitude for one in spots.values()), sorted(one.longitude for one in spots.values())
        return middle[0][len(spots) // 2], middle[1][len(spots) // 2], CITY_KM
    return 10.78, 106.70, CITY_KM


def pin_of(said: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows beside the picture."""
    latitude, longitude = said.get("latitude", ""), said.get("longitude", "")
    return {"latitude": latitude, "longitude": longitude, "ward": said.get("ward", ""), "width": WIDTH, "height": HEIGHT}


def picture(asked: Mapping[str, str], on: date) -> str:
    """Draw the picture: each ward a dot with its name, and the point."""
    latitude, longitude, across = around(asked, on)
    a_km = WIDTH / across
    drawn = []
    shown = queries.spots(on)
    names = organisations.rows({one.id for one in shown}, on)
    for one in shown:
        x = WIDTH / 2 + (one.longitude - longitude) * KM_A_DEGREE * cos(radians(latitude)) * a_km
        y = HEIGHT / 2 - (one.latitude - latitude) * KM_A_DEGREE * a_km
        if -40 <= x <= WIDTH + 40 and -10 <= y <= HEIGHT + 10:
            drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0F766E"/>')
            if across <= WARD_KM * 2:
                name = escape(words.short(names[one.id]))
                drawn.append(f'<text x="{x + 6:.1f}" y="{y + 4:.1f}">{name}</text>')
    if asked.get("latitude"):
        drawn.append(f'<path d="M{WIDTH / 2} {HEIGHT / 2} l-8 -20 a8.6 8.6 0 1 1 16 0 z" fill="#B42318" stroke="#fff"/>')
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    letters = 'font-family="sans-serif" font-size="11" fill="#1B2733"'
    ground = '<rect width="100%" height="100%" fill="#E9F1EE"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {letters}>{ground}{"".join(drawn)}</svg>'
