"""The receipt in somebody's hand: given, replaced when it was lost; how its holder is reached; who fetches for them."""

from datetime import date

from django.db.models import Model

from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Collector, Contact, Dossier, RatingTicket, ReceiptKey, TicketTaken
from gandan.work.dossiers.operations.parcels import holder
from gandan.work.dossiers.queries.holders import token_of
from gandan.work.dossiers.rules.holders import FILES_KEPT, Checked, Language, digest_of
from gandan.work.dossiers.rules.reach import reach
from gandan.work.dossiers.rules.reading import tidy

LONGEST = 200  # characters of a name
POWER_OF_ATTORNEY = "power-of-attorney"


class NoCollector(Refused):
    """Somebody who fetches for another is named, and was checked."""


class TicketGone(Refused):
    """For one dossier there is one ticket, at its end."""


@operation
def give_receipt(*, dossier: Dossier | int, by: Person, on: date) -> str:
    """Return the token for the QR of a dossier's receipt; the same each time, until it is replaced.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    """
    fresh = _locked(dossier)
    require(Right.WRITE_DOSSIERS, by=by, unit=holder(fresh, on), on=on)
    return key_given(fresh, by, on)


@operation
def replace_receipt(*, dossier: Dossier, checked: Checked, by: Person, on: date) -> str:
    """Give a new receipt for one that was lost, after the applicant's papers were checked. The old QR opens nothing any more.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    """
    fresh = _locked(dossier)
    unit = holder(fresh, on)
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    fresh.receipt_keys.filter(ended_on=None).update(ended_on=on)
    _tell(Kind.RECEIPT_REPLACED, fresh, by, on, reason=checked.value)
    return key_given(fresh, by, on)


def key_given(dossier: Dossier, by: Person, on: date) -> str:
    """Return the token of a dossier's live key, made if there is none."""
    key = dossier.receipt_keys.filter(ended_on=None).first()
    if key is not None and digest_of(token_of(key)) == key.digest:
        unchanged()
        return token_of(key)
    if key is not None:  # our secret was changed since
        key.ended_on = on
        key.save(update_fields=["ended_on"])
    key = ReceiptKey.objects.create(dossier=dossier, digest=f"unsealed {dossier.pk}", given_on=on)
    token = token_of(key)
    key.digest = digest_of(token)
    key.save(update_fields=["digest"])
    _tell(Kind.RECEIPT_GIVEN, dossier, by, on)
    return token


@operation
def note_contact(
    *,
    dossier: Dossier,
    by: Person,
    on: date,
    phone: str = "",
    email: str = "",
    address: str = "",
    language: Language = Language.VIETNAMESE,
    notices: bool = True,
    receipt: int | None = None,
) -> Contact:
    """Note how the applicant is reached. Who holds the receipt may change it too.

    :param receipt: the key of the receipt in hand, where it is the applicant who acts
    :raises NotAllowed: if `by` may not work on the unit's dossiers, and no live receipt is in hand
    :raises BadPhone: if the telephone number can't be one
    :raises BadEmail, TooLong: see `reach`
    """
    fresh = _locked(dossier)
    check_hand(fresh, receipt, by, on)
    told = reach(phone=phone, email=email, address=address, language=language)
    contact, _new = Contact.objects.update_or_create(
        dossier=fresh,
        defaults={
            "phone": told.phone, "email": told.email, "address": told.address, "language": language.value, "notices": notices,
        },
    )  # fmt: skip
    _tell(Kind.CONTACT_NOTED, fresh, by, on)
    return contact


@operation
def authorise_collector(
    *,
    dossier: Dossier,
    name: str,
    checked: Checked,
    paper_tail: str,
    by: Person,
    on: date,
    power: Readable | None = None,
    power_name: str = "",
) -> Collector:
    """Note who may fetch the result in the applicant's place, once an officer has checked them and the power of attorney.

    A later one takes the place of an earlier.

    :param power: the power of attorney as it was scanned; it is attached to the dossier
    :raises Refused: if that file can't be kept as it is, with what to do instead
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NoCollector: if nobody is named, or the paper is not
    """
    fresh = _locked(dossier)
    require(Right.WRITE_DOSSIERS, by=by, unit=holder(fresh, on), on=on)
    named, tail = tidy(name), tidy(paper_tail)[-4:]
    if not named or len(named) > LONGEST or len(tail) < 4:
        raise NoCollector(gettext_noop("Xin ghi họ tên người nhận thay và 4 số cuối giấy tờ đã kiểm tra."))
    fresh.collectors.filter(ended_on=None).update(ended_on=on)
    collector = Collector.objects.create(
        dossier=fresh, name=named, checked=checked.value, paper_tail=tail, noted_by=by, noted_on=on
    )
    if power is not None:
        unit, until = holder(fresh, on), on + FILES_KEPT
        attach(about=fresh, unit=unit, source=power, name=power_name, purpose=POWER_OF_ATTORNEY, keep_until=until, by=by, on=on)
    _tell(Kind.COLLECTOR_NOTED, fresh, by, on)
    return collector


@operation
def take_ticket(*, dossier: Dossier, receipt: int | None, token: str, by: Person, on: date) -> RatingTicket:
    """Give the holder of a receipt a ticket for one rating, at the end of a dossier. Nothing ties the ticket to the dossier.

    :param receipt: the receipt in hand; None: an officer gives the ticket at the counter
    :param token: drawn at random by whoever shows it; its digest alone is kept
    :raises NotAllowed: if no live receipt is in hand
    :raises TicketGone: if it was taken before, or the dossier is not finished
    """
    fresh = _locked(dossier)
    check_hand(fresh, receipt, by, on)
    taken = TicketTaken.objects.filter(dossier=fresh).exists()
    if taken or fresh.finished_on is None:
        raise TicketGone(gettext_noop("Mỗi hồ sơ đã xong có một phiếu góp ý, và phiếu này đã được lấy."))
    TicketTaken.objects.create(dossier=fresh)
    unit = holder(fresh, on)
    record(Kind.TICKET_ISSUED, unit=unit, day=on, by=by, procedure=fresh.procedure.code)
    return RatingTicket.objects.create(digest=digest_of(token), unit_code=unit.code, procedure=fresh.procedure.code, issued_on=on)


def check_hand(dossier: Dossier, receipt: int | None, by: Person, on: date) -> None:
    """:raises NotAllowed: if neither a live receipt of this dossier is in hand nor the right of an officer"""
    if receipt is None:
        require(Right.WRITE_DOSSIERS, by=by, unit=holder(dossier, on), on=on)
    elif not dossier.receipt_keys.filter(pk=receipt, ended_on=None).exists():
        raise NotAllowed(gettext_noop("Giấy tiếp nhận này không còn dùng được. Xin hỏi nơi nhận hồ sơ."))


def _locked(dossier: Dossier | int) -> Dossier:
    pk = dossier if isinstance(dossier, int) else dossier.pk
    return Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=pk)


def _tell(kind: Kind, dossier: Dossier, by: Person, on: date, *, reason: str = "", about: Model | None = None) -> None:
    unit = holder(dossier, on)
    record(kind, unit=unit, day=on, by=by, about=about or dossier, reason=reason, procedure=dossier.procedure.code)
