"""What frames a programme's text: its days, and who signs it, each written as a part of the text so that it can be amended."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.vietnam.numbers import date_vi, parse_date_vi
from gandan.results.programmes.rules.kinds import PartKind
from gandan.results.programmes.rules.parts import Part, Trouble

DAY = re.compile(r"\b(\d{1,2}/\d{1,2}/\d{4})\b")


@dataclass(frozen=True)
class Frame:
    """From which day to which a programme runs, and the parties by their codes and as what their heads sign."""

    first: date
    last: date
    parties: tuple[tuple[str, str], ...]


def period_text(first: date, last: date) -> str:
    return f"Từ {date_vi(first)} đến hết {date_vi(last)}"


def parties_text(parties: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{code} {signs_as}" for code, signs_as in parties)


def read_period(text: str) -> tuple[date, date] | None:
    """Return the two days that a text names, or nothing if it doesn't name two."""
    try:
        days = [parse_date_vi(day) for day in DAY.findall(text)]
    except ValueError:
        return None
    return (days[0], days[1]) if len(days) == 2 and days[0] < days[1] else None


def read_parties(text: str) -> tuple[tuple[str, str], ...]:
    """Return who signs: each line is a unit's code and as what its head signs."""
    lines = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    return tuple((code.rstrip(",:"), signs_as.strip(" ,:-")) for code, _space, signs_as in lines)


def framed(parts: Sequence[Part], frame: Frame) -> Frame:
    """Return the frame that a text says, and where it says none, what holds."""
    once = {part.kind: part.text for part in parts}
    first, last = read_period(once.get(PartKind.PERIOD, "")) or (frame.first, frame.last)
    return Frame(first, last, read_parties(once.get(PartKind.PARTIES, "")) or frame.parties)


def frame_troubles(parts: Sequence[Part], frame: Frame, standing: frozenset[str], today: date | None) -> Iterator[Trouble]:
    """Yield what a text's frame lacks.

    :param frame: what holds now
    :param standing: the codes of the units that stand, of those that are named; for a party that was succeeded its heir signs
    :param today: given if a text is in force: the days gone by stay as they were
    """
    for part in parts:
        match part.kind:
            case PartKind.PERIOD:
                yield from _of_period(part, frame, today)
            case PartKind.PARTIES:
                yield from _of_parties(part, standing | {code for code, _signs_as in frame.parties})


def _of_period(part: Part, frame: Frame, today: date | None) -> Iterator[Trouble]:
    period = read_period(part.text)
    if period is None:
        told = gettext_noop("Thời gian ghi hai ngày, ngày đầu trước ngày cuối, như: Từ 01/01/2027 đến hết 31/12/2031.")
        yield Trouble(part.key, told)
        return
    if today is not None and period[0] != frame.first:
        told = gettext_noop("Chương trình đã có hiệu lực nên ngày bắt đầu giữ nguyên là {day}.")
        yield Trouble(part.key, told, {"day": date_vi(frame.first)})
    if today is not None and period[1] != frame.last and period[1] < today:
        yield Trouble(
            part.key,
            gettext_noop("Không lùi ngày kết thúc về trước hôm nay ({day}); muốn kết thúc thì tổng kết chương trình."),
            {"day": date_vi(today)},
        )


def _of_parties(part: Part, standing: frozenset[str]) -> Iterator[Trouble]:
    parties = read_parties(part.text)
    if not parties or not all(signs_as for _code, signs_as in parties):
        yield Trouble(part.key, gettext_noop("Chương trình phải có bên ký, mỗi bên ghi chức vụ người ký."))
    codes = [code for code, _signs_as in parties]
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield Trouble(part.key, gettext_noop("Bên ký {code} ghi hai lần."), {"code": code})
        if code not in standing:
            yield Trouble(part.key, gettext_noop("Bên ký: hôm nay không có đơn vị nào mang mã {code}."), {"code": code})
