"""Signing in by password and second factor; tries that are slowed down and shut nobody out; sessions that end."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from gandan.ground.accounts.operations import forget_ended, reset_factors
from gandan.ground.audit.models import Trace
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import end_appointment
from tests.api.test_dossiers import office as office
from tests.api.test_dossiers import received
from tests.cast import TODAY

PASSWORD = "một con đường dài hơn mười hai"


@pytest.fixture
def people(cast):
    for person in (cast.alice, cast.khanh, cast.lan):
        person.set_password(PASSWORD)
        person.save()
    return cast


def sign_in(client, username, password=PASSWORD, address="192.0.2.1", **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def code(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(client):
    """Set up an app that makes codes, and return its secret."""
    page = client.get("/account/app/")
    secret = page.context["form"].secret
    done = client.post("/account/app/", {"code": code(secret)})
    assert done.url == "/account/recovery/", done.content.decode()[:2000]
    return secret


def told(what):
    return list(Trace.objects.filter(what=what).order_by("id").values_list("by_id", "detail"))


def test_signing_in_and_out_is_told_to_the_log(people, client):
    assert sign_in(client, "Alice ").url == "/"
    client.post("/sign-out/")
    sign_in(client, "alice", "sai")
    sign_in(client, "nobody", "sai")

    assert told("signed_in") == [(people.alice.pk, "password")]
    assert told("signed_out") == [(people.alice.pk, "")]
    assert told("sign_in_failed") == [(None, "password")] * 2


def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(people, client):
    known, unknown = (sign_in(client, name, "sai").content.decode() for name in ("alice", "aliceX"))

    def without_tokens(page):
        return [line for line in page.splitlines() if "csrf" not in line and "id_username" not in line]

    assert without_tokens(known) == without_tokens(unknown)


def test_nobody_signs_up_and_programs_do_not_sign_in(people, client):
    for address in ("/accounts/signup/", "/account/signup/", "/account/email/", "/account/password/reset/"):
        assert client.get(address).status_code == 404
    people.importer.set_password(None)
    assert sign_in(client, "importer", "").status_code == 200


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(people, client, target):
    assert sign_in(client, "alice", next=target).url == "/"
    client.post("/sign-out/")
    assert sign_in(client, "alice", next="/units/").url == "/units/"


def test_guessing_is_slowed_down_for_name_and_address(people):
    guesser = Client()
    for _ in range(5):
        sign_in(guesser, "alice", "sai")

    refused = sign_in(guesser, "alice", PASSWORD).content.decode()
    assert "Đã thử sai nhiều lần" in refused
    assert told("sign_in_failed")[-1] == (None, "too_often")


def test_whoever_guesses_shuts_nobody_out(people):
    own = Client()
    assert sign_in(own, "alice").status_code == 302
    own.post("/sign-out/")
    for address in ("192.0.2.1", "192.0.2.9"):
        for _ in range(20):
            sign_in(Client(), "alice", "sai", address=address)

    assert sign_in(own, "alice").status_code == 302, "the owner's known browser, at the guesser's own address"
    assert sign_in(Client(), "alice", address="192.0.2.77").status_code == 302, "a new browser, somewhere else"
    assert sign_in(Client(), "khanh").status_code == 302, "a colleague behind the guesser's address"


def test_the_mark_of_a_browser_cannot_be_made_up(people):
    forger = Client()
    forger.cookies["known"] = "eyJudW1iZXIiOiJ4In0:forged"
    for _ in range(5):
        sign_in(forger, "alice", "sai")
    assert sign_in(forger, "alice").status_code == 200


def test_a_known_browser_does_not_guess_for_long_either(people):
    own = Client()
    sign_in(own, "alice")
    own.post("/sign-out/")
    answers = [sign_in(own, "alice", "sai").content.decode() for _ in range(11)]

    assert "Đã thử sai nhiều lần" not in answers[9]
    assert "Đã thử sai nhiều lần" in answers[10]


def test_the_second_factor_is_asked_for_sealed_and_not_taken_twice(people, client):
    sign_in(client, "alice")
    secret = with_app(client)
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    client.post("/sign-out/")

    assert sign_in(client, "alice").url == "/sign-in/code/"
    assert client.get("/units/").url == "/sign-in/?next=/units/", "a password alone opens nothing"
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/code/", {"code": code(secret, 1)}).url == "/"
    assert told("signed_in")[-1] == (people.alice.pk, "password+mfa")

    other = Client()
    sign_in(other, "alice")
    again = other.post("/sign-in/code/", {"code": code(secret, 1)})
    assert "đã dùng rồi" in again.content.decode()


def test_a_recovery_code_lets_in_once(people, client):
    sign_in(client, "alice")
    with_app(client)
    codes = client.get("/account/recovery/").context["unused_codes"]
    assert "****" in client.get("/account/recovery/").context["unused_codes"], "they are shown once"
    kept = Authenticator.objects.get(type="recovery_codes")
    assert not any(one in str(kept.data) for one in codes)

    for status in (302, 200):
        client.post("/sign-out/")
        sign_in(client, "alice")
        assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == status


def test_the_last_key_of_who_needs_one_stays(people, client, settings):
    settings.SECOND_FACTOR = True
    sign_in(client, "khanh")
    first, second = (
        Authenticator.objects.create(user_id=people.khanh.pk, type="webauthn", data={"name": "Khoá"}) for _ in range(2)
    )

    client.post(f"/account/keys/{first.pk}/remove/")
    page = client.post(f"/account/keys/{second.pk}/remove/", follow=True).content.decode()

    assert list(Authenticator.objects.filter(type="webauthn")) == [second]
    assert "Hãy thêm cách khác trước khi gỡ cách này." in page


def test_codes_are_not_guessed_for_long(people, client):
    sign_in(client, "alice")
    secret = with_app(client)
    client.post("/sign-out/")
    sign_in(client, "alice")
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})

    assert "Đã thử sai nhiều lần" in client.post("/sign-in/code/", {"code": code(secret, 1)}).content.decode()


@pytest.mark.parametrize(("who", "led"), [("khanh", True), ("lan", True), ("alice", False)])
def test_who_needs_a_second_factor_is_led_to_it_and_can_do_nothing_else(people, client, settings, who, led):
    settings.SECOND_FACTOR = True
    sign_in(client, who)

    for address in ("/", "/units/", "/reports/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == ((302, "/account/") if led else (200, None)), address
    assert client.get("/api/v1/units/79").status_code == (403 if led else 200)
    assert ("Cần thêm lớp xác thực thứ hai" in client.get("/account/").content.decode()) == led

    with_app(client)
    assert client.get("/").status_code == client.get("/api/v1/units/79").status_code == 200


def test_weak_passwords_are_refused(people, client):
    sign_in(client, "alice")
    weak = {"ngắn": "ít nhất 12 ký tự", "password1234": "dễ đoán", "123456789012": "toàn chữ số"}
    for word, said in weak.items():
        answer = client.post("/account/password/", {"old_password": PASSWORD, "new_password1": word, "new_password2": word})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert (
        client.post("/account/password/", {"old_password": "sai", "new_password1": "x", "new_password2": "x"}).status_code == 422
    )


def test_a_new_password_ends_the_other_sessions(people, client):
    other = Client()
    sign_in(client, "alice")
    sign_in(other, "alice")
    new = "một mật khẩu khác hẳn, cũng dài"
    assert (
        client.post("/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}).url
        == "/account/"
    )

    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_sessions_are_seen_and_ended(people, client):
    other, third = Client(), Client()
    for one in (client, other, third):
        sign_in(one, "alice")
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
    UserSession.objects.update(user_agent=agent)
    page = client.get("/account/")
    assert "Firefox, Windows" in page.content.decode()
    rows = page.context["sessions"]
    assert [row.here for row in rows].count(True) == 1
    assert len(rows) == 3

    client.post("/account/sessions/end/", {"session": next(row.id for row in rows if not row.here)})
    assert sorted(one.get("/").status_code for one in (other, third)) == [200, 302]
    client.post("/account/sessions/end/")
    assert [one.get("/").status_code for one in (client, other, third)] == [200, 302, 302]


def test_somebody_elses_session_is_not_ended(people, client):
    other = Client()
    sign_in(other, "khanh")
    theirs = other.get("/account/").context["sessions"][0].id
    sign_in(client, "alice")
    client.post("/account/sessions/end/", {"session": theirs})

    assert other.get("/").status_code == 200


def test_an_ended_appointment_takes_access_from_an_open_session(people, office, client):
    number = received(office).number
    sign_in(client, "alice")
    assert client.get(f"/dossiers/{number}/").status_code == 200
    held = people.alice.appointments.get()
    end_appointment(appointment=held, by=people.lan, on=TODAY - timedelta(1))

    assert client.get(f"/dossiers/{number}/").status_code in {403, 404}
    assert number not in client.get("/dossiers/").content.decode()
    assert client.get(f"/api/v1/dossiers/{number}").status_code in {403, 404}


def test_who_was_switched_off_is_out_at_once(people, client):
    sign_in(client, "alice")
    people.alice.is_active = False
    people.alice.save()

    assert client.get("/").status_code == 302
    assert sign_in(client, "alice").status_code == 200


def test_an_administrator_takes_back_lost_factors_but_not_their_own(people, client):
    sign_in(client, "khanh")
    with_app(client)
    with pytest.raises(NotAllowed):
        reset_factors(person=people.khanh, by=people.alice, on=TODAY)
    with pytest.raises(NotAllowed):
        reset_factors(person=people.lan, by=people.lan, on=TODAY)

    assert reset_factors(person=people.khanh, by=people.lan, on=TODAY) == 2
    assert client.get("/").status_code == 302


def test_what_was_kept_of_a_session_ends_with_it(people, client):
    sign_in(client, "alice")
    Session.objects.all().delete()

    assert forget_ended(by=people.importer, on=TODAY) == 1
    assert not UserSession.objects.exists()


def test_passwords_are_kept_by_argon2(cast, settings):
    settings.PASSWORD_HASHERS = django_settings.PASSWORD_HASHERS[1:]
    cast.alice.set_password(PASSWORD)

    assert cast.alice.password.startswith("argon2$argon2id$")
