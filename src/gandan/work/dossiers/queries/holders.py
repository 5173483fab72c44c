"""What somebody sees who holds a receipt, or knows the number and the last digits of the telephone: one dossier, and no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from gandan.ground.audit.noting import note_reading
from gandan.ground.documents.queries import AttachmentRow, StoredRow, UnknownAttachment, attachment, attachments, papers, pdf_of
from gandan.ground.ledger.queries import EventRow
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import reaching, require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import (
    Apology,
    Collector,
    Contact,
    Delivery,
    Dossier,
    Draft,
    ReceiptKey,
    StepTaken,
    TicketTaken,
    Wait,
)
from gandan.work.dossiers.queries.one import ABOUT, DossierShown, shown
from gandan.work.dossiers.rules.holders import digest_of, tail_fits
from gandan.work.dossiers.rules.numbers import official
from gandan.work.dossiers.rules.telling import TEMPLATES


class NothingOpened(Refused):
    """No dossier is opened by that. Whether the number exists, nobody learns."""


@dataclass(frozen=True)
class Opened:
    """A dossier that somebody has opened from outside. Without the receipt's key it may be read, not changed."""

    dossier: int
    receipt: int | None


@dataclass(frozen=True)
class HeldDossier:
    """A dossier as its applicant sees it."""

    opened: Opened
    record: Dossier
    shown: DossierShown
    contact: Contact | None
    parcel: Delivery | None  # the last
    files: Sequence[AttachmentRow]
    ticket_left: bool
    wait: Wait | None  # what the applicant is asked for now
    last_words: str  # of the step that refused or stopped it

    @property
    def letters(self) -> Sequence[Apology]:
        """Those that were signed and sent, the last first."""
        return [one for one in reversed(self.shown.apologies) if one.paper_id is not None]


def opened_by_number(number: str, tail: str) -> Opened:
    """Open a dossier by its number and the last digits of the telephone; the same answer, and as soon, whatever was wrong.

    :raises NothingOpened: if the number is unknown, or the digits are others
    """
    found = Dossier.objects.filter(number=official(number)).values_list("pk", "contact__phone").first()
    pk, phone = found or (0, None)
    if not tail_fits(phone or "", tail) or not pk:
        raise _nothing()
    return Opened(pk, None)


def opened_by_token(token: str) -> Opened:
    """Open a dossier by the token of a receipt.

    :raises NothingOpened: if no live receipt has it
    """
    key = ReceiptKey.objects.filter(digest=digest_of(token), ended_on=None).first()
    if key is None:
        raise _nothing()
    return Opened(key.dossier_id, key.pk)


def opened_by_draft(draft: Draft) -> Opened:
    """Open what was just handed in, for who holds its draft.

    :raises NothingOpened: if it was not handed in
    """
    key = ReceiptKey.objects.filter(dossier_id=draft.dossier_id, ended_on=None).first() if draft.dossier_id else None
    if key is None:
        raise _nothing()
    return Opened(key.dossier_id, key.pk)


def token_of(key: ReceiptKey) -> str:
    """Return the token of a receipt: made from our secret, so that a receipt can be printed again and no table holds it."""
    return salted_hmac("gandan.dossiers.receipt", f"{key.dossier_id}.{key.pk}", algorithm="sha256").hexdigest()[:40]


def receipt_token(dossier: int, viewer: Person, on: date) -> str:
    """Return the token of the live receipt of a dossier, empty if none was given or the viewer doesn't work on it."""
    key = ReceiptKey.objects.visible_to(viewer, on).filter(dossier=dossier, ended_on=None).first()
    return token_of(key) if key else ""


def held(opened: Opened, on: date) -> HeldDossier:
    """Return what was opened, if it still may be.

    :raises NothingOpened: if the receipt was replaced since
    """
    found = Dossier.objects.select_related("procedure", "imported", "unit").filter(pk=opened.dossier).first()
    live = opened.receipt is None or ReceiptKey.objects.filter(pk=opened.receipt, ended_on=None).exists()
    if found is None or not live:
        raise _nothing()
    whole = shown(found, on)
    return HeldDossier(
        opened=opened,
        record=found,
        shown=whole,
        contact=Contact.objects.filter(dossier=found).first(),
        parcel=whole.deliveries[-1] if whole.deliveries else None,
        files=attachments(ABOUT, [found.pk])[found.pk],
        ticket_left=found.finished_on is not None and not TicketTaken.objects.filter(dossier=found).exists(),
        wait=found.waits.filter(until=None).first(),
        last_words=_last_words(found),
    )


def to_be_told(events: Sequence[EventRow]) -> list[int]:
    """Return those of these events that somebody left an address to be told of."""
    about = {event.id: event.about_id for event in events if event.about_type == ABOUT and event.kind in TEMPLATES}
    if not about:
        return []
    held = Contact.objects.filter(dossier__in=set(about.values()), notices=True)
    wanting = {contact.dossier_id for contact in held if contact.email}
    return [number for number, dossier in about.items() if dossier in wanting]


def _last_words(found: Dossier) -> str:
    if found.closed_on is None:
        return ""
    last = StepTaken.objects.filter(dossier=found, undone_on=None).exclude(words="").order_by("-pk").first()
    return last.words if last else ""


@dataclass(frozen=True)
class Holder:
    """What an officer sees of who is behind a dossier."""

    record: Dossier
    contact: Contact | None
    collector: Collector | None
    parcel: Delivery | None
    files: Sequence[AttachmentRow]


def holder_of(number: str, viewer: Person, on: date) -> Holder:
    """Return how the applicant of a dossier is reached, who fetches for them, and what they sent.

    :raises NothingOpened: if there is no such dossier
    :raises NotAllowed: if the viewer may not work on it
    """
    found = Dossier.objects.select_related("procedure", "unit").filter(number=number.strip().upper()).first()
    if found is None:
        raise NothingOpened(gettext_noop("Không có hồ sơ số {number}."), number=number)
    require(Right.WRITE_DOSSIERS, by=viewer, unit=found.unit, on=on)
    held_by = reaching(Right.WRITE_DOSSIERS, by=viewer, unit=found.unit_id, on=on)
    note_reading(by=viewer, about_type=ABOUT, about_id=found.pk, unit=found.unit_id, held=held_by)
    return Holder(
        record=found,
        contact=Contact.objects.visible_to(viewer, on).filter(dossier=found).first(),
        collector=Collector.objects.visible_to(viewer, on).filter(dossier=found, ended_on=None).first(),
        parcel=found.deliveries.order_by("-pk").first(),
        files=attachments(ABOUT, [found.pk])[found.pk],
    )


def file_for_officer(token: str, viewer: Person, on: date) -> AttachmentRow:
    """Return a file of a dossier, to one who may read that dossier.

    :raises UnknownAttachment: if there is no such file of a dossier
    :raises NotAllowed: if the viewer may not read it
    """
    row = attachment(token)
    found = Dossier.objects.select_related("unit").filter(pk=row.about_id).first() if row.about_type == ABOUT else None
    if found is None:
        raise UnknownAttachment(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    require(Right.READ_DOSSIERS, by=viewer, unit=found.unit, on=on)
    held_by = reaching(Right.READ_DOSSIERS, by=viewer, unit=found.unit_id, on=on)
    note_reading(by=viewer, about_type=ABOUT, about_id=found.pk, unit=found.unit_id, held=held_by)
    return row


def file_for_holder(token: str, opened: Opened) -> AttachmentRow:
    """Return a file of the opened dossier, and of no other.

    :raises UnknownAttachment: if it has no such file
    """
    row = attachment(token)
    if (row.about_type, row.about_id) != (ABOUT, opened.dossier):
        raise UnknownAttachment(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    return row


def letter_for_holder(number: int, opened: Opened) -> tuple[StoredRow, bytes]:
    """Return a letter of the opened dossier as it was signed, to who has its receipt.

    :raises NothingOpened: if it has no such letter, or no receipt is in hand
    :raises UnknownPaper: if its time was up and it was erased
    """
    letter = Apology.objects.filter(pk=number, dossier=opened.dossier).exclude(paper=None).first()
    if letter is None or letter.paper_id is None or opened.receipt is None:
        raise _nothing()
    return papers([letter.paper_id])[letter.paper_id], pdf_of(letter.paper_id)


def _nothing() -> NothingOpened:
    return NothingOpened(gettext_noop("Số hồ sơ và 4 số cuối điện thoại không khớp. Xin xem lại trên giấy tiếp nhận."))
