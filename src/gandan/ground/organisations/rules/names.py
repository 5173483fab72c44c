"""How a unit is found by what people type."""

from gandan.ground.vietnam.text import fold


def search_key(name: str, short_name: str, code: str) -> str:
    """Return what a search looks through: the names and the code, folded, a line each."""
    return "\n".join(fold(text) for text in (name, short_name, code) if text)


def rank(search: str, wanted: str) -> int | None:
    """Say how well a search key answers folded words: 0 exactly, 1 as a phrase, 2 with all words somewhere, None not at all."""
    lines = search.split("\n")
    if wanted in lines:
        return 0
    if any(f" {wanted} " in f" {line} " for line in lines):
        return 1
    return 2 if all(word in search for word in wanted.split()) else None
