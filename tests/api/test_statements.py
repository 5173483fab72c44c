"""Figures from outside over the API: stated, answered, declared, held against totals."""

import pytest

from tests.statements.test_statements import CODE, state, year  # noqa: F401


def post(client, address, body):
    return client.post(f"/api/v1{address}", body, content_type="application/json")


@pytest.fixture
def made(cast, year):  # noqa: F811
    return state(cast, year)


def test_the_other_side_answers(cast, client, made):
    client.force_login(cast.binh)
    assert post(client, f"/statements/{made.pk}/answer", {"answer": "approved"}).status_code == 404
    client.force_login(cast.giang)
    assert post(client, f"/statements/{made.pk}/answer", {"answer": "approved"}).json()["code"] == "one_side"
    client.force_login(cast.hoa)
    assert post(client, f"/statements/{made.pk}/answer", {"answer": "refused"}).json()["code"] == "no_evidence"
    assert post(client, f"/statements/{made.pk}/answer", {"answer": "approved"}).json()["status"] == "approved"
    assert post(client, f"/statements/{made.pk}/answer", {"answer": "approved"}).status_code == 409

    (figure,) = client.get(f"/api/v1/figures?measure={CODE}&unit=CATP&period=2016").json()["figures"]
    assert (figure["value"], figure["stated"], figure["stated_whole"], figure["systems"]) == (0, 120, True, "")
    assert figure["stated_source"] == "Báo cáo 12/BC-CATP ngày 05/01/2017"

    (one,) = client.get("/api/v1/statements?status=approved&unit=CATP").json()["items"]
    assert (one["value"], one["side"], one["period"]["period"]) == (120, "police", "2016")


def test_a_figure_is_stated(cast, client):
    body = {"unit": "CATP", "measure": CODE, "period": "2017", "value": 5, "source": "x", "evidence": "y"}
    client.force_login(cast.giang)
    assert post(client, "/statements", body | {"value": 1.55}).status_code == 422
    assert post(client, "/statements", body | {"measure": "tips-received"}).json()["code"] == "cant_be_stated"
    assert post(client, "/statements", body).status_code == 201


def test_works_and_totals(cast, client):
    client.force_login(cast.giang)
    body = {"unit": "CAP-W1", "work": "dossiers", "system": "Cổng", "since": "2026-01-01", "source": "x"}
    assert post(client, "/works", body).json()["system"] == "Cổng"
    assert [one["unit"]["code"] for one in client.get("/api/v1/works").json()["items"]] == ["CAP-W1"]
    made = post(client, "/totals", {"source": "x", "totals": f"CAP-W1;{CODE};2026-Q3;4"})
    assert made.status_code == 201
    (one,) = client.get("/api/v1/totals?differing=true").json()["items"]
    assert (one["official"], one["now"], one["differs"]) == (4, 0, True)
