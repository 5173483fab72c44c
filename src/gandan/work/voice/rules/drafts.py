"""What is kept of a form that somebody fills in, and what it amounts to."""

import re
from collections.abc import Mapping
from typing import Any

from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import LONGEST, Brought, tidy

ATTRIBUTE = re.compile(r"attribute\[([a-z0-9._-]{1,40})\](\[\])?\Z")
FIELDS = {**LONGEST, "service": 40, "ward": 30, "concerned": 30, "latitude": 24, "longitude": 24, "public": 3, "language": 2}
MOST_ANSWERS = 40
BOXES = ("public",)


def kept(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of what was filled in: the known fields and answers, no longer than they may be."""
    found = {name: tidy(said[name], most) for name, most in FIELDS.items() if name in said}
    answers = [name for name in said if ATTRIBUTE.match(name)][:MOST_ANSWERS]
    found |= {name: tidy(said[name], 1000) for name in answers}
    if "whole" in said:  # the whole form came: a box that isn't among it was left empty
        found |= {name: "" for name in BOXES if name not in said}
    return found


def brought_of(kind: CaseKind, said: Mapping[str, str]) -> Brought:
    """Return what somebody brings, as they wrote it."""
    latitude, longitude = _number(said.get("latitude", "")), _number(said.get("longitude", ""))
    whole = latitude is not None and longitude is not None
    return Brought(
        kind=kind,
        answers=answers_of(said),
        latitude=latitude if whole else None,
        longitude=longitude if whole else None,
        public=bool(said.get("public")),
        language=said.get("language") if said.get("language") in {"vi", "en"} else "vi",  # type: ignore[arg-type]
        **{name: said.get(name, "") for name in ("text", "service", "place", "ward", "concerned", "name", "phone", "email")},
    )


def answers_of(said: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers to questions; of a list that takes several, in lines."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        if (match := ATTRIBUTE.match(name)) and value:
            found[match[1]] = value.split("\n") if match[2] else value
    return found


def _number(text: str) -> float | None:
    try:
        return round(float(text.replace(",", ".")), 6)
    except ValueError:
        return None
