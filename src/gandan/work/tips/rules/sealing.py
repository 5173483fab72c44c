"""How a message is sealed: padded, put under a key of its own, bound to its place, signed; its key sealed to each reader.

The same is written once more in `faces/pages/static/pages/sealing.js`, for the browser of the desk. A test holds both together.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nacl import bindings as sodium
from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.utils import random

VERSION = b"gandan-tip-1"
NONCE, KEY, TAG = 24, 32, 16
SIZES = (1 << 10, 1 << 12, 1 << 14, 1 << 16)  # what a text is padded to
LONGEST = SIZES[-1] - 1


class Broken(Exception):
    """What is sealed doesn't open: changed, cut, moved from elsewhere, or sealed to somebody else."""


class TooLong(Exception):
    """A text that the largest size has no room for."""


class Direction(StrEnum):
    IN = "in"  # from the sender
    OUT = "out"  # from the desk
    NOTE = "note"  # between members of the desk: the draft of an extract
    IDENTITY = "identity"  # who the sender is, for custodians alone


CODES = {Direction.IN: b"i", Direction.OUT: b"o", Direction.NOTE: b"n", Direction.IDENTITY: b"c"}
LONGEST_TEXT = 20_000  # letters


@dataclass(frozen=True)
class Place:
    """Where in which thread a message stands: what its ciphertext is bound to."""

    tip: bytes
    direction: Direction
    sequence: int

    @property
    def bound(self) -> bytes:
        return VERSION + self.tip + CODES[self.direction] + self.sequence.to_bytes(4, "big")


def digest(data: bytes, size: int = 32, key: bytes = b"") -> bytes:
    made: bytes = blake2b(data, digest_size=size, key=key, encoder=RawEncoder)
    return made


def text_of(data: bytes) -> str:
    """Return bytes as they travel in JSON."""
    return base64.b64encode(data).decode()


def bytes_of(text: object) -> bytes:
    """:raises Broken: if it is not what `text_of` gives"""
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as wrong:
        raise Broken("not base64") from wrong


def padded(data: bytes) -> bytes:
    """:raises TooLong: if no size has room for it"""
    size = next((size for size in SIZES if len(data) < size), None)
    if size is None:
        raise TooLong(f"{len(data)} bytes")
    return data + b"\x80" + bytes(size - len(data) - 1)


def unpadded(data: bytes) -> bytes:
    """:raises Broken: if it was not padded by us"""
    bare = data.rstrip(b"\0")
    if len(data) not in SIZES or not bare.endswith(b"\x80"):
        raise Broken("padding")
    return bare[:-1]


def seal(key: bytes, data: bytes, bound: bytes) -> bytes:
    """Return nonce and ciphertext of data that is bound to a place."""
    nonce = random(NONCE)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(data, bound, nonce, key)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """:raises Broken: if it was changed, or belongs elsewhere"""
    if len(sealed) < NONCE + TAG:
        raise Broken("cut")
    try:
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[NONCE:], bound, sealed[:NONCE], key)
    except (CryptoError, ValueError, TypeError) as wrong:
        raise Broken("ciphertext") from wrong


def to_reader(key: bytes, reader: bytes, bound: bytes) -> bytes:
    """Seal a message's key to a reader's public key, for this place alone."""
    return sodium.crypto_box_seal(key + digest(bound, TAG), reader)


def from_reader(sealed: bytes, public: bytes, secret: bytes, bound: bytes) -> bytes:
    """:raises Broken: if it was sealed to somebody else, or for another place"""
    try:
        opened = sodium.crypto_box_seal_open(sealed, public, secret)
    except (CryptoError, ValueError, TypeError) as wrong:
        raise Broken("seal") from wrong
    if len(opened) != KEY + TAG or not sodium.sodium_memcmp(opened[KEY:], digest(bound, TAG)):
        raise Broken("place")
    return opened[:KEY]


def wrap(secret: bytes, seal_: bytes, reader: bytes, bound: bytes) -> bytes:
    """Put a seal under the tip's own secret, without which a backup opens nothing."""
    return seal(secret, seal_, b"wrap" + bound + reader)


def unwrap(secret: bytes, wrapped: bytes, reader: bytes, bound: bytes) -> bytes:
    """:raises Broken: if the secret is another tip's, or the seal another reader's"""
    return unseal(secret, wrapped, b"wrap" + bound + reader)


def signed(content: bytes, bound: bytes) -> bytes:
    """Return what the author of a message signs."""
    return b"signed" + bound + digest(content)


def sign(seed: bytes, content: bytes, bound: bytes) -> bytes:
    _public, secret = sodium.crypto_sign_seed_keypair(seed)
    return sodium.crypto_sign(signed(content, bound), secret)[:64]


def check_signature(public: bytes, signature: bytes, content: bytes, bound: bytes) -> None:
    """:raises Broken: if somebody else wrote it"""
    verify(public, signature, signed(content, bound))


def verify(public: bytes, signature: bytes, said: bytes) -> None:
    """:raises Broken: if the signature is not theirs"""
    try:
        sodium.crypto_sign_open(signature + said, public)
    except (CryptoError, ValueError, TypeError) as wrong:
        raise Broken("signature") from wrong


def envelope(text: str, files: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """Return what is sealed of a message: its words, and what opens its files."""
    said: dict[str, Any] = {"text": text}
    if files:
        said["files"] = [dict(one) for one in files]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def read_envelope(data: bytes) -> dict[str, Any]:
    """:raises Broken: if it is none"""
    try:
        said = json.loads(data)
        return {"text": str(said["text"]), "files": list(said.get("files", []))}
    except (ValueError, KeyError, TypeError) as wrong:
        raise Broken("envelope") from wrong


def open_message(place: Place, content: bytes, sealed_key: bytes, public: bytes, secret: bytes) -> dict[str, Any]:
    """:raises Broken: if any part of it is not what was sealed for this reader at this place"""
    key = from_reader(sealed_key, public, secret, place.bound)
    return read_envelope(unpadded(unseal(key, content, place.bound)))


def readers_id(public: bytes) -> bytes:
    """Return by what a public key is named beside what is sealed to it."""
    return digest(public, 8)


def split(key: bytes) -> tuple[bytes, bytes]:
    """Return two halves that tell nothing alone; together they are the key."""
    one = random(len(key))
    return one, bytes(a ^ b for a, b in zip(one, key, strict=True))
