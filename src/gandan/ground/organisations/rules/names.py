"""How a unit is found by what people type."""

from gandan.ground.vietnam.text import fold

KIND_WORDS = ("phuong", "xa", "thi tran", "dac khu", "quan", "huyen", "thanh pho", "tinh")


def search_key(name: str, short_name: str, code: str) -> str:
    """Return what a search looks through: the names and the code, folded, a line each."""
    return "\n".join(fold(text) for text in (name, short_name, code) if text)


def rank(search: str, wanted: str) -> int | None:
    """Say how well a search key answers folded words.

    0: they are a name or the code, with or without the word for its kind. 1: they stand in it as a phrase. 2: all of them
    stand in it somewhere. None: they don't.
    """
    if not all(word in search for word in wanted.split()):  # most names are done with here
        return None
    lines = search.split("\n")
    if any(line == wanted or _bare(line) == wanted for line in lines):
        return 0
    if any(f" {wanted} " in f" {line} " for line in lines):
        return 1
    return 2


def _bare(line: str) -> str:
    """Return a name without the word for its kind: "phuong ben nghe" as "ben nghe"."""
    return next((line[len(kind) + 1 :] for kind in KIND_WORDS if line.startswith(f"{kind} ")), line)
