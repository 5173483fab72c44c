"""The legal act behind a change of the tree."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Act:
    """A decision, resolution or law. `day` is the day of signing, None where it isn't known."""

    number: str
    title: str
    body: str
    day: date | None = None
    source: str = ""
    verified: bool = False
