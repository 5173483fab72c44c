"""Searching that forgives: without accents, in any order of words, by part of a number, by a telephone number.

Names are found through an index of words, numbers through one of trigrams; both stay inside what the viewer may see.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q

from gandan.ground.vietnam.text import words_of
from gandan.work.dossiers.models import DossierQuerySet
from gandan.work.dossiers.rules.numbers import NUMBER

NAME = SearchVector("applicant_key", config="simple")  # as the index has it
PART = 3  # characters: of less than that no index knows
PHONE = re.compile(r"(?:\+84|0)[0-9\s.-]{8,14}\Z")


def found_by(text: str, among: DossierQuerySet) -> DossierQuerySet:
    """Return those that answer to every piece of a text: a word of the name, the last one perhaps begun, or part of a number."""
    typed = text.strip()
    if NUMBER.match(typed.upper()):
        return among.filter(number=typed.upper())
    if PHONE.match(typed):
        return among.filter(contact__phone_index=typed)
    found, names = among.annotate(_name=NAME), list[str]()
    for piece in typed.split():
        words = words_of(piece)
        if any(each.isdigit() for each in piece):
            found = found.filter(_numbered(piece) | (_named(words) if words else Q(pk__in=[])))
        else:
            names += words
    return found.filter(_named(names)) if names else found


def _numbered(piece: str) -> Q:
    if len(piece) < PART:
        return Q(number__endswith=piece)
    return Q(number__contains=piece.upper()) | Q(source_number__contains=piece) & ~Q(source="")


def _named(words: list[str]) -> Q:
    *whole, last = words
    asked = " & ".join([f"'{word}'" for word in whole] + [f"'{last}':*" if len(last) > 1 else f"'{last}'"])
    return Q(_name=SearchQuery(asked, config="simple", search_type="raw"))
