"""Drafted, written, frozen; then what is known later stands beside what was signed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, PeriodName, stretch
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.operations import correct, post_all
from gandan.ground.ledger.queries import last_posting, verify
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import move, rename
from gandan.ground.organisations.rules import AsIs, Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import UnknownMeasure, recorded
from gandan.results.measures.rules import Status, Worded
from gandan.results.programmes.queries import programme
from gandan.results.reports import queries
from gandan.results.reports.models import FrozenCell, FrozenMeasure, Report, ReportSection
from gandan.results.reports.operations import (
    AlreadyFrozen,
    OutsideProgramme,
    PeriodNotOver,
    discard_draft,
    draft,
    freeze,
    write_section,
)
from gandan.results.reports.rules import BrokenText, Place
from tests.cast import ACT, TODAY
from tests.measures.happening import finish, happen, overdue, receive
from tests.reports.conftest import FIRST_HALF, programme_of, worked
from tests.reports.writing import written

YEAR = {year: CALENDAR_PERIODS[Grain.YEAR].period(PeriodName(year, Grain.YEAR)) for year in range(2015, 2027)}


@pytest.fixture
def frozen(cast, drafted):
    return freeze(report=written(drafted), by=cast.khanh, on=TODAY)


def told(report):
    events = Event.objects.filter(about_type="reports.report", about_id=report.pk).select_related("facet_set").order_by("id")
    return [event.kind for event in events]


# Drafting


def test_a_draft_begins_with_text_and_the_programmes_indicators(drafted):
    assert (drafted.code, drafted.kind, drafted.status) == ("2022-2026-79-1", "interim", "draft")
    assert drafted.title.startswith("Sơ kết chương trình phối hợp")
    assert [section.title for section in drafted.sections.all()][:2] == ["Đặc điểm tình hình", "Kết quả thực hiện"]
    assert {"dossiers-received", "directives-answered"} <= set(drafted.measures)
    assert told(drafted) == ["report.drafted"]


def test_drafts_of_one_unit_take_one_number_after_the_other(cast, drafted):
    second = draft(unit=cast.city, period=FIRST_HALF, programme=drafted.programme, by=cast.hoa, on=TODAY)
    other = draft(unit=cast.police, period=YEAR[2025], line=Line.POLICE, by=cast.dung, on=TODAY)

    assert (second.code, other.code, other.kind) == ("2022-2026-79-2", "bc-catp-1", "periodic")


def test_a_report_over_the_whole_programme_closes_it(cast):
    old = programme_of(cast, "2016-2021")
    report = draft(unit=cast.city, period=Period(date(2016, 1, 1), date(2022, 1, 1)), programme=old, by=cast.giang, on=TODAY)

    frozen = freeze(report=written(report), by=cast.khanh, on=TODAY)

    assert frozen.kind == "closing"
    assert frozen.title.startswith("Tổng kết chương trình phối hợp")
    assert programme("2016-2021").closed_on == TODAY


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"period": Period(date(2021, 12, 31), date(2026, 7, 1))}, OutsideProgramme),
        ({"measures": ["dossiers-recieved"]}, UnknownMeasure),
        ({"by": "alice"}, NotAllowed),
    ],
)
def test_a_draft_may_be_refused_and_leaves_nothing(cast, how, refusal):
    found = programme_of(cast, "2022-2026")
    arguments = {"unit": cast.city, "period": FIRST_HALF, "programme": found, "by": cast.giang, "on": TODAY} | how
    arguments["by"] = getattr(cast, arguments["by"]) if isinstance(arguments["by"], str) else arguments["by"]

    with pytest.raises(refusal):
        draft(**arguments)

    assert not Report.objects.exists()


def test_a_draft_is_thrown_away(cast, drafted):
    discard_draft(report=drafted, by=cast.giang, on=TODAY)

    assert not Report.objects.exists()
    assert told(drafted) == ["report.drafted", "report.discarded"]


# Writing


def test_a_section_is_written_and_the_same_text_twice_is_no_event(cast, drafted):
    text = "Có {{ measure dossiers-received period=2024 }} hồ sơ năm 2024."
    for _ in range(2):
        write_section(report=drafted, position=3, text=text, by=cast.giang, on=TODAY)

    assert drafted.sections.get(position=3).text == text
    assert told(drafted) == ["report.drafted", "report.edited"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nb {{ measure nothing }}", "Dòng 2: không có chỉ tiêu “nothing”."),
        ("{{ measure dossiers-received unit=NOWHERE }}", "Dòng 1: Không có đơn vị nào mang mã NOWHERE."),
        ("{{ measure dossiers-received period=2024-Q7 }}", "Dòng 1: Không có kỳ “2024-Q7”."),
    ],
)
def test_text_that_binds_what_is_not_there_is_refused_with_its_line(cast, drafted, text, said):
    before = drafted.sections.get(position=1).text

    with pytest.raises((BrokenText, queries.BadReference)) as refused:
        write_section(report=drafted, position=1, text=text, by=cast.giang, on=TODAY)

    assert said in str(refused.value)
    assert drafted.sections.get(position=1).text == before


def test_only_who_writes_reports_writes_and_only_who_signs_freezes(cast, drafted):
    with pytest.raises(NotAllowed):
        write_section(report=drafted, position=1, text="x", by=cast.oanh, on=TODAY)
    with pytest.raises(NotAllowed):
        freeze(report=drafted, by=cast.giang, on=TODAY)
    with pytest.raises(NotAllowed):
        discard_draft(report=drafted, by=cast.alice, on=TODAY)
    assert Report.objects.get().status == "draft"


# Figures of a draft


def test_a_draft_tells_what_is_known_now_by_year_and_by_unit(cast, drafted):
    sheet = queries.as_known_now(drafted)

    assert [period.label for period in sheet.years] == ["2022", "2023", "2024", "2025", "2026-01-01..2026-06-30"]
    assert [sheet.at("dossiers-received", year).cell.value for year in sheet.years] == [6, 0, 8, 7, 0]
    assert sheet.at("dossiers-received", sheet.period).cell.value == 21
    assert sheet.at("dossiers-on-time-share", sheet.period).cell.value == Decimal("85.7")
    silent = next(code for code in drafted.measures if not recorded(CATALOGUE[code]))
    assert sheet.at(silent, sheet.period).cell.status is Status.NO_DATA
    below = {code: cells for (code, _), cells in sheet.below().items()}
    received = {code: next(c.cell.value for c in cells if c.key.code == "dossiers-received") for code, cells in below.items()}
    assert {code: value for code, value in received.items() if value} == {"CATP": 6, "D760": 8, "W1": 7}
    assert next(iter(below["W1"])).unit_path == "Thành phố Mẫu › Phường Sài Gòn"
    assert next(iter(below["D760"])).unit_path == "Thành phố Mẫu › Quận 1"


def test_the_text_binds_figures_outside_the_table_too(cast, drafted):
    text = "{{ measure dossiers-received unit=PA08 period=2022-Q1 }} {{ measure promises-owed }}"
    write_section(report=drafted, position=5, text=text, by=cast.giang, on=TODAY)

    sheet = queries.as_known_now(drafted)

    quarter = stretch(date(2022, 1, 1), date(2022, 3, 31))
    found = sheet.at("dossiers-received", quarter, cast.unit("PA08").pk)
    assert (found.cell.value, found.place) == (6, Place.TEXT)
    assert sheet.measure("promises-owed").position is None


def test_a_report_may_look_as_is(cast):
    worked(cast)
    report = draft(
        unit=cast.unit("W1"), period=YEAR[2024], view=AsIs(TODAY), measures=["dossiers-received"], by=cast.giang, on=TODAY
    )

    cell = queries.as_known_now(report).at("dossiers-received", YEAR[2024]).cell

    assert cell.status is Status.ABSENT  # as is on the report's own last day: the ward was not yet founded


# Freezing


def test_a_frozen_report_keeps_every_cell_with_path_and_definition(cast, drafted):
    before = queries.as_known_now(drafted)

    frozen = freeze(report=written(drafted), by=cast.khanh, on=TODAY)

    signed = queries.as_signed(frozen)
    assert signed.cells == before.cells
    assert signed.table() == before.table()
    assert frozen.posting <= last_posting().number
    assert len(frozen.digest) == 64
    assert frozen.through == date(2026, 6, 30)
    assert FrozenMeasure.objects.get(code="dossiers-open").formula.startswith("stock:count:+dossier.received")
    first, *written_, frozen_, last = told(frozen)[: told(frozen).index("report.frozen") + 2]
    assert (first, set(written_), frozen_, last) == ("report.drafted", {"report.edited"}, "report.frozen", "figure.reported")
    assert queries.check(frozen) == ()


def test_freezing_posts_what_waits_and_notices_what_is_overdue(cast, drafted):
    assert last_posting() is None

    frozen = freeze(report=written(drafted), by=cast.khanh, on=TODAY)

    posted = last_posting()
    assert (posted.number, posted.digest.hex()) == (frozen.posting, frozen.digest)
    assert queries.as_signed(frozen).at("dossiers-overdue-open", FIRST_HALF).cell.through == FIRST_HALF.last
    post_all()
    assert verify().holds


def test_a_period_that_still_runs_can_not_be_frozen(cast):
    report = draft(unit=cast.city, period=YEAR[2026], measures=["dossiers-received"], by=cast.giang, on=TODAY)

    with pytest.raises(PeriodNotOver) as refused:
        freeze(report=report, by=cast.khanh, on=TODAY)

    assert "31/12/2026" in str(refused.value)
    assert not FrozenCell.objects.exists()


def test_a_frozen_report_is_never_changed_by_anyone(cast, frozen):
    section = frozen.sections.first()
    for attempt in (
        lambda: write_section(report=frozen, position=1, text="khác", by=cast.giang, on=TODAY),
        lambda: freeze(report=frozen, by=cast.khanh, on=TODAY),
        lambda: discard_draft(report=frozen, by=cast.giang, on=TODAY),
    ):
        with pytest.raises(AlreadyFrozen):
            attempt()
    for change in (
        lambda: Report.objects.filter(pk=frozen.pk).update(title="khác"),
        lambda: ReportSection.objects.filter(pk=section.pk).update(text="khác"),
        lambda: ReportSection.objects.create(report=frozen, position=99, title="khác"),
        lambda: FrozenCell.objects.filter(measure__report=frozen).update(value=0),
        lambda: FrozenMeasure.objects.filter(report=frozen).update(formula=""),
        lambda: FrozenCell.objects.filter(measure__report=frozen)[:1].get().delete(),
        lambda: copy_of(FrozenCell.objects.filter(measure__report=frozen).first()).save(),
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            change()


def copy_of(cell):
    cell.pk, cell.during = None, (date(2000, 1, 1), date(2000, 1, 2))
    return cell


def test_a_freeze_that_fails_leaves_a_draft_and_no_cell(cast, drafted):
    with connection.cursor() as cursor:  # someone broke the text without the operation
        cursor.execute("UPDATE reports_reportsection SET text = '{{ measure nothing }}' WHERE position = 1")

    with pytest.raises(BrokenText), transaction.atomic():
        freeze(report=drafted, by=cast.khanh, on=TODAY)

    assert Report.objects.get().status == "draft"
    assert not FrozenMeasure.objects.exists()
    assert "report.frozen" not in told(drafted)


# As signed and as known now


def test_nothing_has_changed_right_after_freezing(frozen):
    assert queries.differences(frozen).none


def test_late_events_change_what_is_known_and_not_what_was_signed(cast, frozen):
    receive(cast, "PA08", date(2023, 5, 6), times=2)
    receive(cast, "PA08", date(2026, 8, 3), times=5)  # after the period: no figure of the report

    found = queries.differences(frozen)

    assert queries.as_signed(frozen).at("dossiers-received", YEAR[2023]).cell.value == 0
    assert queries.as_known_now(frozen).at("dossiers-received", YEAR[2023]).cell.value == 2
    changed = {
        (c.key.code, c.signed.unit_code, c.signed.period.label): (c.signed.cell.value, c.now.cell.value) for c in found.figures
    }
    assert changed["dossiers-received", "79", "2023"] == (0, 2)
    assert changed["dossiers-received", "CATP", FIRST_HALF.label] == (6, 8)
    assert changed["dossiers-open", "79", "2025"] == (14, 16)
    assert {code for code, _, _ in changed if code.startswith("letters")} == set()
    assert [(one.event.day, one.unit_code) for one in found.events] == [(date(2023, 5, 6), "PA08")] * 2
    assert {"dossiers-received", "dossiers-open"} <= set(found.events[0].measures)
    assert queries.check(frozen) == ()  # as of its posting, it is still what it was


def test_a_correction_is_told_with_its_reason(cast, drafted):
    (mistaken,) = happen(cast, Kind.DOSSIER_RECEIVED, "PA08", date(2024, 3, 5), procedure="passport", channel="post")
    frozen = freeze(report=written(drafted), by=cast.khanh, on=TODAY)
    correct(mistaken, reason="typed-twice", by=cast.importer)

    found = queries.differences(frozen)

    (late,) = found.events
    assert (late.event.sign, late.event.reason, late.event.corrects_id) == (-1, "typed-twice", mistaken)
    assert {change.key.code for change in found.figures} >= {"dossiers-received", "dossiers-open"}


def test_a_late_act_on_the_tree_is_told_as_the_reason(cast, frozen):
    move(unit=cast.unit("CAP-W1"), parent=cast.unit("W2"), line=Line.ADMINISTRATION, act=ACT, by=cast.lan, on=TODAY,
         effective=date(2025, 8, 1))  # fmt: skip

    found = queries.differences(frozen)

    by_unit = {change.signed.unit_code: change for change in found.figures if change.key.code == "dossiers-received"}
    assert {code: (c.signed.cell.value, c.now.cell.value) for code, c in by_unit.items()} == {"W1": (7, 0), "W2": (0, 7)}
    assert found.events == ()
    assert [one.event.kind for one in found.acts] == ["unit.moved"]


def test_a_renamed_unit_keeps_its_name_on_paper(cast, frozen):
    rename(unit=cast.unit("W1"), name="Phường Sài Gòn Mới", act=ACT, by=cast.lan, on=TODAY)

    signed = queries.as_signed(frozen)

    assert "Phường Sài Gòn" in {one.unit_name for one in signed.cells.values()}
    assert queries.differences(frozen).figures == ()


def test_a_changed_definition_is_told(frozen, monkeypatch):
    was = CATALOGUE["letters-owed"]
    changed = type(was)(**{**vars(was), "definition": Worded("Định nghĩa mới.", "A new definition.")})
    monkeypatch.setitem(CATALOGUE, "letters-owed", changed)
    monkeypatch.delitem(CATALOGUE, "directives-answered")

    found = queries.differences(frozen)

    assert {(one.code, one.now and one.now.definition.en) for one in found.definitions} == {
        ("letters-owed", "A new definition."),
        ("directives-answered", None),
    }


def test_a_draft_has_nothing_signed(drafted):
    for ask in (queries.as_signed, queries.differences, queries.check):
        with pytest.raises(queries.NotFrozen):
            ask(drafted)
    with pytest.raises(queries.UnknownReport):
        queries.report("2022-2026-79-99")


def test_the_list_of_events_ends_somewhere(cast, frozen):
    receive(cast, "PA08", date(2023, 5, 6), times=12)

    found = queries.differences(frozen, limit=10)

    assert (len(found.events), found.more) == (10, True)


def test_the_statements_of_a_report_are_bounded(frozen, django_assert_max_num_queries):
    with django_assert_max_num_queries(62):
        queries.differences(frozen)
    with django_assert_max_num_queries(12):
        queries.as_signed(frozen)


def test_overdue_promises_noticed_by_freezing_are_in_it(cast, drafted):
    overdue(cast, "PA08", date(2026, 6, 20), times=3)
    finish(cast, "PA08", date(2026, 6, 25), "late")

    frozen = freeze(report=written(drafted), by=cast.khanh, on=TODAY + timedelta(days=1))

    signed = queries.as_signed(frozen)
    assert signed.at("dossiers-overdue-open", FIRST_HALF).cell.value == 3
    share = signed.at("dossiers-honest-on-time-share", FIRST_HALF).cell
    assert (share.part, share.whole) == (6, 11)
