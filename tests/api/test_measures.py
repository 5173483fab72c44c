"""The catalogue, figures across the reorganisation, and the events behind them, in JSON."""

from datetime import date

import pytest

from gandan.ground.ledger.operations import correct, post
from gandan.ground.ledger.queries import last_posting
from gandan.results.measures.catalogue import CATALOGUE
from gandan.work.dossiers.operations import load_procedures
from gandan.work.dossiers.operations import receive as receive_dossier
from tests.measures.happening import finish, happen, receive

RECEIVED, SHARE = "dossiers-received", "dossiers-on-time-share"
OLD, NEW = "2024-05-06", "2025-09-08"


@pytest.fixture
def work(cast):
    """Before the reorganisation 3 at O1's police and 5 at O2's; after it 7 at W1's and 2 at W2's."""
    receive(cast, "CAP-O1", date.fromisoformat(OLD), times=3)
    receive(cast, "CAP-O2", date.fromisoformat(OLD), times=5)
    receive(cast, "CAP-W1", date.fromisoformat(NEW), times=7)
    receive(cast, "CAP-W2", date.fromisoformat(NEW), times=2)
    finish(cast, "CAP-W1", date(2025, 9, 10), "early", times=2)
    finish(cast, "CAP-W1", date(2025, 9, 18), "late", times=1)
    post()
    return cast


def value(ask, unit, view, period="2024", who="giang", **more):
    answer = ask(who, "figures", measure=RECEIVED, unit=unit, period=period, view=view, **more)
    assert answer.status == 200, answer.body
    return answer.body["figures"][0]


def test_the_same_figure_of_a_merged_ward_as_was_as_is_and_as_at(ask, work):
    assert value(ask, "O1", "as-was")["value"] == 3

    as_is = value(ask, "O1", "as-is")
    assert (as_is["status"], as_is["value"], [heir["code"] for heir in as_is["heirs"]]) == ("absent", None, ["W1"])

    assert value(ask, "O1", "as-at:2025-06-30")["value"] == 3
    after = value(ask, "O1", "as-at:2025-06-30", period="2025")
    assert (after["value"], after["later"]) == (0, 7)

    assert value(ask, "W1", "as-was")["status"] == "absent"
    followed = value(ask, "W1", "as-is")
    assert (followed["value"], [old["code"] for old in followed["partial"]]) == (3, ["O2", "CAP-O2"])


def test_the_same_figure_of_a_divided_ward_as_was_as_is_and_as_at(ask, work):
    assert value(ask, "O2", "as-was")["value"] == 5

    as_is = value(ask, "O2", "as-is")
    assert (as_is["status"], {heir["code"] for heir in as_is["heirs"]}) == ("absent", {"W1", "W2"})

    assert value(ask, "O2", "as-at:2025-06-30")["value"] == 5
    assert value(ask, "D760", "as-at:2025-06-30")["value"] == 8
    for heir in ("W1", "W2"):
        assert "O2" in {old["code"] for old in value(ask, heir, "as-is")["partial"]}


def test_a_grid_names_its_units_periods_and_measures(ask, work):
    asked_for = {"measure": [RECEIVED, SHARE, "people-reached"], "unit": ["79", "W1"], "period": ["2024", "2025"]}
    answer = ask("giang", "figures", **asked_for, cut="calendar").body

    assert [unit["code"] for unit in answer["units"]] == ["79", "W1"]
    assert [(one["period"], one["first"], one["last"]) for one in answer["periods"]] == [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ]
    found = {(one["measure"], one["unit"], one["period"]): one for one in answer["figures"]}
    assert len(found) == 12
    assert found[RECEIVED, "79", "2025"]["value"] == 9
    share = found[SHARE, "W1", "2025"]
    assert (share["value"], share["part"], share["whole"]) == (66.7, 2, 3)
    assert found["people-reached", "79", "2025"]["status"] in {"not_additive", "no_data"}


def test_figures_are_fresh_and_can_be_asked_as_of_a_posting(ask, work):
    posting = last_posting().number
    receive(work, "CAP-W1", date.fromisoformat(NEW), times=4)

    assert value(ask, "W1", "as-was", period="2025")["value"] == 11
    then = value(ask, "W1", "as-was", period="2025", as_of=posting)
    assert (then["value"], then["events"]) == (7, None)


def test_a_free_stretch_includes_both_its_ends(ask, work):
    def between(first, last):
        return ask("giang", "figures", **{"measure": RECEIVED, "unit": "79", "from": first, "to": last}).body["figures"][0][
            "value"
        ]

    assert between(NEW, NEW) == 9
    assert between("2025-09-09", "2025-09-30") == 0
    assert between("2025-09-01", "2025-09-07") == 0


def test_the_line_is_the_units_own(ask, work):
    police = ask("dung", "figures", measure=RECEIVED, unit="CATP", period="2025").body

    assert (police["line"], police["figures"][0]["value"]) == ("police", 9)
    assert ask("giang", "figures", measure=RECEIVED, unit=["79", "CATP"], period="2025").refusal == (422, "lines_differ")


def test_a_figure_leads_to_its_events_page_by_page(ask, work):
    address = value(ask, "W1", "as-was", period="2025")["events"].removeprefix("/api/v1/")
    seen, answer = [], ask("giang", f"{address}&limit=3").body
    while True:
        seen += [one["number"] for one in answer["items"]]
        if answer["next"] is None:
            break
        answer = ask("giang", f"{address}&limit=3&cursor={answer['next']}").body

    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)
    assert answer["items"][0]["sentence"] == {"vi": "Tiếp nhận hồ sơ", "en": "Dossier received"}


def test_a_correction_counts_against_the_figure(ask, work):
    number = ask("giang", f"measures/{RECEIVED}/events?unit=W2&period=2025").body["items"][0]["number"]
    correct(number, reason="mistyped", by=work.importer)

    items = ask("giang", f"measures/{RECEIVED}/events?unit=W2&period=2025").body["items"]
    assert sorted(one["weight"] for one in items) == [-1, 1, 1]
    assert [one["corrects"] for one in items if one["weight"] < 0] == [number]


def test_events_are_filtered_by_kind_and_place(ask, work):
    path = f"measures/{RECEIVED}/events?unit=79&from=2024-01-01&to=2025-12-31"

    assert len(ask("giang", f"{path}&at=CAP-O2").body["items"]) == 5
    assert ask("giang", f"{path}&kind=dossier.withdrawn").body["items"] == []


def test_the_record_is_named_only_to_who_may_read_it(ask, cast):
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    dossier = receive_dossier(
        procedure="passport", unit=cast.unit("PA08"), applicant="Nguyễn Văn Tèo", by=cast.alice, on=date(2026, 11, 20)
    )  # fmt: skip
    path = f"measures/{RECEIVED}/events?unit=PA08&from=2026-11-20&to=2026-11-20"

    assert ask("alice", path).body["items"][0]["record"] == f"/api/v1/dossiers/{dossier.number}"
    assert ask("giang", path).body["items"][0]["record"] is None
    assert "Tèo" not in str(ask("giang", path).body)


def test_a_trend_cuts_off_where_the_stretch_ends(ask, work):
    answer = ask("giang", f"measures/{RECEIVED}/trend?unit=79&from=2024-03-01&to=2026-02-28&grain=year&cut=calendar").body

    assert [(point["period"]["first"], point["period"]["last"], point["value"]) for point in answer["points"]] == [
        ("2024-03-01", "2024-12-31", 8),
        ("2025-01-01", "2025-12-31", 9),
        ("2026-01-01", "2026-02-28", 0),
    ]


def test_the_catalogue_says_what_each_measure_means(ask, cast):
    assert [one["code"] for one in ask("quyen", "measures").body["items"]] == list(CATALOGUE)
    recorded = ask("quyen", "measures?recorded=true&group=dossiers").body["items"]
    assert {one["group"]["en"] for one in recorded} == {"Dossiers"}
    share = ask("quyen", f"measures/{SHARE}").body
    assert share["sort"] == "share"
    assert share["whole"]
    assert share["formula"].startswith("share:")


FIGURES = [
    f"figures?measure={RECEIVED}&period=2025&unit=",
    f"measures/{RECEIVED}/trend?from=2025-01-01&to=2025-12-31&unit=",
    f"measures/{RECEIVED}/events?period=2025&unit=",
]


@pytest.mark.parametrize("path", FIGURES)
def test_who_reads_figures(ask, path):
    assert ask("binh", path + "CAP-W1").status == 200  # their own
    assert ask("binh", path + "CAP-O2").status == 200  # whose files have come down to it
    assert ask("giang", path + "CAP-W1").status == 200  # from above
    assert ask("binh", path + "CAP-W2").refusal == (403, "not_allowed")  # the sister unit
    assert ask("binh", path + "79").refusal == (403, "not_allowed")  # above
    assert ask(None, path + "CAP-W1").refusal == (401, "not_signed_in")


def test_one_closed_unit_closes_the_whole_answer(ask, cast):
    assert ask("binh", "figures", measure=RECEIVED, unit=["CAP-W1", "CAP-W2"], period="2025").refusal == (403, "not_allowed")


@pytest.mark.parametrize("path", ["measures", f"measures/{RECEIVED}"])
def test_the_catalogue_is_for_everybody_who_is_signed_in(ask, path):
    assert ask("quyen", path).status == 200
    assert ask(None, path).refusal == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("figures?unit=79&period=2025", (422, "unreadable")),
        (f"figures?measure={RECEIVED}&period=2025", (422, "unreadable")),
        (f"figures?measure={RECEIVED}&unit=79", (422, "period_missing")),
        (f"figures?measure={RECEIVED}&unit=79&from=2025-01-01", (422, "period_missing")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&from=2025-01-01&to=2025-01-02", (422, "period_missing")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025-Q9", (422, "unknown_period")),
        (f"figures?measure={RECEIVED}&unit=79&from=2025-02-01&to=2025-01-01", (422, "unknown_period")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&view=as-at:2025-02-31", (422, "bad_view")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&view=as-at:9999-12-31", (422, "bad_view")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&view=tomorrow", (422, "unreadable")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&as_of=0", (422, "unreadable")),
        (f"figures?measure={RECEIVED}&unit=79&period=2025&veiw=as-is", (422, "unreadable")),
        ("figures?measure=nothing&unit=79&period=2025", (404, "unknown_measure")),
        (f"figures?measure={RECEIVED}&unit=NONE&period=2025", (404, "unknown_unit")),
        ("measures/nothing", (404, "unknown_measure")),
        ("measures?group=%00", (422, "unreadable")),
        (f"measures/{RECEIVED}/trend?unit=79&from=1900-01-01&to=2200-01-01", (422, "too_many")),
        (f"measures/{RECEIVED}/events?unit=79&period=2025&cursor=AAAA", (422, "bad_cursor")),
        (f"measures/{RECEIVED}/events?unit=79&period=2025&cursor=%3F", (422, "unreadable")),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, path, refusal):
    assert ask("giang", path).refusal == refusal


def test_fifty_events_cost_as_many_queries_as_one(ask, cast, django_assert_max_num_queries):
    happen(cast, "dossier.received", "CAP-W1", date(2025, 9, 1), procedure="passport", channel="counter")
    path = f"measures/{RECEIVED}/events?unit=W1&period=2025"
    ask("giang", path)
    with django_assert_max_num_queries(16):
        assert len(ask("giang", path).body["items"]) == 1
    happen(cast, "dossier.received", "CAP-W1", date(2025, 9, 2), times=49, procedure="passport", channel="counter")
    with django_assert_max_num_queries(16):
        assert len(ask("giang", path).body["items"]) == 50


def test_many_figures_cost_as_many_queries_as_one(ask, work, django_assert_max_num_queries):
    units = [code for code in work.units if code != "CATP"]
    ask("giang", "figures", measure=RECEIVED, unit="79", period="2025", line="administration")
    with django_assert_max_num_queries(20):
        ask("giang", "figures", measure=RECEIVED, unit="79", period="2025", line="administration")
    with django_assert_max_num_queries(20):
        answer = ask("giang", "figures", measure=list(CATALOGUE), unit=units, period=["2024", "2025"], line="administration")
        assert len(answer.body["figures"]) == len(CATALOGUE) * len(units) * 2


def test_simulated_figures_say_so(ask, work, settings):
    path = f"figures?measure={RECEIVED}&unit=79&period=2025"
    settings.SIMULATED = False
    assert ask("giang", path).body["simulated"] is False

    settings.SIMULATED = True
    assert ask("giang", path).body["simulated"] is True
