"""Records of the work with people."""

from gandan.work.community.models.activities import Activity, KeptApart, Point

__all__ = ["Activity", "KeptApart", "Point"]
