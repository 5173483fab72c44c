"""How to reach the database: two URLs, for two roles."""

from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gandan.config.database import server
from gandan.config.database.places import local, socket_dir
from gandan.config.environment import BadSetting, text

PARTS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def is_embedded() -> bool:
    return not text("GANDAN_DATABASE_URL", default="")


def urls() -> tuple[str, str]:
    """Return the URL of the app's role and that of the owner. A given server without an owner has one role for both."""
    app, owner = text("GANDAN_DATABASE_URL", default=""), text("GANDAN_OWNER_DATABASE_URL", default="")
    if owner and not app:
        raise BadSetting("GANDAN_OWNER_DATABASE_URL is set, but GANDAN_DATABASE_URL is not. See .env.example.")
    if app:
        return app, owner or app
    return embedded_url(server.APP, local().app_password), embedded_url(server.OWNER, local().owner_password)


def django_databases(*, pool_size: int) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: `default` is the app's role, `owner` is for migrating. Without a pool if its size is 0."""
    app, owner = urls()
    default, migrating = (
        django_database(url, setting) for url, setting in ((app, "GANDAN_DATABASE_URL"), (owner, "GANDAN_OWNER_DATABASE_URL"))
    )
    if pool_size:
        default["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    default["OPTIONS"]["prepare_threshold"] = 1  # of what ground/ledger/prepared.py asks; the ORM's cursors never prepare
    default["CONN_HEALTH_CHECKS"] = True
    return {"default": default, "owner": migrating}


def embedded_url(user: str, password: str, name: str = server.DATABASE) -> str:
    place = urlencode({"host": str(socket_dir()), "port": server.port() or 5432})
    return f"postgresql://{user}:{quote(password)}@/{name}?{place}"


def django_database(url: str, setting: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its message may quote the password
        raise BadSetting(f"{setting} can't be read. It looks like postgresql://user:password@host:5432/name.") from None
    if not parts.get("dbname"):
        raise BadSetting(f"{setting} names no database. It looks like postgresql://user:password@host:5432/name.")
    named = {django: str(parts.pop(libpq, "") or "") for libpq, django in PARTS.items()}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": dict(parts)}
