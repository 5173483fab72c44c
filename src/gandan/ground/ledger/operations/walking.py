"""The walker of postings: what must follow from an event follows once, in the order of the postings."""

from collections.abc import Callable, Sequence

from django.db import connection, transaction

from gandan.ground.ledger.models import Cursor
from gandan.ground.ledger.queries.drill import COLUMNS, EventRow, as_event_row


def walk(name: str, react: Callable[[Sequence[EventRow]], None], *, postings: int = 20) -> int:
    """Hand the loud events of the next postings to `react` and move the cursor, in one transaction; return the postings walked.

    If `react` fails nothing moves and the same postings come again. Two walkers of one name take turns.
    """
    Cursor.objects.get_or_create(name=name)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(name=name)
        with connection.cursor() as sql:
            sql.execute(
                "SELECT number FROM ledger_posting WHERE number > %s ORDER BY number LIMIT %s", [cursor.posting, postings]
            )
            numbers = [number for (number,) in sql.fetchall()]
            if not numbers:
                return 0
            sql.execute(
                f"SELECT {COLUMNS} FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id"
                " JOIN ledger_facetset f ON f.id = e.facet_set_id"
                " WHERE n.posting = ANY(%s) AND NOT n.quiet ORDER BY n.posting, e.id",
                [numbers],
            )
            events = [as_event_row(row) for row in sql.fetchall()]
        if events:
            react(events)
        cursor.posting = numbers[-1]
        cursor.save(update_fields=["posting"])
    return len(numbers)
