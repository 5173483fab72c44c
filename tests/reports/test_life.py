"""The life of a report: written together, submitted, given back, approved upwards, cited, sent back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, PeriodName
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.reports import operations, queries
from gandan.results.reports.models import Citation, Report, ReportSection, SectionVersion
from gandan.results.reports.rules import BrokenText, WayStep
from tests.cast import TODAY
from tests.measures.happening import finish, receive
from tests.reports.writing import written

THIRD = CALENDAR_PERIODS[Grain.QUARTER].period(PeriodName(2026, Grain.QUARTER, 3))
MEASURES = ["dossiers-received", "dossiers-finished", "dossiers-on-time-share"]


@pytest.fixture
def heads(cast):
    """Xuân heads the police of ward W1, Yến those of W2."""
    return {
        code: enrol(username=name, name=name.title(), unit=cast.unit(code), role=Role.UNIT_HEAD, line=Line.POLICE,
                    by=cast.importer, on=date(2026, 1, 5))
        for code, name in (("CAP-W1", "xuan"), ("CAP-W2", "yen"))
    }  # fmt: skip


@pytest.fixture
def quarter(cast):
    """The work of a quarter in two wards, and of the one before in one."""
    receive(cast, "CAP-W1", date(2026, 5, 6), times=10, procedure="identity")
    receive(cast, "CAP-W1", date(2026, 8, 6), times=35, procedure="identity")
    finish(cast, "CAP-W1", date(2026, 8, 20), "in_time", times=30, procedure="identity")
    receive(cast, "CAP-W2", date(2026, 9, 6), times=4, procedure="identity")


def begin(cast, code, by, **more):
    line = Line.POLICE if code.startswith("CA") else Line.ADMINISTRATION
    return operations.draft(unit=cast.unit(code), period=THIRD, measures=MEASURES, line=line, by=by, on=TODAY, **more)


def approve(cast, code, head):
    return approved_by(written(begin(cast, code, head)), head)


def approved_by(report, head):
    operations.submit(report=report, by=head, on=TODAY)
    return operations.freeze(report=report, by=head, on=TODAY)


def kinds(report):
    return list(
        Event.objects.filter(about_type="reports.report", about_id=report.pk)
        .order_by("id")
        .values_list("facet_set__kind", flat=True)
    )


# Writing together


def test_two_who_write_at_once_lose_nothing(cast, heads):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    base = operations.write_section(report=report, position=1, text="Câu một.\n\nCâu hai.", by=heads["CAP-W1"], on=TODAY).version

    first = operations.autosave_section(
        report=report, position=1, text="Câu một của A.\n\nCâu hai.", base=base, by=heads["CAP-W1"], on=TODAY
    )
    second = operations.autosave_section(
        report=report, position=1, text="Câu một.\n\nCâu hai của B.", base=base, by=cast.dung, on=TODAY
    )

    assert (first.merged, second.merged, second.both) == (False, True, 0)
    assert ReportSection.objects.get(report=report, position=1).text == "Câu một của A.\n\nCâu hai của B."
    assert [one.by_name for one in queries.versions(report, 1)] == ["Phạm Anh Dũng", "Phạm Anh Dũng", "Xuan", "Xuan", "Xuan"]
    assert queries.writers(report) == ["Phạm Anh Dũng", "Xuan"]


def test_the_ledger_is_told_once_a_day_of_each_who_writes(cast, heads):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    for nth in range(4):
        operations.autosave_section(report=report, position=1, text=f"Lần {nth}", base=nth + 1, by=cast.dung, on=TODAY)

    assert kinds(report) == ["report.drafted", "report.edited"]
    assert SectionVersion.objects.filter(section__report=report, section__position=1).count() == 5


def test_what_cant_be_read_yet_is_kept_but_not_submitted(cast, heads, quarter):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    operations.autosave_section(report=report, position=1, text="Có {{ meas", base=1, by=heads["CAP-W1"], on=TODAY)

    assert queries.as_known_now(report).at("dossiers-received", THIRD).cell.value == 35  # the rest is still to be seen
    with pytest.raises(BrokenText, match="không có cặp"):
        operations.submit(report=report, by=heads["CAP-W1"], on=TODAY)


def test_what_nobody_has_written_yet_is_neither_submitted_nor_approved(cast, heads, quarter):
    head = heads["CAP-W1"]
    report = begin(cast, "CAP-W1", head)
    operations.write_section(report=report, position=1, text=" ", by=head, on=TODAY)
    for attempt in (operations.submit, operations.freeze):
        with pytest.raises(operations.StillToWrite, match=r"1\. Tình hình; 3\. Kiến nghị"):
            attempt(report=report, by=head, on=TODAY)

    text = "Đề nghị thêm người.\n{{ write Số người còn thiếu. }}"
    for position, words in ((1, "Bình thường."), (2, ""), (3, text)):
        operations.write_section(report=report, position=position, text=words, by=head, on=TODAY)
    assert [one.title for one in queries.still_to_write(report)] == ["Kiến nghị"]  # where tables stand no words are owed
    operations.write_section(report=report, position=3, text="Đề nghị thêm hai người.", by=head, on=TODAY)
    assert approved_by(report, head).status == "frozen"


def test_a_version_is_taken_back(cast, heads):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    was = report.sections.get(position=1).text
    operations.write_section(report=report, position=1, text="Khác hẳn.", by=cast.dung, on=TODAY)
    restored = operations.restore_version(report=report, position=1, number=1, by=cast.dung, on=TODAY)

    assert (restored.text, restored.version) == (was, 3)
    with pytest.raises(operations.UnknownSection):
        operations.restore_version(report=report, position=1, number=9, by=cast.dung, on=TODAY)


def test_comments_stay_until_they_are_settled(cast, heads):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    made = operations.comment(report=report, position=2, text=" Thêm số căn cước. ", by=cast.minh, on=TODAY)
    (one,) = queries.comments(report)
    assert (one.position, one.text, one.by_name, one.settled_on) == (2, "Thêm số căn cước.", "Hồ Quang Minh", None)

    operations.settle_comment(report=report, number=made.pk, by=heads["CAP-W1"], on=TODAY)
    assert queries.comments(report)[0].settled_on == TODAY
    with pytest.raises(operations.NothingSaid):
        operations.comment(report=report, position=2, text="  ", by=cast.minh, on=TODAY)
    with pytest.raises(NotAllowed):
        operations.comment(report=report, position=2, text="x", by=cast.chi, on=TODAY)


# Held against


def test_a_figure_stands_beside_the_quarter_before_and_what_is_unusual_is_pointed_out(cast, heads, quarter):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    sheet = queries.as_known_now(report)
    held = sheet.comparisons["dossiers-received"]

    assert (held.before, held.before_label, held.unusual) == (10, "2026-Q2", True)
    said = {one.code: one.said for one in queries.unusual(report, sheet)}
    assert said["dossiers-received"] == "gấp 3,5 lần kỳ trước"
    assert said["dossiers-finished"] == "tăng từ 0 lên 30 so với kỳ trước"

    operations.explain_change(
        report=report, code="dossiers-received", text="Cấp đổi căn cước đồng loạt.", by=heads["CAP-W1"], on=TODAY
    )
    explained = {one.code: one.explained for one in queries.unusual(report, sheet)}
    assert explained["dossiers-received"] == "Cấp đổi căn cước đồng loạt."


def test_a_text_says_what_a_figure_is_held_against(cast, heads, quarter):
    report = begin(cast, "CAP-W1", heads["CAP-W1"])
    received = "{{ measure dossiers-received%s }}"
    text = f"Nhận {received % ''}, {received % ' show=change'} so với {received % ' show=before'}."
    operations.write_section(report=report, position=1, text=text, by=heads["CAP-W1"], on=TODAY)
    frozen = operations.freeze(report=written(report), by=heads["CAP-W1"], on=TODAY)

    made = queries.document(frozen, base_url="http://x", made_at=frozen.frozen_at)
    said = "".join(run.text for run in made.sections[0].blocks[0].text)
    assert said == "Nhận 35, tăng 250,0% so với 10."
    assert queries.as_signed(frozen).comparisons["dossiers-received"].before == 10


# Approval


def test_what_is_submitted_is_not_written_on_until_it_is_given_back_with_a_reason(cast, heads, quarter):
    report, head = begin(cast, "CAP-W1", heads["CAP-W1"]), heads["CAP-W1"]
    operations.submit(report=written(report), by=head, on=TODAY)
    with pytest.raises(operations.AlreadySubmitted):
        operations.write_section(report=report, position=1, text="x", by=head, on=TODAY)
    with pytest.raises(operations.NoReason):
        operations.give_back(report=report, reason=" ", by=head, on=TODAY)

    operations.give_back(report=report, reason="Thiếu phần kiến nghị.", by=head, on=TODAY)
    operations.write_section(report=report, position=3, text="Không có kiến nghị.", by=head, on=TODAY)
    operations.submit(report=report, by=head, on=TODAY)
    frozen = operations.freeze(report=report, by=head, on=TODAY)

    assert frozen.status == "frozen"
    assert [(one.step, one.reason) for one in reversed(queries.steps(frozen))] == [
        (WayStep.SUBMITTED, ""), (WayStep.TAKEN_BACK, "Thiếu phần kiến nghị."), (WayStep.SUBMITTED, ""), (WayStep.APPROVED, ""),
    ]  # fmt: skip
    assert kinds(frozen)[-3:] == ["report.submitted", "report.frozen", "figure.reported"]


def test_who_approves_two_at_once_is_refused_the_second_time(cast, heads, quarter):
    frozen = approve(cast, "CAP-W1", heads["CAP-W1"])

    with pytest.raises(operations.AlreadyFrozen):
        operations.freeze(report=frozen, by=cast.dung, on=TODAY)
    with pytest.raises(operations.AlreadyFrozen):
        operations.submit(report=frozen, by=heads["CAP-W1"], on=TODAY)


def test_a_quarter_that_runs_is_not_submitted(cast, heads):
    fourth = CALENDAR_PERIODS[Grain.QUARTER].period(PeriodName(2026, Grain.QUARTER, 4))
    report = operations.draft(unit=cast.unit("CAP-W1"), period=fourth, line=Line.POLICE, by=heads["CAP-W1"], on=TODAY)

    with pytest.raises(operations.PeriodNotOver):
        operations.submit(report=report, by=heads["CAP-W1"], on=TODAY)


def test_a_parent_is_what_it_cites_and_what_differs_since(cast, heads, quarter):
    for code in ("CAP-W1", "CAP-W2"):
        approve(cast, code, heads[code])
    receive(cast, "CAP-W1", date(2026, 9, 28), times=2, procedure="identity")  # late, after the ward's approval

    parent = approve(cast, "CATP", cast.dung)
    first, second = queries.cited(parent)

    assert [first.code, second.code] == ["bc-cap-w1-1", "bc-cap-w2-1"]
    assert [(one.code, one.cited, one.now, one.events) for one in first.differences] == [
        ("dossiers-received", Decimal(35), Decimal(37), 2)
    ]
    assert second.differences == ()
    total = queries.as_signed(parent).at("dossiers-received", THIRD).cell.value
    from_below = sum(
        queries.as_signed(queries.report(one.code)).at("dossiers-received", THIRD).cell.value
        + sum(diff.now - diff.cited for diff in one.differences if diff.code == "dossiers-received")
        for one in (first, second)
    )
    assert total == from_below == 41


def test_the_unit_above_sends_back_with_a_reason_and_the_report_is_written_anew(cast, heads, quarter):
    frozen = approve(cast, "CAP-W1", heads["CAP-W1"])
    with pytest.raises(NotAllowed):
        operations.send_back(report=frozen, reason="x", by=heads["CAP-W1"], on=TODAY)
    with pytest.raises(operations.NoReason):
        operations.send_back(report=frozen, reason="", by=cast.dung, on=TODAY)

    operations.send_back(report=frozen, reason="Chưa giải trình số tăng.", by=cast.dung, on=TODAY)
    anew = operations.redraft(report=frozen, by=heads["CAP-W1"], on=TODAY)

    old = Report.objects.get(pk=frozen.pk)
    assert (old.status, old.posting, anew.replaces_id) == ("returned", frozen.posting, frozen.pk)
    assert queries.as_signed(old).at("dossiers-received", THIRD).cell.value == 35
    with pytest.raises(operations.WrongStep):
        operations.redraft(report=frozen, by=heads["CAP-W1"], on=TODAY)

    operations.freeze(report=written(anew), by=heads["CAP-W1"], on=TODAY)
    parent = approve(cast, "CATP", cast.dung)
    assert [one.cited_id for one in Citation.objects.filter(report=parent)] == [anew.pk]
    with pytest.raises(operations.WrongStep):  # it is cited now
        operations.send_back(report=Report.objects.get(pk=anew.pk), reason="x", by=cast.dung, on=TODAY)


def test_a_unit_merged_in_the_middle_of_a_quarter_is_cited_for_its_own_days(cast, heads, quarter):
    third = CALENDAR_PERIODS[Grain.QUARTER].period(PeriodName(2025, Grain.QUARTER, 2))
    report = operations.draft(unit=cast.unit("CAP-O1"), period=third, measures=MEASURES, line=Line.POLICE, by=cast.dung, on=TODAY)
    old = operations.freeze(report=written(report), by=cast.dung, on=TODAY)
    parent = operations.draft(unit=cast.police, period=third, measures=MEASURES, line=Line.POLICE, by=cast.dung, on=TODAY)

    operations.freeze(report=written(parent), by=cast.dung, on=TODAY)
    assert [one.cited_id for one in Citation.objects.all()] == [old.pk]
    assert old.frozen_on == TODAY
    assert TODAY - third.end > timedelta(days=365)
