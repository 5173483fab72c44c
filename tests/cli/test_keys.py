"""`gandan keys`"""

import pytest
from django.core.management.base import CommandError
from django.utils.timezone import now

from gandan.ground.accounts.knocking import KeyRefused, visitor

ADD = ("accounts", "add", "buudien", "Bưu điện", "--program", "--role", "post_partner", "--unit", "BDTP", "--line", "post")
MAKE = ("keys", "make", "buudien", "--label", "quét bưu gửi", "--right", "scan_parcels", "--unit", "BDTP")


def comes_in(secret):
    return visitor(secret, address="", at=now()).person.username


def test_a_program_is_added_and_given_a_key_that_is_changed_and_revoked(cast, run, told):
    run(*ADD)
    first = told(*MAKE)
    assert comes_in(first["secret"]) == "buudien"

    second = told("keys", "rotate", first["prefix"], "--overlap", "0")
    assert comes_in(second["secret"]) == "buudien"
    with pytest.raises(KeyRefused):
        comes_in(first["secret"])

    assert "không dùng được nữa" in run("keys", "revoke", second["prefix"])
    with pytest.raises(KeyRefused):
        comes_in(second["secret"])
    assert [(one["prefix"], one["state"]) for one in told("keys", "list")] == [
        (second["prefix"], "revoked"),
        (first["prefix"], "expired"),
    ]
    assert first["secret"] not in run("keys", "list")


def test_the_key_alone_is_printed_for_people(cast, run):
    run(*ADD)
    assert run(*MAKE).strip().startswith("gd_")


@pytest.mark.parametrize(
    "words",
    [
        ("keys", "make", "alice", "--label", "x", "--right", "read_dossiers", "--unit", "PA08"),
        ("keys", "make", "nobody", "--label", "x", "--right", "read_dossiers", "--unit", "PA08"),
        ("keys", "rotate", "aaaaaaaa"),
        ("keys", "revoke", "aaaaaaaa"),
    ],
)
def test_what_cannot_be_done_is_refused(cast, run, words):
    with pytest.raises(CommandError):
        run(*words)
