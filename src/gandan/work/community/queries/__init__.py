"""What is known of the work with people."""

from gandan.work.community.queries.activities import (
    ActivityRow,
    ActivityShown,
    AtPlace,
    Filters,
    Page,
    PointShown,
    Twins,
    UnknownActivity,
    activities,
    activity,
    by_area,
    photo,
    point_of,
    twins,
)
from gandan.work.community.queries.places import area_row, partners_of

__all__ = [
    "ActivityRow",
    "ActivityShown",
    "AtPlace",
    "Filters",
    "Page",
    "PointShown",
    "Twins",
    "UnknownActivity",
    "activities",
    "activity",
    "area_row",
    "by_area",
    "partners_of",
    "photo",
    "point_of",
    "twins",
]
