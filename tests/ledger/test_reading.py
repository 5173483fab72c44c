"""Figures against a naive ledger, whatever happens in between."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from gandan.ground.ledger import rules
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import check_cells, correct, freezing, group_units, post, rebuild_tallies, record
from gandan.ground.ledger.operations.recording import facet_set_id, record_rows
from gandan.ground.ledger.queries import entries, facet_sets, last_posting, recount, since, sums, sums_of, verify
from gandan.ground.ledger.rules import Groups, Span
from tests.ledger.conftest import settle
from tests.ledger.naive import NaiveLedger

FIRST, LAST = date(2023, 11, 1), date(2025, 2, 28)
DAYS = st.dates(FIRST, LAST)
PERIODS = [
    (date.min, date(2024, 6, 20)),
    (date(2024, 1, 1), date(2025, 1, 1)),
    (date(2023, 12, 15), date(2024, 12, 15)),
    (date(2024, 2, 3), date(2024, 2, 9)),
    (date(2024, 2, 3), date(2024, 8, 20)),
]


class Machine(RuleBasedStateMachine):
    """Record, correct, back-date, post, freeze, rebuild; every figure must equal the naive one at every moment."""

    def __init__(self) -> None:
        super().__init__()
        self.naive = NaiveLedger()
        self.live: list[int] = []

    @initialize()
    def begin(self) -> None:
        self.place = settle()
        self.units = [self.place.north, self.place.south]
        group_units(77, [unit.pk for unit in self.units])

    @rule(unit=st.integers(0, 1), day=DAYS, procedure=st.sampled_from(["passport", "vehicle"]))
    def record(self, unit: int, day: date, procedure: str) -> None:
        number = record(
            Kind.DOSSIER_RECEIVED, unit=self.units[unit], day=day, by=self.place.hoa, procedure=procedure, channel="counter"
        )
        facets = next(row.id for row in facet_sets() if row.facets.get("procedure") == procedure)
        self.naive.record(number, self.units[unit].pk, day, facets)
        self.live.append(number)

    @precondition(lambda self: self.live)
    @rule(which=st.integers(0, 10**6))
    def correct(self, which: int) -> None:
        original = self.live.pop(which % len(self.live))
        self.naive.correct(correct(original, reason="mistake", by=self.place.hoa), original)

    @rule()
    def post(self) -> None:
        if post():
            self.naive.posted(last_posting().number)

    @rule(limit=st.integers(1, 3))
    def freeze(self, limit: int) -> None:
        with freezing() as position:
            if position.number:
                self.naive.posted(position.number)

    @rule()
    def rebuild(self) -> None:
        rebuild_tallies()

    @invariant()
    def every_figure_is_right_now_and_as_it_was_known(self) -> None:
        ids = {row.id for row in facet_sets()}
        spans = [
            Span(cell, unit.pk, start, end) for cell, (start, end) in enumerate(PERIODS) for unit in getattr(self, "units", [])
        ]
        if len(getattr(self, "units", [])) == 2:  # and one that is only the northern unit, so that something is left out
            spans.append(Span(99, self.place.north.pk, date(2024, 1, 1), date(2025, 1, 1)))
        plain = [(s.cell, s.unit, s.start, s.end) for s in spans]
        expected = self.naive.sums(ids, plain)
        assert _without_zeros(sums(ids, spans)) == expected
        assert _without_zeros(recount(ids, spans)) == expected
        assert _without_zeros(sums(dict.fromkeys(ids, 0), spans)) == _as_one(expected)
        whole, one, none = dict.fromkeys(ids, 0), {number: number for number in sorted(ids)[:1]}, ({}, Groups([]))
        alone = [sums(whole, spans), {}, sums(one, spans[1:])]
        assert sums_of([(whole, Groups(spans)), none, (one, Groups(spans[1:]))]) == alone
        for posting in list(self.naive.known_at)[-2:]:
            assert _without_zeros(sums(ids, spans, as_of=posting)) == self.naive.sums(ids, plain, as_of=posting)

    def teardown(self) -> None:
        assert verify().holds
        assert check_cells() == []


def _without_zeros(figures):
    return {key: value for key, value in figures.items() if value != (0, 0)}


def _as_one(figures):
    """The same sums where no facet set is told from another."""
    together = {}
    for (cell, _), (count, amount) in figures.items():
        before = together.get((cell, 0), (0, 0))
        together[cell, 0] = (before[0] + count, before[1] + amount)
    return _without_zeros(together)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [pytest.param(24, id="unit by unit"), pytest.param(1, id="by blocks")])
def test_whatever_happens_every_figure_equals_its_recount(monkeypatch, many):
    monkeypatch.setattr(rules, "MANY_UNITS", many)
    from django.db import transaction

    class Rolled(Machine):
        def __init__(self) -> None:
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Rolled,
        settings=settings(max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)),
    )


def some(place, *days):
    return [
        record(Kind.DOSSIER_RECEIVED, unit=place.north, day=day, by=place.hoa, procedure="passport", channel="post")
        for day in days
    ]


def test_a_figure_opens_to_its_events_newest_first_page_by_page(place):
    days = [date(2024, 1, 1) + timedelta(days=3 * n) for n in range(40)]
    some(place, *days[:25])
    post()
    some(place, *days[25:])
    ids = {row.id for row in facet_sets()}
    spans = [Span(0, place.north.pk, date(2024, 1, 10), date(2024, 4, 20))]

    pages, before = [], None
    while page := entries(ids, spans, before=before, limit=7):
        pages.append(page)
        before = (page[-1].day, page[-1].id)

    expected = sorted((day for day in days if date(2024, 1, 10) <= day < date(2024, 4, 20)), reverse=True)
    assert [event.day for page in pages for event in page] == expected
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)


def test_what_the_ledger_learnt_after_a_posting_is_listed(place):
    some(place, date(2024, 1, 1))
    with freezing() as position:
        pass
    late = some(place, date(2024, 1, 2), date(2025, 5, 5))
    ids = {row.id for row in facet_sets()}
    spans = [Span(0, place.north.pk, date(2024, 1, 1), date(2025, 1, 1))]

    assert [event.id for event in since(position.number, ids, spans)] == late[:1]
    post()
    assert [event.id for event in since(position.number, ids, spans)] == late[:1]


def test_amounts_are_summed_with_their_sign(place):
    facets = facet_set_id(Kind.UNIT_RENAMED, {})
    row = ("", None, place.north.pk, date(2024, 1, 1), place.hoa.pk, facets)
    first, _ = record_rows([(*row, 500, ""), (*row, 70, "")])
    spans = [
        Span(0, place.north.pk, date(2024, 1, 1), date(2024, 2, 1)),
        Span(1, place.north.pk, date(2024, 1, 1), date(2024, 1, 3)),
    ]

    assert sums([facets], spans) == {(0, facets): (2, 570), (1, facets): (2, 570)}
    post()
    correct(first, reason="mistake", by=place.hoa)
    assert sums([facets], spans) == recount([facets], spans) == {(0, facets): (1, 70), (1, facets): (1, 70)}
    post()
    assert sums([facets], spans) == {(0, facets): (1, 70), (1, facets): (1, 70)}


def test_facet_sets_that_need_not_be_told_apart_are_summed_as_one(place):
    some(place, date(2024, 1, 1), date(2024, 3, 20))
    other = record(
        Kind.DOSSIER_RECEIVED, unit=place.north, day=date(2024, 1, 2), by=place.hoa, procedure="vehicle", channel="counter"
    )
    first, second = sorted(row.id for row in facet_sets())
    spans = [
        Span(0, place.north.pk, date(2024, 1, 1), date(2024, 2, 1)),
        Span(1, place.north.pk, date.min, date(2024, 6, 20)),
    ]

    def both():
        return sums({first: second, second: second}, spans), sums({first: first, second: second}, spans)

    assert both() == (
        {(0, second): (2, 0), (1, second): (3, 0)},
        {(0, first): (1, 0), (0, second): (1, 0), (1, first): (2, 0), (1, second): (1, 0)},
    )
    before = both()
    post()
    assert both() == before
    with freezing() as position:
        pass
    correct(other, reason="mistake", by=place.hoa)
    assert sums({first: second, second: second}, spans, as_of=position.number) == before[0]


def test_nothing_is_asked_for_nothing(place, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sums([], []) == {}
        assert entries([], []) == []


def test_reading_takes_one_statement_for_flows_and_two_for_stocks(place, django_assert_num_queries):
    some(place, date(2024, 1, 1))
    ids = {row.id for row in facet_sets()}
    flows = [Span(n, place.north.pk, date(2024, 1, 1), date(2024, 1, 2 + n)) for n in range(25)]
    with django_assert_num_queries(1):
        sums(ids, flows)
    with django_assert_num_queries(2):  # where the stock begins, and the sums
        sums(ids, [Span(0, place.north.pk, date.min, date(2024, 5, 1)), *flows])
