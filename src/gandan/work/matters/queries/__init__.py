"""What is known of matters."""

from gandan.work.matters.queries.keeping import SIGN, matter_numbers, matter_to_keep
from gandan.work.matters.queries.matters import (
    AtPlace,
    DialogueShown,
    Filters,
    MatterRow,
    MatterShown,
    Page,
    PledgeShown,
    UnknownMatter,
    by_area,
    matter,
    matters,
    pledge_of,
    points,
)

__all__ = [
    "SIGN",
    "AtPlace",
    "DialogueShown",
    "Filters",
    "MatterRow",
    "MatterShown",
    "Page",
    "PledgeShown",
    "UnknownMatter",
    "by_area",
    "matter",
    "matter_numbers",
    "matter_to_keep",
    "matters",
    "pledge_of",
    "points",
]
