"""A dossier of another unit, opened for a reason."""

from datetime import date

from gandan.ground.audit import operations as audit
from gandan.ground.audit.models import Opening
from gandan.ground.ledger.operations import operation
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.queries import UnknownDossier


@operation
def open_outside(*, number: str, reason: str, by: Person, on: date) -> Opening:
    """Open a dossier of another unit of the line for today; the head of that unit is told the reason.

    :raises UnknownDossier: if there is none of this number
    :raises NotAllowed: if no role of `by` may, or the dossier belongs to another line
    :raises YourOwn: if `by` may read it anyway
    :raises NoReason: if the reason is too short to be one, or too long
    """
    found = Dossier.objects.select_related("unit").filter(number=number.strip().upper()).first()
    if found is None:
        raise UnknownDossier(gettext_noop("Không có hồ sơ số {number}."), number=number)
    return audit.open_outside(about=found, unit=found.unit, reason=reason, by=by, on=on)
