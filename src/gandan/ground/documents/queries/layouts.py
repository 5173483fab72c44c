"""Which template of its own a body has laid over a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.forms import Sheet
from gandan.ground.documents.models import OwnLayout
from gandan.ground.documents.own import typeset_own
from gandan.ground.documents.signing import Box
from gandan.ground.documents.typesetting import Typesetter


@dataclass(frozen=True)
class LaidOver:
    """A body's own template for one kind of form, from a day on. An empty source: ours again."""

    id: int
    kind: str
    source: str
    valid_from: date
    laid_on: date
    by_name: str


def own_layouts(unit: int, kind: str = "") -> list[LaidOver]:
    """Return a unit's templates, the latest first."""
    found = OwnLayout.objects.filter(unit_id=unit).select_related("by").order_by("-valid_from", "kind")
    return [
        LaidOver(one.pk, one.kind, one.source, one.valid_from, one.laid_on, one.by.name)
        for one in (found.filter(kind=kind) if kind else found)
    ]


def own_layout(unit: int, kind: str, on: date) -> LaidOver | None:
    """Return the template that stands over ours on a day, if there is one."""
    latest = next((one for one in own_layouts(unit, kind) if one.valid_from <= on), None)
    return latest if latest is not None and latest.source else None


@dataclass(frozen=True)
class Set:
    """A paper that was set: by which layout, and where its seal goes."""

    pdf: bytes
    layout: str
    box: Box | None


def set_sheets(sheets: Sequence[Sheet], unit: int, on: date) -> list[Set]:
    """Set sheets of one form as a body sets them: by its own template where it has one, else by ours.

    :raises BadTemplate: if its own template can't be set with these data
    :raises LayoutError: if ours can't
    """
    if not sheets:
        return []
    own = own_layout(unit, sheets[0].form.kind, on)
    if own is not None:
        return [Set(pdf, f"own:{own.id}", box) for pdf, box in typeset_own(own.source, sheets)]
    setter = Typesetter(sheets[0].form)
    return [Set(pdf, sheet.form.layout, box) for sheet in sheets for pdf, box in [setter.set(sheet)]]
