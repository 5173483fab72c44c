"""What is known of relief."""

from gandan.work.relief.queries.depots import DepotShown, StockRow, depots, depots_for
from gandan.work.relief.queries.emergencies import (
    EmergencyRow,
    UnknownEmergency,
    Ward,
    emergencies,
    emergency,
    going_on,
    wards_of,
)
from gandan.work.relief.queries.needs import (
    Held,
    NeedRow,
    OfferHeld,
    OfferRow,
    Page,
    UnknownNeed,
    held,
    held_offer,
    need,
    needs,
    offers,
    opens,
    wanted_by,
)

__all__ = [
    "DepotShown",
    "EmergencyRow",
    "Held",
    "NeedRow",
    "OfferHeld",
    "OfferRow",
    "Page",
    "StockRow",
    "UnknownEmergency",
    "UnknownNeed",
    "Ward",
    "depots",
    "depots_for",
    "emergencies",
    "emergency",
    "going_on",
    "held",
    "held_offer",
    "need",
    "needs",
    "offers",
    "opens",
    "wanted_by",
    "wards_of",
]
