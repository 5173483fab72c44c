"""Texts being written, and those that came into force, held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gandan.ground.documents.queries import SigningRow, signing_of, waiting_for
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.programmes.models import Draft, DraftPart, Edition, PartVersion, Programme
from gandan.results.programmes.queries.issuing import frame_of
from gandan.results.programmes.rules import (
    ONCE,
    Compared,
    DraftState,
    Part,
    PartKind,
    Trouble,
    compared,
    frame_troubles,
    framed,
    in_order,
    named_units,
    numbered,
    troubles,
)

ENDED = (DraftState.IN_FORCE.value, DraftState.DROPPED.value)


class UnknownDraft(Refused):
    """There is no such draft, part or edition."""


@dataclass(frozen=True)
class PartRow:
    """A part on the page: its number, how deep it stands, the version that is seen."""

    key: str
    parent: str
    kind: PartKind
    number: str
    depth: int
    text: str
    facts: Mapping[str, Any]
    version: int
    heading: str


@dataclass(frozen=True)
class DraftShown:
    """A draft with its parts in order, what was taken out, and what it still lacks."""

    id: int
    programme: str
    number: int
    why: str
    state: DraftState
    begun_on: date
    returned: str
    number_line: str
    signed_on: date | None
    parts: tuple[PartRow, ...]
    out: tuple[PartRow, ...]
    lacks: tuple[Trouble, ...]
    signing: SigningRow | None
    before: int  # the edition it would take the place of; 0 if none


@dataclass(frozen=True)
class EditionRow:
    number: int
    on: date
    why: str
    number_line: str
    digest: str
    draft: int | None


@dataclass(frozen=True)
class Redefined:
    """An indicator that means something else now than when the text came into force."""

    measure: str
    was: str
    now: str


def drafts(programme: Programme) -> list[Draft]:
    """Return the drafts of a programme that are not dropped, the newest first."""
    return list(programme.drafts.exclude(state=DraftState.DROPPED.value).order_by("-pk"))


def draft_of(number: int) -> Draft:
    """Return a draft.

    :raises UnknownDraft: if there is none
    """
    found = Draft.objects.select_related("programme__unit", "programme__upper").filter(pk=number).first()
    if found is None:
        raise UnknownDraft(gettext_noop("Không có dự thảo số {number}."), number=number)
    return found


def open_drafts() -> dict[int, int]:
    """Return the open draft of each programme that has one."""
    return dict(Draft.objects.exclude(state__in=ENDED).values_list("programme_id", "pk"))


def draft(number: int, on: date) -> DraftShown:
    """Return a draft with all its parts.

    :raises UnknownDraft: if there is none
    """
    found = draft_of(number)
    kept = list(DraftPart.objects.filter(draft=found).order_by("position", "pk"))
    parts = [_part(one) for one in kept if not one.left]
    versions = {one.key: one.version for one in kept}
    last = found.programme.editions.order_by("-number").values_list("number", flat=True).first()
    open_ = found.state == DraftState.WRITING.value
    return DraftShown(
        found.pk, found.programme.code, found.number, found.why, DraftState(found.state), found.begun_on, found.returned,
        found.number_line, found.signed_on, tuple(_rows(parts, versions)),
        tuple(_rows([_part(one) for one in kept if one.left], versions, flat=True)),
        tuple(lacks(found, _said(parts), on)) if open_ else (),
        signing_of("programmes.draft", found.pk) if found.number_line else None, last or 0,
    )  # fmt: skip


def _part(one: DraftPart) -> Part:
    return Part(one.key, PartKind(one.kind), one.text, one.parent, one.facts)


def lacks(found: Draft, parts: Sequence[Part], on: date) -> list[Trouble]:
    """Return what a text lacks before it can be approved: tasks and targets are held against the days that it says itself."""
    programme, now = found.programme, frame_of(found.programme)
    frame = framed(parts, now)
    named = named_units(parts) | {code for code, _signs_as in frame.parties}
    units = frozenset(unit.code for unit in Unit.objects.filter(code__in=named) if unit.stands_on(on))
    started = on if programme.editions.exists() else None
    return [*frame_troubles(parts, now, units, started), *troubles(parts, CATALOGUE, units, frame.first, frame.last)]


def _said(parts: Sequence[Part]) -> list[Part]:
    """Leave out what stands once and was left empty."""
    return [part for part in parts if part.text or part.kind not in ONCE[1:]]


def _rows(parts: Sequence[Part], versions: Mapping[str, int], *, flat: bool = False) -> list[PartRow]:
    by_key, numbers = {part.key: part for part in parts}, numbered(parts)

    def depth(part: Part) -> int:
        above = by_key.get(part.parent)
        return 1 + depth(above) if above else 0

    return [
        PartRow(
            part.key, part.parent, part.kind, numbers.get(part.key, ""), 0 if flat else depth(part), part.text, part.facts,
            versions.get(part.key, 1), part.heading,
        )
        for part in (parts if flat else in_order(parts))
    ]  # fmt: skip


def part_versions(number: int, key: str) -> list[PartVersion]:
    """Return every version of a part, the newest first.

    :raises UnknownDraft: if there is no such part
    """
    found = list(PartVersion.objects.select_related("by").filter(part__draft=number, part__key=key).order_by("-number"))
    if not found:
        raise UnknownDraft(gettext_noop("Dự thảo không có phần này."))
    return found


def draft_parts(found: Draft) -> list[Part]:
    """Return a draft as it stands, without what was taken out or left empty."""
    return _said([_part(one) for one in DraftPart.objects.filter(draft=found, left=False).order_by("position", "pk")])


def editions(programme: Programme) -> list[EditionRow]:
    """Return the texts that came into force, the newest first."""
    found = Edition.objects.filter(programme=programme).order_by("-number")
    return [EditionRow(one.number, one.on, one.why, one.number_line, one.digest, one.draft_id) for one in found]


def edition_parts(programme: Programme, number: int) -> list[Part]:
    """Return a text as it came into force.

    :raises UnknownDraft: if there is none of this number
    """
    found = Edition.objects.filter(programme=programme, number=number).first()
    if found is None:
        raise UnknownDraft(gettext_noop("Chương trình không có bản số {number}."), number=number)
    return [Part(one["key"], PartKind(one["kind"]), one["text"], one["parent"], one["facts"]) for one in found.parts]


def edition_rows(programme: Programme, number: int) -> list[PartRow]:
    """Return the parts of a text that came into force, in order and numbered.

    :raises UnknownDraft: if there is none of this number
    """
    return _rows(edition_parts(programme, number), {})


def edition_changes(programme: Programme, number: int) -> list[Compared]:
    """Hold a text that came into force against the one before it; the first against nothing.

    :raises UnknownDraft: if there is none of this number
    """
    new = edition_parts(programme, number)
    return compared(edition_parts(programme, number - 1) if number > 1 else [], new)


def draft_changes(found: Draft) -> list[Compared]:
    """Hold a draft against the text in force."""
    last = found.programme.editions.order_by("-number").values_list("number", flat=True).first()
    return compared(edition_parts(found.programme, last) if last else [], draft_parts(found))


def redefined(parts: Sequence[Part]) -> list[Redefined]:
    """Return the indicators of a text that are defined otherwise today."""
    changed = []
    for part in parts:
        was = part.facts.get("defined")
        measure = CATALOGUE.get(str(part.facts.get("measure", "")))
        now = measure.definition.vi if measure else ""
        if was and was["definition"] != now:
            changed.append(Redefined(str(part.facts["measure"]), str(was["definition"]), now))
    return changed


@dataclass(frozen=True)
class TextToSign:
    """A programme or an amendment that waits for somebody's signature."""

    draft: int
    title: str
    number_line: str


def texts_to_sign(person: Person) -> list[TextToSign]:
    """Return the texts that wait for somebody to sign them now, the oldest first."""
    return [
        TextToSign(one.about_id, one.title, one.number_line)
        for one in waiting_for(person)
        if one.about_type == "programmes.draft"
    ]
