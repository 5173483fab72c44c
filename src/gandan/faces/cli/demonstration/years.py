"""How the years went, in the simulation: how many came, how punctual the offices were. Assumptions, every one of them.

They are shaped after what everybody in the city remembers: Monday queues, summer passports, the pause at Tết, the closed
months of 2021, the new wards of July 2025. None of these numbers was measured anywhere.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

IDENTITY, PASSPORT, VEHICLE = "identity-card", "passport", "vehicle-registration"
SHARES = {IDENTITY: 0.55, PASSPORT: 0.20, VEHICLE: 0.25}

WEEKDAYS = (1.35, 1.10, 1.0, 0.95, 0.90, 0.5, 0.5)  # a worked Saturday is a quiet day
FIRST_YEAR = 2016
YEARS = {  # from the first year on; the last one stays
    IDENTITY: (0.7, 0.75, 0.8, 0.8, 0.8, 1.3, 1.1, 0.9, 1.2, 1.2, 1.1),
    PASSPORT: (0.8, 0.9, 1.0, 1.15, 0.7, 0.5, 1.5, 1.6, 1.3, 1.3, 1.35),
    VEHICLE: (0.9, 0.95, 1.0, 1.05, 0.9, 0.75, 1.05, 0.95, 1.0, 1.1, 1.15),
}
MONTHS = {
    IDENTITY: (1.0, 0.9, 1.05, 1.0, 1.05, 1.25, 1.3, 1.1, 0.95, 0.9, 0.85, 0.85),
    PASSPORT: (1.0, 0.8, 0.95, 1.05, 1.35, 1.6, 1.5, 1.05, 0.8, 0.8, 0.85, 1.0),
    VEHICLE: (1.3, 0.8, 0.9, 0.95, 0.95, 0.95, 0.95, 0.85, 0.95, 1.05, 1.15, 1.35),
}
PANDEMIC = {
    (2020, 3): 0.8, (2020, 4): 0.35, (2020, 5): 0.85, (2020, 8): 0.8,
    (2021, 5): 0.8, (2021, 6): 0.4, (2021, 7): 0.08, (2021, 8): 0.03, (2021, 9): 0.05, (2021, 10): 0.45, (2021, 11): 0.8,
}  # fmt: skip

LATE = (0.085, 0.075, 0.062, 0.05, 0.055, 0.06, 0.042, 0.034, 0.025, 0.022, 0.018)
LATE_IN = {(2021, 7): 0.5, (2021, 8): 0.55, (2021, 9): 0.4, (2021, 10): 0.15}
LATE_IN_NEW_WARDS = {(2025, 7): 0.19, (2025, 8): 0.13, (2025, 9): 0.08, (2025, 10): 0.045}
BEHIND_FOR, BUSY, BEHIND = 35, 1.6, (0.04, 0.12)  # of late offices are behind, the busy ones more than others
EARLY = (0.40, 0.43, 0.46, 0.50, 0.52, 0.48, 0.56, 0.60, 0.64, 0.66, 0.67)

LETTERS_FROM = date(2016, 10, 3)  # Decision 5157/QĐ-UBND of 30/9/2016
LETTER_SENT = (0.40, 0.58, 0.68, 0.76, 0.78, 0.66, 0.86, 0.91, 0.94, 0.92, 0.96)

POST_FROM = date(2016, 12, 16)  # Decision 45/2016/QĐ-TTg
BY_POST = (0.02, 0.05, 0.09, 0.13, 0.24, 0.38, 0.30, 0.32, 0.34, 0.35, 0.37)
ONLINE = (0.02, 0.04, 0.07, 0.10, 0.17, 0.24, 0.36, 0.47, 0.56, 0.62, 0.68)


def of_year(values: Sequence[float], day: date) -> float:
    """Return the value for the year of a day; after the last one known, that stays."""
    return values[min(max(day.year - FIRST_YEAR, 0), len(values) - 1)]


def busyness(procedure: str, day: date) -> float:
    """Return how much a working day of a procedure weighs against others."""
    weight = (
        of_year(YEARS[procedure], day)
        * MONTHS[procedure][day.month - 1]
        * WEEKDAYS[day.weekday()]
        * PANDEMIC.get((day.year, day.month), 1.0)
    )
    if procedure == PASSPORT and date(2020, 4, 1) <= day < date(2022, 3, 15):
        return weight * 0.3  # borders closed
    if procedure == IDENTITY and (2021, 3) <= (day.year, day.month) <= (2021, 5):
        return weight * 2.2  # the campaign for cards with a chip
    return weight


def around_tet(working: Sequence[date]) -> dict[date, float]:
    """Return what the days before and after the long pause at Tết weigh less: nobody comes in the week before."""
    weights: dict[date, float] = {}
    for at, (day, following) in enumerate(pairwise(working)):
        if following.month <= 3 and (following - day).days >= 6:
            for back, weight in enumerate((0.25, 0.35, 0.5, 0.65, 0.8)):
                weights[working[max(0, at - back)]] = weight
            for ahead, weight in enumerate((0.6, 0.75, 0.9)):
                if at + 1 + ahead < len(working):
                    weights[working[at + 1 + ahead]] = weight
    return weights


def late_chance(day: date, *, new_ward: bool) -> float:
    month = (day.year, day.month)
    if new_ward and month in LATE_IN_NEW_WARDS:
        return LATE_IN_NEW_WARDS[month]
    return LATE_IN.get(month, of_year(LATE, day))
