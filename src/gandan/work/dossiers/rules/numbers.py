"""The number of a dossier: an agency's code, the day of receipt, a serial within the day (TT 01/2018/TT-VPCP, Article 19)."""

import re
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop

AGENCY = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}\Z")
NUMBER = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d{6}-\d{4}\Z")
_TYPED = re.compile(r"(\d{3})(\d{2})(\d{2})([A-Z]?)(\d{2})(\d{6})(\d{4})\Z")
POLICE = "G"  # the letter of the ministry's code, for who has only figures on the keys of a telephone
LAST_SERIAL = 9999
LAST_OFFICE = 99_999


class NumbersUsedUp(Refused):
    """The pattern has four digits for the serial: an agency gives out at most 9,999 numbers a day."""


def official(typed: str) -> str:
    """Return a number as it is printed, however it was typed: without dots, with spaces, without its one letter."""
    bare = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    if not (found := _TYPED.match(bare)):
        return typed.strip().upper()
    first, second, third, letter, body, day, serial = found.groups()
    return f"{first}.{second}.{third}.{letter or POLICE}{body}-{day}-{serial}"


def agency_code(root: str, nth: int) -> str:
    """Return the code of the `nth` office below the body whose two-character code is `root` (G01, say).

    The official list of police units isn't public, so an office gets the next free place below its body; a body that knows
    its codes keeps them as data instead.
    """
    if not 1 <= nth <= LAST_OFFICE:
        raise ValueError(f"An office is numbered 1 to {LAST_OFFICE}, not {nth}.")
    code = f"{nth % 1000:03d}.{nth // 1000:02d}.00.{root}"
    if not AGENCY.match(code):
        raise ValueError(f"{root!r} is not the code of a body: a capital letter and two digits.")
    return code


def dossier_number(agency: str, received_on: date, serial: int) -> str:
    """Return the official number, such as 012.00.00.G01-260630-0007.

    :raises NumbersUsedUp: after the 9,999th of a day
    """
    if serial > LAST_SERIAL:
        raise NumbersUsedUp(
            gettext_noop("Đơn vị mã {agency} đã dùng hết {last} số hồ sơ của ngày {day}. Xin tiếp nhận vào ngày làm việc sau."),
            agency=agency,
            last=LAST_SERIAL,
            day=received_on.strftime("%d/%m/%Y"),
        )
    return f"{agency}-{received_on:%y%m%d}-{serial:04d}"
