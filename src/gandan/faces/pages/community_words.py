"""The work with people in words: forms and topics of activities, and beside which field a refusal stands."""

from django.utils.translation import gettext_lazy as _

from gandan.faces.pages.marks import Mark, Words
from gandan.ground.ledger.rules import Refused
from gandan.work.community.operations import OneSide
from gandan.work.community.rules import Field, Form, LongAgo, NamesSomebody, NotYet, Side, State, TooMany, Topic

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


FIELDS: dict[Field, Words] = {
    Field.ECONOMY: _("Dân vận khéo: kinh tế"),
    Field.SOCIETY: _("Dân vận khéo: văn hoá, xã hội"),
    Field.SECURITY: _("Dân vận khéo: quốc phòng, an ninh"),
    Field.SYSTEM: _("Dân vận khéo: hệ thống chính trị"),
    Field.SELF_MANAGED: _("Tự phòng, tự quản về an ninh"),
    Field.SAFE_AREA: _("Khu dân cư an toàn"),
}
SIDES: dict[Side, Words] = {
    Side.SELF: _("Đơn vị tự đánh giá"),
    Side.POLICE: _("Bên công an"),
    Side.CIVIL: _("Bên dân vận"),
}
STATES: dict[State, Mark] = {
    State.REGISTERED: Mark(_("đã đăng ký"), "circle", "wait"),
    State.RECOGNISED: Mark(_("đã công nhận"), "circle-check", "kept"),
    State.LAPSED: Mark(_("đã thôi"), "history", ""),
}
