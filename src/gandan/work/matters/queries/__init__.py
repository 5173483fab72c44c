"""What is known of matters."""

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
    "matters",
    "pledge_of",
    "points",
]
