"""Reports that are owed: raised as their period ends, begun for one or for all, kept by approval, owed again if sent back."""

from datetime import date

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.queries import queue
from gandan.results.reports import operations, queries
from gandan.results.reports.models import OwedReport
from gandan.results.reports.rules import ReportStatus, Stage
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

DUTIES = """
- {code: wards, title: Báo cáo quý, superior: CATP, line: police, unit_kind: station, every: quarter, within: 5,
   measures: [dossiers-received, dossiers-finished], valid_from: 2026-04-01, source: tests}
- {code: police, title: Báo cáo quý của Công an Thành phố, superior: CATP, line: police, every: quarter, within: 10,
   measures: [dossiers-received, dossiers-finished], valid_from: 2026-04-01, source: tests}
"""
RAISED = date(2026, 10, 1)


@pytest.fixture
def owed(cast):
    operations.set_duties(text=DUTIES, by=cast.giang, on=TODAY)
    receive(cast, "CAP-W1", date(2026, 8, 6), times=5, procedure="identity")
    operations.raise_reports(by=cast.importer, on=RAISED)
    return cast


@pytest.fixture
def head(cast):
    return enrol(
        username="xuan", name="Xuân", unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=cast.importer,
        on=date(2026, 1, 5),
    )  # fmt: skip


def one(code, label="2026-Q3", duty="wards"):
    return OwedReport.objects.get(unit__code=code, label=label, duty__code=duty)


def test_every_period_that_has_ended_is_owed_by_the_units_of_its_day_and_raised_once(owed):
    rows = [
        (each.unit.code, each.label, each.due_on) for each in OwedReport.objects.order_by("duty__code", "label", "unit__code")
    ]

    assert rows == [
        ("CATP", "2026-Q2", date(2026, 7, 14)), ("CATP", "2026-Q3", date(2026, 10, 14)),
        ("CAP-W1", "2026-Q2", date(2026, 7, 7)), ("CAP-W2", "2026-Q2", date(2026, 7, 7)),
        ("CAP-W1", "2026-Q3", date(2026, 10, 7)), ("CAP-W2", "2026-Q3", date(2026, 10, 7)),
    ]  # fmt: skip
    assert operations.raise_reports(by=owed.importer, on=RAISED) == 0


def test_what_is_owed_stands_in_the_one_queue_and_is_kept_by_approval(owed, head):
    assert {row.label for row in queue(head, RAISED)} == {"Báo cáo quý, Quý II/2026", "Báo cáo quý, Quý III/2026"}

    report = operations.begin_owed(owed=one("CAP-W1").pk, simulated=True, by=head, on=RAISED)
    assert report.sections.count() == 3
    with pytest.raises(operations.AlreadyBegun):
        operations.begin_owed(owed=one("CAP-W1").pk, simulated=True, by=head, on=RAISED)
    operations.submit(report=written(report), by=head, on=RAISED)
    operations.freeze(report=report, by=head, on=RAISED)

    assert {row.label for row in queue(head, RAISED)} == {"Báo cáo quý, Quý II/2026"}
    row = queries.owed_one(one("CAP-W1").pk)
    assert (row.settled, row.stage, row.late(TODAY)) == (True, Stage.APPROVED, False)


def test_a_report_that_is_sent_back_is_owed_again_and_kept_by_the_one_written_anew(owed, head):
    report = operations.begin_owed(owed=one("CAP-W1").pk, simulated=True, by=head, on=RAISED)
    operations.freeze(report=written(report), by=head, on=RAISED)
    operations.send_back(report=report, reason="Thiếu kiến nghị.", by=owed.dung, on=date(2026, 10, 2))
    assert "Lập lại: Báo cáo quý, 2026-Q3" in {row.label for row in queue(head, RAISED)}

    anew = operations.redraft(report=report, by=head, on=date(2026, 10, 5))
    assert one("CAP-W1").report_id == anew.pk
    operations.freeze(report=written(anew), by=head, on=date(2026, 10, 5))
    assert queries.owed_one(one("CAP-W1").pk).settled


def test_all_of_a_period_are_begun_in_one_go_some_at_a_time(owed):
    with pytest.raises(NotAllowed):
        operations.ask_many(duty="wards", label="2026-Q3", by=owed.binh, on=RAISED)
    asked = operations.ask_many(duty="wards", label="2026-Q3", by=owed.dung, on=RAISED)
    assert queries.asked_for() == [asked]

    first = operations.begin_many(asked=asked, simulated=True, by=owed.dung, on=RAISED, at_most=1)
    second = operations.begin_many(asked=asked, simulated=True, by=owed.dung, on=RAISED, at_most=1)
    last = operations.begin_many(asked=asked, simulated=True, by=owed.dung, on=RAISED, at_most=1)

    assert [(each.now, each.begun, each.of) for each in (first, second, last)] == [(1, 1, 2), (1, 2, 2), (0, 2, 2)]
    assert queries.asked_for() == []
    assert queries.begun_of("wards", "2026-Q3") == (2, 2)
    drafts = [each.report for each in OwedReport.objects.filter(duty__code="wards", label="2026-Q3")]
    assert {each.status for each in drafts} == {ReportStatus.DRAFT}
    with pytest.raises(operations.AlreadyBegun):
        operations.ask_many(duty="wards", label="2026-Q3", by=owed.dung, on=RAISED)


def test_how_far_each_period_has_come_is_counted(owed, head):
    operations.begin_owed(owed=one("CAP-W1").pk, simulated=True, by=head, on=RAISED)
    counts = {(each.duty, each.label): each for each in queries.owed_counts(None, TODAY)}
    third = counts["wards", "2026-Q3"]

    assert (third.of, third.begun, third.late, third.stages[Stage.DRAFT]) == (2, 1, 2, 1)


def test_what_is_excused_is_no_longer_owed(owed, head):
    with pytest.raises(NotAllowed):
        operations.excuse_report(owed=one("CAP-W1").pk, by=head, on=RAISED)
    operations.excuse_report(owed=one("CAP-W1").pk, by=owed.dung, on=RAISED)

    assert queries.owed_one(one("CAP-W1").pk).settled


@pytest.mark.parametrize("text", ["- {code: x}", "- [1]", "a: b: c"])
def test_a_file_that_cant_be_read_is_refused(cast, text):
    with pytest.raises(operations.BadDuty):
        operations.set_duties(text=text, by=cast.giang, on=TODAY)


def test_what_is_settled_hides_nothing_that_is_open(owed, head):
    first = queries.owed_reports([owed.unit("CAP-W1").pk], open_only=True, limit=1)
    assert [row.label for row in first] == ["2026-Q2"]

    begun = operations.begin_owed(owed=first[0].id, simulated=True, by=head, on=RAISED)
    operations.freeze(report=written(begun), by=head, on=RAISED)

    rows = queries.owed_reports([owed.unit("CAP-W1").pk], open_only=True, limit=1)
    assert [row.label for row in rows] == ["2026-Q3"]


def test_the_latest_periods_are_counted_whole_in_as_many_statements_as_one(owed, django_assert_num_queries):
    assert [(row.duty, row.label, row.of) for row in queries.owed_counts(None, RAISED, limit=2)] == [
        ("police", "2026-Q3", 1), ("wards", "2026-Q3", 2),
    ]  # fmt: skip
    with django_assert_num_queries(3):
        assert len(queries.owed_counts(None, RAISED)) == 4
