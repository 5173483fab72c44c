"""Typed readers of environment variables. An empty one counts as left out; one that can't be read stops the start."""

import os


class BadSetting(Exception):
    """A setting in the environment can't be read."""


def text(name: str, *, default: str | None = None) -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise BadSetting(f"{name} is not set. See .env.example.")
    return value


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
