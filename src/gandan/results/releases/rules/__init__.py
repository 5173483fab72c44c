"""What may be told, and what must be held back so that nothing can be reckoned back. Pure."""

from gandan.results.releases.rules.frame import Frame, Numbers, Spot, summed
from gandan.results.releases.rules.halves import closed_halves, end_of, last_closed
from gandan.results.releases.rules.holding import SMALLEST, Told, tell
from gandan.results.releases.rules.overlapping import Read, Units, akin, withheld
from gandan.results.releases.rules.table import ACROSS, BEFORE, OPEN, SUMS, Open
from gandan.results.releases.rules.together import Form, hold_back, is_small, minus, secrets

__all__ = [
    "ACROSS",
    "BEFORE",
    "OPEN",
    "SMALLEST",
    "SUMS",
    "Form",
    "Frame",
    "Numbers",
    "Open",
    "Read",
    "Spot",
    "Told",
    "Units",
    "akin",
    "closed_halves",
    "end_of",
    "hold_back",
    "is_small",
    "last_closed",
    "minus",
    "secrets",
    "summed",
    "tell",
    "withheld",
]
