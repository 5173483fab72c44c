"""What may be kept beyond its time: which record a number means, and whose it is to keep."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.models import STANDING, Hold

NUMBER = re.compile(r"([^\W\d_]{2,3})-(\d{1,18})")


@dataclass(frozen=True)
class Keepable:
    """A record that may be kept beyond its time, and the right that this takes at its unit. Its package has looked who asks."""

    record: Model
    number: str
    unit: Unit
    right: Right = Right.HANDLE_REQUESTS


def sign_of(number: str) -> str:
    """Return the letters of a number such as `VV-12`; nothing if it isn't one."""
    found = NUMBER.fullmatch(number.strip().upper())
    return found[1] if found else ""


def pk_of(number: str) -> int:
    """Return what stands behind the letters; 0 if nothing does."""
    found = NUMBER.fullmatch(number.strip().upper())
    return int(found[2]) if found else 0


def keepable(number: str, among: "QuerySet[Any, Any]", sign: str, right: Right, unknown: Refused) -> Keepable:
    """Return the record that a number such as `VV-12` means, of those that the viewer may keep.

    :raises Refused: `unknown`, if there is none of this number
    """
    found = among.select_related("unit").filter(pk=pk_of(number)).first()
    if found is None:
        raise unknown
    return Keepable(found, numbered(sign, found.pk), found.unit, right)


def numbers_of(ids: Collection[int], among: "QuerySet[Any, Any]", sign: str) -> dict[int, str]:
    """Return the numbers of those of these records that are among what the viewer may see."""
    return {pk: numbered(sign, pk) for pk in among.filter(pk__in=ids).values_list("pk", flat=True)}


def numbered(sign: str, pk: int) -> str:
    return f"{sign}-{pk}"


def belongs_to_held(on: date) -> Exists:
    """Of what tells its record by `about_type` and `about_id`: that it belongs to one that may not end on that day."""
    about = {"about_type": OuterRef("about_type"), "about_id": OuterRef("about_id")}
    return Exists(Hold.objects.filter(STANDING, **about, since__lte=on, until__gte=on))
