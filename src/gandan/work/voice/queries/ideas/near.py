"""Ideas near to what somebody is writing: among those that stand in public, in a moment."""

from django.db import connection

from gandan.ground.vietnam.text import fold
from gandan.work.voice.models import Idea
from gandan.work.voice.queries.ideas.public import IdeaRow, as_rows

LEAST, MOST, SHORTEST, LONGEST = 0.25, 5, 12, 400
_NEAR = """
    SELECT id FROM voice_idea
    WHERE call_id = %s AND showing = 'shown' AND search %% %s
    ORDER BY similarity(search, %s) DESC, id LIMIT %s
"""


def near(call: int, words: str) -> list[IdeaRow]:
    """Return ideas of a call that say nearly this, the nearest first; none for a few letters."""
    folded = fold(words)[:LONGEST]
    if len(folded) < SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(LEAST)])
        cursor.execute(_NEAR, [call, folded, folded, MOST])
        numbers = [number for (number,) in cursor.fetchall()]
    found = {one.pk: one for one in Idea.objects.public().filter(pk__in=numbers).select_related("group")}
    return as_rows([found[number] for number in numbers if number in found])
