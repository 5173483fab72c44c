"""What a counter knows before a dossier is there: the procedure, the day it would be due, an applicant of this counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Reckoning, reckon
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, require, unit
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Contact, Dossier, Procedure
from gandan.work.dossiers.queries.lists import DossierRow, as_row
from gandan.work.dossiers.rules import handles
from gandan.work.dossiers.rules.reach import Reach


@dataclass(frozen=True)
class BeenHere:
    """An applicant who was here before with the same procedure, as they were written down then."""

    applicant: str
    reach: Reach
    open: Sequence[DossierRow]  # not settled yet: perhaps the same request twice


@dataclass(frozen=True)
class Ahead:
    """What a dossier of this procedure would be, received on the day."""

    procedure: Procedure
    reckoning: Reckoning


def ahead(code: str, at: UnitRow, on: date) -> Ahead | None:
    """Return what would be promised, or None if the unit doesn't handle the procedure on the day."""
    rule = Procedure.objects.filter(code=code, during__contains=on).first()
    if rule is None or not handles(rule.handled_by, at.code):
        return None
    return Ahead(rule, reckon(on, rule.term, working_calendar(at.id), rule.verification(on)))


def been_here(identity: str, procedure: str, at: UnitRow, viewer: Person, on: date) -> BeenHere | None:
    """Return an applicant by their number, known from this procedure at this unit and from nowhere else (design, section 6).

    :raises NotAllowed: if the viewer may not receive dossiers there
    """
    require(Right.WRITE_DOSSIERS, by=viewer, unit=unit(at.code), on=on)
    if not identity:
        return None
    here = Contact.objects.filter(identity_index=identity, dossier__unit=at.id, dossier__procedure__code=procedure)
    last = here.select_related("dossier").order_by("-dossier_id").first()
    if last is None:
        return None
    same = Dossier.objects.unsettled().filter(contact__in=here).select_related("procedure").order_by("-pk")[:5]
    reach = Reach(last.identity, last.phone, last.email, last.address)
    return BeenHere(last.dossier.applicant, reach, [as_row(each, at, on) for each in same])
