"""The record of a hand-over as paper (biên bản giao nhận), in the official form; the same each time it is set."""

from typing import Any

from django.conf import settings
from django.utils.timezone import get_default_timezone

from gandan.ground.documents.heads import POLICE, letterhead, place
from gandan.ground.documents.numbering import date_line
from gandan.ground.documents.profiles import profile
from gandan.ground.documents.typesetting import typeset
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.queries import names
from gandan.ground.vietnam.numbers import long_date_vi
from gandan.work.voice.models import Case, Protocol
from gandan.work.voice.queries.handovers.shown import number_of
from gandan.work.voice.queries.one import UnknownCase
from gandan.work.voice.rules.handovers.arms import GROUPS, named
from gandan.work.voice.rules.handovers.chain import CONDITION_WORDS, GROUND_WORDS, Condition, Ground

LAW = "Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ số 42/2024/QH15"


def protocol_pdf(case: Case) -> bytes:
    """Return the paper of what was taken in. The caller has looked at the right to the case, or at its receipt.

    :raises UnknownCase: if nothing was, or only one has signed
    """
    found = Protocol.objects.select_related("unit", "case").filter(case=case).exclude(second_by=None).first()
    if found is None:
        raise UnknownCase(gettext_noop("Việc này chưa có biên bản đủ hai người ký."))
    return typeset("handover", _data(found))


def _data(found: Protocol) -> dict[str, Any]:
    assert found.second_by_id is not None
    day, layout = found.taken_on, profile(POLICE, found.taken_on)
    head, at = letterhead(found.unit, day), found.taken_at.astimezone(get_default_timezone())
    people = names({found.taken_by_id, found.second_by_id})
    keys = ("header", "indent", "name_rule", "abstract_rule", "bold_position", "grounds_italic", "recipients_label")
    return {
        "made_at": (found.second_at or found.taken_at).replace(microsecond=0).isoformat(),
        "profile": {key: getattr(layout, key) for key in keys} | {"margins": dict(layout.margins), "sizes": dict(layout.sizes)},
        "marks": ["BẢN MÔ PHỎNG"] if settings.SIMULATED else [],
        "letterheads": [{"body": head.body, "superior": head.superior}],
        "number": f"Số: {number_of(found)}",
        "place_date": date_line(place(found.unit, day), day, day.year),
        "title": "Biên bản giao nhận",
        "below": "vũ khí, vật liệu nổ, công cụ hỗ trợ do người dân giao nộp",
        "reference": f"Theo {LAW}",
        "f": {
            "moment": f"{at:%H} giờ {at:%M}, {long_date_vi(day)}",
            "place": found.place,
            "giver": found.giver,
            "giver_address": found.giver_address,
            "unit": found.unit.name,
            "taker": people[found.taken_by_id],
            "second": people[found.second_by_id],
            "ground": GROUND_WORDS[Ground(found.ground)],
            "circumstances": found.circumstances.rstrip(". "),
            "case": found.case.number,
            "digest": found.digest,
            "items": [
                {
                    "kind": f"{GROUPS[named(one.kind).group]}: {named(one.kind).name}",
                    "name": one.name,
                    "mark": one.mark,
                    "quantity": f"{one.quantity}",
                    "measure": one.measure,
                    "condition": CONDITION_WORDS[Condition(one.condition)],
                    "seal": one.seal,
                }
                for one in found.items.order_by("nth")
            ],
        },
    }
