"""Files of a message: padded so that their length tells little, and sealed piece by piece, in an order that can't be changed."""

from collections.abc import Iterable, Iterator

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from gandan.work.tips.rules.sealing import VERSION, Broken

PIECE = 1 << 16
MESSAGE, FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES


def padme(length: int) -> int:
    """Return the length that a file is padded to: at most 12% more, and one of few (Nikitin and others, PETS 2019)."""
    if length < PIECE:
        return next(size for size in (1 << 12, 1 << 14, PIECE) if length <= size)
    exponent = length.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (length + mask) & ~mask


def bound(tip: bytes, file: bytes, nth: int) -> bytes:
    return VERSION + b"f" + tip + file + nth.to_bytes(4, "big")


def pieces(key: bytes, tip: bytes, file: bytes, data: bytes) -> Iterator[bytes]:
    """Yield the header with the first piece, then each further one."""
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    header = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    whole = data + bytes(padme(len(data)) - len(data))
    starts = range(0, len(whole), PIECE)
    for nth, start in enumerate(starts):
        tag = FINAL if nth == len(starts) - 1 else MESSAGE
        piece = sodium.crypto_secretstream_xchacha20poly1305_push(state, whole[start : start + PIECE], bound(tip, file, nth), tag)
        yield header + piece if nth == 0 else piece


def whole(key: bytes, tip: bytes, file: bytes, sealed: Iterable[bytes], size: int) -> bytes:
    """:raises Broken: if a piece was changed, moved, left out or added"""
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    opened, tag = [], MESSAGE
    try:
        for nth, piece in enumerate(sealed):
            if tag == FINAL:
                raise Broken("more than all")
            if nth == 0:
                sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, piece[:HEADER], key)
                piece = piece[HEADER:]
            data, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, bound(tip, file, nth))
            opened.append(data)
    except (CryptoError, ValueError, TypeError, RuntimeError) as wrong:
        raise Broken("piece") from wrong
    found = b"".join(opened)
    if tag != FINAL or not 0 <= size <= len(found):
        raise Broken("not all")
    return found[:size]
