"""What is owed, begun and read over the API: reports by rule, a unit's months to its superiors, and their templates."""

from datetime import date

import pytest

from gandan.results.reports import operations
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.test_owing import head as head
from tests.reports.test_owing import owed as owed

MONTHLY = """
- {code: monthly, title: Báo cáo tháng, superior: CATP, line: police, unit_kind: station, every: month, within: 5,
   measures: [dossiers-received], valid_from: 2026-10-01, source: tests}
"""


def test_what_is_owed_is_listed_and_begun(owed, head, client):
    client.force_login(head)
    (one,) = client.get("/api/v1/owed-reports?period=2026-Q3").json()["items"]
    assert (one["unit"]["code"], one["superior"]["code"], one["period"], one["stage"], one["report"]) == (
        "CAP-W1", "CATP", "2026-Q3", "not_begun", None,
    )  # fmt: skip
    assert client.get("/api/v1/owed-reports?duty=police").json()["items"] == []

    begun = client.post(f"/api/v1/owed-reports/{one['number']}/begin", content_type="application/json")
    assert begun.status_code == 201
    again = client.post(f"/api/v1/owed-reports/{one['number']}/begin", content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "already_begun")
    (one,) = client.get("/api/v1/owed-reports?duty=wards&period=2026-Q3&settled=true").json()["items"]
    assert (one["stage"], one["report"]) == ("draft", begun.json()["report"])


def test_nobody_begins_another_units(owed, client):
    client.force_login(owed.giang)
    number = next(one["number"] for one in client.get("/api/v1/owed-reports").json()["items"] if one["unit"]["code"] == "CAP-W1")
    client.force_login(owed.chi)
    assert client.post(f"/api/v1/owed-reports/{number}/begin", content_type="application/json").status_code == 403
    assert client.post("/api/v1/owed-reports/999999/begin", content_type="application/json").status_code == 404


@pytest.fixture
def month(cast, head):
    operations.set_duties(text=MONTHLY, by=cast.giang, on=TODAY)
    receive(cast, "CAP-W1", date(2026, 10, 6), times=4)
    operations.raise_reports(by=cast.importer, on=TODAY)
    return cast


def test_the_months_of_a_unit_stand_beside_each_other(month, head, client):
    client.force_login(head)
    (one,) = client.get("/api/v1/monthly-reports?unit=CAP-W1").json()["items"]
    assert (one["duty"], one["stage"], one["figures"]) == ("monthly", "not_begun", [])
    client.post(f"/api/v1/owed-reports/{one['number']}/begin", content_type="application/json")
    (one,) = client.get("/api/v1/monthly-reports?unit=CAP-W1").json()["items"]
    assert [(row["measure"], row["value"], row["stated"]) for row in one["figures"]] == [("dossiers-received", 4, False)]
    client.force_login(month.chi)
    assert client.get("/api/v1/monthly-reports?unit=CAP-W1").status_code == 403


def test_templates_are_read_as_they_hold_today(cast, client):
    operations.set_templates(text=operations.TEMPLATES.read_text("utf-8"), by=cast.importer, on=TODAY)
    client.force_login(cast.alice)
    items = client.get("/api/v1/report-templates").json()["items"]

    assert {one["layout"] for one in items} == {"police", "party", "state"}
    assert all(one["rows"] and one["sections"] and one["source"] for one in items)
