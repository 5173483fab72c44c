"""Procedures through time, and who handles them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Reckoning, Term, reckon
from gandan.ground.ledger.prepared import Table, asked
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import UnitRow, rows, tree
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Dossier, Procedure
from gandan.work.dossiers.rules import handles
from gandan.work.dossiers.rules.procedures import verification


class UnknownProcedure(Refused):
    """No procedure has this code, or it had no rules on the day."""


PROCEDURE = Table(Procedure, "p")
_IN_FORCE = f"SELECT {PROCEDURE.columns} FROM dossiers_procedure p WHERE p.code = %s AND p.during @> %s"


def procedure_on(code: str, day: date) -> Procedure:
    """Return the rules of a procedure on a day.

    :raises UnknownProcedure: if there are none
    """
    found = asked(_IN_FORCE, [code, day])
    if not found:
        raise UnknownProcedure(
            gettext_noop("Không có quy định của thủ tục {procedure} cho ngày {day}."), procedure=code, day=f"{day:%d/%m/%Y}"
        )
    return PROCEDURE.record(found[0])


def procedures(on: date | None = None) -> list[Procedure]:
    """Return all rules of all procedures, or those in force on a day."""
    rules = Procedure.objects.order_by("code", "during")
    return list(rules if on is None else rules.filter(during__contains=on))


def procedures_at(unit: Unit, on: date) -> list[Procedure]:
    """Return the procedures that a unit handles on a day."""
    return [procedure for procedure in procedures(on) if handles(procedure.handled_by, unit.code)]


@dataclass(frozen=True)
class RuleShown:
    """A rule of a procedure, and how many open dossiers were received under it: they keep it."""

    rule: Procedure
    open: int


def rules_of(code: str) -> list[RuleShown]:
    """Return the rules of a procedure through time, the latest first.

    :raises UnknownProcedure: if there never was one
    """
    rules = list(Procedure.objects.filter(code=code).order_by("-during"))
    if not rules:
        raise UnknownProcedure(gettext_noop("Không có thủ tục mã {procedure}."), procedure=code)
    counted = Dossier.objects.unsettled().filter(procedure__in=rules).values("procedure").annotate(number=Count("pk"))
    known = dict(counted.values_list("procedure", "number"))
    return [RuleShown(rule, known.get(rule.pk, 0)) for rule in rules]


def handlers(patterns: Sequence[str], on: date) -> tuple[UnitRow, ...]:
    """Return the units of a day that handle what these codes and patterns of codes name, by name."""
    known = tree()
    there = rows({unit for line in Line for unit in known.units(line)}, on).values()
    found = (unit for unit in there if handles(patterns, unit.code) and unit.founded_on <= on)
    return tuple(sorted((unit for unit in found if unit.closed_on is None or unit.closed_on > on), key=lambda unit: unit.code))


def tried(term: Term, verify_days: int, received_on: date, unit: int | None) -> Reckoning:
    """Reckon what a dossier received on a day would be promised under such a rule."""
    return reckon(received_on, term, working_calendar(unit), verification(received_on, verify_days))
