"""`gandan ledger`: bad news is told to people, to machines and to whoever reads the exit."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from gandan.ground.ledger.models import Tally
from gandan.ground.ledger.operations import post


def failed(*words: str) -> tuple[str, str]:
    """Run what has to fail, and return what it printed and why it failed."""
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("ledger", *words, stdout=out)
    return out.getvalue(), str(error.value)


def test_all_is_well(cast, told):
    post()

    assert told("ledger", "verify")["holds"]
    assert told("ledger", "check")["differences"] == 0


def test_a_tally_that_drifted_ends_the_command_with_1(cast):
    post()
    Tally.objects.filter(pk=Tally.objects.latest("start").pk).update(count=99)

    out, why = failed("check", "--cells", "10000", "--json")

    assert json.loads(out)["differences"] == 1
    assert "gandan ledger rebuild" in why
    assert failed("check", "--cells", "10000") == ("", why)
