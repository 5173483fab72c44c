"""Which records somebody may see. One idiom: `Model.objects.visible_to(viewer, on)`, with which pages, the API, exports, search,
files and drill-down all begin. A model of records about people has a manager of one of these kinds.

What it costs is one statement: the roles of the viewer, with the version of the tree that this process knows already.
"""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries.people import visible_units
from gandan.ground.organisations.rights import Right

Record = TypeVar("Record", bound=models.Model)


class OfUnits(models.QuerySet[Record]):
    """Records that stand at a unit, to be seen by who has the right there, or by a stronger right that is asked for."""

    right: ClassVar[Right]
    kept_at: ClassVar[str] = "unit"  # the way to the unit

    def visible_to(self, viewer: Person, on: date, right: Right | None = None) -> Self:
        return self.filter(**{f"{self.kept_at}__among": visible_units(right or self.right, viewer, on)})


class OnesOwn(models.QuerySet[Record]):
    """Records that belong to one person, whatever their roles are."""

    whose: ClassVar[str] = "by"

    def visible_to(self, viewer: Person, on: date) -> Self:
        return self.filter(**{self.whose: viewer.pk})
