"""A case being written: kept without an account, whatever becomes of the connection. Its code becomes the receipt."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach, erase_attachment, hand_on
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, CaseDraft
from gandan.work.voice.operations.receiving import receive
from gandan.work.voice.queries.routing import head
from gandan.work.voice.rules.drafts import brought_of, kept
from gandan.work.voice.rules.receipts import digest_of

ABOUT, OF_CASES = CaseDraft._meta.label_lower, Case._meta.label_lower
DRAFT_KEPT, FILES_KEPT = timedelta(days=30), timedelta(days=5 * 365)
AT_ONCE = 200


class HandedIn(Refused):
    """What was sent is no draft any more."""


@operation
def begin_draft(*, kind: CaseKind, code: str, by: Person, on: date, said: Mapping[str, str] | None = None) -> CaseDraft:
    """Begin to write. Nobody is owed anything by it yet.

    :param code: drawn at random; its digest alone is kept
    """
    unchanged()  # a draft is nobody's work yet
    return CaseDraft.objects.create(
        digest=digest_of(code), kind=kind.value, begun_on=on, keep_until=on + DRAFT_KEPT,
        written=json.dumps(kept(said or {}), ensure_ascii=False),
    )  # fmt: skip


@operation
def write_draft(*, draft: CaseDraft, said: Mapping[str, str], by: Person, on: date) -> CaseDraft:
    """Keep what was filled in, right or wrong.

    :raises HandedIn: if it was sent
    """
    fresh = _open(draft)
    before = json.loads(fresh.written or "{}")
    fresh.written, fresh.keep_until = json.dumps(before | kept(said), ensure_ascii=False), on + DRAFT_KEPT
    fresh.save(update_fields=["written", "keep_until"])
    Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, erased_on=None).update(keep_until=fresh.keep_until)
    unchanged()  # a draft is nobody's work yet
    return fresh


@operation
def add_to_draft(*, draft: CaseDraft, source: Readable, name: str, by: Person, on: date) -> Attachment:
    """Add a photo or a file to a draft.

    :raises HandedIn: if it was sent
    :raises Refused: if the file can't be kept as it is, with what to do instead
    """
    fresh = _open(draft)
    unit = Unit.objects.get(pk=head(on))  # until it is known who handles it
    return attach(about=fresh, unit=unit, source=source, name=name, keep_until=fresh.keep_until, by=by, on=on)


@operation
def drop_from_draft(*, draft: CaseDraft, token: str, by: Person, on: date) -> None:
    """Take a file out of a draft.

    :raises HandedIn: if it was sent
    """
    fresh = _open(draft)
    unchanged()  # it may be gone already
    for one in Attachment.objects.filter(about_type=ABOUT, about_id=fresh.pk, token=token, erased_on=None):
        erase_attachment(attachment=one, by=by, on=on)


@operation
def hand_in(*, draft: CaseDraft, code: str, by: Person, on: date, at: datetime) -> Case:
    """Send a draft: it becomes a case, opened by the same code. Twice, or five times, is once.

    :raises NotReady: if something is missing; it says what, by field
    """
    fresh = CaseDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.case_id is not None:
        unchanged()
        return Case.objects.get(pk=fresh.case_id)
    said = json.loads(fresh.written or "{}")
    case = receive(brought=brought_of(CaseKind(fresh.kind), said), channel=Channel.ONLINE, code=code, by=by, on=on, at=at)
    hand_on(giver=fresh, taker=case, keep_until=on + FILES_KEPT, by=by, on=on)
    Attachment.objects.filter(about_type=OF_CASES, about_id=case.pk).update(unit=case.unit)
    fresh.case, fresh.keep_until, fresh.written = case, on, ""
    fresh.save(update_fields=["case", "keep_until", "written"])
    return case


@operation
def erase_drafts(*, by: Person, on: date) -> list[int]:
    """Erase drafts when their time is up, and the files of those that nobody sent; return their numbers."""
    ended = list(CaseDraft.objects.filter(keep_until__lt=on).order_by("keep_until")[:AT_ONCE])
    for draft in ended:
        for one in Attachment.objects.filter(about_type=ABOUT, about_id=draft.pk, erased_on=None):
            erase_attachment(attachment=one, by=by, on=on)
    numbers = [draft.pk for draft in ended]
    CaseDraft.objects.filter(pk__in=numbers).delete()
    unchanged()  # the files tell of themselves
    return numbers


def _open(draft: CaseDraft) -> CaseDraft:
    fresh = CaseDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.case_id is not None:
        raise HandedIn(gettext_noop("Việc này đã gửi. Xin xem bằng mã biên nhận."))
    return fresh
