"""Running commands as somebody at the machine does, and reading what they say."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def run() -> Callable[..., str]:
    """Return a function that runs a command and returns what it printed."""

    def printed(*words: str) -> str:
        out = io.StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    return printed


@pytest.fixture
def told(run: Callable[..., str]) -> Callable[..., Any]:
    """Return a function that runs a command with `--json` and returns its answer."""

    def answer(*words: str) -> Any:
        return json.loads(run(*words, "--json"))

    return answer
