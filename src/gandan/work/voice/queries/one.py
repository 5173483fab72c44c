"""One case: in the hands of the desk, and in those of its sender."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gandan.ground.audit.noting import note_reading
from gandan.ground.documents.queries import AttachmentRow, attachment, attachments
from gandan.ground.ledger.queries import EventRow, events_about
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, may, names, reaching, row, rows
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.queries import open_about
from gandan.work.voice.flow import OPEN, Showing
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Sender
from gandan.work.voice.queries.lists import CaseRow, as_rows
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of, id_of

ABOUT = Case._meta.label_lower


class UnknownCase(Refused):
    """No case has this number, or the viewer may not know of it."""


@dataclass(frozen=True)
class Said:
    """Something that was said about a case: to its sender, by its sender, or among officers."""

    words: str
    at: datetime
    on: date
    by: str = ""
    unit: UnitRow | None = None
    is_answer: bool = False
    seen_on: date | None = None


@dataclass(frozen=True)
class Passed:
    on: date
    from_unit: UnitRow
    to_unit: UnitRow
    words: str


@dataclass(frozen=True)
class Extended:
    """A longer term, who allowed it, and why."""

    on: date
    grade: str
    was_due_on: date
    due_on: date
    allowed_by: str
    words: str


@dataclass(frozen=True)
class CaseShown:
    """A case as who works on it, or its sender, finds it. What one of them may not see is empty."""

    record: Case
    row: CaseRow
    text: str
    answers: Mapping[str, Any]
    concerned: UnitRow | None
    files: Sequence[AttachmentRow]
    replies: Sequence[Said]
    follow_ups: Sequence[Said]
    passings: Sequence[Passed]
    extensions: Sequence[Extended] = ()
    notes: Sequence[Said] = ()
    sender: Sender | None = None
    timeline: Sequence[EventRow] = ()
    doubles: Sequence[CaseRow] = ()
    officer: str = ""
    officer_id: int | None = None
    may_work: bool = False
    may_moderate: bool = False
    new_words: int = 0  # of the sender, that the desk has not seen

    @property
    def is_open(self) -> bool:
        return self.row.state in OPEN


def case(number: str, viewer: Person, on: date) -> CaseShown:
    """Return a case that the viewer may read. Of others there is no trace: not even that they exist.

    :raises UnknownCase: if there is none
    """
    pk = id_of(number)
    found = None if pk is None else Case.objects.select_related("unit", "service", "sender").filter(pk=pk).first()
    if found is None or found.number != number.strip().upper() or not may_read(found, viewer, on):
        raise UnknownCase(gettext_noop("Không có việc số {number} trong những việc Ông/Bà được giao xem."), number=number[:40])
    held_by = reaching(KINDS[CaseKind(found.kind)].read, by=viewer, unit=found.unit_id, on=on)
    note_reading(by=viewer, about_type=ABOUT, about_id=found.pk, unit=found.unit_id, held=held_by)
    works = may(KINDS[CaseKind(found.kind)].work, by=viewer, unit=found.unit, on=on)
    promise = open_about(ABOUT, [found.pk], KINDS[CaseKind(found.kind)].promise).get(found.pk)
    notes = list(found.notes.select_related("by").order_by("pk"))
    shown = _shown(found, on)
    return CaseShown(
        **shown,
        notes=[Said(one.words, one.at, one.on, one.by.name) for one in notes],
        sender=getattr(found, "sender", None) if works else None,
        timeline=sorted(events_about(ABOUT, found.pk), key=lambda event: event.id),
        doubles=as_rows(list(Case.objects.filter(merged_into=found).select_related("service").order_by("pk")[:100]), on),
        officer=names([promise.officer_id])[promise.officer_id] if promise and promise.officer_id else "",
        officer_id=promise.officer_id if promise else None,
        may_work=works,
        may_moderate=may(Right.MODERATE_VOICE, by=viewer, unit=found.unit, on=on) and found.showing != Showing.PRIVATE,
        new_words=found.follow_ups.filter(read_on=None).count(),
    )


def may_read(found: Case, viewer: Person, on: date) -> bool:
    return may(KINDS[CaseKind(found.kind)].read, by=viewer, unit=found.unit, on=on)


def held(code: str, on: date) -> CaseShown:
    """Return a case as its sender sees it, by the receipt: no note, nothing of other senders.

    :raises UnknownReceipt: if there is none
    """
    found = Case.objects.select_related("unit", "service", "merged_into").filter(receipt=digest_of(code), erased_on=None).first()
    if found is None:
        raise UnknownReceipt
    return CaseShown(**_shown(found, on), may_work=False)


def readable(numbers: Sequence[int], viewer: Person, on: date) -> list[int]:
    """Return cases by their ids, each once, if the viewer may see them all.

    :raises UnknownCase: if there is one that isn't there, for them
    """
    wanted = list(dict.fromkeys(numbers))
    if Case.objects.visible_to(viewer, on).filter(pk__in=wanted).count() != len(wanted):
        raise UnknownCase(gettext_noop("Có việc không còn ở đây. Xin xem lại danh sách."))
    return wanted


def file_of(case_id: int, token: str) -> AttachmentRow:
    """Return a file of a case. The caller has looked at the right to it.

    :raises UnknownCase: if the case has no such file
    """
    for one in attachments(ABOUT, [case_id])[case_id]:
        if one.token == token:
            return one
    raise UnknownCase(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))


def photos_of(cases: Sequence[int]) -> dict[int, list[AttachmentRow]]:
    """Return the pictures of cases."""
    return {pk: [one for one in files if one.media_type.startswith("image/")] for pk, files in attachments(ABOUT, cases).items()}


def public_photo(token: str) -> AttachmentRow:
    """Return a photo of a case that stands in public.

    :raises UnknownAttachment: if there is none
    :raises UnknownCase: if its case does not stand in public
    """
    found = attachment(token)
    shown = found.about_type == ABOUT and Case.objects.public().filter(pk=found.about_id).exists()
    if not shown or not found.media_type.startswith("image/"):
        raise UnknownCase(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    return found


def is_receipt(case: Case, code: str) -> bool:
    """Say whether a code opens this case: it doesn't, if the form was sent before and had another."""
    return case.receipt == digest_of(code)


def _shown(found: Case, on: date) -> dict[str, Any]:
    """Return what both sides see. A double shows what was said about the one it was merged into."""
    about = [found.pk, *([found.merged_into_id] if found.merged_into_id else [])]
    (listed,) = as_rows([found], on)
    replies = sorted(
        (one for case in Case.objects.filter(pk__in=about).prefetch_related("replies") for one in case.replies.all()),
        key=lambda one: one.at,
    )
    passings = list(found.passings.order_by("pk"))
    units = rows({unit for one in passings for unit in (one.from_unit_id, one.to_unit_id)} | {one.unit_id for one in replies})
    return {
        "record": found,
        "row": listed,
        "text": found.text,
        "answers": json.loads(found.answers or "{}"),
        "concerned": row(found.concerned_id) if found.concerned_id else None,
        "files": attachments(ABOUT, [found.pk])[found.pk],
        "replies": [
            Said(one.words, one.at, one.on, unit=units[one.unit_id], is_answer=one.is_answer, seen_on=one.seen_on)
            for one in replies
            if one.is_answer or one.case_id == found.pk
        ],
        "follow_ups": [Said(one.words, one.at, one.on, seen_on=one.read_on) for one in found.follow_ups.order_by("pk")],
        "extensions": [
            Extended(one.on, one.grade, one.was_due_on, one.due_on, one.allowed_by, one.words)
            for one in found.extensions.order_by("pk")
        ],
        "passings": [Passed(one.on, units[one.from_unit_id], units[one.to_unit_id], one.words) for one in passings],
    }
