"""Addresses, templates and times: what can be told without a database."""

from datetime import UTC, datetime, time, timedelta

import pytest

from gandan.ground.messages.rules import (
    BadAddress,
    BadParameters,
    Channel,
    Content,
    TooLong,
    Trouble,
    UnknownTemplate,
    masked,
    next_try,
    reachable,
    read_quiet_hours,
    template,
    templates,
)
from gandan.ground.messages.rules.templates import limits
from tests.messages.conftest import PARAMETERS

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
RECEIPT = template("dossier-receipt")


@pytest.mark.parametrize(
    ("channel", "typed", "used"),
    [
        (Channel.EMAIL, " Anh.Nguyen@example.com ", "Anh.Nguyen@example.com"),
        (Channel.SMS, "0903 123 456", "84903123456"),
        (Channel.ZNS, "+84 (903) 123-456", "84903123456"),
        (Channel.SMS, "84903123456", "84903123456"),
    ],
)
def test_an_address_is_used_in_one_form(channel, typed, used):
    assert reachable(channel, typed) == used


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        (Channel.EMAIL, "anh@"),
        (Channel.EMAIL, "anh@example.com\nBcc: all@example.com"),
        (Channel.EMAIL, "a@example.com,b@example.com"),
        (Channel.EMAIL, ".anh@example.com"),
        (Channel.EMAIL, "ánh@example.com"),
        (Channel.SMS, "0903"),
        (Channel.SMS, "1-800-CALL"),
        (Channel.SMS, "+1 555 123 4567"),
    ],
)
def test_what_is_no_address_is_refused_in_words(channel, typed):
    with pytest.raises(BadAddress, match="Xin kiểm tra lại"):
        reachable(channel, typed)


def test_a_list_shows_too_little_to_write_to():
    assert masked(Channel.EMAIL, "anh@example.com") == "a…@example.com"
    assert masked(Channel.SMS, "84903123456") == "090 … 456"
    assert masked(Channel.SMS, "") == ""


@pytest.mark.parametrize("one", templates().values(), ids=lambda one: one.code)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("channel", Channel)
def test_every_template_fits_its_channel_with_the_longest_values(one, language, channel):
    longest = {name: ("Ư" * cap.most if not cap.whole else "9" * min(cap.most, 30)) for name, cap in one.caps.items()}
    made = one.made(channel, language, longest)

    assert "{" not in made.text
    if channel is Channel.EMAIL:
        assert made.subject
        assert any(value[:30] in made.text for value in longest.values())
    else:
        assert len(made.text) <= limits()[channel]


def test_a_text_is_what_its_template_and_parameters_say():
    made = RECEIPT.made(Channel.SMS, "vi", PARAMETERS)

    assert made.text == (
        "Phòng Quản lý xuất nhập cảnh đã tiếp nhận hồ sơ 001.00.00.G01-261116-0001 của Ông/Bà Nguyễn Thị Hồng Ánh. "
        "Hẹn trả: 26/11/2026. Tra cứu: https://gandan.example/d/x"
    )
    assert Content.read(made.kept()) == made


def test_a_name_is_cut_and_a_number_never():
    long = PARAMETERS | {"name": "Công Tằng Tôn Nữ Hoàng Thị Ngọc Trân Châu Báu"}
    assert RECEIPT.made(Channel.ZNS, "vi", long).parameters["name"] == "Công Tằng Tôn Nữ Hoàng Thị Ng…"
    with pytest.raises(TooLong, match="quá dài"):
        RECEIPT.made(Channel.ZNS, "vi", PARAMETERS | {"number": "0" * 31})


def test_a_value_can_be_neither_a_template_nor_a_header():
    made = RECEIPT.made(Channel.EMAIL, "en", PARAMETERS | {"number": "{name}\r\nBcc: all@example.com"})

    assert made.subject == "Dossier {name} Bcc: all@example.com has been received"


def test_wrong_parameters_are_our_mistake():
    with pytest.raises(BadParameters, match="link"):
        RECEIPT.made(Channel.EMAIL, "vi", {name: value for name, value in PARAMETERS.items() if name != "link"})
    with pytest.raises(UnknownTemplate):
        template("greeting")
    with pytest.raises(UnknownTemplate, match="fr"):
        RECEIPT.made(Channel.SMS, "fr", PARAMETERS)


@pytest.mark.parametrize(
    ("hours", "now", "quiet"),
    [
        ("21:00-07:00", time(20, 59), False),
        ("21:00-07:00", time(21), True),
        ("21:00-07:00", time(3), True),
        ("21:00-07:00", time(7), False),
        ("12:00-13:30", time(13), True),
        ("12:00-13:30", time(14), False),
        ("00:00-00:00", time(0), False),
    ],
)
def test_nobody_is_woken(hours, now, quiet):
    assert read_quiet_hours(hours).holds(now) == quiet


@pytest.mark.parametrize("typed", ["", "21-7", "25:00-07:00", "21:00–07:00"])
def test_quiet_hours_that_nobody_can_read_stop_the_start(typed):
    with pytest.raises(ValueError, match="21:00-07:00"):
        read_quiet_hours(typed)


def test_tries_come_ever_later_and_then_it_is_a_persons_turn():
    waits = [next_try(tries, NOON, Trouble.LATER) for tries in range(1, 10)]

    assert waits[0] == NOON + timedelta(minutes=1)
    assert waits[7] == NOON + timedelta(days=1)
    assert waits[8] is None
    assert next_try(1, NOON, Trouble.REFUSED) is None
    assert next_try(99, NOON, Trouble.AWAY) == NOON + timedelta(minutes=5)
