"""An extract of a sealed tip becomes a crime report: checked words, the tip's number, the unit; never who sent it."""

from datetime import date, datetime

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations.receiving import receive
from gandan.work.voice.rules.brought import Brought

TIPS = "tips"
UNNAMED = "Nguồn tin kín"  # stands where the law asks for a name: the sealed channel has none to give


@operation
def take_extract(*, tip_number: str, extract: str, unit: Unit, code: str, by: Person, on: date, at: datetime) -> Case:
    """Take in the extract of a tip, so that the clocks of the law run for it; of the same tip a second time, the same case.

    :param tip_number: by which the sealed channel finds it again; nothing else leads back
    :param code: sixteen digits drawn at random; by them the channel's desk reads the outcome, to tell it through the channel
    :raises NotAllowed: if `by` may not work on what people bring
    :raises NotStanding: if the unit doesn't exist on the day
    :raises NotReady: if the extract says nothing
    """
    known = Case.objects.filter(source=TIPS, source_number=tip_number).first()
    if known is not None:
        unchanged()
        return known
    check_standing(unit, on)
    return receive(
        brought=Brought(kind=CaseKind.CRIME, text=extract, name=UNNAMED),
        channel=Channel.OTHER,
        source=TIPS,
        source_number=tip_number,
        unit=unit,
        code=code,
        by=by,
        on=on,
        at=at,
    )
