"""Settings of the sealed channel that both its desk and its door read."""

from pathlib import Path

from gandan.config.database import data_dir
from gandan.config.environment import BadSetting, secret, text


def vault() -> list[str]:
    """Return where the copies of the secrets lie that wrap each tip: at least one, never in a folder that is backed up."""
    return text("GANDAN_TIPS_VAULT", default="").split() or [str(data_dir() / "tips" / "vault.sqlite")]


def root() -> bytes:
    """Return the public key of the city's root, without which no key of a member is trusted; empty if there is none yet."""
    there = data_dir() / "tips" / "root.pub"
    given = secret("GANDAN_TIPS_ROOT", file="GANDAN_TIPS_ROOT_FILE") or (there.read_text().strip() if there.exists() else "")
    try:
        key = bytes.fromhex(given)
    except ValueError:
        key = b"?"
    if given and len(key) != 32:
        raise BadSetting("GANDAN_TIPS_ROOT must be 64 hexadecimal digits.")
    return key


def address() -> str:
    """Return where people outside find the door, for links and for the canary; empty if it isn't open."""
    return text("GANDAN_TIPS_URL", default="").rstrip("/")


def folder() -> Path:
    return data_dir() / "tips"
