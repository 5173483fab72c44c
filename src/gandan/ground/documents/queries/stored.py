"""Papers as they were sent. Who may see them, the package of the record says: nothing here looks at rights."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.documents.models import Stored, StoredContent
from gandan.ground.ledger.rules import Refused, gettext_noop


class UnknownPaper(Refused):
    """There is no such paper, or its time was up and it was erased."""


@dataclass(frozen=True)
class StoredRow:
    """A paper as a page shows it."""

    id: int
    token: str
    kind: str
    reference: str
    title: str
    number_line: str
    unit_id: int
    about_type: str
    about_id: int
    made_on: date
    made_at: datetime
    signed_by: str
    size: int
    digest: str
    erased_on: date | None

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.made_on:%Y%m%d}-{self.id}.pdf"


def paper(token: str) -> StoredRow:
    """:raises UnknownPaper: if no paper has this token"""
    found = Stored.objects.filter(token=token).first()
    if found is None:
        raise UnknownPaper(gettext_noop("Không có giấy này."))
    return _row(found)


def papers(numbers: Collection[int]) -> dict[int, StoredRow]:
    """Return papers by their numbers."""
    return {one.pk: _row(one) for one in Stored.objects.filter(pk__in=list(numbers))}


def papers_about(about_type: str, about_ids: Collection[int]) -> dict[int, list[StoredRow]]:
    """Return the papers about several records of one type, by record, the oldest first."""
    found: dict[int, list[StoredRow]] = {pk: [] for pk in about_ids}
    for one in Stored.objects.filter(about_type=about_type, about_id__in=list(about_ids)).order_by("pk"):
        found[one.about_id].append(_row(one))
    return found


def papers_of_digest(digest: str) -> list[StoredRow]:
    """Return the papers that have exactly these bytes."""
    return [_row(one) for one in Stored.objects.filter(digest=digest).order_by("pk")]


def pdf_of(number: int) -> bytes:
    """Return the bytes of a paper.

    :raises UnknownPaper: if its time was up and it was erased
    """
    kept = StoredContent.objects.filter(pk=number).values_list("pdf", flat=True).first()
    if kept is None:
        raise UnknownPaper(gettext_noop("Nội dung giấy này đã được xoá theo thời hạn lưu."))
    return bytes(kept)


def pdfs_of(numbers: Iterable[int]) -> dict[int, bytes]:
    """Return the bytes of several papers that are still kept."""
    kept = StoredContent.objects.filter(pk__in=list(numbers)).values_list("pk", "pdf")
    return {number: bytes(pdf) for number, pdf in kept}


def _row(one: Stored) -> StoredRow:
    return StoredRow(
        id=one.pk, token=one.token, kind=one.kind, reference=one.reference, title=one.title, number_line=one.number_line,
        unit_id=one.unit_id, about_type=one.about_type, about_id=one.about_id, made_on=one.made_on, made_at=one.made_at,
        signed_by=one.signed_by, size=one.size, digest=one.digest, erased_on=one.erased_on,
    )  # fmt: skip
