"""Views of the queue that somebody keeps for themselves."""

from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models import SavedFilter

MOST, LONGEST_NAME, LONGEST_QUERY = 30, 60, 400


class BadFilter(Refused):
    """A saved view has a name, and there are not too many of them."""


@operation
def save_filter(*, name: str, query: str, by: Person, on: date) -> SavedFilter:
    """Keep a view of the queue under a name; the same name again replaces it. It is nobody else's, so nothing is told.

    :raises BadFilter: if it has no name, or there are too many
    """
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise BadFilter(gettext_noop("Đặt tên cho bộ lọc, không quá {most} chữ."), most=LONGEST_NAME)
    if SavedFilter.objects.filter(person=by).exclude(name=called).count() >= MOST:
        raise BadFilter(gettext_noop("Mỗi người giữ nhiều nhất {most} bộ lọc. Xin xoá bớt."), most=MOST)
    unchanged()
    saved, _new = SavedFilter.objects.update_or_create(person=by, name=called, defaults={"query": query})
    return saved


@operation
def forget_filter(*, pk: int, by: Person, on: date) -> None:
    """Forget a view that somebody kept for themselves."""
    unchanged()
    SavedFilter.objects.filter(person=by, pk=pk).delete()
