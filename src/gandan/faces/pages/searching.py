"""A name that is looked for stands in no address: it is posted, and the address carries it sealed.

So pages go on, the way back works and a page can be read again; what logs and histories keep opens for nobody but the person
who looked, and for the rest of their day only.
"""

from binascii import Error as NotBase64
from datetime import datetime, timedelta

from django.utils.timezone import now

from gandan.ground.organisations.queries import Person
from gandan.ground.privacy.fields import seal, unseal
from gandan.ground.privacy.rules import SealBroken

LASTS = timedelta(hours=12)  # as long as a session
LONGEST = 200
BLOCK = 40  # letters: how long a name is shows neither


class TooOld(Exception):
    """What was looked for opens no more: it is too old, somebody else's, or cut."""


def sealed(text: str, viewer: Person, at: datetime | None = None) -> str:
    """Return what an address may carry of a text; of nothing, nothing."""
    typed = text.replace("\0", "").strip()[:LONGEST]
    if not typed:
        return ""
    padded = typed.ljust(-(-len(typed) // BLOCK) * BLOCK)
    return seal(f"{int((at or now()).timestamp())} {padded}", _place(viewer)).replace("+", "-").replace("/", "_").rstrip("=")


def opened(handle: str, viewer: Person) -> str:
    """Return what was looked for.

    :raises TooOld: if it doesn't open, or not any more
    """
    if not handle:
        return ""
    try:
        text = unseal(handle.replace("-", "+").replace("_", "/") + "=" * (-len(handle) % 4), _place(viewer))
    except (SealBroken, NotBase64, ValueError):
        raise TooOld from None
    moment, _blank, typed = text.partition(" ")
    if now().timestamp() - int(moment) > LASTS.total_seconds():
        raise TooOld
    return typed.rstrip()


def _place(viewer: Person) -> str:
    return f"pages.search.{viewer.pk}"
