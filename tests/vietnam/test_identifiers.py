"""Personal numbers, plates, postal numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.ground.vietnam.identity import parse_identity
from gandan.ground.vietnam.plates import parse_plate
from gandan.ground.vietnam.postal import check_digit, parse_postal

VECTORS = json.loads((Path(__file__).parent / "s10_vectors.json").read_text())


def test_a_personal_number_says_where_when_and_what():
    number = parse_identity("079 203.001234")
    assert (number.digits, number.registered_in, number.born_in, number.female) == ("079203001234", "079", 2003, False)
    assert (number.grouped, number.masked) == ("079 203 001234", "•••••••••234")
    assert (parse_identity("001199012345").born_in, parse_identity("001199012345").female) == (1999, True)


@pytest.mark.parametrize("text", ["07920300123", "0792030012345", "07920300123a", "000203001234", "", "٠٧٩٢٠٣٠٠١٢٣٤"])
def test_what_is_no_personal_number_is_refused(text):
    with pytest.raises(ValueError, match="personal identification number"):
        parse_identity(text)


@pytest.mark.parametrize(
    ("typed", "normal", "display"),
    [
        ("51F-123.45", "51F12345", "51F-123.45"),
        ("51f 12345", "51F12345", "51F-123.45"),
        ("51F12345", "51F12345", "51F-123.45"),
        ("51F1-2345", "51F12345", "51F1-2345"),
        ("59-X1 123.45", "59X112345", "59X1-123.45"),
        ("59X112345", "59X112345", "59X1-123.45"),
        ("59X1-1234", "59X11234", "59X1-1234"),
        ("51K-1234", "51K1234", "51K-1234"),
        ("29LD-123.45", "29LD12345", "29LD-123.45"),
        ("50MĐ-123.45", "50MĐ12345", "50MĐ-123.45"),
        ("TM-12-34", "TM1234", "TM1234"),
        ("80-123-NG-45", "80123NG45", "80123NG45"),
    ],
)
def test_a_plate_is_kept_bare_and_shown_in_groups(typed, normal, display):
    plate = parse_plate(typed)
    assert (plate.normal, plate.display) == (normal, display)


@given(st.from_regex(r"[1-9][0-9][A-Z]-[0-9]{3}\.[0-9]{2}", fullmatch=True))
@settings(deadline=None, max_examples=50)
def test_a_shown_plate_reads_as_itself(display):
    assert parse_plate(display).display == display
    assert parse_plate(parse_plate(display).normal) == parse_plate(display)


@pytest.mark.parametrize("text", ["", "không rõ", "51F", "ABCDE", "51F-123.45.678.90"])
def test_what_is_no_plate_is_refused(text):
    with pytest.raises(ValueError, match="vehicle plate"):
        parse_plate(text)


@pytest.mark.parametrize("text", VECTORS["valid"])
def test_the_published_numbers_of_the_post_are_read(text):
    assert str(parse_postal(text)) == text
    assert parse_postal(f" {text[:2].lower()} {text[2:]} ") == parse_postal(text)


@pytest.mark.parametrize("text", [*VECTORS["invalid"], "RB12345678GB", "123", "RB1234567850GB"])
def test_numbers_that_do_not_fit_are_refused(text):
    with pytest.raises(ValueError):
        parse_postal(text)


def test_check_digits():
    assert check_digit("47312482") == 9
    assert parse_postal("RR123456785VN").display == "RR 1234 5678 5 VN"
    with pytest.raises(ValueError, match="8 digits"):
        check_digit("1234567")


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 7), st.integers(1, 9))
@settings(deadline=None, max_examples=200)
def test_one_mistyped_digit_is_noticed_or_ends_alike(serial, place, more):
    """Weights are prime to 11, so only the two folded digits (10 to 0, 11 to 5) can hide a slip."""
    other = serial[:place] + str((int(serial[place]) + more) % 10) + serial[place + 1 :]
    assert check_digit(serial) != check_digit(other) or check_digit(serial) in {0, 5}
