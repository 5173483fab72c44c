"""An administrator opens somebody's account anew: told to the inspectorate; never their own, never anothers' people."""

import re

import pytest
from allauth.mfa.models import Authenticator

from gandan.ground.audit.models import Alert
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def clock(held_clock):
    assert TODAY


def test_a_password_is_shown_once_and_the_inspectorate_told(cast, desk):
    answer = desk(cast.lan).post("/people/alice/account/password/")
    given = re.search(r'class="secret">([^<]+)<', answer.content.decode())[1]
    cast.alice.refresh_from_db()

    assert cast.alice.check_password(given)
    assert "no-store" in answer["Cache-Control"]
    alert = Alert.objects.get()
    assert (alert.what, alert.person, alert.unit, alert.detail) == (
        "account_reset", cast.lan, cast.unit("PA08"), "password_set alice",
    )  # fmt: skip
    assert "mở lại tài khoản" in desk(cast.minh).get("/alerts/").content.decode()
    assert "mở lại tài khoản" not in desk(cast.dung).get("/alerts/").content.decode()


def test_factors_and_sessions_end(cast, desk):
    Authenticator.objects.create(user=cast.alice, type="webauthn", data={})
    assert desk(cast.lan).post("/people/alice/account/factors/").status_code == 302
    assert desk(cast.lan).post("/people/alice/account/sessions/").status_code == 302
    assert not Authenticator.objects.exists()
    assert Alert.objects.filter(detail="second_factor_reset alice").count() == 1


@pytest.mark.parametrize(("who", "whose"), [("lan", "lan"), ("dung", "alice"), ("minh", "alice"), ("alice", "binh")])
def test_nobody_does_it_to_themselves_or_where_they_manage_nobody(cast, desk, who, whose):
    before = getattr(cast, whose).password
    assert desk(getattr(cast, who)).post(f"/people/{whose}/account/password/").status_code == 403
    getattr(cast, whose).refresh_from_db()
    assert getattr(cast, whose).password == before
