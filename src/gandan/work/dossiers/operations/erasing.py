"""What becomes of what dossiers and imports say of people, when its time is up."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import (
    Collector,
    Contact,
    Delivery,
    Dossier,
    Import,
    Once,
    ReceiptKey,
    RefusedRow,
    Scan,
    StagedRow,
    StepTaken,
    Wait,
)

AT_ONCE = 500
ANSWERED_KEPT = timedelta(days=30)


@operation
def anonymise_ended(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Take out of dossiers that ended before a day whatever tells whose they were, and return their numbers.

    The dossier stays, with its procedure, unit and days; figures are not touched.

    :param but: dossiers that are held
    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    ended = Dossier.objects.filter(Q(finished_on__lt=before) | Q(withdrawn_on__lt=before) | Q(closed_on__lt=before)).exclude(
        applicant=""
    )
    numbers = list(ended.exclude(pk__in=but).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    _anonymise(numbers)
    return numbers


def _anonymise(numbers: Collection[int]) -> None:
    Contact.objects.filter(dossier_id__in=numbers).delete()
    Collector.objects.filter(dossier_id__in=numbers).delete()
    ReceiptKey.objects.filter(dossier_id__in=numbers).delete()
    Wait.objects.filter(dossier_id__in=numbers).update(words="", papers=[])
    StepTaken.objects.filter(dossier_id__in=numbers).update(words="", before={})
    Scan.objects.filter(delivery__dossier_id__in=numbers).update(tracking="")
    Delivery.objects.filter(dossier_id__in=numbers).update(recipient="", address="", phone="", tracking="")
    Dossier.objects.filter(pk__in=numbers).update(applicant="", applicant_key="", applicant_order=b"", papers=[])
    Once.objects.filter(dossier_id__in=numbers).delete()


@operation
def forget_answered(*, by: Person, on: date) -> int:
    """Forget the keys of requests that were answered long ago, and return how many: nobody sends one again after so long.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = list(Once.objects.filter(at__date__lt=on - ANSWERED_KEPT).order_by("at").values_list("pk", flat=True)[:AT_ONCE])
    Once.objects.filter(pk__in=ended).delete()
    return len(ended)


@operation
def erase_refused_rows(*, before: date, but: frozenset[int], by: Person, on: date) -> list[str]:
    """Erase rows that imports refused, or set aside and never took, if the import is older than a day; return import and line.

    How many there were stays with the import.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    old = Import.objects.filter(Q(finished_at__date__lt=before) | Q(finished_at__isnull=True, started_at__date__lt=before))
    ended: list[str] = []
    for rows in (RefusedRow.objects.filter(of__in=old), StagedRow.objects.filter(of__in=old)):
        batch = list(rows.order_by("pk").values_list("pk", "of_id", "line")[: AT_ONCE - len(ended)])
        rows.model.objects.filter(pk__in=[pk for pk, _of, _line in batch]).delete()
        ended += [f"{of}.{line}" for _pk, of, line in batch]
    return ended
