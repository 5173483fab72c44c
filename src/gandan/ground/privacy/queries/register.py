"""The register of processing and the legal terms, as the product's own files say them."""

from functools import lru_cache
from pathlib import Path

from gandan.ground.privacy.rules import Register, Terms, read_register, read_terms

DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=1)
def register() -> Register:
    return read_register(path.read_text(encoding="utf-8") for path in sorted((DATA / "register").glob("*.yaml")))


@lru_cache(maxsize=1)
def terms() -> tuple[Terms, ...]:
    """The terms of requests, the latest first."""
    return read_terms((DATA / "terms.yaml").read_text(encoding="utf-8"))
