"""When a message is tried, how long after a failure again, and when nobody is to be woken."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

# After the first failure a minute, then ever longer; after the last it waits for a person.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720, 1440)
AWAY = timedelta(minutes=5)  # a server that isn't there is asked again, for as long as it takes
QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)\Z")


class State(StrEnum):
    WAITING = "waiting"
    HELD = "held"  # a sender has it in hand, until a moment
    SENT = "sent"
    FAILED = "failed"  # no more tries by itself; a person looks at it
    DROPPED = "dropped"  # a person decided that it isn't to be sent


class Trouble(StrEnum):
    """What became of a try that didn't succeed."""

    AWAY = "away"  # the server can't be reached: nobody's fault, and no try is counted
    LATER = "later"  # the server says: try again later
    REFUSED = "refused"  # the server won't have it, however often


def next_try(tries: int, at: datetime, trouble: Trouble) -> datetime | None:
    """Return when to try again after `tries` tries that counted, or None if it is a person's turn."""
    if trouble is Trouble.AWAY:
        return at + AWAY
    if trouble is Trouble.REFUSED or tries > len(BACK_OFF):
        return None
    return at + timedelta(minutes=BACK_OFF[tries - 1])


@dataclass(frozen=True)
class QuietHours:
    """From an hour of the evening to one of the morning, nobody's telephone is to ring. The same hour twice: never quiet."""

    start: time
    end: time

    def holds(self, now: time) -> bool:
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def read_quiet_hours(text: str) -> QuietHours:
    """Read "21:00-07:00".

    :raises ValueError: for anything else
    """
    match = QUIET.match(text.strip())
    if not match:
        raise ValueError(f"Quiet hours are written like 21:00-07:00, not {text!r}.")
    return QuietHours(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
