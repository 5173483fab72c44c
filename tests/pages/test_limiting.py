"""A form that is sent too often is told to wait, in plain words, and stands in nobody else's way."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils import timezone

from gandan.faces.pages.limiting import limited
from gandan.ground.accounts.limits import address_of
from gandan.ground.accounts.rules import Limit


@limited(Limit("ý kiến", 2, timedelta(minutes=1)))
def view(request):
    return HttpResponse("đã nhận")


def send(rf, who, address="192.0.2.1", method="post"):
    request = getattr(rf, method)("/x/", REMOTE_ADDR=address)
    request.user, request.session = who, {}
    return view(request)


def test_a_form_sent_too_often_says_when_to_come_back(rf, cast, monkeypatch):
    stranger = AnonymousUser()
    assert [send(rf, stranger).status_code for _ in range(3)] == [200, 200, 429]

    refused = send(rf, stranger)
    assert refused.headers["Retry-After"] == "30"
    assert "Xin thử lại sau 30 giây" in refused.content.decode()
    assert send(rf, stranger, address="192.0.2.2").status_code == send(rf, cast.alice).status_code == 200
    assert send(rf, stranger, method="get").status_code == 200

    later = timezone.now() + timedelta(seconds=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert send(rf, stranger).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        pytest.param(0, "198.51.100.7", "192.0.2.1", id="nobody's word is taken"),
        pytest.param(1, "198.51.100.7, 198.51.100.8", "198.51.100.8", id="what our proxy saw, not what the sender claims"),
        pytest.param(2, "198.51.100.7, 198.51.100.8", "198.51.100.7", id="two of ours"),
        pytest.param(1, "", "192.0.2.1", id="past the proxy"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert address_of({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}) == address
