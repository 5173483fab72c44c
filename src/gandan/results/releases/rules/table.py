"""What is open: one table. A line is a measure of the catalogue, and whether it is told ward by ward.

Of measures that add up to one another only one is told by place, so that none is another less a third: of what was finished,
early, in time and late, what was late. Shares and stocks are told for the whole city, as a share with what it is a share of
gives its part, and a stock's changes are flows. What hangs together beyond that is below, and held back together. What people
say or report is told as work, never as a ranking.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Open:
    code: str
    by_place: bool = False


OPEN: dict[str, Open] = {
    one.code: one
    for one in (
        Open("dossiers-received", by_place=True),
        Open("dossiers-finished"),
        Open("dossiers-on-time-share"),
        Open("dossiers-finished-early"),
        Open("dossiers-finished-in-time"),
        Open("dossiers-finished-late", by_place=True),
        Open("dossiers-overdue-open"),
        Open("letters-owed"),
        Open("letters-sent"),
        Open("letters-sent-share"),
        Open("deliveries-handed", by_place=True),
        Open("deliveries-delivered"),
        Open("deliveries-in-time-share"),
        Open("promises-owed"),
        Open("promises-kept"),
        Open("promises-in-time-share"),
        Open("promises-overdue-open"),
    )
}

# Sums that are nothing, whatever happens: what one of them leaves of the others can be reckoned.
SUMS: tuple[dict[str, int], ...] = (
    {"dossiers-finished": 1, "dossiers-finished-early": -1, "dossiers-finished-in-time": -1, "dossiers-finished-late": -1},
    {"dossiers-finished-by-due": 1, "dossiers-finished-early": -1, "dossiers-finished-in-time": -1},
)
BEFORE = "@before"  # a count of the half-month before
# What was still owed before, and came, is what went and is still owed: so two half-months together tell more than each alone.
ACROSS: tuple[dict[str, int], ...] = (
    {f"letters-open{BEFORE}": 1, "letters-owed": 1, "letters-sent": -1, "letters-never-sent": -1, "letters-open": -1},
)
