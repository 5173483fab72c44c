"""A parcel's way by its scans, who was late, numbers and signatures of the post: all without a database."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from gandan.work.dossiers.rules.parcels import (
    BadSignature,
    BadTracking,
    LateBy,
    Scanned,
    Sighting,
    check_signature,
    is_international,
    late_by,
    signature,
    standing,
    tracking_doubt,
    tracking_of,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DUE = date(2026, 11, 25)


def way(*what: Scanned) -> list[Sighting]:
    return [Sighting(one, NOON + timedelta(hours=nth)) for nth, one in enumerate(what)]


@pytest.mark.parametrize(
    ("scans", "stands"),
    [
        ((), None),
        ((Scanned.IN_TRANSIT,), Scanned.IN_TRANSIT),
        ((Scanned.IN_TRANSIT, Scanned.FAILED), Scanned.FAILED),
        ((Scanned.IN_TRANSIT, Scanned.FAILED, Scanned.IN_TRANSIT), Scanned.IN_TRANSIT),
        ((Scanned.IN_TRANSIT, Scanned.FAILED, Scanned.DELIVERED), Scanned.DELIVERED),
        ((Scanned.DELIVERED, Scanned.IN_TRANSIT), Scanned.DELIVERED),
        ((Scanned.FAILED, Scanned.RETURNED, Scanned.IN_TRANSIT), Scanned.RETURNED),
    ],
)
def test_a_parcel_stands_by_its_last_scan_in_whatever_order_they_come(scans, stands):
    for order in permutations(way(*scans)):
        found = standing(order)
        assert (found and found.what) == stands


@pytest.mark.parametrize(
    ("delivered_on", "attempts", "party"),
    [
        (DUE, (), LateBy.NOBODY),
        (DUE + timedelta(1), (), LateBy.POST),
        (DUE + timedelta(1), (DUE,), LateBy.APPLICANT),
        (DUE + timedelta(3), (DUE + timedelta(1),), LateBy.POST),
        (DUE, (DUE - timedelta(1),), LateBy.NOBODY),
    ],
)
def test_who_was_late(delivered_on, attempts, party):
    assert late_by(due_on=DUE, delivered_on=delivered_on, attempts=attempts) is party


def test_without_a_term_of_the_post_nobody_is_late():
    assert late_by(due_on=None, delivered_on=DUE, attempts=()) is LateBy.NOBODY


@pytest.mark.parametrize(
    ("typed", "number", "meant"),
    [
        (" ev 1234 5678 5 vn ", "EV123456785VN", None),
        ("EV123456784VN", "EV123456784VN", "EV123456785VN"),
        ("PC-0012345", "PC-0012345", None),
    ],
)
def test_a_wrong_check_digit_warns_and_refuses_nothing(typed, number, meant):
    assert tracking_of(typed) == number
    assert (str(doubt) if (doubt := tracking_doubt(number)) else None) == meant


@pytest.mark.parametrize("typed", ["", "a b", "<script>", "x" * 41, "=1+1"])
def test_what_can_be_no_number_is_refused(typed):
    with pytest.raises(BadTracking):
        tracking_of(typed)


def test_international_numbers_are_told_from_domestic_ones():
    assert is_international("RR123456785VN")
    assert not is_international("PC-0012345")


BODY, SECRETS, AT = b'{"scans": []}', ("new", "former"), datetime(2026, 11, 20, 2, tzinfo=UTC)


def header(secret: str, body: bytes = BODY, late: int = 0) -> str:
    moment = int(AT.timestamp()) - late
    return f"t={moment},v1={signature(secret, moment, body)}"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_message_signed_with_either_secret_is_the_partner_s(secret):
    check_signature(header(secret), BODY, SECRETS, AT)


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (header("guessed"), BODY),
        (header("new"), BODY + b" "),
        (header("new", late=301), BODY),
        (header("new", late=-301), BODY),
        (header("new").replace("t=", "t=1"), BODY),
        ("", BODY),
        ("t=,v1=", BODY),
        ("t=x,v1=é", BODY),
    ],
)
def test_another_is_not(said, body):
    with pytest.raises(BadSignature):
        check_signature(said, body, SECRETS, AT)


def test_a_partner_without_a_secret_signs_nothing():
    with pytest.raises(BadSignature):
        check_signature(header(""), BODY, (), AT)
