"""Opening who a confidential sender is: asked for on a ground, given in two halves by custodians of both sides."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.tips.models import Opening, OpeningHalf
from gandan.work.tips.operations.members import DATABASE
from gandan.work.tips.queries.desk import as_key, at_the_desk, home_of, own_keys, tip_for
from gandan.work.tips.rules import About, NotThatStep, Pledge, Seat, Why, readers_of

HALF = 32 + 16 + 48


class NoHalf(Refused):
    """Who gives a half is no custodian, is the one who asked, or their side has given before."""


@operation
def ask_identity(*, tip: str, why: Why, by: Person, on: date) -> Opening:
    """Ask to know who a sender is. Two custodians, one of each side, decide.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    :raises NotThatStep: if the sender is anonymous
    """
    at_the_desk(by, on)
    row = tip_for(tip, by, on)
    if row.pledge != Pledge.CONFIDENTIAL:
        raise NotThatStep(gettext_noop("Người gửi tin này ẩn danh: không có gì để mở."))
    seats = readers_of(About(row.about))
    key = next(as_key(one) for one in own_keys(by, on) if Seat(one.seat) in seats)
    unchanged()  # the ledger is told when it is opened
    return Opening.objects.create(tip=row, why=why.value, asked_by=by.pk, asked_key=key.id, asked_on=on)


@operation
def give_half(*, opening: UUID, content: bytes, by: Person, on: date) -> Opening:
    """Give one side's half of the key, sealed to whoever asked. With the second the identity opens, and the ledger says so.

    :raises NotAllowed: if `by` is no custodian
    :raises NoHalf: if they asked themselves, or their side has given before
    """
    require_anywhere(Right.KEEP_IDENTITIES, by=by, on=on)
    found = Opening.objects.filter(pk=opening).first()
    mine = next((one for one in own_keys(by, on) if one.seat == Seat.CUSTODIAN), None)
    if found is None or mine is None or found.asked_by == by.pk or len(content) != HALF:
        raise NoHalf(gettext_noop("Không góp được phần khoá này."))
    try:
        with transaction.atomic(using=DATABASE):
            OpeningHalf.objects.create(opening=found, side=mine.side, given_by=by.pk, given_on=on, content=content)
    except IntegrityError:
        raise NoHalf(gettext_noop("Bên của Ông/Bà đã góp phần khoá này.")) from None
    if found.halves.count() == 2:
        record(Kind.TIP_IDENTITY_OPENED, unit=home_of(by, on), day=on, by=by, why=found.why)
    else:
        unchanged()
    return found
