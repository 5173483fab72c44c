"""Writing the text of a programme, of a plan or of an amendment: part by part, by several at once, no word lost."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from gandan.ground.documents.merging import Merged, merge
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY, Line
from gandan.results.programmes.models import Draft, DraftPart, PartVersion, Party, Programme
from gandan.results.programmes.operations.directives import CODE
from gandan.results.programmes.operations.enacting import in_force
from gandan.results.programmes.operations.taking import require_over, said, standing, taken
from gandan.results.programmes.queries.issuing import frame_of
from gandan.results.programmes.rules import ONCE, UNDER, DraftState, Part, PartKind, parties_text, period_text

FRAMES = (PartKind.TITLE, PartKind.PERIOD, PartKind.PARTIES)
ENDED = (DraftState.IN_FORCE.value, DraftState.DROPPED.value)


class BadText(Refused):
    """A part can't stand there, or something of the programme is missing."""


class AlreadyDrafted(Refused):
    """There is such a programme, or a draft of it is being written."""


class NotBeingWritten(Refused):
    """The text has been approved, signed or dropped."""


class UnknownDraftPart(Refused):
    """The draft has no such part, or the part no such version."""


@dataclass(frozen=True)
class Saved:
    """What a save came to: the part as it is now, the version that holds what was sent, in how many places both were kept."""

    part: DraftPart
    sent: int
    both: int = 0
    merged: bool = False


@operation
def draft_programme(
    *, code: str, title: str, unit: Unit, line: Line, first: date, last: date, parties: Sequence[tuple[Unit, str]], by: Person,
    on: date, follows: Programme | None = None, planned_by: str = "", plans_due_on: date | None = None,
) -> Draft:  # fmt: skip
    """Begin to write a programme of one or more parties.

    :param parties: who signs, in that order, and as what their heads do
    :raises NotAllowed: if `by` may not manage programmes over the unit
    :raises BadText: if its code is none, its days are none, or nobody signs it
    :raises AlreadyDrafted: if there is one of this code
    :raises NothingWritten: if it has no name
    :raises NotStanding: if a party does not exist on the day
    """
    require(Right.MANAGE_PROGRAMMES, by=by, unit=unit, on=on)
    if not CODE.match(code):
        raise BadText(gettext_noop("Mã “{code}” chỉ gồm chữ thường, số và gạch nối."), code=code)
    if last <= first:
        raise BadText(gettext_noop("Chương trình kết thúc trước khi bắt đầu."))
    if not parties or not all(signs_as.strip() for _, signs_as in parties):
        raise BadText(gettext_noop("Chương trình phải có bên ký, mỗi bên ghi chức vụ người ký."))
    for party, _ in parties:
        check_standing(party, on)
    if Programme.objects.filter(code=code).exists():
        raise AlreadyDrafted(gettext_noop("Đã có chương trình {code}."), code=code)
    programme = Programme.objects.create(
        code=code, title=said(title)[:300], unit=unit, line=line.value, during=DateRange(first, last + ONE_DAY), follows=follows,
        source="Soạn và ký trong hệ thống", verified=True, planned_by=planned_by, plans_due_on=plans_due_on,
    )  # fmt: skip
    Party.objects.bulk_create(
        Party(programme=programme, position=nth, unit=party, signs_as=signs_as.strip()[:80])
        for nth, (party, signs_as) in enumerate(parties, start=1)
    )
    parts = [Part(secrets.token_hex(5), PartKind.TITLE, programme.title)]
    parts += framing(programme)
    parts += [Part(secrets.token_hex(5), kind) for kind in ONCE if kind not in FRAMES]
    draft = open_draft(programme, 0, "", parts, by, on)
    record(Kind.PROGRAMME_DRAFTED, about=programme, unit=standing(unit, on), day=on, by=by)
    return draft


@operation
def amend(*, programme: Programme, why: str, by: Person, on: date) -> Draft:
    """Begin to write an amendment: a text that begins as the one in force, which stays in force until this one is signed.

    :raises NotAllowed: if `by` may not write the programme
    :raises ProgrammeClosed: if it has been closed
    :raises AlreadyDrafted: if one is being written
    :raises BadText: if no text is in force yet
    :raises NothingWritten: if it doesn't say why
    """
    programme = taken(programme, by, on)
    if programme.drafts.exclude(state__in=ENDED).exists():
        raise AlreadyDrafted(gettext_noop("Chương trình {code} đang có một bản dự thảo."), code=programme.code)
    parts = in_force(programme)
    if not parts:
        raise BadText(gettext_noop("Chương trình chưa có bản nào có hiệu lực để sửa đổi."))
    if programme.upper_id is None and not any(part.kind is PartKind.PERIOD for part in parts):
        parts = [*framing(programme), *parts]
    number = (programme.drafts.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = open_draft(programme, number, said(why)[:500], parts, by, on)
    record(Kind.PROGRAMME_DRAFTED, about=programme, unit=standing(programme.unit, on), day=on, by=by)
    return draft


def framing(programme: Programme) -> list[Part]:
    """Return a programme's days and parties as parts of its text."""
    frame = frame_of(programme)
    return [
        Part(secrets.token_hex(5), PartKind.PERIOD, period_text(frame.first, frame.last)),
        Part(secrets.token_hex(5), PartKind.PARTIES, parties_text(frame.parties)),
    ]


def open_draft(programme: Programme, number: int, why: str, parts: Sequence[Part], by: Person, on: date) -> Draft:
    """Lay out a text to be written on."""
    draft = Draft.objects.create(programme=programme, number=number, why=why, state=DraftState.WRITING.value, begun_on=on)
    made = DraftPart.objects.bulk_create(
        DraftPart(
            draft=draft, key=part.key, parent=part.parent, kind=part.kind.value, position=nth, text=part.text,
            facts={name: value for name, value in part.facts.items() if name != "defined"},
        )
        for nth, part in enumerate(parts, start=1)
    )  # fmt: skip
    PartVersion.objects.bulk_create(PartVersion(part=part, number=1, base=0, text=part.text, by=by, on=on) for part in made)
    return draft


@operation
def add_part(
    *,
    draft: Draft,
    kind: PartKind,
    by: Person,
    on: date,
    parent: str = "",
    text: str = "",
    facts: Mapping[str, Any] | None = None,
) -> DraftPart:
    """Add a content, goal, task or indicator at the end of what it stands under.

    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if the text has been approved, signed or dropped
    :raises BadText: if it can't stand there
    """
    fresh = taken_draft(draft, by, on)
    above = fresh.parts.filter(key=parent, left=False).first() if parent else None
    if kind in ONCE or (kind is PartKind.CONTENT) != (parent == ""):
        raise BadText(gettext_noop("Phần này không đứng ở đó được."))
    if parent and (above is None or PartKind(above.kind) not in UNDER[kind]):
        raise BadText(gettext_noop("Phần này không đứng ở đó được."))
    last = fresh.parts.aggregate(last=Max("position"))["last"] or 0
    part = DraftPart.objects.create(
        draft=fresh, key=secrets.token_hex(5), parent=parent, kind=kind.value, position=last + 1, text=text.strip(),
        facts=dict(facts or {}),
    )  # fmt: skip
    PartVersion.objects.create(part=part, number=1, base=0, text=part.text, by=by, on=on)
    _edited(fresh, by, on)
    return part


@operation
def write_part(
    *, draft: Draft, key: str, text: str, base: int, by: Person, on: date, facts: Mapping[str, Any] | None = None
) -> Saved:
    """Save what somebody has written, joined with what others have saved since version `base`. Every save is a version.

    :param facts: what is said of it besides, if that changes too: the last word holds
    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if the text has been approved, signed or dropped
    :raises UnknownDraftPart: if there is no such part or version
    """
    fresh = taken_draft(draft, by, on)
    part = DraftPart.objects.select_for_update().filter(draft=fresh, key=key).first()
    had = PartVersion.objects.filter(part=part, number=base).values_list("text", flat=True).first() if part else None
    if part is None or had is None:
        raise UnknownDraftPart(gettext_noop("Dự thảo không có phần này, hoặc phần này chưa có bản đó."))
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    told = dict(facts) if facts is not None and dict(facts) != part.facts else None
    if text == had and told is None:  # nothing new: only what others wrote comes back
        unchanged()
        return Saved(part, base, merged=base != part.version)
    merged = Merged(part.text) if text == had else merge(had, text, part.text)
    sent = part.version if text == had else _version(part, text, merged, base, by, on)
    part.text, part.facts = merged.text, told if told is not None else part.facts
    part.save()
    _edited(fresh, by, on)
    return Saved(part, sent, merged.both, part.text != text)


def _version(part: DraftPart, text: str, merged: Merged, base: int, by: Person, on: date) -> int:
    sent = part.version + 1
    made = [PartVersion(part=part, number=sent, base=base, text=text, by=by, on=on)]
    if merged.text != text:
        made.append(PartVersion(part=part, number=sent + 1, base=sent, text=merged.text, merged=True, by=by, on=on))
    PartVersion.objects.bulk_create(made)
    part.version = made[-1].number
    return sent


@operation
def move_part(*, draft: Draft, key: str, up: bool, by: Person, on: date) -> DraftPart:
    """Move a part before or behind its neighbour, with all that stands under it; the numbering follows by itself.

    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if the text has been approved, signed or dropped
    :raises UnknownDraftPart: if there is no such part
    """
    fresh = taken_draft(draft, by, on)
    part = _part(fresh, key)
    sisters = list(fresh.parts.filter(parent=part.parent, kind=part.kind, left=False).order_by("position", "pk"))
    at = sisters.index(part)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(sisters):
        unchanged()
        return part
    other = sisters[to]
    part.position, other.position = other.position, part.position
    DraftPart.objects.bulk_update([part, other], ["position"])
    _edited(fresh, by, on)
    return part


@operation
def leave_part(*, draft: Draft, key: str, left: bool, by: Person, on: date) -> DraftPart:
    """Take a part out, with all that stands under it; or take it back: its words are kept.

    :raises NotAllowed: if `by` may not write the programme
    :raises NotBeingWritten: if the text has been approved, signed or dropped
    :raises UnknownDraftPart: if there is no such part
    :raises BadText: if the text can't be without it
    """
    fresh = taken_draft(draft, by, on)
    part = _part(fresh, key)
    if PartKind(part.kind) in FRAMES:
        raise BadText(gettext_noop("Chương trình phải có tên, thời gian và các bên."))
    if part.left == left:
        unchanged()
        return part
    below, keys = [part], {part.key}
    for one in fresh.parts.order_by("position", "pk"):
        if one.parent in keys:
            below.append(one)
            keys.add(one.key)
    DraftPart.objects.filter(pk__in=[one.pk for one in below]).update(left=left)
    part.left = left
    _edited(fresh, by, on)
    return part


def taken_draft(draft: Draft, by: Person, on: date) -> Draft:
    """Take a draft to write on it. Parts are written by several at once: only the draft's own row is held, to be read."""
    fresh = Draft.objects.select_for_update(of=("self",)).select_related("programme__unit", "programme__upper").get(pk=draft.pk)
    require_over(fresh.programme, by, on)
    if fresh.state != DraftState.WRITING.value:
        raise NotBeingWritten(gettext_noop("Bản này đã duyệt, đã ký hoặc đã bỏ. Muốn sửa, xin trả lại hoặc soạn bản sửa đổi."))
    return fresh


def _part(draft: Draft, key: str) -> DraftPart:
    found = draft.parts.filter(key=key).first()
    if found is None:
        raise UnknownDraftPart(gettext_noop("Dự thảo không có phần này, hoặc phần này chưa có bản đó."))
    return found


def _edited(draft: Draft, by: Person, on: date) -> None:
    """Tell the ledger of writing once a day of each programme: how often somebody saves is nobody's business."""
    if draft.edited_on == on:
        unchanged()
        return
    draft.edited_on = on
    draft.save(update_fields=["edited_on"])
    record(Kind.PROGRAMME_EDITED, about=draft.programme, unit=standing(draft.programme.unit, on), day=on, by=by)
