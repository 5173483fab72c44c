"""What would follow from an act: it is done, the ledger is asked what it was told, and everything is taken back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from gandan.ground.ledger.queries import EventRow, newest, told_since


def rehearsed(act: Callable[[], Any], by: Any) -> Sequence[EventRow]:
    """Return what the ledger would be told. A refusal comes through."""
    with transaction.atomic():
        before = newest()
        act()
        told = told_since(before, by)
        transaction.set_rollback(True)
    return told
