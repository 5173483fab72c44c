"""What the bodies of a district or a ward are called, in both languages."""

_KINDS_EN = {
    "Quận": "District",
    "Huyện": "District",
    "Phường": "Ward",
    "Xã": "Commune",
    "Thị trấn": "Township",
    "Đặc khu": "Special Zone",
}
_KINDS = (*_KINDS_EN, "Thành phố")


def split(name: str) -> tuple[str, str]:
    """Return the kind and the proper name: "Phường Bến Nghé" as "Phường", "Bến Nghé"."""
    kind = next(kind for kind in _KINDS if name.startswith(f"{kind} "))
    return kind, name.removeprefix(f"{kind} ")


def within(name: str) -> str:
    """Return the name as it stands inside another: "phường Bến Nghé", but "Phường 1" and "Quận 3"."""
    kind, proper = split(name)
    return name if proper.isdigit() else f"{kind.lower()} {proper}"


def in_english(name: str) -> str:
    kind, proper = split(name)
    if kind == "Thành phố":
        return f"{proper} City"
    return f"{_KINDS_EN[kind]} {proper}" if proper.isdigit() else f"{proper} {_KINDS_EN[kind]}"


def party_committee(name: str) -> str:
    """Return the Party committee of a district: "Quận ủy Quận 1", "Huyện ủy Củ Chi", "Thành ủy Thủ Đức"."""
    kind, proper = split(name)
    first = {"Quận": "Quận ủy", "Huyện": "Huyện ủy", "Thành phố": "Thành ủy"}[kind]
    return f"{first} {name if proper.isdigit() else proper}"
