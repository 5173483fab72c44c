"""What all tests stand on: a database of their own, as the app's role, and no way out of this machine.

`db` (or the mark `django_db`) is a transaction that is rolled back. `committed` is a database where commits are real, for
parallel connections, jobs, processes and browsers; it takes a tenth of a second more.
"""

import ipaddress
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from gandan.ground.ledger.operations import recording
from tests.browsing import browser as browser  # fixtures for everyone
from tests.cast import among_the_cast as among_the_cast
from tests.cast import cast as cast
from tests.cast import peopled as peopled
from tests.rig import Committed, Rig

LOCAL_NAMES = {"", "localhost", None}


@pytest.fixture(scope="session")
def rig(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rig]:
    with django_db_blocker.unblock():
        rig = Rig()
    yield rig
    rig.close()


@pytest.fixture(scope="session")
def django_db_setup(rig: Rig, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), rig.database():
        yield


@pytest.fixture
def committed(rig: Rig, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> Iterator[Committed]:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("A test is either rolled back (db) or committed, not both.")
    with django_db_blocker.unblock(), rig.database() as database:
        yield database


@pytest.fixture(autouse=True)
def forget_what_is_rolled_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Who has a test's callbacks of a commit run, without one, has facet sets remembered that are gone with the test."""
    yield
    if "django_capture_on_commit_callbacks" in request.fixturenames:
        recording._known.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop at a test that leaves one of our settings behind: another, far from it, would fail for that."""
    before = our_environment()
    result = yield
    if before != our_environment():
        pytest.exit(f"{item.nodeid} left the environment other than it found it: {before} became {our_environment()}.", 3)
    return result


def our_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("GANDAN_")}


@pytest.fixture
def transactional_db(committed: Committed) -> None:
    """What pytest-django's live server asks for. Its own empties tables, which the app's role may not."""


def pytest_configure() -> None:
    """Take style sheets and scripts from where they lie: collecting them is the business of `gandan serve`.

    The log is written at once, so that what a test notes ends with its transaction.
    """
    settings.AUDIT_AT_ONCE = True
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    settings.PAGES_KEPT = 0  # each page is made for its test
    settings.SECOND_FACTOR = False  # people of the cast sign in without one, but for the tests of that
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark or {"db", "committed", "transactional_db", "rig", "bare"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if mark and (mark.args or mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committed`, not django_db(transaction=True).")
        if "cast" in getattr(item, "fixturenames", ()):
            item.fixturenames.insert(0, "among_the_cast")  # before the transaction begins


def stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to look up or to reach any other machine."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name not in LOCAL_NAMES and not is_loopback(name):
        raise RuntimeError(f"Tests stay on this machine, but something reached for {name}.")


def is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


sys.addaudithook(stay_on_this_machine)
