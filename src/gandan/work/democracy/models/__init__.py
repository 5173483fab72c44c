"""Records of grassroots democracy."""

from gandan.work.democracy.models.consultations import Consultation, Paragraph, Remark
from gandan.work.democracy.models.duties import Duty, Proof
from gandan.work.democracy.models.polls import Ballot, Household, PaperEntry, Poll

__all__ = ["Ballot", "Consultation", "Duty", "Household", "PaperEntry", "Paragraph", "Poll", "Proof", "Remark"]
