"""Searching by words, with or without marks, in the database: what `ground.vietnam.text.words_of` finds, found by an index."""

from collections.abc import Iterable

from django.db.models import Func, Q, TextField

from gandan.ground.vietnam.text import words_of


class Folded(Func):
    """The words of a column, folded, with a space before each. An index of these very letters finds them (`gin_trgm_ops`)."""

    template = (
        "(' ' || regexp_replace(lower(translate(regexp_replace(normalize(%(expressions)s, NFKD), "
        r"'[\u0300-\u036F]', '', 'g'), 'đĐ', 'dd')), '[^a-z0-9]+', ' ', 'g'))"
    )
    output_field = TextField()


def having(word: str, column: str = "folded") -> Q:
    """Return the condition that a word of a folded column begins so."""
    return Q(**{f"{column}__contains": f" {word}"})


def said_by(word: str, known: Iterable[tuple[object, str]]) -> list[object]:
    """Return which of what is known by a name has a word that begins so."""
    return [one for one, name in known if any(each.startswith(word) for each in words_of(name))]
