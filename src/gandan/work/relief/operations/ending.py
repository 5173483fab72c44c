"""What becomes of a relief when its time is up: names, telephones and addresses go, figures stay."""

from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.relief.models import Emergency, Need, Offer


@operation
def erase_ended(*, by: Person, on: date, but: frozenset[int] = frozenset()) -> list[int]:
    """Erase what is known of anybody in emergencies whose day of erasing has come; return the numbers of what was.

    An emergency counts as erased with the last of its needs.

    :param but: needs that are held
    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    numbers: list[int] = []
    for due in Emergency.objects.select_for_update().filter(erase_on__lte=on, erased_on=None).order_by("pk"):
        needs = Need.objects.filter(emergency=due).exclude(receipt="")
        going = list(needs.exclude(pk__in=but).order_by("pk").values_list("pk", flat=True))
        offers = list(Offer.objects.filter(emergency=due).exclude(receipt="").order_by("pk").values_list("pk", flat=True))
        nothing = {"name": "", "phone": "", "receipt": "", "once": ""}
        Need.objects.filter(pk__in=going).update(**nothing, phone_index=b"", address="", secret="", opened_by="")
        Offer.objects.filter(pk__in=offers).update(**nothing)
        numbers += [*going, *offers]
        if not needs.exists():
            due.erased_on = on
            due.save(update_fields=["erased_on"])
            numbers.append(due.pk)
    return numbers
