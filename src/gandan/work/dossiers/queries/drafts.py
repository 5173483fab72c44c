"""Drafts of online dossiers, and where one can hand in what."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.queries import AttachmentRow, attachments
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, descendants, row
from gandan.ground.organisations.queries import children as heads_of
from gandan.ground.organisations.rules import ONE_DAY, Line
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.models import Draft, Procedure
from gandan.work.dossiers.queries.procedures import procedure_on, procedures
from gandan.work.dossiers.rules import handles
from gandan.work.dossiers.rules.drafts import code_of
from gandan.work.dossiers.rules.holders import digest_of

ABOUT = Draft._meta.label_lower


class UnknownDraft(Refused):
    """No draft has this code, or its time was up."""


@dataclass(frozen=True)
class DraftShown:
    """A draft as its writer sees it."""

    record: Draft
    procedure: Procedure
    unit: UnitRow
    said: Mapping[str, str]
    files: Sequence[AttachmentRow]


def online_procedures(on: date, text: str = "") -> list[Procedure]:
    """Return what can be handed in online on a day, by words of its name, with or without marks."""
    words = fold(text).split()
    return [
        one for one in procedures(on) if one.online_allowed and all(word in fold(f"{one.name} {one.name_en}") for word in words)
    ]


def offices_for(procedure: Procedure, on: date, text: str = "", limit: int = 20) -> list[UnitRow]:
    """Return the offices that handle a procedure on a day, by words of their names, with or without marks."""
    words = fold(text).split()
    below = (one.unit for head in heads_of(None, Line.POLICE, on) for one in descendants(head.id, Line.POLICE, on, on + ONE_DAY))
    handling = {one.id: one for one in below if handles(procedure.handled_by, one.code)}
    found = [one for one in handling.values() if all(word in fold(one.name) for word in words)]
    return sorted(found, key=lambda one: one.sort_key)[:limit]


def draft(code: str, on: date) -> DraftShown:
    """Return a draft by its code.

    :raises UnknownDraft: if there is none
    """
    found = Draft.objects.select_related("unit").filter(digest=digest_of(code_of(code)), keep_until__gte=on).first()
    if found is None:
        raise UnknownDraft(gettext_noop("Không có bản nháp nào mang mã này, hoặc đã quá 30 ngày. Xin xem lại từng số."))
    return DraftShown(
        record=found,
        procedure=procedure_on(found.procedure, max(found.begun_on, on)),
        unit=row(found.unit_id),
        said=json.loads(found.written or "{}"),
        files=attachments(ABOUT, [found.pk])[found.pk],
    )


def submission(dossier: int, viewer: Person, on: date) -> Mapping[str, str]:
    """Return what was written when a dossier was handed in online; nothing of others."""
    found = Draft.objects.visible_to(viewer, on).filter(dossier_id=dossier).first()
    return json.loads(found.written or "{}") if found else {}
