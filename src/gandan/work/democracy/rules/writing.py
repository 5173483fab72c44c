"""What is typed: paragraphs of a text, addresses of a roll, codes."""

import re

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import nfc

PARAGRAPH, PARAGRAPHS, WORDS = 4000, 200, 4000
HOUSEHOLDS = 3000
DIGITS = 16
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another


class BadText(Refused):
    """Something is missing or too long; `field` says where."""


def tidied(text: str, field: str, most: int, *, needed: bool = True) -> str:
    """Return a text as it is kept.

    :raises BadText: if it is missing or too long
    """
    said = nfc(text).strip()
    if needed and not said:
        raise BadText(gettext_noop("Phần này chưa viết."), field=field)
    if len(said) > most:
        raise BadText(gettext_noop("Dài quá {most} chữ."), field=field, most=most)
    return said


def paragraphs(text: str) -> list[str]:
    """Cut a text where lines are left empty.

    :raises BadText: if there is none, or too much
    """
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", nfc(text).replace("\r", "")) if part.strip()]
    if not found:
        raise BadText(gettext_noop("Phần này chưa viết."), field="text")
    if len(found) > PARAGRAPHS:
        raise BadText(gettext_noop("Văn bản có quá {most} đoạn."), field="text", most=PARAGRAPHS)
    return [tidied(one, "text", PARAGRAPH) for one in found]


def addresses(text: str) -> list[str]:
    """Return a roll: one household a line, told by its address alone.

    :raises BadText: if a line is too long, stands twice, or there are too many
    """
    lines = [" ".join(nfc(line).split()) for line in text.splitlines()]
    found = [line for line in lines if line]
    if len(found) > HOUSEHOLDS:
        raise BadText(gettext_noop("Danh sách có quá {most} hộ."), field="roll", most=HOUSEHOLDS)
    seen: set[str] = set()
    for line in found:
        if len(line) > 120:
            raise BadText(gettext_noop("Dòng này dài quá {most} chữ: “{line}”."), field="roll", most=120, line=line[:40])
        if line.casefold() in seen:
            raise BadText(gettext_noop("Địa chỉ này đứng hai lần: “{line}”. Mỗi hộ một dòng."), field="roll", line=line)
        seen.add(line.casefold())
    return found


def code_of(typed: str) -> str:
    """Return a code as it is compared: its digits."""
    return re.sub(r"[^0-9]", "", typed)[:40]


def serial_of(typed: str) -> str:
    """Return the number of a paper ballot as it is compared."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())[:20]


def grouped(code: str) -> str:
    """Return a code in groups of four, as people copy it."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
