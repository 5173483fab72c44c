"""How to reach the database of the sealed channel: one for its desk, one for its door, one that owns it."""

from typing import Any

from gandan.config.database import server
from gandan.config.database.places import local, role_password
from gandan.config.database.routing import DESK, DOOR, OWNER
from gandan.config.database.urls import django_database, embedded_url, is_embedded
from gandan.config.environment import text

SETTINGS = {
    DESK: "GANDAN_TIPS_DATABASE_URL",
    OWNER: "GANDAN_TIPS_OWNER_DATABASE_URL",
    DOOR: "GANDAN_TIPS_DOOR_DATABASE_URL",
}


def tips_databases(*names: str) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES of the channel: those of desk and owner, or the door's. None if nobody has named them."""
    return {
        name: django_database(url, SETTINGS[name]) | {"CONN_HEALTH_CHECKS": True}
        for name, url in tips_urls().items()
        if name in (names or (DESK, OWNER))
    }


def tips_urls() -> dict[str, str]:
    given = {name: url for name, setting in SETTINGS.items() if (url := text(setting, default=""))}
    if given or not is_embedded():
        return given
    return {
        DESK: embedded_url(server.TIPS_DESK, role_password(server.TIPS_DESK), server.TIPS),
        OWNER: embedded_url(server.OWNER, local().owner_password, server.TIPS),
        DOOR: embedded_url(server.TIPS_DOOR, role_password(server.TIPS_DOOR), server.TIPS),
    }
