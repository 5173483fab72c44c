"""What everyone was told and is taken back must not come back, not even where a page is kept for a day without a database.

Whoever keeps a page asks for the sign before the page is made, and serves it only while the sign is still the same.
"""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gandan.ground.ledger.kinds import Kind

TAKES_BACK = frozenset(
    {
        Kind.PUBLICATION_CHANGED,
        Kind.PUBLICATION_WITHDRAWN,
        Kind.VOICE_WITHDRAWN,
        Kind.VOICE_HIDDEN,
        Kind.IDEA_HIDDEN,
        Kind.REMARK_HIDDEN,
        Kind.COMMENT_HIDDEN,
        Kind.RECEPTION_CALLED_OFF,
        Kind.POLL_ANNULLED,
    }
)


def sign() -> str:
    """Return the sign under which pages are made now; another after each taking back."""
    try:
        return _file().read_text("ascii")
    except OSError:  # nothing was ever taken back
        return "0"


def notice(kind: Kind) -> None:
    """Change the sign with the transaction in which something is taken back."""
    if kind in TAKES_BACK:
        transaction.on_commit(_change, robust=True)


def _change() -> None:
    file, new = _file(), secrets.token_hex(8)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{new}")
    aside.write_text(new, "ascii")
    aside.replace(file)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "pages.sign"
