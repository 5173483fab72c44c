"""Letters that go on paper."""

from collections.abc import Sequence
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology


@operation
def note_printed(*, letters: Sequence[int], by: Person, on: date) -> int:
    """Note that letters were printed and given to the post, and return how many of them were `by`'s to print and waiting."""
    waiting = Apology.objects.select_for_update(of=("self",)).filter(pk__in=letters, to_print=True, printed_on=None)
    mine = [
        one
        for one in waiting.exclude(paper=None).select_related("dossier__unit", "dossier__procedure")
        if may(Right.WRITE_DOSSIERS, by=by, unit=one.dossier.unit, on=on)
    ]
    for one in mine:
        record(Kind.LETTER_PRINTED, unit=one.dossier.unit, day=on, by=by, about=one.dossier, procedure=one.dossier.procedure.code)
    Apology.objects.filter(pk__in=[one.pk for one in mine]).update(printed_on=on)
    if not mine:
        unchanged()
    return len(mine)
