"""Official totals as another system publishes them, one to a line, to be held against what has come in by file. Pure."""

import csv
from dataclasses import dataclass
from decimal import Decimal

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.numbers import parse_number_vi

MOST_LINES = 5_000


class BadTotals(Refused):
    """The list of totals can't be read. Says at which line."""


@dataclass(frozen=True)
class Total:
    """A total that another system has published."""

    line: int
    unit: str
    measure: str
    period: str
    value: Decimal


def read_totals(text: str) -> list[Total]:
    """Read lines of unit; measure; period; total. A first line of headings is passed over; empty lines are too.

    :raises BadTotals: at the first line that can't be read
    """
    if "\x00" in text:
        raise BadTotals(gettext_noop("Tệp không phải danh sách chữ."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    split = max(";\t,", key=first.count)
    found: list[Total] = []
    for nth, cells in enumerate(csv.reader(text.splitlines(), delimiter=split), start=1):
        said = [cell.strip() for cell in cells]
        if not any(said) or (nth == 1 and not any(letter.isdigit() for letter in said[-1])):
            continue
        if len(said) != 4:
            raise BadTotals(gettext_noop("Dòng {line}: cần bốn cột: mã đơn vị, mã chỉ tiêu, kỳ, tổng số."), line=nth)
        if len(found) == MOST_LINES:
            raise BadTotals(gettext_noop("Mỗi lần tối đa {most} dòng."), most=MOST_LINES)
        try:
            value = parse_number_vi(said[3])
        except ValueError:
            raise BadTotals(gettext_noop("Dòng {line}: “{text}” không phải một số."), line=nth, text=said[3][:40]) from None
        found.append(Total(nth, said[0], said[1], said[2], value))
    if not found:
        raise BadTotals(gettext_noop("Chưa có dòng nào."))
    return found
