"""The extract for investigators: rewritten by one member, looked through for traces of the sender by another, handed on."""

from datetime import date
from uuid import UUID

from django.db import transaction

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.privacy.fields import seal
from gandan.work.tips.models import Extract
from gandan.work.tips.operations.members import DATABASE
from gandan.work.tips.queries.desk import at_the_desk, tip_for

PLACE = "tips_extract.text"
LONGEST = 8_000  # letters; what a crime report has room for


class NotYours(Refused):
    """Whoever wrote an extract doesn't check it."""


class AlreadyChecked(Refused):
    """It was passed or refused before, or isn't there."""


class EmptyExtract(Refused):
    """There is nothing to hand on."""


@operation
def draft_extract(*, tip: str, sequence: int, unit: Unit, by: Person, on: date) -> Extract:
    """Put a note forward as an extract for a unit. Its words are still sealed to the desk alone.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    """
    at_the_desk(by, on)
    row = tip_for(tip, by, on)
    unchanged()
    return Extract.objects.create(tip=row, sequence=sequence, unit=unit.code, written_by=by.pk, written_on=on)


@operation
def pass_extract(*, extract: UUID, text: str, by: Person, on: date) -> Extract:
    """Say that nothing in it leads to the sender. From here on its words are an officer's, to be handed on.

    :raises NotAllowed: if `by` is not of the desk
    :raises NotYours: if they wrote it
    :raises EmptyExtract: if there are no words
    :raises AlreadyChecked: if somebody has decided before
    """
    found = _waiting(extract, by, on)
    if not text.strip():
        raise EmptyExtract(gettext_noop("Bản trích chưa có nội dung."))
    found.text = seal(text.strip()[:LONGEST], PLACE).encode()
    return _decided(found, by, on, ["text"])


@operation
def refuse_extract(*, extract: UUID, by: Person, on: date) -> Extract:
    """Send an extract back to be written anew.

    :raises NotAllowed: if `by` is not of the desk
    :raises NotYours: if they wrote it
    :raises AlreadyChecked: if somebody has decided before
    """
    found = _waiting(extract, by, on)
    found.refused = True
    return _decided(found, by, on, ["refused"])


@operation
def hand_on(*, extract: UUID, by: Person, on: date) -> None:
    """Note that an extract was taken where crime reports are kept; its words are no longer kept here."""
    Extract.objects.filter(pk=extract, handed_on__isnull=True).update(handed_on=on, text=None)
    unchanged()


def _waiting(extract: UUID, by: Person, on: date) -> Extract:
    at_the_desk(by, on)
    found = Extract.objects.select_related("tip").filter(pk=extract, checked_by__isnull=True).first()
    if found is None:
        raise AlreadyChecked(gettext_noop("Bản trích này đã được kiểm tra."))
    tip_for(found.tip.number, by, on)
    if found.written_by == by.pk:
        raise NotYours(gettext_noop("Người viết không tự kiểm tra bản trích của mình."))
    return found


def _decided(found: Extract, by: Person, on: date, fields: list[str]) -> Extract:
    found.checked_by, found.checked_on = by.pk, on
    with transaction.atomic(using=DATABASE):
        found.save(update_fields=["checked_by", "checked_on", *fields])
    unchanged()
    return found
