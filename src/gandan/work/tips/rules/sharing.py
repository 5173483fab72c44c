"""A secret in three parts of which any two give it back, and one tells nothing (Shamir, over the field of 256)."""

import secrets
from collections.abc import Sequence

from gandan.work.tips.rules.sealing import Broken, digest

PARTS, NEEDED = 3, 2


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _inverse(a: int) -> int:
    found = 1
    for _ in range(254):
        found = _times(found, a)
    return found


def parts(secret: bytes) -> list[str]:
    """Return the parts as text, each with its number and a check of its own, so that a slip of the pen is told."""
    slopes = secrets.token_bytes(len(secret))
    return [_said(x, bytes(s ^ _times(m, x) for s, m in zip(secret, slopes, strict=True))) for x in range(1, PARTS + 1)]


def together(said: Sequence[str]) -> bytes:
    """:raises Broken: if there are too few, the same one twice, or one that was not copied rightly"""
    read = dict(map(_read, said))
    if len(read) < NEEDED:
        raise Broken("too few parts")
    (x, a), (y, b) = list(read.items())[:NEEDED]
    if len(a) != len(b):
        raise Broken("parts of different secrets")
    share_x, share_y = _times(y, _inverse(x ^ y)), _times(x, _inverse(x ^ y))
    return bytes(_times(p, share_x) ^ _times(q, share_y) for p, q in zip(a, b, strict=True))


def _said(x: int, part: bytes) -> str:
    body = bytes([x]) + part
    text = (body + digest(body, 4)).hex()
    return "-".join(text[at : at + 8] for at in range(0, len(text), 8))


def _read(said: str) -> tuple[int, bytes]:
    try:
        raw = bytes.fromhex(said.replace("-", "").strip())
    except ValueError as wrong:
        raise Broken("not a part") from wrong
    body, check = raw[:-4], raw[-4:]
    if len(body) < 2 or digest(body, 4) != check or not 1 <= body[0] <= PARTS:
        raise Broken("not copied rightly")
    return body[0], body[1:]
