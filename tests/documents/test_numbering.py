"""Numbers, signs, dates, Roman numerals and Vietnamese letters, as Decree 30/2020 and the Party's guideline write them."""

from datetime import date

import pytest

from gandan.ground.documents.numbering import date_line, grouped, letter, number_line, roman
from gandan.ground.documents.profiles import UnknownProfile, profile, profiles

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "number", "bodies", "line"),
    [
        pytest.param("state", 5, ["UBND"], "Số: 05/BC-UBND", id="below ten with a nought"),
        pytest.param("police", 12, ["CATP"], "Số: 12/BC-CATP", id="the police as the state"),
        pytest.param("police", 1234, ["CATP", "PA08"], "Số: 1234/BC-CATP-PA08", id="a body and its department"),
        pytest.param("party", 12, ["BDVTU"], "Số 12-BC/BDVTU", id="the Party without a colon, number and kind joined"),
        pytest.param("joint", 38, ["BDVTU", "CATP"], "Số: 38-BC/BDVTU-CATP", id="two bodies, one number"),
        pytest.param("police", None, ["CATP"], "Số:       /BC-CATP", id="room for the clerk on a draft"),
    ],
)
def test_the_number_line_follows_the_body(code, number, bodies, line):
    assert number_line(profile(code, TODAY), number, "BC", bodies) == line


@pytest.mark.parametrize(("number", "kind", "bodies"), [(0, "BC", ["CATP"]), (1, "", ["CATP"]), (1, "BC", []), (1, "BC", [""])])
def test_a_number_line_without_its_parts_is_refused(number, kind, bodies):
    with pytest.raises(ValueError, match=r"numbered from 1|names its kind"):
        number_line(profile("state", TODAY), number, kind, bodies)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2020, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "Hà Nội, ngày 29 tháng 6 năm 2019"),
        (date(2026, 2, 10), "Hà Nội, ngày 10 tháng 02 năm 2026"),
        (date(2026, 11, 3), "Hà Nội, ngày 03 tháng 11 năm 2026"),
    ],
)
def test_noughts_before_days_below_ten_and_the_first_two_months(day, line):
    assert date_line("Hà Nội", day, 2026) == line


def test_a_draft_leaves_room_for_day_and_month():
    assert date_line("Hà Nội", None, 2026) == "Hà Nội, ngày    tháng    năm 2026"


def test_points_follow_the_vietnamese_alphabet():
    assert [letter(nth) for nth in range(1, 24)] == list("abcdđeghiklmnopqrstuvxy")
    with pytest.raises(ValueError, match="divide the clause"):
        letter(24)


def test_roman_numerals():
    numerals = {1: "I", 4: "IV", 5: "V", 9: "IX", 14: "XIV", 40: "XL", 90: "XC", 168: "CLXVIII", 399: "CCCXCIX"}
    assert {number: roman(number) for number in numerals} == numerals
    for number in (0, 400):
        with pytest.raises(ValueError, match="1 to 399"):
            roman(number)


def test_a_digest_is_read_in_groups():
    assert grouped("af2bdbe1aa9b", 8) == "af2b dbe1"


def test_profiles_are_dated():
    assert "36-HD/VPTW" in profile("party", date(2022, 6, 23)).source
    assert "05-HD/VPTW" in profile("party", TODAY).source
    with pytest.raises(UnknownProfile, match="party"):
        profile("party", date(2016, 1, 1))
    with pytest.raises(UnknownProfile, match="Known: joint"):
        profile("army", TODAY)


def test_every_profile_keeps_the_paper_s_margins_and_names_its_source():
    for form in profiles():
        margins = form.margins
        assert 20 <= margins["top"] <= 25
        assert 20 <= margins["bottom"] <= 25
        assert 30 <= margins["left"] <= 35
        assert 15 <= margins["right"] <= 20
        assert 10 <= form.indent <= 12.7
        assert 13 <= form.sizes["text"] <= 14
        assert form.source
