"""Asking the API as one of the cast."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.clock import held_clock as held_clock

Asking = Callable[..., "Answer"]


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.body["code"]


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """WhiteNoise warns where `collectstatic` has not been run yet."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def ask(cast: Cast) -> Asking:
    """Return a function that asks as someone: `ask("alice", "units/PA08", on="2024-01-01")`. None asks without signing in."""
    clients: dict[str | None, Client] = {}

    def asked(who: str | None, path: str, *, language: str = "", method: str = "get", body: Any = None, **query: Any) -> Answer:
        if who not in clients:
            clients[who] = Client()
            if who is not None:
                clients[who].force_login(getattr(cast, who))
        headers = {"accept-language": language} if language else {}
        if method == "get":
            response = clients[who].get(f"/api/v1/{path}", query or None, headers=headers)
        else:
            data = json.dumps({} if body is None else body)
            response = clients[who].post(f"/api/v1/{path}", data, content_type="application/json", headers=headers)
        return Answer(response.status_code, response.json() if response.content else None, response.headers)

    return asked


@pytest.fixture
def client_checking_csrf(cast: Cast) -> Callable[..., Client]:
    """Return a function that signs someone in with a client that checks what browsers are checked for."""

    def signed_in(who: str, *, checking: bool = True) -> Client:
        client = Client(enforce_csrf_checks=checking)
        client.force_login(getattr(cast, who))
        return client

    return signed_in
