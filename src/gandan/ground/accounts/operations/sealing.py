"""Putting the secrets of second factors under the newest key, as the sealed columns are."""

from datetime import date

from allauth.mfa.models import Authenticator

from gandan.ground.accounts.rules import SEALED_AT
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import resealed

SECRETS = {"totp": "secret", "recovery_codes": "seed"}
AT_ONCE = 500


@operation
def reseal_factors(*, after: int = 0, by: Person, on: date) -> tuple[int, int]:
    """Seal a batch of secrets anew; return how many changed, and after which one the next batch begins (0: none is left).

    :raises NotAllowed: if `by` may not look after the keys
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # what the secrets say is the same
    found = Authenticator.objects.select_for_update().filter(type__in=SECRETS, pk__gt=after).order_by("pk")
    batch, changed = list(found[:AT_ONCE]), 0
    for one in batch:
        name = SECRETS[str(one.type)]
        fresh = resealed(one.data[name], SEALED_AT) if one.data.get(name) else None
        if fresh is not None:
            one.data[name], changed = fresh, changed + 1
            one.save(update_fields=["data"])
    return changed, batch[-1].pk if len(batch) == AT_ONCE else 0
