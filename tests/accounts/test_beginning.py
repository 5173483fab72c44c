"""The first account: by whoever can read what the machine prints, and only once."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.timezone import localdate

from gandan.ground.accounts.queries import beginning_code, nobody_yet
from gandan.ground.organisations.queries import may
from gandan.ground.organisations.rights import Right

PASSWORD = "một con đường dài hơn mười hai"
GIVEN = {"name": "Đặng Ngọc Lan", "username": "quantri", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def untouched(cast):
    """A city whose people have no passwords yet."""
    assert nobody_yet()
    return cast


def test_the_first_account_is_an_administrators_and_ends_the_beginning(untouched, client, capsys):
    assert 'href="/first-account/"' in client.get("/sign-in/").content.decode()
    call_command("accounts", "code")
    code = capsys.readouterr().out.split(": ")[-1].strip()
    assert client.post("/first-account/", {**GIVEN, "code": code}).url == "/sign-in/"

    person = authenticate(username="quantri", password=PASSWORD)
    assert may(Right.MANAGE_PEOPLE, by=person, unit=untouched.police, on=localdate())
    assert not may(Right.READ_DOSSIERS, by=person, unit=untouched.police, on=localdate())
    assert client.get("/first-account/").status_code == client.post("/first-account/", {**GIVEN, "code": code}).status_code == 404
    with pytest.raises(CommandError):
        call_command("accounts", "code")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "aaaa-aaaa-aaaa-aaaa"}, "code"),
        ({"code": ""}, "code"),
        ({"password": "ngắn", "again": "ngắn"}, "password"),
        ({"password": "password1234", "again": "password1234"}, "password"),
        ({"again": "khác"}, "again"),
        ({"username": "Có dấu"}, "username"),
        ({"username": "alice"}, "username"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_beside_it_and_nobody_is_added(untouched, client, wrong, field):
    answer = client.post("/first-account/", {**GIVEN, "code": beginning_code(), **wrong})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Đặng Ngọc Lan"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert nobody_yet()


def test_a_stranger_does_not_guess_the_code_for_long(untouched, client):
    for _ in range(10):
        assert client.post("/first-account/", {**GIVEN, "code": "x"}).status_code == 422
    assert client.post("/first-account/", {**GIVEN, "code": beginning_code()}).status_code == 429
