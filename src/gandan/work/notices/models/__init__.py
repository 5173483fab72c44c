"""What is published, what it once said, who is told of it, and whom to call."""

from gandan.work.notices.models.calling import Contact
from gandan.work.notices.models.details import AlertDetail, ClaimCheck, Issued, Source
from gandan.work.notices.models.publications import Edition, Publication
from gandan.work.notices.models.subscribers import Subscriber

__all__ = ["AlertDetail", "ClaimCheck", "Contact", "Edition", "Issued", "Publication", "Source", "Subscriber"]
