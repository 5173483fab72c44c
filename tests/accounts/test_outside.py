"""Signing in with a body's own identity provider: a real one, in a process of its own."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from django.test import Client

from gandan.ground.audit.models import Trace

PEOPLE = {"1": "alice", "2": "nobody", "3": "importer"}
PASSWORD = "một con đường dài hơn mười hai"


@pytest.fixture(scope="module")
def provider():
    """An OpenID Connect provider that knows three names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [f"--user-claims={json.dumps({'sub': sub, 'preferred_username': name})}" for sub, name in PEOPLE.items()]
    command = [Path(sys.executable).parent / "oidc-provider-mock", "--port", str(port), *claims]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def agency(cast, settings):
    cast.alice.set_password(PASSWORD)
    cast.alice.save()

    def use(address):
        settings.OIDC_ISSUER = address
        app = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0], "client_id": "gandan", "secret": "x"}
        app["settings"] = {"server_url": address}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

    return use


def come_back(client, sub):
    """Go to the provider, be `sub` there, and come back with what it gives."""
    sent = client.get("/sign-in/agency/?next=/units/")
    assert sent.status_code == 302, sent.content.decode()[:500]
    given = requests.post(sent.url, data={"sub": sub}, allow_redirects=False, timeout=5)
    back = given.headers["location"]
    assert back.startswith("http://testserver/sign-in/agency/back/")
    return client.get(back.removeprefix("http://testserver"))


def told(what):
    return list(Trace.objects.filter(what=what).values_list("by_id", "detail"))


def test_who_has_an_account_here_comes_in(provider, agency, cast):
    agency(provider)
    client = Client()

    assert come_back(client, "1").url == "/units/"
    assert cast.alice.name in client.get("/account/").content.decode()
    assert told("signed_in") == [(cast.alice.pk, "socialaccount")]


@pytest.mark.parametrize("sub", ["2", "3"])
def test_who_has_none_gets_none_by_it(provider, agency, cast, sub):
    agency(provider)
    client = Client()

    assert come_back(client, sub).url == "/sign-in/"
    assert "chưa có tài khoản ở đây" in client.get("/sign-in/").content.decode()
    assert client.get("/").status_code == 302
    assert told("sign_in_failed") == [(None, "oidc unknown")]


def test_while_the_provider_is_away_a_password_still_lets_in_and_the_log_tells(agency, cast):
    agency("http://127.0.0.1:9")
    client = Client()

    assert client.get("/sign-in/agency/").url == "/sign-in/"
    assert "chưa trả lời" in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/", {"username": "alice", "password": PASSWORD}).url == "/"
    assert told("sign_in_failed") == [(None, "oidc away")]
    assert told("signed_in") == [(cast.alice.pk, "password")]


def test_an_answer_that_nobody_asked_for_lets_nobody_in(provider, agency, cast):
    agency(provider)
    client = Client()

    assert client.get("/sign-in/agency/back/?code=x&state=made-up").status_code in {302, 403}
    assert client.get("/").status_code == 302


def test_without_a_provider_there_is_no_such_page(client, cast):
    assert client.get("/sign-in/agency/").status_code == 404
    assert "sign-in/agency" not in client.get("/sign-in/").content.decode()
