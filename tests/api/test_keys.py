"""Programs at the door of the API."""

import pytest
from django.test import Client
from django.utils.timezone import now

from gandan.ground.accounts.operations import revoke_key
from gandan.ground.audit.models import Trace
from tests.accounts.conftest import given as given
from tests.accounts.conftest import program as program
from tests.api.test_dossiers import office as office
from tests.api.test_dossiers import received
from tests.cast import TODAY

UNITS = "/api/v1/units/PA08"


@pytest.fixture
def knock(cast):
    """Return a function that asks with a secret; the client would carry a session, and has none."""

    def knocked(secret, path=UNITS, method="get", scheme="Bearer", **query):
        client = Client(enforce_csrf_checks=True)
        answer = getattr(client, method)(
            path, query or None, headers={"authorization": f"{scheme} {secret}"}, content_type="application/json"
        )
        assert not answer.cookies
        return answer

    return knocked


@pytest.fixture
def of_today(given):
    """Keys that hold while the real clock runs: made now."""
    return lambda **more: given(at=now(), **more)


def test_a_program_comes_with_its_key(of_today, knock):
    answer = knock(of_today().secret)

    assert (answer.status_code, answer.json()["code"]) == (200, "PA08")


@pytest.mark.parametrize("secret", ["", "gd_aaaaaaaa_" + "A" * 43, "x y"])
def test_a_wrong_key_is_refused_and_noted(knock, secret):
    answer = knock(secret)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["code"] in {"key_refused", "not_signed_in"}


def test_a_wrong_key_is_refused_though_there_is_a_session(cast, knock):
    client = Client()
    client.force_login(cast.alice)

    assert client.get(UNITS).status_code == 200
    assert client.get(UNITS, headers={"authorization": "Bearer gd_wrong"}).status_code == 401


def test_a_revoked_key_is_refused_at_the_next_call(cast, of_today, knock):
    new = of_today()
    assert knock(new.secret).status_code == 200
    revoke_key(prefix=new.key.prefix, by=cast.lan, on=TODAY, at=now())

    assert knock(new.secret).json()["code"] == "key_refused"


def test_a_key_opens_the_operations_it_names(of_today, knock):
    secret = of_today(operations=["units_one"]).secret
    refused = knock(secret, "/api/v1/units/PA08/history")

    assert knock(secret).status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (403, "operation_closed")


def test_too_many_calls_are_told_to_wait(of_today, knock):
    secret = of_today(per_minute=2).secret
    answers = [knock(secret) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) in range(25, 31)
    assert answers[2].json()["code"] == "too_often"


def test_an_unknown_parameter_is_refused_with_a_key_too(of_today, knock):
    assert knock(of_today().secret, veiw="as-is").status_code == 422


def test_what_a_program_reads_is_noted_with_its_key(of_today, knock):
    new = of_today()
    knock("gd_wrong")
    answer = knock(new.secret, "/api/v1/dossiers")

    assert answer.status_code == 200
    assert set(Trace.objects.filter(key_id=new.key.pk).values_list("what", "channel")) <= {("listed", "api")}
    assert list(Trace.objects.filter(what="sign_in_failed").values_list("detail", "channel", "by_id")) == [("key", "api", None)]


def test_another_unit_is_not_there_for_a_key(office, of_today, knock):
    received(office, who="phuc", unit="PC08", procedure="vehicle-registration")
    received(office)
    of_all = given_all(knock, of_today(units=("CATP",)).secret)
    of_one = given_all(knock, of_today().secret)

    assert {row["unit"]["code"] for row in of_all} == {"PA08", "PC08"}
    assert {row["unit"]["code"] for row in of_one} == {"PA08"}
    assert given_all(knock, of_today().secret, unit="PC08") == []


def given_all(knock, secret, **query):
    return knock(secret, "/api/v1/dossiers", **query).json()["items"]
