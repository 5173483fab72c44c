"""The work with people in words: forms and topics of activities, and beside which field a refusal stands."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Words
from gandan.ground.ledger.rules import Refused
from gandan.work.community.operations import OneSide
from gandan.work.community.rules import Form, LongAgo, NamesSomebody, NotYet, TooMany, Topic

FORMS: dict[Form, Words] = {
    Form.MEETING: _("Họp mặt với người dân"),
    Form.VISIT: _("Thăm hỏi"),
    Form.FORUM: _("Diễn đàn lắng nghe Nhân dân"),
    Form.CAMPAIGN: _("Ngày ra quân"),
    Form.SUPPORT: _("Hỗ trợ hộ gia đình"),
}
TOPICS: dict[Topic, Words] = {
    Topic.LAW: _("Phổ biến pháp luật"),
    Topic.FRAUD: _("Phòng lừa đảo"),
    Topic.FIRE: _("Phòng cháy"),
    Topic.TRAFFIC: _("An toàn giao thông"),
    Topic.DRUGS: _("Phòng ma tuý"),
    Topic.PAPERS: _("Giấy tờ, thủ tục"),
    Topic.SAFETY: _("Giữ gìn an ninh khu phố"),
    Topic.WELFARE: _("An sinh xã hội"),
    Topic.OTHER: _("Việc khác"),
}
BESIDE: dict[type[Refused], str] = {NotYet: "day", LongAgo: "day", TooMany: "count", NamesSomebody: "place", OneSide: "partner"}


def beside(refusal: Refused) -> str | None:
    """The field that a refusal speaks of; None if it is the whole form."""
    return BESIDE.get(type(refusal))
