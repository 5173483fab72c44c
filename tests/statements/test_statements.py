"""Figures of work done outside: stated with evidence, answered by the other side, corrected with the history kept."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from gandan.ground.calendar.queries import period
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.results.measures.queries import figures
from gandan.results.statements import operations, queries
from gandan.results.statements.models import Statement
from gandan.results.statements.rules import StatementStatus, StatementVerdict
from tests.cast import TODAY
from tests.measures.happening import receive

CODE = "dossiers-received"


@pytest.fixture
def year():
    return period(None, "2016")


def state(cast, year, **changes):
    said = {
        "unit": cast.police, "code": CODE, "period": year, "value": Decimal(120), "source": "Báo cáo 12/BC-CATP ngày 05/01/2017",
        "evidence": "Trong năm tiếp nhận 120 hồ sơ.", "by": cast.giang, "on": TODAY,
    }  # fmt: skip
    return operations.state(**(said | changes))


def test_the_other_side_approves_and_nothing_is_added_to_what_is_counted(cast, year):
    receive(cast, "PA08", date(2016, 5, 4), times=3)
    made = state(cast, year)
    assert queries.stated([CODE], [cast.police.pk], [year]) == {}
    assert [one.id for one in queries.to_answer(cast.hoa, TODAY)] == [made.pk]
    assert queries.to_answer(cast.giang, TODAY) == []

    operations.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)

    found = queries.stated([CODE], [cast.police.pk, cast.city.pk], [year])
    assert {key[1]: one.value for key, one in found.items()} == {cast.police.pk: 120}
    counted = figures([CODE], [cast.police.pk], [year], line=Line.POLICE).cell(CODE, cast.police.pk, year)
    assert counted.value == 3
    assert list(Event.objects.filter(facet_set__kind="statement.answered").values_list("about_id", flat=True)) == [made.pk]


def test_the_side_that_states_does_not_approve(cast, year):
    made = state(cast, year)
    for one in (cast.giang, cast.dung):
        with pytest.raises(operations.OneSide):
            operations.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=one, on=TODAY)
    with pytest.raises(NotAllowed):
        operations.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=cast.binh, on=TODAY)
    assert Statement.objects.get().status == StatementStatus.WAITING


def test_a_head_of_the_same_ward_answers_for_the_other_side(cast, year):
    head = enrol(username="xuan", name="Xuân", unit=cast.unit("BXDD-W1"), role=Role.UNIT_HEAD, line=Line.CIVIL, by=cast.importer,
                 on=date(2026, 1, 5))  # fmt: skip
    other = enrol(username="yen", name="Yến", unit=cast.unit("BDTP"), role=Role.UNIT_HEAD, line=Line.POST, by=cast.importer,
                  on=date(2026, 1, 5))  # fmt: skip
    made = state(cast, year, unit=cast.unit("CAP-W1"))

    assert [one.id for one in queries.to_answer(head, TODAY)] == [made.pk]
    assert queries.to_answer(other, TODAY) == []
    assert queries.statement(made.pk, head, TODAY) == made
    operations.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=head, on=TODAY)


def test_a_refusal_says_why_and_the_figure_may_be_stated_anew(cast, year):
    made = state(cast, year)
    with pytest.raises(operations.NoEvidence):
        operations.answer_statement(statement=made, answer=StatementVerdict.REFUSED, by=cast.hoa, on=TODAY)
    operations.answer_statement(
        statement=made, answer=StatementVerdict.REFUSED, reason="Chưa có bản quét.", by=cast.hoa, on=TODAY
    )
    with pytest.raises(operations.AlreadyAnswered):
        operations.answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)

    again = state(cast, year, value=Decimal(121))
    operations.answer_statement(statement=again, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)
    assert [one.status for one in queries.stated_of(cast.police.pk, CODE, year)] == ["approved", "refused"]


def test_a_correction_takes_the_place_of_what_it_corrects_and_both_are_kept(cast, year):
    first = state(cast, year)
    with pytest.raises(operations.CantBeStated):
        state(cast, year)
    operations.answer_statement(statement=first, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)
    with pytest.raises(operations.NoEvidence):
        state(cast, year, value=Decimal(130), corrects=first.pk)

    second = state(cast, year, value=Decimal(130), corrects=first.pk, reason="Cộng thiếu một đội.")
    assert queries.stated([CODE], [cast.police.pk], [year])[CODE, cast.police.pk, year].value == 120
    operations.answer_statement(statement=second, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)

    assert queries.stated([CODE], [cast.police.pk], [year])[CODE, cast.police.pk, year].value == 130
    history = [(one.value, one.status, one.reason) for one in queries.stated_of(cast.police.pk, CODE, year)]
    assert history == [(130, "approved", "Cộng thiếu một đội."), (120, "corrected", "")]


def test_the_other_side_owes_an_answer(cast, year):
    made = state(cast, year)
    owed = Promise.objects.get(kind="statement.answer")
    assert (owed.unit.code, owed.owed_to, owed.due_on) == ("BTGDVTU", "partner", date(2026, 12, 4))
    operations.answer_statement(statement=made, answer=StatementVerdict.REFUSED, reason="x", by=cast.hoa, on=TODAY)
    again = state(cast, year)
    operations.take_back_statement(statement=again, by=cast.giang, on=TODAY)

    assert list(Promise.objects.filter(kind="statement.answer").order_by("pk").values_list("state", flat=True)) == [
        "kept", "dropped",
    ]  # fmt: skip


def test_what_stood_on_a_day_is_told_of_that_day(cast, year):
    first, asked = state(cast, year), ([CODE], [cast.police.pk], [year])
    operations.answer_statement(statement=first, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)
    later = TODAY + timedelta(days=3)
    second = state(cast, year, value=Decimal(130), corrects=first.pk, reason="Cộng thiếu.", on=later)
    operations.answer_statement(statement=second, answer=StatementVerdict.APPROVED, by=cast.hoa, on=later)

    days = (TODAY - timedelta(days=1), TODAY, later, None)
    told = [[int(one.value) for one in queries.stated(*asked, until=day).values()] for day in days]
    assert told == [[], [120], [130], [130]]


def test_what_waits_can_be_taken_back(cast, year):
    made = state(cast, year)
    with pytest.raises(NotAllowed):
        operations.take_back_statement(statement=made, by=cast.binh, on=TODAY)
    operations.take_back_statement(statement=made, by=cast.giang, on=TODAY)
    assert queries.to_answer(cast.hoa, TODAY) == []
    assert state(cast, year).status == StatementStatus.WAITING


def test_a_scanned_page_is_kept_with_it(cast, year, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = state(cast, year, evidence="", file=_page(), file_name="bc-2016.png")
    assert [one.name for one in queries.evidence_of(made)] == ["bc-2016.png"]


def _page() -> BytesIO:
    page = BytesIO()
    Image.new("RGB", (60, 80), "white").save(page, "PNG")
    page.seek(0)
    return page


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"source": " "}, operations.NoEvidence),
    ({"evidence": ""}, operations.NoEvidence),
    ({"code": "tips-received"}, operations.CantBeStated),
    ({"by": "binh"}, NotAllowed),
])  # fmt: skip
def test_what_shows_nothing_or_cant_be_stated_is_refused(cast, year, changes, refusal):
    if isinstance(changes.get("by"), str):
        changes = {"by": getattr(cast, changes["by"])}
    with pytest.raises(refusal):
        state(cast, year, **changes)
    assert not Statement.objects.exists()


def test_a_period_that_runs_is_not_stated(cast):
    with pytest.raises(operations.CantBeStated):
        state(cast, period(None, "2026"))


def test_work_elsewhere_marks_the_figures_of_its_units_and_of_those_above(cast):
    third = period(None, "2026-Q3")
    ward, said = cast.unit("CAP-W1"), {"work": "dossiers", "source": "Công văn 5", "by": cast.giang, "on": TODAY}
    operations.declare(unit=ward, system="Cổng dịch vụ công quốc gia", since=date(2026, 1, 1), **said)

    found = queries.elsewhere([CODE, "letters-sent"], [ward.pk, cast.city.pk, cast.unit("CAP-W2").pk], third)
    assert {key[1]: (one.units, one.systems) for key, one in found.items()} == {
        ward.pk: (1, ("Cổng dịch vụ công quốc gia",)), cast.city.pk: (1, ("Cổng dịch vụ công quốc gia",)),
    }  # fmt: skip

    operations.declare(unit=ward, system="", since=date(2026, 7, 1), **said)
    assert queries.elsewhere([CODE], [ward.pk], third) == {}
    rows = [(one.system, one.since, one.until) for one in queries.declarations(cast.giang, TODAY)]
    assert rows == [("", date(2026, 7, 1), None), ("Cổng dịch vụ công quốc gia", date(2026, 1, 1), date(2026, 7, 1))]
    with pytest.raises(operations.UnknownWork):
        operations.declare(unit=ward, system="x", since=date(2026, 3, 1), **said)
    with pytest.raises(operations.UnknownWork):
        operations.declare(unit=ward, system="x", since=date(2026, 8, 1), **(said | {"work": "nothing"}))


def test_official_totals_are_held_against_what_is_counted_and_differences_listed(cast):
    receive(cast, "CAP-W1", date(2026, 8, 6), times=5, procedure="identity")
    totals = "CAP-W1;dossiers-received;2026-Q3;5\nCAP-W2;dossiers-received;2026-Q3;4"
    made = operations.reconcile(totals=totals, source="Thống kê của Cổng, 05/10/2026", by=cast.giang, on=TODAY)

    (row,) = queries.reconciliations(cast.giang, TODAY, differing=True)
    assert (row.unit.code, row.official, row.counted, row.now) == ("CAP-W2", 4, 0, 0)
    assert len(queries.reconciliations(cast.giang, TODAY)) == 2
    operations.explain_difference(number=made[1].pk, explanation="Bốn hồ sơ nhập muộn.", by=cast.giang, on=TODAY)
    receive(cast, "CAP-W2", date(2026, 8, 6), times=4, procedure="identity")
    assert queries.reconciliations(cast.giang, TODAY, differing=True) == []
    assert queries.reconciliations(cast.binh, TODAY)[0].unit.code == "CAP-W1"
    with pytest.raises(NotAllowed):
        operations.reconcile(totals=totals, source="x", by=cast.binh, on=TODAY)
