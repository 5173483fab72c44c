"""Searching that forgives: without accents, in any order of words, by part of a number, by a telephone number.

Names are found by their words and by every two of them, which the database keeps beside each name: two common words are
together a rarer one. Numbers are found through an index of trigrams. Both stay inside what the viewer may see.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Lookup, Q

from gandan.ground.vietnam.text import words_of
from gandan.work.dossiers.models import DossierQuerySet
from gandan.work.dossiers.rules.numbers import NUMBER

PART = 3  # characters: of less than that no index knows
PHONE = re.compile(r"(?:\+84|0)[0-9\s.-]{8,14}\Z")

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup


def found_by(text: str, among: DossierQuerySet) -> DossierQuerySet:
    """Return those that answer to every piece of a text: a word of the name, the last one perhaps begun, or part of a number."""
    typed = text.strip()
    if NUMBER.match(typed.upper()):
        return among.filter(number=typed.upper())
    if PHONE.match(typed):
        return among.filter(contact__phone_index=typed)
    found, names = among, list[str]()
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
    return Q(applicant_key__in_words=words)


def asked_for(words: Sequence[str]) -> str:
    """Return what is asked of the words of a name, as PostgreSQL writes it: each two of them together, or the only one."""
    *whole, last = words
    others = [word for word in dict.fromkeys(whole) if word != last]
    begun = ":*" if len(last) > 1 and last not in whole else ""
    if not others:
        return f"'{last}'{begun}"
    two = [f"'{one}+{other}'" for one, other in pairwise(others)]
    return " & ".join([*two, *(f"'{other}+{last}'{begun}" for other in others)])


class InWords(AnyLookup):
    """`applicant_key__in_words=words`: all of these words stand in the name, the last one perhaps only begun."""

    lookup_name, prepare_rhs = "in_words", False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)  # the column made from this one, which no model has
        return f'{table}."applicant_words" @@ %s::tsquery', (asked_for(self.rhs),)


CharField.register_lookup(InWords)
