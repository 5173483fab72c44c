"""Item numbers of the post, after the Universal Postal Union's standard S10."""

import re
from dataclasses import dataclass

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)

# Countries whose posts give such numbers: those of the vectors in tests/vietnam (see NOTICE there), and MO and TW.
COUNTRIES = (
    "AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN "
    "CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR "
    "HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC "
    "MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PY QA RO "
    "RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG "
    "US UY UZ VA VC VE VN VU WS YE ZA ZM ZW "
)

_S10 = re.compile(r"([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})")


@dataclass(frozen=True)
class PostalNumber:
    """An item of the post."""

    service: str
    serial: str
    check_digit: int
    country: str

    @property
    def display(self) -> str:
        return f"{self.service} {self.serial[:4]} {self.serial[4:]} {self.check_digit} {self.country}"

    def __str__(self) -> str:
        return f"{self.service}{self.serial}{self.check_digit}{self.country}"


def check_digit(serial: str) -> int:
    """Return the check digit of a serial of eight digits."""
    if not re.fullmatch(r"[0-9]{8}", serial):
        raise ValueError(f"A postal serial has 8 digits, not {serial!r}.")
    digit = 11 - sum(weight * int(c) for weight, c in zip(WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(digit, digit)


def parse_postal(text: str) -> PostalNumber:
    """Read an S10 number; spaces don't matter.

    Domestic items may carry numbers of another kind: whoever takes those in warns, and keeps them.
    """
    match = _S10.fullmatch(re.sub(r"\s", "", text).upper())
    if not match:
        raise ValueError(f"{text!r} is not a postal number such as RR123456785VN.")
    number = PostalNumber(match[1], match[2], int(match[3]), match[4])
    if number.country not in COUNTRIES:
        raise ValueError(f"{number.country} is not a country whose post gives such numbers.")
    if check_digit(number.serial) != number.check_digit:
        raise ValueError(f"The check digit of {number} does not fit: a digit was mistyped.")
    return number
