"""Ideas near to what somebody is writing: among those that stand in public, in a moment, however many there are."""

from django.db import connection

from gandan.ground.vietnam.text import fold
from gandan.work.voice.models import Idea
from gandan.work.voice.queries.ideas.public import IdeaRow, as_rows
from gandan.work.voice.rules.ideas.pairs import pairs_of

LEAST, MOST, SHORTEST, LONGEST = 0.25, 5, 12, 400
RAREST, OF_A_PAIR, LOOKED_AT = 16, 100, 40  # pairs of what is asked; the newest with a pair; those whose words are compared
# What shares the rarest pairs comes first; a pair that many have is looked up as far as OF_A_PAIR, so that none costs more, and a
# long text costs no more than one of RAREST pairs.
_NEAR = """
    WITH has AS (
        SELECT newest.ideas, 1 / ln(1.7 + cardinality(newest.ideas)) AS weight FROM unnest(%s::integer[]) AS asked (pair)
        CROSS JOIN LATERAL (SELECT ARRAY(
            SELECT idea_id FROM voice_ideapair p WHERE p.call_id = %s AND p.pair = asked.pair ORDER BY idea_id DESC LIMIT %s
        ) AS ideas) newest
        WHERE cardinality(newest.ideas) > 0 ORDER BY cardinality(newest.ideas), asked.pair LIMIT %s
    ), likely AS (
        SELECT idea_id FROM has, unnest(has.ideas) AS idea_id GROUP BY idea_id ORDER BY sum(weight) DESC, idea_id LIMIT %s
    )
    SELECT id FROM (
        SELECT i.id, similarity(i.search, %s) AS alike FROM likely JOIN voice_idea i ON i.id = likely.idea_id
        WHERE i.showing = 'shown'
    ) compared WHERE alike >= %s ORDER BY alike DESC, id LIMIT %s
"""


def near(call: int, words: str) -> list[IdeaRow]:
    """Return ideas of a call that say nearly this, the nearest first; none for a few letters."""
    folded = fold(words)[:LONGEST]
    pairs = pairs_of(folded)
    if len(folded) < SHORTEST or not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [pairs, call, OF_A_PAIR, RAREST, LOOKED_AT, folded, LEAST, MOST])
        numbers = [number for (number,) in cursor.fetchall()]
    found = {one.pk: one for one in Idea.objects.public().filter(pk__in=numbers).select_related("group")}
    return as_rows([found[number] for number in numbers if number in found])
