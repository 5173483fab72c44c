"""Keys of a test's own, and dossiers about which people ask."""

from collections.abc import Callable
from datetime import date

import pytest

from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.fields import keyring
from gandan.work.dossiers.operations import load_procedures, receive
from tests.cast import Cast, cast  # noqa: F401  # a fixture

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.fixture
def keys(settings) -> Callable[..., None]:
    """Say which keys are in use."""

    def use(*given: str) -> None:
        settings.FIELD_KEYS = " ".join(given)
        keyring.cache_clear()

    yield use
    keyring.cache_clear()


@pytest.fixture
def office(cast: Cast) -> Cast:  # noqa: F811
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    return cast


@pytest.fixture
def dossier(office):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant="Lê Thị An", by=office.alice, on=MONDAY)
