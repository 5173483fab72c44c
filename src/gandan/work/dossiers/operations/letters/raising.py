"""The sweep for letters: raises every letter that is owed by a day, however late anybody looks, each once."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gandan.ground.calendar.queries import working_calendars
from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.promises import operations as promises
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.queries import open_about
from gandan.ground.promises.rules import Life
from gandan.work.dossiers.flow import AT_WORK
from gandan.work.dossiers.models import Apology, Dossier
from gandan.work.dossiers.operations.steps import LETTER
from gandan.work.dossiers.queries.letters import letter_laws
from gandan.work.dossiers.rules.letters import LetterLaw

ABOUT = Dossier._meta.label_lower
AT_ONCE = 500
AHEAD = timedelta(days=30)  # no rule asks for a letter earlier than that


@operation
def raise_letters(*, by: Person, on: date, after: int = 0, at_most: int = AT_ONCE) -> tuple[int, int]:
    """Raise the letters that are owed by `on`, in the order of their dossiers; those raised before are not raised again.

    A dossier whose clock stands still is not late by us. History that was brought in owes no letter.

    :param after: the dossier where the call before ended
    :return: how many were raised, and the last dossier looked at; 0 when all have been
    """
    unchanged()  # each letter tells of itself
    found = list(_candidates(on).filter(pk__gt=after).select_for_update(of=("self",), skip_locked=True)[:at_most])
    if not found:
        return 0, 0
    units = {dossier.unit_id for dossier in found}
    owing = _owing(found, letter_laws(units, on), working_calendars(units), on)
    _raise(owing, by, on)
    return len(owing), found[-1].pk


def _candidates(on: date) -> QuerySet[Dossier]:
    """Return the dossiers at work for whose appointment no letter is owed: the last new appointment, or the first."""
    again = Apology.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier").annotate(last=Max("new_due_on"))
    owed = Apology.objects.filter(dossier=OuterRef("pk"), appointed_on=OuterRef("holds_on"))
    at_work = Dossier.objects.filter(status__in=[status.value for status in AT_WORK], due_on__lte=on + AHEAD)
    holding = at_work.annotate(holds_on=Coalesce(Subquery(again.values("last")), F("due_on")))
    late = holding.filter(~Exists(owed), holds_on__lte=on + AHEAD).exclude(imported__go_live__gt=F("holds_on"))
    return late.select_related("procedure", "unit").order_by("pk")


def _owing(
    found: Sequence[Dossier], laws: dict[int, LetterLaw], calendars: dict[int, WorkingCalendar], on: date
) -> list[tuple[Dossier, date]]:
    owing = []
    for dossier in found:
        appointed_on: date = dossier.holds_on  # type: ignore[attr-defined]  # annotated
        if laws[dossier.unit_id].owed_from(appointed_on, calendars[dossier.unit_id]) <= on and dossier.unit.stands_on(on):
            owing.append((dossier, appointed_on))
    return owing


def _raise(owing: Sequence[tuple[Dossier, date]], by: Person, on: date) -> None:
    standing = open_about(ABOUT, [dossier.pk for dossier, _ in owing], LETTER)
    for promise in standing.values():  # a letter that was never sent is overtaken by the next appointment's
        promises.drop(promise=promise, by=by, on=on)
    Apology.objects.bulk_create([Apology(dossier=one, appointed_on=appointed, owed_on=on) for one, appointed in owing])
    record_many(
        [
            NewEvent(
                Kind.LETTER_OWED, unit_id=one.unit_id, day=on, by_id=by.pk, facets={"procedure": one.procedure.code},
                about_type=ABOUT, about_id=one.pk,
            )
            for one, _ in owing
        ]
    )  # fmt: skip
    lives = [
        Life(
            kind=LETTER, about_type=ABOUT, about_id=one.pk, label=one.number, owed_to=Receiver.CITIZEN, unit_id=one.unit_id,
            made_on=on, due_on=max(appointed, on), subject=one.procedure.code,
        )
        for one, appointed in owing
    ]  # fmt: skip
    promises.owe_many(lives=lives, by=by, on=on)
