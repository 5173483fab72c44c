"""Each address needs a sign-in, or stands in `PUBLIC`."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from gandan.faces.api import urls as api
from gandan.faces.pages import urls as pages

PUBLIC = pages.PUBLIC | api.PUBLIC

SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, str]]:
    """Yield the name and a sample of every address."""
    for entry in patterns:
        route = str(entry.pattern) if isinstance(entry.pattern, RoutePattern) else ""
        address = before + PARAMETER.sub(lambda found: SAMPLES.get(found[1] or "str", "x"), route)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, address)
        else:
            yield entry.name or address, address


ADDRESSES = sorted(set(addresses(get_resolver().url_patterns)))


def asks_to_sign_in(response) -> bool:
    if response.status_code == 302:
        return response.url.startswith(resolve_url(settings.LOGIN_URL))
    return response.status_code in {401, 403, 405}


@pytest.mark.parametrize(("name", "address"), [one for one in ADDRESSES if one[0] not in PUBLIC], ids=lambda part: part)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_stranger_is_asked_to_sign_in(db, client, method, name, address):
    assert asks_to_sign_in(getattr(client, method)(address)), f"{name} answers strangers, and is not in PUBLIC"


def test_what_is_public_exists():
    assert set(PUBLIC) - {name for name, _ in ADDRESSES} == set()


def test_there_are_addresses_to_try():
    assert len([name for name, _ in ADDRESSES if name not in PUBLIC]) > 5
