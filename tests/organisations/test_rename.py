from datetime import date, timedelta

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import AlreadySo, OutOfOrder, rename
from gandan.ground.organisations.queries import NotStanding, find_units, row
from tests.cast import ACT, TODAY
from tests.organisations.conftest import NEXT_YEAR

EVE = NEXT_YEAR - timedelta(days=1)


def test_a_unit_is_renamed_from_a_day_on(acts):
    unit = rename(unit=acts.cast.unit("W1"), name="Phường Bến Thành Cũ", name_en="Old", short_name="BTC", **acts.common)

    assert unit.name == "Phường Bến Thành Cũ"
    assert row(unit.pk, EVE).name == "Phường Sài Gòn"
    assert (row(unit.pk, NEXT_YEAR).name, row(unit.pk, NEXT_YEAR).short_name) == ("Phường Bến Thành Cũ", "BTC")
    assert acts.told("W1") == [("unit.renamed", {})]


def test_it_is_found_by_the_name_of_the_day(acts):
    rename(unit=acts.cast.unit("W1"), name="Phường Tân Lập", **acts.common)

    assert [one.name for one in find_units("phuong sai gon", EVE)][:1] == ["Phường Sài Gòn"]
    assert "W1" not in {one.code for one in find_units("phuong sai gon", NEXT_YEAR)}
    assert [one.code for one in find_units("tan lap", NEXT_YEAR)] == ["W1"]
    assert "W1" in {one.code for one in find_units("phuong sai gon")}  # by any name it ever had


def test_names_are_given_in_the_order_of_time(acts):
    rename(unit=acts.cast.unit("W1"), name="Phường Tân Lập", **acts.common)
    for day in (NEXT_YEAR, EVE):
        with pytest.raises(OutOfOrder, match="01/01/2027"):
            rename(unit=acts.cast.unit("W1"), name="Phường Khác", **acts.common | {"effective": day})


def test_undone_only_by_a_later_act(acts):
    rename(unit=acts.cast.unit("W1"), name="Phường Tân Lập", **acts.common)
    back = rename(unit=acts.cast.unit("W1"), name="Phường Sài Gòn", **acts.common | {"effective": date(2027, 2, 1)})
    assert [one.name for one in back.names.order_by("during")] == ["Phường Sài Gòn", "Phường Tân Lập", "Phường Sài Gòn"]


def test_not_to_what_it_is_called_already(acts):
    with pytest.raises(AlreadySo):
        rename(unit=acts.cast.unit("W1"), name="Phường Sài Gòn", **acts.common)


def test_not_a_unit_that_has_ended(acts):
    with pytest.raises(NotStanding, match="nay là"):
        rename(unit=acts.cast.unit("O1"), name="Phường Khác", act=ACT, by=acts.cast.lan, on=TODAY)


def test_only_an_administrator_renames(acts):
    with pytest.raises(NotAllowed):
        rename(unit=acts.cast.unit("W1"), name="Phường Khác", **acts.common | {"by": acts.cast.binh})
