"""Keys change: the secrets of second factors are put under the newest, and codes go on being right."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from gandan.ground.accounts.operations import reseal_factors
from gandan.ground.accounts.rules import SEALED_AT
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.fields import resealed, seal, unseal
from gandan.ground.privacy.rules import made_key
from tests.privacy.conftest import keys as keys

DAY = date(2026, 11, 20)
OLD, NEW = made_key(), made_key()


def test_secrets_of_second_factors_follow_the_newest_key(cast, keys):
    keys(OLD)
    for person, kind, name in (
        (cast.alice, "totp", "secret"),
        (cast.alice, "recovery_codes", "seed"),
        (cast.dung, "totp", "secret"),
    ):
        Authenticator.objects.create(
            user=person, type=kind, data={name: seal(f"{person.username} {kind}", SEALED_AT), "used_mask": 1}
        )
    keys(NEW, OLD)
    with pytest.raises(NotAllowed):
        reseal_factors(by=cast.alice, on=DAY)

    assert reseal_factors(by=importer(), on=DAY) == (3, 0)
    assert reseal_factors(by=importer(), on=DAY) == (0, 0)

    keys(NEW)
    told = {unseal(one.data.get("secret") or one.data["seed"], SEALED_AT) for one in Authenticator.objects.all()}
    assert told == {"alice totp", "alice recovery_codes", "dung totp"}
    assert {one.data["used_mask"] for one in Authenticator.objects.all()} == {1}
    assert resealed(seal("x", SEALED_AT), SEALED_AT) is None
