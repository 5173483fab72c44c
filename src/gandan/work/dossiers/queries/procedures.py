"""Procedures through time, and who handles them."""

from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Unit
from gandan.work.dossiers.models import Procedure
from gandan.work.dossiers.rules import handles


class UnknownProcedure(Refused):
    """No procedure has this code, or it had no rules on the day."""


def procedure_on(code: str, day: date) -> Procedure:
    """Return the rules of a procedure on a day.

    :raises UnknownProcedure: if there are none
    """
    found = Procedure.objects.filter(code=code, during__contains=day).first()
    if found is None:
        raise UnknownProcedure(
            gettext_noop("Không có quy định của thủ tục {procedure} cho ngày {day}."), procedure=code, day=f"{day:%d/%m/%Y}"
        )
    return found


def procedures(on: date | None = None) -> list[Procedure]:
    """Return all rules of all procedures, or those in force on a day."""
    rules = Procedure.objects.order_by("code", "during")
    return list(rules if on is None else rules.filter(during__contains=on))


def procedures_at(unit: Unit, on: date) -> list[Procedure]:
    """Return the procedures that a unit handles on a day."""
    return [procedure for procedure in procedures(on) if handles(procedure.handled_by, unit.code)]
