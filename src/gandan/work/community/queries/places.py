"""For which side somebody assesses a model."""

from datetime import date

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import reaching, speaks_for
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.community.rules import Side

SIDES_OF = {Line.POLICE: Side.POLICE, Line.CIVIL: Side.CIVIL}


def sides_of(by: Person, unit: Unit, on: date) -> set[Side]:
    """Return the sides for which somebody may assess what a unit looks after."""
    if reaching(Right.ASSESS_MODELS, by=by, unit=unit.pk, on=on) is None:
        return set()
    return {SIDES_OF[line] for line in speaks_for(by, on)}
