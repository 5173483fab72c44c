"""Which rule for letters holds for a unit: its own, else that of the nearest body above it, else the product's."""

from collections.abc import Collection
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import parse_term
from gandan.ground.organisations.queries import path
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Apology, LetterRule
from gandan.work.dossiers.rules.letters import LetterLaw, default_law


def letter_law(unit: int, on: date) -> LetterLaw:
    return letter_laws([unit], on)[unit]


def letter_laws(units: Collection[int], on: date) -> dict[int, LetterLaw]:
    """Return the rule that holds for each unit on a day."""
    latest: dict[int, LetterLaw] = {}
    for rule in LetterRule.objects.filter(valid_from__lte=on).order_by("valid_from"):
        latest[rule.unit_id] = LetterLaw(rule.days_before, parse_term(rule.again), rule.max_reappointments, rule.source)
    default = default_law()
    if not latest:
        return dict.fromkeys(units, default)
    return {unit: next((latest[up] for up in _upwards(unit, on) if up in latest), default) for unit in units}


def next_appointment(letter: Apology, law: LetterLaw, on: date) -> date:
    """Return the new appointment that a letter names if it is signed on a day: the one that was wished for, else by the rule."""
    if letter.wanted_on and letter.wanted_on > on:
        return letter.wanted_on
    return law.next_appointment(letter.appointed_on, on, working_calendar(letter.dossier.unit_id))


def _upwards(unit: int, on: date) -> list[int]:
    for line in (Line.POLICE, *Line):
        if upper := path(unit, line, on):
            return [one.id for one in reversed(upper)]
    return [unit]
