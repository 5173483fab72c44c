"""What we hold about the applicant of one dossier: what the register of processing names, of this dossier and of no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from gandan.ground.audit.noting import note_reading
from gandan.ground.audit.queries import Seen, seen
from gandan.ground.audit.rules import What
from gandan.ground.organisations.models import Person
from gandan.ground.privacy.queries import register
from gandan.ground.privacy.rules import Category
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.queries.one import ABOUT, dossier

KIND = "dossiers"
WAYS = {ABOUT: "pk", "dossiers.scan": "delivery__dossier"}  # how a row leads to its dossier; all others name it themselves


@dataclass(frozen=True)
class Known:
    """A dossier, and what stands in each column that is about its applicant."""

    record: Dossier
    columns: dict[str, list[Any]]  # `dossiers.contact.phone`: its values
    seen: Sequence[Seen] = ()  # who looked at it, when it is handed out


def known_about(number: str, viewer: Person, on: date, *, extract: bool = False) -> Known:
    """Return what we hold about the applicant of a dossier; secrets (what opens a receipt) excepted.

    :param extract: it is handed out, so the log says so
    :raises UnknownDossier: if there is none
    :raises NotYours: if the viewer may not read it; names the unit and nothing else
    """
    record = Dossier.objects.select_related("unit").get(pk=dossier(number, viewer, on).row.id)
    if extract:
        note_reading(by=viewer, about_type=ABOUT, about_id=record.pk, unit=record.unit_id, what=What.EXPORTED)
    columns = {
        column: values
        for column, category in register().kinds[KIND].columns.items()
        if category is not Category.ACCESS and (values := _values(column, record.pk))
    }
    return Known(record, columns, seen(ABOUT, record.pk) if extract else ())


def _values(column: str, dossier_id: int) -> list[Any]:
    model, _dot, name = column.rpartition(".")
    rows = apps.get_model(model)._default_manager.filter(**{WAYS.get(model, "dossier"): dossier_id})
    found = rows.order_by("pk").values_list(name, flat=True)
    return [value for value in found if value and not isinstance(value, bytes | memoryview)]  # a digest tells nobody anything
