"""What may be told, and what must be held back so that nothing can be reckoned back. Pure."""

from gandan.results.releases.rules.halves import closed_halves, end_of, last_closed
from gandan.results.releases.rules.holding import SMALLEST, Told, tell
from gandan.results.releases.rules.table import OPEN, Open

__all__ = [
    "OPEN",
    "SMALLEST",
    "Open",
    "Told",
    "closed_halves",
    "end_of",
    "last_closed",
    "tell",
]
