"""What becomes of a relief when its time is up: names, telephones and addresses go, figures stay."""

from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.relief.models import Emergency, Need, Offer


@operation
def erase_ended(*, by: Person, on: date) -> list[int]:
    """Erase what is known of anybody in emergencies whose day of erasing has come; return the numbers of needs and offers.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    due = Emergency.objects.select_for_update().filter(erase_on__lte=on, erased_on=None).order_by("pk").first()
    if due is None:
        return []
    needs, offers = Need.objects.filter(emergency=due), Offer.objects.filter(emergency=due)
    numbers = [due.pk, *needs.order_by("pk").values_list("pk", flat=True), *offers.order_by("pk").values_list("pk", flat=True)]
    nothing = {"name": "", "phone": "", "receipt": "", "once": ""}
    needs.update(**nothing, phone_index=b"", address="", secret="", opened_by="")
    offers.update(**nothing)
    due.erased_on = on
    due.save(update_fields=["erased_on"])
    return numbers
