"""How each kind of body lays out its documents: dated data with a source (`profiles.yaml`), read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "profiles.yaml"


class UnknownProfile(ValueError):
    """No layout profile of that code was in force on that day."""


@dataclass(frozen=True)
class Profile:
    """The layout rules of one kind of body, from one day on. Lengths in millimetres, sizes in points."""

    code: str
    valid_from: date
    source: str
    verified: bool
    header: str  # state: Quốc hiệu and Tiêu ngữ | party: ĐẢNG CỘNG SẢN VIỆT NAM
    number: str
    numbering_restarts: str  # year | term
    margins: Mapping[str, float]
    sizes: Mapping[str, float]
    indent: float
    name_rule: str  # line | star
    abstract_rule: str  # line | dashes
    section: str
    bold_position: bool
    grounds_italic: bool
    recipients_label: str  # italic_bold | underlined
    archive: str
    ending: str
    authority: Mapping[str, str] = field(default_factory=dict)
    ranks: bool = False  # armed forces may put the rank before the name


def profile(code: str, on: date) -> Profile:
    """Return the profile of that code in force on a day.

    :raises UnknownProfile: if there is none
    """
    in_force = [p for p in profiles() if p.code == code and p.valid_from <= on]
    if not in_force:
        known = sorted({p.code for p in profiles()})
        raise UnknownProfile(f"No layout profile {code!r} was in force on {on:%d/%m/%Y}. Known: {', '.join(known)}.")
    return max(in_force, key=lambda p: p.valid_from)


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every profile; an entry with a `base` takes what it does not say from the last such entry above it."""
    read: dict[str, Profile] = {}
    found: list[Profile] = []
    entries: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for entry in entries:
        base = entry.pop("base", None)
        made = replace(read[base], **entry) if base else Profile(**entry)
        read[made.code] = made
        found.append(made)
    return tuple(found)
