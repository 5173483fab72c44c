"""Programmes in JSON, and how their indicators stand."""

import pytest

from tests.reports.conftest import programme_of, worked


@pytest.fixture
def programme(cast):
    worked(cast)
    return programme_of(cast, "2022-2026")


def test_programmes_are_listed_with_their_parties(ask, programme):
    items = ask("quyen", "programmes").body["items"]

    assert next((one["code"], one["first"], one["last"]) for one in items) == ("2022-2026", "2022-01-01", "2026-12-31")
    assert items[0]["follows"] == items[1]["code"] == "2016-2021"
    assert "CATP" in [party["unit"]["code"] for party in items[0]["parties"]]


def test_a_programme_has_its_contents_tasks_and_indicators(ask, programme):
    contents = ask("quyen", "programmes/2022-2026").body["contents"]

    assert [content["number"] for content in contents] == list(range(1, len(contents) + 1))
    assert any(content["tasks"] for content in contents)
    assert any("dossiers-received" in content["indicators"] for content in contents)


def test_indicators_stand_year_by_year_against_their_targets(ask, programme):
    answer = ask("giang", "programmes/2022-2026/progress").body
    received = next(one for one in answer["indicators"] if one["measure"]["code"] == "dossiers-received")

    assert received["whole"]["value"] == 21
    assert [(year["period"]["period"], year["value"]) for year in received["years"]] == [
        ("2022", 6), ("2023", 0), ("2024", 8), ("2025", 7), ("2026", 0),
    ]  # fmt: skip
    ward = ask("giang", "programmes/2022-2026/progress?unit=W1&view=as-is").body
    received = next(one for one in ward["indicators"] if one["measure"]["code"] == "dossiers-received")
    assert received["whole"]["value"] == 10
    assert {old["code"] for old in received["whole"]["partial"]} == {"O2", "CAP-O2"}


def test_who_reads_a_programme(ask, programme):
    for path in ("programmes", "programmes/2022-2026"):
        assert ask("binh", path).status == 200
        assert ask(None, path).refusal == (401, "not_signed_in")
    path = "programmes/2022-2026/progress"
    assert ask("binh", path).refusal == (403, "not_allowed")
    assert ask("binh", f"{path}?unit=CAP-W1").status == 200
    assert ask("binh", f"{path}?unit=CAP-W2").refusal == (403, "not_allowed")
    assert ask(None, path).refusal == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("programmes/1999", (404, "unknown_programme")),
        ("programmes/1999/progress", (404, "unknown_programme")),
        ("programmes/2022-2026/progress?unit=NONE", (404, "unknown_unit")),
        ("programmes/2022-2026/progress?view=as-at:2025-99-99", (422, "bad_view")),
        ("programmes/2022-2026/progress?as_of=-1", (422, "unreadable")),
        ("programmes/%27/progress", (422, "unreadable")),
        ("programmes?page=2", (422, "unreadable")),
    ],
)
def test_what_cannot_be_read_is_refused(ask, programme, path, refusal):
    assert ask("giang", path).refusal == refusal


def test_a_programme_costs_a_bounded_number_of_queries(ask, cast, programme, django_assert_max_num_queries):
    ask("giang", "programmes/2022-2026/progress")
    for path, most in (("programmes", 6), ("programmes/2022-2026", 13), ("programmes/2022-2026/progress", 30)):
        with django_assert_max_num_queries(most):
            assert ask("giang", path).status == 200
