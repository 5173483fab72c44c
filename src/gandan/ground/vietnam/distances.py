"""How far two points of the earth lie from each other."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    half = sin(radians(lat2 - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))
