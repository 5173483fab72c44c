"""Keys of programs on a page: made and shown once, changed over, ended; the inspectorate hears of what opens dossiers."""

import re

import pytest

from gandan.ground.accounts.models import ProgramKey
from gandan.ground.audit.models import Alert
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line, Nature
from tests.accounts.proving import signed_in
from tests.cast import TODAY

MAKE = {"step": "make", "program": "portal", "label": "Cổng dịch vụ công", "rights": ["read_dossiers"], "units": "PA08",
        "days": "90", "per_minute": "60"}  # fmt: skip


@pytest.fixture
def portal(cast, held_clock):
    return enrol(username="portal", name="Cổng", unit=cast.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE,
                 by=cast.importer, on=TODAY, nature=Nature.PROGRAM)  # fmt: skip


def test_a_key_is_made_shown_once_changed_over_and_ended(cast, desk, portal):
    lan = desk(cast.lan)
    made = lan.post("/settings/keys/do/", MAKE)
    secret = re.search(r"gd_[a-z0-9]{8}_[A-Za-z0-9_-]{43}", made.content.decode())[0]
    key = ProgramKey.objects.get()

    shown = lan.get("/settings/keys/").content.decode()
    assert "no-store" in made["Cache-Control"]
    assert secret not in shown
    assert key.prefix in shown
    assert "chưa dùng lần nào" in shown
    assert lan.get("/api/v1/dossiers", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert "dùng lần cuối" in lan.get("/settings/keys/").content.decode()

    lan.post("/settings/keys/do/", {"step": "rotate", "prefix": key.prefix})
    assert Alert.objects.filter(what="key_to_people").count() == 2  # of the key, and of its successor
    assert lan.post("/settings/keys/do/", {"step": "revoke", "prefix": key.prefix}).status_code == 302
    assert lan.get("/api/v1/dossiers", headers={"authorization": f"Bearer {secret}"}).status_code == 401


@pytest.mark.parametrize(("slip", "said"), [
    ({"program": "alice"}, "không phải tài khoản của một chương trình"),
    ({"units": "NOPE"}, "NOPE"),
    ({"rights": ["read_log"]}, "chưa được phân công"),
    ({"days": "4000"}, "400"),
])  # fmt: skip
def test_what_can_not_be_is_said_in_the_form(cast, desk, portal, slip, said):
    answer = desk(cast.lan).post("/settings/keys/do/", MAKE | slip)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Cổng dịch vụ công" in answer.content.decode()
    assert not ProgramKey.objects.exists()


def test_who_has_not_just_proved_it_does_so_first(cast, portal):
    cast.lan.set_password("một mật khẩu đủ dài")
    cast.lan.save()
    answer = signed_in(cast.lan, ago=3600).post("/settings/keys/do/", MAKE)

    assert answer.status_code == 302
    assert answer.url.startswith("/account/confirm/")
    assert not ProgramKey.objects.exists()
