"""Papers that several sign: where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.documents.models import Signing, SigningPart
from gandan.ground.organisations.models import Person


@dataclass(frozen=True)
class PartRow:
    """One who signs."""

    position: int
    unit_id: int
    signs_as: str
    person_id: int
    person_name: str
    signed_on: date | None
    signed_at: datetime | None
    certificate: str


@dataclass(frozen=True)
class SigningRow:
    """A paper that is being signed, or has been."""

    id: int
    about_type: str
    about_id: int
    title: str
    number_line: str
    paper_id: int
    opened_on: date
    finished_on: date | None
    parts: tuple[PartRow, ...]

    @property
    def next(self) -> PartRow | None:
        return next((one for one in self.parts if one.signed_on is None), None)


def signing_of(about_type: str, about_id: int) -> SigningRow | None:
    """Return the signing of a record, if it has come so far."""
    found = Signing.objects.filter(about_type=about_type, about_id=about_id).prefetch_related("parts__person").first()
    return _row(found) if found else None


def signings_of(about_type: str, about_ids: Iterable[int]) -> dict[int, SigningRow]:
    """Return the signings of several records of one type, by record."""
    found = Signing.objects.filter(about_type=about_type, about_id__in=list(about_ids)).prefetch_related("parts__person")
    return {one.about_id: _row(one) for one in found}


def waiting_for(person: Person) -> list[SigningRow]:
    """Return the papers that wait for somebody's signature now, the oldest first."""
    mine = SigningPart.objects.filter(person=person, signed_on=None).values_list("signing_id", flat=True)
    rows = [_row(one) for one in Signing.objects.filter(pk__in=mine).prefetch_related("parts__person").order_by("pk")]
    return [row for row in rows if row.next and row.next.person_id == person.pk]


def _row(one: Signing) -> SigningRow:
    return SigningRow(
        id=one.pk, about_type=one.about_type, about_id=one.about_id, title=one.title, number_line=one.number_line,
        paper_id=one.paper_id, opened_on=one.opened_on, finished_on=one.finished_on,
        parts=tuple(
            PartRow(
                part.position, part.unit_id, part.signs_as, part.person_id, part.person.name, part.signed_on, part.signed_at,
                part.certificate,
            )
            for part in one.parts.all()
        ),
    )  # fmt: skip
