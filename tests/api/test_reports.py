"""Reports in JSON: drafted, frozen, as signed beside as known now."""

import pytest

from gandan.results.reports.models import Report
from gandan.results.reports.operations import freeze
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.conftest import drafted, programme_of  # noqa: F401  # a fixture
from tests.reports.writing import written

FIRST_HALF = {"from": "2022-01-01", "to": "2026-06-30"}


@pytest.fixture
def frozen(cast, drafted):  # noqa: F811
    return freeze(report=written(drafted), by=cast.khanh, on=TODAY)


def figures(answer):
    assert answer.status == 200, answer.body
    return {(one["measure"], one["unit"], one["period"]["period"]): one["value"] for one in answer.body["figures"]}


WHOLE = ("dossiers-received", "79", "2022-01-01..2026-06-30")


def test_a_report_is_begun_and_frozen(ask, cast):
    programme_of(cast, "2022-2026")
    begun = ask("giang", "reports", method="post", body={"unit": "79", "programme": "2022-2026", **FIRST_HALF})

    assert (begun.status, begun.body["status"], begun.body["kind"]) == (201, "draft", "interim")
    assert (begun.body["first"], begun.body["last"], begun.body["line"]) == ("2022-01-01", "2026-06-30", "administration")
    assert [one["position"] for one in begun.body["sections"] if one["to_write"]] == [3, 5]
    path = f"reports/{begun.body['code']}"
    assert ask("giang", f"{path}/freeze", method="post").refusal == (403, "not_allowed")
    unwritten = ask("khanh", f"{path}/freeze", method="post")
    assert unwritten.refusal == (409, "still_to_write")
    assert "3. Đánh giá; 5. Kiến nghị" in unwritten.body["message"]
    written(Report.objects.get(code=begun.body["code"]))

    done = ask("khanh", f"{path}/freeze", method="post")

    assert (done.status, done.body["status"], len(done.body["digest"])) == (200, "frozen", 64)
    assert ask("khanh", f"{path}/freeze", method="post").refusal == (409, "already_frozen")


def test_as_signed_stays_and_as_known_now_moves_on(ask, cast, frozen):
    receive(cast, "CAP-W1", TODAY.replace(year=2026, month=5, day=4), times=2, procedure="identity")
    path = f"reports/{frozen.code}"

    signed, now = ask("giang", f"{path}/as-signed"), ask("giang", f"{path}/as-known-now")

    assert figures(now)[WHOLE] == figures(signed)[WHOLE] + 2
    assert (signed.body["posting"], now.body["posting"]) == (frozen.posting, None)
    differences = ask("giang", f"{path}/differences").body
    assert differences["none"] is False
    assert [one["measures"] != [] for one in differences["events"]] == [True, True]
    change = next(one for one in differences["figures"] if one["signed"]["measure"] == WHOLE[0] and one["signed"]["unit"] == "79")
    assert change["now"]["value"] == change["signed"]["value"] + 2


def test_nothing_differs_at_first(ask, frozen):
    assert ask("giang", f"reports/{frozen.code}/differences").body == {
        "report": frozen.code, "none": True, "figures": [], "events": [], "more": False, "acts": [], "definitions": [],
    }  # fmt: skip


def test_a_draft_has_nothing_signed(ask, drafted):  # noqa: F811
    path = f"reports/{drafted.code}"

    assert ask("giang", f"{path}/as-signed").refusal == (409, "not_frozen")
    assert ask("giang", f"{path}/differences").refusal == (409, "not_frozen")
    assert figures(ask("giang", f"{path}/as-known-now"))[WHOLE] > 0


@pytest.mark.parametrize("part", ["", "/as-signed", "/as-known-now", "/differences"])
def test_who_reads_a_report(ask, frozen, part):
    path = f"reports/{frozen.code}{part}"

    assert {who: ask(who, path).status for who in ("giang", "oanh", "binh")} == {"giang": 200, "oanh": 200, "binh": 403}
    assert ask(None, path).refusal == (401, "not_signed_in")
    assert ask("giang", path.replace(frozen.code, "nothing-1")).refusal == (404, "unknown_report")


def test_the_list_has_what_one_may_see(ask, frozen):
    assert [one["code"] for one in ask("giang", "reports").body["items"]] == [frozen.code]
    assert ask("binh", "reports").body["items"] == []
    assert ask(None, "reports").refusal == (401, "not_signed_in")


def test_only_who_writes_reports_begins_one(ask, cast):
    body = {"unit": "79", "period": "2025"}

    assert ask("giang", "reports", method="post", body=body).status == 201
    assert ask("binh", "reports", method="post", body=body).refusal == (403, "not_allowed")
    assert ask(None, "reports", method="post", body=body).refusal == (401, "not_signed_in")
    assert ask(None, "reports/x-1/freeze", method="post").refusal == (401, "not_signed_in")


def test_changing_something_needs_the_token_against_forgery(cast, client_checking_csrf):
    answer = client_checking_csrf("giang").post(
        "/api/v1/reports", {"unit": "79", "period": "2025"}, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "no_csrf_token")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (422, "unreadable")),
        ({"unit": "79"}, (422, "period_missing")),
        ({"unit": "79", "period": "2025", "to": "2025-01-01"}, (422, "period_missing")),
        ({"unit": "79", "from": "2025-02-01", "to": "2025-01-01"}, (422, "unknown_period")),
        ({"unit": "79", "period": "2025", "titel": "x"}, (422, "unreadable")),
        ({"unit": "79", "period": "2025", "title": "x\x00"}, (422, "unreadable")),
        ({"unit": "79", "period": "2025", "view": "as-at:2025-13-01"}, (422, "bad_view")),
        ({"unit": "79", "period": "2025", "measures": ["nothing"]}, (404, "unknown_measure")),
        ({"unit": "79", "period": "2025", "programme": "NONE"}, (404, "unknown_programme")),
        ({"unit": "NONE", "period": "2025"}, (404, "unknown_unit")),
        ("no json at all", (422, "unreadable")),
    ],
)
def test_what_cannot_be_drafted_is_refused(ask, body, refusal):
    assert ask("giang", "reports", method="post", body=body).refusal == refusal


def test_a_body_that_is_no_json_is_refused(cast, client_checking_csrf):
    client = client_checking_csrf("giang", checking=False)

    answer = client.post("/api/v1/reports", b"{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")


def test_a_period_that_is_not_over_cannot_be_frozen(ask, cast):
    code = ask("giang", "reports", method="post", body={"unit": "79", "from": "2026-01-01", "to": "2199-12-31"}).body["code"]

    assert ask("khanh", f"reports/{code}/freeze", method="post").refusal == (409, "period_not_over")


def test_fifty_reports_cost_as_many_queries_as_one(ask, cast, django_assert_max_num_queries):
    for nth in range(50):
        ask("giang", "reports", method="post", body={"unit": "79", "period": "2025", "measures": ["dossiers-received"]})
        if nth in (0, 49):
            with django_assert_max_num_queries(7):
                assert len(ask("giang", "reports").body["items"]) == nth + 1
