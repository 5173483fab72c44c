"""Where something is: a point, the ward nearest to it, and whether it can be here at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import pi, sqrt

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.distances import kilometres

SLACK_KM = 3.0  # a ward's land reaches farther from its middle than a circle of its area would


class OffTheMap(Refused):
    """The point lies in the sea, or in another province."""


class NoPoint(Refused):
    """These are no coordinates."""


@dataclass(frozen=True)
class Spot:
    """A ward by the middle of its land."""

    id: int
    latitude: float
    longitude: float
    area_km2: float

    @property
    def reach_km(self) -> float:
        return 2 * sqrt(max(self.area_km2, 0.5) / pi) + SLACK_KM


def nearest(lat: float, lon: float, among: Iterable[Spot]) -> Spot:
    """Return the ward whose middle is nearest. Borders are not known here, so an officer may pass the case on.

    :raises NoPoint: if these are no coordinates
    :raises OffTheMap: if no ward is near enough for the point to lie in it
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise NoPoint(gettext_noop("Toạ độ {lat}, {lon} không có trên bản đồ."), lat=lat, lon=lon)
    found = min(among, key=lambda spot: kilometres(lat, lon, spot.latitude, spot.longitude), default=None)
    if found is None or kilometres(lat, lon, found.latitude, found.longitude) > found.reach_km:
        raise OffTheMap(
            gettext_noop("Điểm {lat}, {lon} nằm ngoài địa bàn thành phố. Xin chọn lại điểm, hoặc ghi địa chỉ và chọn phường."),
            lat=f"{lat:.4f}", lon=f"{lon:.4f}",
        )  # fmt: skip
    return found
