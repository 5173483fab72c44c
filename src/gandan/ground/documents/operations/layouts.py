"""A body lays its own template over ours: from a day on, and only if it can be set."""

from datetime import date

from gandan.ground.documents.forms import fields
from gandan.ground.documents.models import OwnLayout
from gandan.ground.documents.own import typeset_own
from gandan.ground.documents.samples import sample_sheet
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right


class TooLateToChange(Refused):
    """Papers of days gone by stay as they were."""


@operation
def lay_over(*, unit: Unit, kind: str, source: str, valid_from: date, by: Person, on: date) -> OwnLayout:
    """Let a unit's own template stand over ours for one kind of form, from a day on; an empty one brings ours back.

    :raises NotAllowed: if `by` may not decide on the unit's forms
    :raises TooLateToChange: if the day is past
    :raises NoSuchForm: if there is no such form on that day
    :raises BadTemplate: if it can't be set with a sample, saying at which line
    """
    require(Right.MANAGE_FORMS, by=by, unit=unit, on=on)
    if valid_from < on:
        raise TooLateToChange(
            gettext_noop("Mẫu chỉ thay được từ hôm nay trở đi, không từ ngày {day}."), day=f"{valid_from:%d/%m/%Y}"
        )
    fields(kind)
    sample = sample_sheet(kind, valid_from)
    if source.strip():
        typeset_own(source, [sample])
    laid, _created = OwnLayout.objects.update_or_create(
        unit=unit, kind=kind, valid_from=valid_from, defaults={"source": source.strip(), "by": by, "laid_on": on}
    )
    record(Kind.FORM_LAID_OVER, unit=unit, day=on, by=by, about=laid, form=kind)
    return laid
