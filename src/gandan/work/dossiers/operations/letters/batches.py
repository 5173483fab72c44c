"""A head signs letters by the batch: asked for at once, signed some at a time, with a result for each."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models.functions import Now

from gandan.ground.documents.signing import Signatory
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.prepared import all_changed
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Apology, LetterBatch, LetterToSign
from gandan.work.dossiers.operations.letters.signing import sign_letters

MOST = 500
AT_ONCE = 40


class NothingToSign(Refused):
    """None of the letters is one that could be signed."""


class TooManyLetters(Refused):
    """A batch has at most five hundred letters."""


@operation
def ask_to_sign(*, letters: Sequence[int], by: Person, on: date) -> LetterBatch:
    """Put letters into a batch that `by` signs. It is signed some at a time by `sign_some`; a double click changes nothing.

    :raises NotAllowed: if `by` signs letters nowhere
    :raises TooManyLetters: if there are more than five hundred
    :raises NothingToSign: if none of them is unsent, the viewer's to sign, and in no other batch that waits
    """
    require_anywhere(Right.SIGN_LETTERS, by=by, on=on)
    if len(letters) > MOST:
        raise TooManyLetters(gettext_noop("Mỗi lần ký tối đa {most} thư."), most=MOST)
    found = Apology.objects.select_for_update(of=("self",)).select_related("dossier__unit").filter(pk__in=letters, sent_on=None)
    waiting = set(LetterToSign.objects.filter(letter__in=letters, done_at=None).values_list("letter", flat=True))
    mine = [one for one in found if one.pk not in waiting and may(Right.SIGN_LETTERS, by=by, unit=one.dossier.unit, on=on)]
    if not mine:
        raise NothingToSign(gettext_noop("Không có thư nào trong số đã chọn ký được: đã ký, đang ký, hoặc của đơn vị khác."))
    batch = LetterBatch.objects.create(by=by, asked_on=on)
    order = {pk: nth for nth, pk in enumerate(letters)}
    LetterToSign.objects.bulk_create(LetterToSign(batch=batch, letter=one) for one in sorted(mine, key=lambda one: order[one.pk]))
    record(Kind.LETTERS_ASKED, unit=mine[0].dossier.unit, day=on, by=by, about=batch, amount=len(mine))
    return batch


@operation
def sign_some(
    *, batch: LetterBatch | int, signatory: Signatory | None, by: Person, on: date, at: datetime, at_most: int = AT_ONCE
) -> int:
    """Sign the next letters of a batch and return how many were looked at; 0 when none is left.

    Each letter is numbered, set, sealed, kept and queued in one transaction, all or nothing of it; one that can't be signed is
    noted with the reason, and the others go on. Who runs this at the same time takes other letters.

    :param signatory: the key that seals; None: the letters are signed by hand after printing
    :param by: who asked for the batch
    """
    unchanged()
    pk = batch if isinstance(batch, int) else batch.pk
    waiting = LetterToSign.objects.filter(batch=pk, done_at=None).select_for_update(skip_locked=True).order_by("pk")
    rows = list(waiting[:at_most])
    if not rows:
        return 0
    results = sign_letters([row.letter_id for row in rows], signatory, by, on, at)
    for row in rows:
        refusal = results[row.letter_id]
        if refusal is not None:
            row.refused, row.refused_words = refusal.code, str(refusal)[:400]
    all_changed([row for row in rows if row.refused], ["refused", "refused_words"])
    LetterToSign.objects.filter(pk__in=[row.pk for row in rows]).update(done_at=Now())
    return len(rows)


@operation
def leave_unsigned(*, batch: LetterBatch | int, refusal: Refused, by: Person, on: date) -> int:
    """Note why the letters of a batch that still wait can't be signed, and return how many; they can be put into another."""
    unchanged()
    pk = batch if isinstance(batch, int) else batch.pk
    return LetterToSign.objects.filter(batch=pk, done_at=None).update(
        done_at=Now(), refused=refusal.code, refused_words=str(refusal)[:400]
    )
