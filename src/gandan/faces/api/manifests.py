"""Lists of parcels that office and post hand to each other: each side reads its own."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.work.dossiers import queries

router = Router(tags=["post"])


class Manifest(BaseModel):
    """A list, signed by both sides."""

    id: int = Field(description="Its place among all lists, for `before`.")
    number: str
    direction: str = Field(description="out: from the office to the post; back: the other way.")
    unit: UnitName = Field(description="The office.")
    partner: UnitName = Field(description="The body of the post.")
    made_on: date
    handed_on: date | None = Field(description="The day on which both had signed.")
    office_signed_at: AwareDatetime | None = Field(description="When the office signed; null while it has not.")
    post_signed_at: AwareDatetime | None = Field(description="When the post signed; null while it has not.")
    parcels: int = Field(description="How many parcels are on it.")

    @classmethod
    def of(cls, row: queries.ManifestRow) -> "Manifest":
        names = ("id", "number", "made_on", "handed_on", "office_signed_at", "post_signed_at", "parcels")
        return cls(
            direction=row.direction.value,
            unit=UnitName.of(row.unit),
            partner=UnitName.of(row.partner),
            **{name: getattr(row, name) for name in names},
        )


class Item(BaseModel):
    """A parcel on a list: what the post needs to bring it, and nothing of what it is about."""

    position: int
    tracking: str
    recipient: str
    address: str
    state: str = Field(description="packed, handed, in_transit, delivered, failed, returned, collected or dropped.")


class Manifests(BaseModel):
    items: list[Manifest] = Field(description="The newest first.")


class ManifestRead(BaseModel):
    manifest: Manifest
    items: list[Item]


@router.get("/manifests", response=answers(Manifests), summary="Lists of parcels")
def catalogue(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=asked.LARGEST, description="Only lists older than this `id`.")] = None,
    limit: asked.Limit = 50,
) -> Manifests:
    """List the lists of one's office (`write_dossiers`) or of one's body of the post (`scan_parcels`).

    Who may: they; anybody else gets an empty list.
    """
    found = queries.manifests(asked.viewer(request), asked.today(), before=before, limit=limit)
    return Manifests(items=[Manifest.of(row) for row in found])


@router.get("/manifests/{number}", response=answers(ManifestRead), summary="One list with its parcels")
def one(request: HttpRequest, number: Annotated[asked.Text, Path(min_length=1, description="As on the paper.")]) -> ManifestRead:
    """Return a list with its parcels.

    Who may: the office (`write_dossiers`) and the body of the post (`scan_parcels`) whose list it is.
    """
    found = queries.manifest(number, asked.viewer(request), asked.today())
    items = [
        Item(
            position=item.position,
            tracking=item.tracking,
            recipient=item.recipient,
            address=item.address,
            state=item.state.value,
        )
        for item in found.items
    ]
    return ManifestRead(manifest=Manifest.of(found.row), items=items)
