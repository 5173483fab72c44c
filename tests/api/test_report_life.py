"""The way of a report over the API: who sends what back, and what the way says."""

from datetime import date

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.organisations.rules import Line
from gandan.results.reports import operations
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

THIRD = Period(date(2026, 7, 1), date(2026, 10, 1))


@pytest.fixture
def approved(cast):
    receive(cast, "PA08", date(2026, 8, 6), times=5)
    report = operations.draft(unit=cast.unit("PA08"), period=THIRD, line=Line.POLICE, by=cast.dung, on=TODAY)
    return operations.freeze(report=written(report), by=cast.dung, on=TODAY)


def post(client, address, body=None):
    return client.post(f"/api/v1{address}", body or {}, content_type="application/json")


def test_only_the_unit_above_sends_back(cast, client, approved):
    client.force_login(cast.hoa)
    assert post(client, f"/reports/{approved.code}/send-back", {"reason": "x"}).status_code == 403
    client.force_login(cast.dung)
    assert post(client, f"/reports/{approved.code}/send-back", {"reason": ""}).json()["code"] == "no_reason"
    way = post(client, f"/reports/{approved.code}/send-back", {"reason": "Thiếu giải trình."}).json()

    assert (way["status"], [(one["step"], one["reason"]) for one in way["steps"]]) == (
        "returned", [("returned", "Thiếu giải trình."), ("approved", "")],
    )  # fmt: skip


def test_a_section_is_written_from_a_version(cast, client):
    report = operations.draft(unit=cast.unit("PA08"), period=THIRD, line=Line.POLICE, by=cast.dung, on=TODAY)
    client.force_login(cast.dung)
    address = f"/api/v1/reports/{report.code}/sections/3"
    first = client.put(address, {"text": "Một.", "base": 1}, content_type="application/json").json()
    second = client.put(address, {"text": "{{ write Kiến nghị. }} Hai.", "base": 1}, content_type="application/json").json()

    assert (first["sent"], first["version"], first["merged"]) == (2, 2, False)
    assert second["merged"]
    assert "Một." in second["text"]
    assert "Hai." in second["text"]
    assert client.put(address, {"text": "x", "base": 99}, content_type="application/json").json()["code"] == "unknown_section"


def test_what_is_restated_stands_on_the_way(cast, client, approved):
    client.force_login(cast.dung)
    assert post(client, f"/reports/{approved.code}/restatements", {"reason": "x"}).json()["code"] == "nothing_differs"
    receive(cast, "PA08", date(2026, 8, 7))
    way = post(client, f"/reports/{approved.code}/restatements", {"reason": "Ghi chậm một hồ sơ."}).json()

    figures = {one["measure"]: one for one in way["restatements"][0]["figures"]}
    assert (figures["dossiers-received"]["was"], figures["dossiers-received"]["now"]) == ("5", "6")
    assert figures["dossiers-received"]["reason"] == "Ghi chậm một hồ sơ."
