"""Before something weighty one proves again who one is; then it goes on, with what was sent."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from gandan.faces.pages.accounts.confirming import fresh
from gandan.ground.audit.models import Trace
from gandan.results.reports.models import Report
from gandan.results.reports.operations import draft
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.reports.conftest import FIRST_HALF, programme_of
from tests.reports.writing import written

PASSWORD = "một con đường dài hơn mười hai"


@pytest.fixture
def report(cast):
    cast.khanh.set_password(PASSWORD)
    cast.khanh.save()
    made = draft(unit=cast.city, period=FIRST_HALF, programme=programme_of(cast, "2022-2026"), by=cast.giang, on=TODAY)
    return written(made).code


def status(code):
    return Report.objects.get(code=code).status


def test_who_signed_in_long_ago_confirms_and_the_form_goes_on(cast, report):
    client = signed_in(cast.khanh, ago=11 * 60)
    asked = client.post(f"/reports/{report}/freeze/")
    assert asked.url.startswith("/account/confirm/?next=")
    assert status(report) == "draft"

    assert "đúng là" in client.get(asked.url).content.decode()
    assert client.post(asked.url, {"password": "sai"}).status_code == 200
    assert status(report) == "draft"
    done = client.post(asked.url, {"password": PASSWORD})

    assert done.url == f"/reports/{report}/"
    assert status(report) != "draft"
    assert Trace.objects.filter(what="confirmed", by_id=cast.khanh.pk).count() == 1


def test_who_has_just_signed_in_goes_straight_on(cast, report):
    assert signed_in(cast.khanh, ago=60).post(f"/reports/{report}/freeze/").url == f"/reports/{report}/"


def test_somebody_elses_proof_counts_for_nothing(cast, report):
    client = signed_in(cast.giang)
    session = client.session
    client.force_login(cast.khanh)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]

    assert client.post(f"/reports/{report}/freeze/").url.startswith("/account/confirm/")
    assert status(report) == "draft"


def test_a_stranger_is_fresh_for_nothing(rf, db):
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), Client().session
    assert not fresh(request)
