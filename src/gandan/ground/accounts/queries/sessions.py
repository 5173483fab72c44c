"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from gandan.ground.accounts.rules import browser_named
from gandan.ground.organisations.models import Person


@dataclass(frozen=True)
class SessionRow:
    """One browser in which a person is signed in."""

    id: int
    address: str
    browser: str
    begun_at: datetime
    here: bool


def sessions(person: Person, *, current: str) -> tuple[SessionRow, ...]:
    """Return the open sessions of a person, the newest first. Those that ended are forgotten on the way."""
    found = sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True)
    return tuple(
        SessionRow(one.pk, one.ip, browser_named(one.user_agent), one.created_at, one.session_key == current) for one in found
    )
