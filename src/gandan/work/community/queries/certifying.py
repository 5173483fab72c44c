"""The certificate of a recognised model, as a PDF."""

from datetime import date, datetime

from django.conf import settings

from gandan.ground.documents.typesetting import typeset
from gandan.ground.vietnam.numbers import date_vi, long_date_vi
from gandan.work.community.models import CommunityModel
from gandan.work.community.rules import Field

FIELDS = {
    Field.ECONOMY: "Dân vận khéo, lĩnh vực phát triển kinh tế",
    Field.SOCIETY: "Dân vận khéo, lĩnh vực văn hoá, xã hội",
    Field.SECURITY: "Dân vận khéo, lĩnh vực quốc phòng, an ninh",
    Field.SYSTEM: "Dân vận khéo, lĩnh vực xây dựng hệ thống chính trị",
    Field.SELF_MANAGED: "Tự phòng, tự quản về an ninh, trật tự",
    Field.SAFE_AREA: "Khu dân cư an toàn về an ninh, trật tự",
}


def certificate_pdf(model: CommunityModel, number: str, on: date, at: datetime) -> bytes:
    """Return the certificate: what is recognised, where, by whom, until when."""
    assert model.recognised_until is not None
    return typeset(
        "certificate",
        {
            "made_at": at.isoformat(),
            "title": "Giấy chứng nhận",
            "office": model.unit.name,
            "partner": model.partner.name if model.partner else "",
            "number": number,
            "name": model.name,
            "field": FIELDS[Field(model.field)],
            "area": model.area.name,
            "until": date_vi(model.recognised_until),
            "made": long_date_vi(on).capitalize(),
            "simulated": settings.SIMULATED,
        },
    )
