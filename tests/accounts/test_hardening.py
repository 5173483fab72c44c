"""Every address carries the headers that keep it closed, for strangers and for people; cookies and secrets are strict."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from gandan.config import environment
from gandan.faces.pages.middleware import NOT_USED, policy
from tests.architecture.test_urls import ADDRESSES

INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE
)
STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PLACES = sorted({address for _, address in ADDRESSES})


@pytest.fixture
def visitors(cast):
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(cast.dung)
    return Client(raise_request_exception=False), signed_in


def test_every_address_is_closed(visitors):
    assert len(PLACES) > 40
    for visitor in visitors:
        for place in PLACES:
            answer = visitor.get(place)
            for header, value in STRICT.items():
                assert answer.headers[header] == value, (place, header)
            assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, place
            assert answer.headers["Permissions-Policy"].count("=()") >= len(NOT_USED) - 1, place
            said = answer.headers["Content-Security-Policy"]
            assert "'unsafe" not in said, place
            assert "wasm" not in said, place
            assert "frame-ancestors 'none'" in said, place
            if not answer.streaming and answer.headers["Content-Type"].startswith("text/html"):
                assert not INLINE.findall(answer.content.decode()), place


def test_what_is_shown_to_somebody_stays_out_of_caches(visitors):
    assert "no-store" in visitors[1].get("/").headers["Cache-Control"]


def test_webassembly_is_for_pages_that_say_so():
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy(wasm=True)
    assert "wasm" not in policy()


def test_over_https_the_browser_is_told_to_stay_there(db, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 86400

    assert "Strict-Transport-Security" not in Client().get("/sign-in/").headers
    assert Client().get("/sign-in/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_over_https_cookies_are_for_this_host_alone():
    told = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_DOMAIN)"
    )
    env = os.environ | {"GANDAN_BASE_URL": "https://gandan.example.vn", "DJANGO_SETTINGS_MODULE": "gandan.config.settings"}
    said = subprocess.run([sys.executable, "-c", told], env=env, capture_output=True, text=True, check=True).stdout

    assert said.split() == ["__Host-session", "__Host-csrftoken", "True", "True", "True", "31536000", "None"]


def test_a_fault_of_ours_shows_nothing_of_its_inside(cast, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(cast.alice)
    monkeypatch.setattr("gandan.faces.pages.mine.organisations.appointments", broken)
    answer = client.get("/account/")

    assert answer.status_code == 500
    assert "0909" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def broken(*args):
    raise RuntimeError("Nguyễn Thị Hoà 0909123456")


def test_where_a_weakness_is_told(client, db, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:anninh@example.vn"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == "Contact: mailto:anninh@example.vn"
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", lines[1])


def test_a_secret_may_stand_in_a_file(tmp_path, monkeypatch):
    file = tmp_path / "secret"
    file.write_text("một bí mật\n")
    monkeypatch.setenv("THE_FILE", str(file))
    assert environment.secret("THE_SECRET", file="THE_FILE") == "một bí mật"

    monkeypatch.setenv("THE_SECRET", "khác")
    with pytest.raises(environment.BadSetting):
        environment.secret("THE_SECRET", file="THE_FILE")
    monkeypatch.delenv("THE_SECRET")
    file.unlink()
    with pytest.raises(environment.BadSetting, match="can't be read"):
        environment.secret("THE_SECRET", file="THE_FILE")
