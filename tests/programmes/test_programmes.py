from datetime import date
from decimal import Decimal

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.results.measures.rules import Cell, Status
from gandan.results.programmes.models import Programme
from gandan.results.programmes.operations import ProgrammeClosed, close_programme, load_programme
from gandan.results.programmes.queries import UnknownProgramme, contents, programme, programmes, progress, shipped
from gandan.results.programmes.rules import BadProgramme, Standing, standing
from tests.cast import TODAY
from tests.measures.happening import finish
from tests.programmes.test_file import GOOD


def kinds():
    return [
        event.kind for event in Event.objects.select_related("facet_set").order_by("id") if event.kind.startswith("programme")
    ]


@pytest.fixture
def both(cast):
    """The two programmes that come with the product."""
    return [load_programme(text=path.read_text(encoding="utf-8"), by=cast.giang, on=TODAY) for path in shipped()]


def test_a_programme_is_opened_on_the_day_it_was_signed(both):
    second = programme("2022-2026")

    assert second.follows == both[0]
    assert [(party.unit.code, party.signs_as) for party in second.parties.all()] == [
        ("BDVTU", "Trưởng ban"),
        ("CATP", "Giám đốc"),
    ]
    opened = Event.objects.filter(about_type="programmes.programme", about_id=second.pk).get()
    assert (opened.kind, opened.day, opened.unit.code) == ("programme.opened", date(2022, 6, 23), "79")
    assert [content.number for content in contents(second)] == list(range(1, 9))
    assert {unit.code for unit in contents(second)[0].tasks.all()[0].units.all()} == {"BDVTU", "CATP"}


def test_the_same_file_twice_changes_nothing(cast, both):
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=cast.hoa, on=TODAY)

    assert kinds() == ["programme.opened", "programme.opened"]
    assert len(programmes()) == 2


def test_a_changed_file_amends_the_programme_on_the_day(cast):
    load_programme(text=GOOD, by=cast.giang, on=TODAY)

    load_programme(text=GOOD.replace("95.5", "96").replace("Nội dung một", "Nội dung mới"), by=cast.giang, on=TODAY)

    assert kinds() == ["programme.opened", "programme.amended"]
    (content,) = contents(programme("2030-2034"))
    assert content.title == "Nội dung mới"
    assert content.indicators.all()[1].targets.all()[0].value == Decimal("96")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("units: [CATP]", "units: [CAP-NOWHERE]", "CAP-NOWHERE"), ("source:", "follows: 1999-2003\nsource:", "1999-2003")],
)
def test_a_file_that_names_what_is_not_there_is_refused_and_leaves_nothing(cast, before, after, said):
    with pytest.raises(BadProgramme) as refused:
        load_programme(text=GOOD.replace(before, after, 1), by=cast.giang, on=TODAY)

    assert said in str(refused.value)
    assert not Programme.objects.exists()
    assert kinds() == []


def test_who_may_not_manage_programmes_is_refused(cast):
    with pytest.raises(NotAllowed):
        load_programme(text=GOOD, by=cast.alice, on=TODAY)


def test_a_closed_programme_is_not_changed(cast):
    opened = load_programme(text=GOOD, by=cast.giang, on=TODAY)
    close_programme(programme=opened, by=cast.khanh, on=TODAY)

    with pytest.raises(ProgrammeClosed):
        load_programme(text=GOOD.replace("95.5", "96"), by=cast.giang, on=TODAY)
    with pytest.raises(ProgrammeClosed):
        close_programme(programme=opened, by=cast.giang, on=TODAY)
    with pytest.raises(NotAllowed):
        close_programme(programme=opened, by=cast.alice, on=TODAY)
    load_programme(text=GOOD, by=cast.giang, on=TODAY)  # the same file still says nothing new
    assert kinds() == ["programme.opened", "programme.closed"]


def test_an_unknown_programme_is_refused(cast):
    with pytest.raises(UnknownProgramme) as refused:
        progress("1999-2003", today=TODAY)

    assert "1999-2003" in str(refused.value)


def test_indicators_against_time_and_target(cast, both):
    finish(cast, "PA08", date(2022, 5, 6), "early", times=19)
    finish(cast, "PA08", date(2022, 5, 6), "late")
    finish(cast, "PA08", date(2023, 5, 6), "late")
    finish(cast, "PA08", date(2026, 5, 6), "late")

    found = progress("2022-2026", today=TODAY)

    row = next(row for content in found.contents for row in content.rows if row.measure.code == "dossiers-on-time-share")
    assert [year.cell.value for year in row.years] == [Decimal(95), Decimal(0), None, None, Decimal(0)]
    assert [year.standing for year in row.years] == [
        Standing.MET,
        Standing.MISSED,
        Standing.NO_DATA,
        Standing.NO_DATA,
        Standing.AT_RISK,
    ]
    assert all(year.simulated for year in row.years)
    assert (row.whole.part, row.whole.whole) == (19, 22)
    claims = next(row for content in found.contents for row in content.rows if row.measure.code == "claims-asked")
    assert claims.whole.status is Status.NO_DATA


def test_the_statements_of_a_programme_are_bounded(both, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        progress("2022-2026", today=TODAY)


@pytest.mark.parametrize(
    ("value", "better", "running", "stands"),
    [
        ("95", "up", False, Standing.MET),
        ("91", "up", False, Standing.AT_RISK),
        ("80", "up", False, Standing.MISSED),
        ("80", "up", True, Standing.AT_RISK),
        ("80", "down", False, Standing.MET),
        ("200", "down", False, Standing.MISSED),
    ],
)
def test_a_figure_held_against_its_target(value, better, running, stands):
    assert standing(Cell(Status.COUNTED, Decimal(value)), Decimal(95), better, running=running) is stands
