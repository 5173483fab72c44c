"""Which records live in which database: those of the sealed channel in one of their own, everything else in ours."""

from typing import Any

DESK, OWNER, DOOR = "tips", "tips_owner", "door"
APART = {DESK, OWNER, DOOR}


class Router:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return DESK if model._meta.app_label == "tips" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (app_label == "tips") == (db in APART)
