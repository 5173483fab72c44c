"""Papers are kept exactly as they were sent, in the transaction of the step that sent them."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model

from gandan.ground.documents.forms import Form
from gandan.ground.documents.models import Stored, StoredContent
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.prepared import all_added
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.privacy.queries import belongs_to_held

KEPT = timedelta(days=5 * 365)
AT_ONCE = 500


@dataclass(frozen=True)
class Paper:
    """A paper that is to be kept: its bytes, and what is known of it."""

    pdf: bytes
    form: Form
    unit: Unit
    about: Model
    layout: str
    number: int | None = None
    number_line: str = ""
    year: int | None = None
    signed_by: str = ""
    kept_for: timedelta = KEPT


@operation
def store(*, paper: Paper, by: Person, on: date) -> Stored:
    """Keep a paper as it is, under its digest. The step that made it tells the ledger of itself."""
    (kept,) = store_many(papers=[paper], by=by, on=on)
    return kept


@operation
def store_many(*, papers: Sequence[Paper], by: Person, on: date) -> list[Stored]:
    """Keep many papers, and return them in their order."""
    unchanged()
    rows = all_added([_row(paper, by, on) for paper in papers])
    all_added([StoredContent(stored=row, pdf=paper.pdf) for row, paper in zip(rows, papers, strict=True)])
    return list(rows)


def _row(paper: Paper, by: Person, on: date) -> Stored:
    return Stored(
        token=secrets.token_urlsafe(32),
        kind=paper.form.kind,
        reference=paper.form.reference,
        layout=paper.layout,
        title=paper.form.title,
        sign=paper.form.sign if paper.number is not None else "",
        year=paper.year,
        number=paper.number,
        number_line=paper.number_line,
        unit=paper.unit,
        about_type=paper.about._meta.label_lower,
        about_id=paper.about.pk,
        made_on=on,
        by=by,
        signed_by=paper.signed_by[:200],
        size=len(paper.pdf),
        digest=hashlib.sha256(paper.pdf).hexdigest(),
        keep_until=on + paper.kept_for,
    )


@operation
def erase_papers(*, by: Person, on: date) -> list[int]:
    """Erase the content of papers whose time is up, and return their numbers; the rest comes at the next call.

    That there was the paper, its number and its digest stay: the register has no gaps. Those of a record that is held stay whole.
    """
    unchanged()
    ended = Stored.objects.filter(~belongs_to_held(on), keep_until__lt=on, erased_on=None).order_by("keep_until", "pk")
    numbers = list(ended.values_list("pk", flat=True)[:AT_ONCE])
    Stored.objects.filter(pk__in=numbers).update(erased_on=on)
    StoredContent.objects.filter(pk__in=numbers).delete()
    return numbers
