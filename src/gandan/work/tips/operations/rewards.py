"""A reward that was promised: decided by one, fetched with a code that only the receipt draws, paid by another."""

from datetime import date

from django.db import transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.tips.door.threads import code_digest
from gandan.work.tips.models import Claim, Tip
from gandan.work.tips.operations.members import DATABASE
from gandan.work.tips.queries.desk import at_the_desk, home_of, tip_for
from gandan.work.tips.rules import NotThatStep, Reward, plain

MOST = 1_000_000  # thousands of dong


class NothingToPay(Refused):
    """No reward waits for this code."""


@operation
def grant_reward(*, tip: str, amount: int, by: Person, on: date) -> Tip:
    """Decide a reward, in thousands of dong. The ledger has the decision, and not for which tip.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    :raises NotThatStep: if one was decided before, or the amount is none
    """
    at_the_desk(by, on)
    row = tip_for(tip, by, on)
    if row.reward != Reward.NONE:
        raise NotThatStep(gettext_noop("Tin này đã có quyết định thưởng."))
    if not 0 < amount <= MOST:
        raise NotThatStep(gettext_noop("Số tiền thưởng chưa đúng."))
    row.reward, row.reward_amount, row.reward_by = Reward.GRANTED.value, amount, by.pk
    row.save(using=DATABASE, update_fields=["reward", "reward_amount", "reward_by"])
    record(Kind.TIP_REWARDED, unit=home_of(by, on), day=on, by=by, amount=amount)
    return row


@operation
def pay_reward(*, code: str, by: Person, on: date) -> int:
    """Pay a reward to whoever shows its code, and return the amount in thousands of dong. Nobody asks who they are.

    :raises NotAllowed: if `by` is not of the desk
    :raises NothingToPay: if no reward waits for this code, or `by` decided it
    """
    at_the_desk(by, on)
    with transaction.atomic(using=DATABASE):
        claim = Claim.objects.select_for_update().select_related("tip").filter(code=code_digest(plain(code))).first()
        if claim is None or claim.tip.reward != Reward.GRANTED:
            raise NothingToPay(gettext_noop("Không có khoản thưởng nào đang chờ mã này."))
        if claim.tip.reward_by == by.pk:
            raise NothingToPay(gettext_noop("Người quyết định thưởng không tự chi. Xin người khác chi."))
        amount = claim.tip.reward_amount or 0
        Tip.objects.filter(pk=claim.tip_id).update(reward=Reward.PAID.value)
        Claim.objects.filter(tip=claim.tip_id).delete()
    unchanged()  # the decision stands in the ledger
    return amount
