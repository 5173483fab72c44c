"""Records of the work with people."""

from gandan.work.community.models.activities import Activity, KeptApart, Point
from gandan.work.community.models.community_models import Assessment, CommunityModel, CriteriaSet, Partner, Round
from gandan.work.community.models.initiatives import Commendation, Copy, Initiative

__all__ = [
    "Activity",
    "Assessment",
    "Commendation",
    "CommunityModel",
    "Copy",
    "CriteriaSet",
    "Initiative",
    "KeptApart",
    "Partner",
    "Point",
    "Round",
]
