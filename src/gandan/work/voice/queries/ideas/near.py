"""Ideas near to what somebody is writing: among those that stand in public, in a moment, however many there are."""

from django.db import connection

from gandan.ground.vietnam.text import fold
from gandan.work.voice.models import Idea
from gandan.work.voice.queries.ideas.public import IdeaRow, as_rows
from gandan.work.voice.rules.ideas.pairs import pairs_of

LEAST, MOST, SHORTEST, LONGEST = 0.25, 5, 12, 400
OF_A_PAIR, LOOKED_AT = 200, 60  # the newest with one pair of syllables; those whose words are then compared
# What shares the rarest pairs comes first; a pair that many have is looked up as far as OF_A_PAIR, so that none costs more.
_NEAR = """
    WITH has AS (
        SELECT asked.pair, found.idea_id FROM unnest(%s::integer[]) AS asked (pair)
        CROSS JOIN LATERAL (
            SELECT idea_id FROM voice_ideapair p WHERE p.call_id = %s AND p.pair = asked.pair ORDER BY idea_id DESC LIMIT %s
        ) found
    ), rare AS (SELECT pair, 1 / ln(1.7 + count(*)) AS weight FROM has GROUP BY pair),
    likely AS (
        SELECT idea_id FROM has JOIN rare USING (pair) GROUP BY idea_id ORDER BY sum(weight) DESC, idea_id LIMIT %s
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
        cursor.execute(_NEAR, [pairs, call, OF_A_PAIR, LOOKED_AT, folded, LEAST, MOST])
        numbers = [number for (number,) in cursor.fetchall()]
    found = {one.pk: one for one in Idea.objects.public().filter(pk__in=numbers).select_related("group")}
    return as_rows([found[number] for number in numbers if number in found])
