"""Snapshots of what people sign: to accept a change, run with GANDAN_WRITE_SNAPSHOTS=1 and read the difference."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    def matches(name: str, text: str) -> None:
        kept = SNAPSHOTS / name
        if os.environ.get("GANDAN_WRITE_SNAPSHOTS"):
            kept.write_text(text, encoding="utf-8")
        assert text == kept.read_text(encoding="utf-8")

    return matches
