"""Vehicle plates: one form to keep and search by, one to show. Unknown series are kept as they come, never refused."""

import re
from dataclasses import dataclass

_SPLIT = re.compile(r"(\d{2}[A-ZĐ][A-ZĐ0-9]?)(\d{4,5})")
_CAR = re.compile(r"(\d{2}[A-ZĐ]{1,2})(\d{4,5})")
_MOTORCYCLE = re.compile(r"(\d{2}[A-ZĐ]\d)(\d{5})")
_ALLOWED = re.compile(r"[A-ZĐ0-9]{4,12}")


@dataclass(frozen=True)
class Plate:
    """A plate: `normal` to keep and compare, `display` to show."""

    normal: str
    display: str


def parse_plate(text: str) -> Plate:
    """Read a plate as people type it.

    51F12345 may be a car of five digits or a motorcycle of four (51F1-2345): separators decide where they are given,
    otherwise the car does.
    """
    typed = text.strip().upper()
    normal = re.sub(r"[\s.\-_]", "", typed)
    if not _ALLOWED.fullmatch(normal) or not re.search(r"\d", normal):
        raise ValueError(f"{text!r} is not a vehicle plate such as 51F-123.45.")
    head = re.match(r"([A-ZĐ0-9]+)[\s\-]+(\d[\d.]+)$", re.sub(r"^(\d{2})[\s\-](?=[A-ZĐ])", r"\1", typed))
    if head and _SPLIT.fullmatch(normal) and len(digits := head[2].replace(".", "")) in {4, 5}:
        return Plate(normal, _shown(normal[: -len(digits)], digits))
    split = _CAR.fullmatch(normal) or _MOTORCYCLE.fullmatch(normal)
    return Plate(normal, _shown(split[1], split[2]) if split else normal)


def _shown(series: str, digits: str) -> str:
    return f"{series}-{digits[:3]}.{digits[3:]}" if len(digits) == 5 else f"{series}-{digits}"
