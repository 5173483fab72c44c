"""The register of processing and the legal terms, as the product's own files say them."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from gandan.ground.privacy.models import KeepRule
from gandan.ground.privacy.rules import Keep, Register, Terms, read_register, read_terms

DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=1)
def register() -> Register:
    return read_register(path.read_text(encoding="utf-8") for path in sorted((DATA / "register").glob("*.yaml")))


@lru_cache(maxsize=1)
def terms() -> tuple[Terms, ...]:
    """The terms of requests, the latest first."""
    return read_terms((DATA / "terms.yaml").read_text(encoding="utf-8"))


def keeps(on: date) -> dict[str, Keep]:
    """Return how long each kind is kept on a day: what the register begins with, or the last rule made since."""
    found = {code: one.keep for code, one in register().kinds.items()}
    for rule in KeepRule.objects.filter(since__lte=on).order_by("since"):
        if rule.kind in found:
            found[rule.kind] = replace(found[rule.kind], months=rule.months, source=rule.source, verified=True)
    return found
