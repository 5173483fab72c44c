"""The database: PostgreSQL of our own, or any server from version 15 on. Knows no Django."""

from gandan.config.database import server
from gandan.config.database.overview import status
from gandan.config.database.places import data_dir, local_secret
from gandan.config.database.tips import tips_databases
from gandan.config.database.trouble import DatabaseTrouble
from gandan.config.database.urls import django_databases, is_embedded, urls

__all__ = [
    "DatabaseTrouble",
    "data_dir",
    "django_databases",
    "ensure_running",
    "is_embedded",
    "local_secret",
    "status",
    "stop",
    "tips_databases",
    "urls",
]


def ensure_running() -> None:
    """Have the embedded server running. A server given by GANDAN_DATABASE_URL is somebody else's to start."""
    if is_embedded():
        server.ensure_running()


def stop() -> bool:
    """Stop the embedded server cleanly. Return whether it was running."""
    return is_embedded() and server.stop()
