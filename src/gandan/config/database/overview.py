"""How the database is."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Ping

from gandan.config.database import server
from gandan.config.database.binaries import OLDEST
from gandan.config.database.places import data_dir, home, socket_dir
from gandan.config.database.urls import is_embedded, urls

SAME_ROLE = "The app connects as the owner (GANDAN_OWNER_DATABASE_URL is not set): only a trigger keeps it from changing events."
ABOUT = "SELECT current_setting('server_version'), current_database(), pg_database_size(current_database())"


def status() -> dict[str, Any]:
    """Return how the database is, for people and machines. Never starts it, never tells a password."""
    app, owner = urls()
    described: dict[str, Any] = {"embedded": is_embedded(), "running": False, "data_dir": str(data_dir())}
    if is_embedded():
        described |= {"cluster": str(home() / "cluster"), "socket_dir": str(socket_dir()), "made_by": server.made_by()}
        if server.ping() != Ping.OK:
            return described | {"warnings": []}
    try:
        with psycopg.connect(app, connect_timeout=10) as connection:
            version, database, size = connection.execute(ABOUT).fetchone() or ("", "", 0)
            number = connection.info.server_version
    except psycopg.OperationalError as error:
        return described | {"warnings": [f"The server doesn't answer: {str(error).strip()}"]}
    roles = {"app": conninfo_to_dict(app).get("user"), "owner": conninfo_to_dict(owner).get("user")}
    warnings = [SAME_ROLE] if app == owner else []
    if number < OLDEST * 10_000:
        warnings.append(f"The server is PostgreSQL {version}; {OLDEST} is the oldest that serves.")
    return described | {"running": True, "version": version, "database": database, "size": size, **roles, "warnings": warnings}
