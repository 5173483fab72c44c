"""Events that many report at once, for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, Service
from gandan.work.voice.rules.bursts import Came, bursts

DAYS, MOST = timedelta(days=3), 20_000
FIELDS = ("pk", "kind", "service_id", "unit_id", "ward_id", "latitude", "longitude", "received_at")


@dataclass(frozen=True)
class BurstRow:
    """Open reports of one event, by place, time and kind."""

    kind: CaseKind
    service: str
    service_en: str
    unit: UnitRow
    ward: UnitRow | None
    first_at: datetime
    last_at: datetime
    ids: Sequence[int]
    excerpts: Sequence[str]

    @property
    def many(self) -> int:
        return len(self.ids)


def bursts_at(viewer: Person, on: date, at: datetime) -> list[BurstRow]:
    """Return what many have reported in the last days at the viewer's units and is still open, the largest first."""
    units = visible_units(Right.ANSWER_VOICE, viewer, on)
    found = Case.objects.visible_to(viewer, on).open().filter(
        kind=CaseKind.REPORT.value, merged_into=None, received_at__gte=at - DAYS, unit_id__in=units
    )  # fmt: skip
    came = [Came(*one) for one in found.order_by("-pk").values_list(*FIELDS)[:MOST]]
    groups = bursts(came)[:50]
    places = rows({unit for one in groups for unit in (one.unit, one.ward) if unit is not None})
    services = Service.objects.in_bulk({one.service for one in groups if one.service is not None})
    words = dict(Case.objects.filter(pk__in=[pk for one in groups for pk in one.ids[:3]]).values_list("pk", "words"))
    return [
        BurstRow(
            CaseKind(one.kind), services[one.service].name if one.service is not None else "",
            services[one.service].name_en if one.service is not None else "", places[one.unit],
            places[one.ward] if one.ward is not None else None, one.first_at, one.last_at, one.ids,
            [words[pk][:160] for pk in one.ids[:3]],
        )
        for one in groups
    ]  # fmt: skip
