"""Typed readers of environment variables. An empty one counts as left out; one that can't be read stops the start."""

import os
from pathlib import Path


class BadSetting(Exception):
    """A setting in the environment can't be read."""


def text(name: str, *, default: str | None = None) -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise BadSetting(f"{name} is not set. See .env.example.")
    return value


def secret(name: str, *, file: str, default: str = "") -> str:
    """Return a secret of the environment, or of the file that the environment names, so that it needn't stand in either twice."""
    given, path = os.environ.get(name) or "", os.environ.get(file) or ""
    if given and path:
        raise BadSetting(f"{name} and {file} are both set. See .env.example.")
    if not path:
        return given or default
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{file} can't be read: {error.strerror}.") from None


def number(name: str, *, default: int) -> int:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        return int(raw)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {raw!r}.") from None


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {raw!r}.")
