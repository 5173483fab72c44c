"""Files that belong to nothing: their machine died between the file and its record, or between the erasure and the file."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db.models import Q

from gandan.ground.documents.models import Attachment, Export, ExportState
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person

STANDING: dict[str, tuple[type[Attachment | Export], Q]] = {
    "attachments": (Attachment, Q(erased_on=None)),
    "exports": (Export, ~Q(state=ExportState.ERASED.value)),
}


@operation
def sweep_shelf(*, before: datetime, by: Person, on: date) -> int:
    """Remove the files that no record has, and return how many they were.

    :param before: younger ones are left alone: their record may be on its way
    """
    unchanged()  # nothing that anybody was told of is gone
    gone = 0
    for kind, folder, tokens in _shelves():
        model, standing = STANDING[kind]
        kept = set(model.objects.filter(standing, token__in=tokens).values_list("token", flat=True))
        for token in tokens - kept:
            if default_storage.get_modified_time(f"{folder}/{token}") < before:
                default_storage.delete(f"{folder}/{token}")
                gone += 1
    return gone


def _shelves() -> Iterator[tuple[str, str, set[str]]]:
    """Yield each folder with what lies in it."""
    for kind in STANDING:
        if default_storage.exists(kind):
            for part in default_storage.listdir(kind)[0]:
                yield kind, f"{kind}/{part}", set(default_storage.listdir(f"{kind}/{part}")[1])
