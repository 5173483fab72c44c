"""Sealing text under one of several keys, and an index by which an exact value is found without being opened.

A sealed value: version (1 byte), key (4), nonce (12), AES-256-GCM of the text with its tag. What it is bound to, its table and
column, is associated data: a value that was moved to another column doesn't open.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES, INDEX_BYTES = 32, 4, 12, 16
KEY_AT = slice(1, 1 + ID_BYTES)
HEAD = 1 + ID_BYTES + NONCE_BYTES


class BadKeys(Exception):
    """The keys can't be read. Its words never quote one."""


class SealBroken(Exception):
    """A sealed value doesn't open: it was changed, cut, or moved here from another column."""


class UnknownKey(SealBroken):
    """A value was sealed with a key that is not among ours."""


class Normaliser(StrEnum):
    """How a value is written before it is indexed, so that two spellings of one number are found alike."""

    EXACT = "exact"
    DIGITS = "digits"
    PHONE = "phone"


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _phone(text: str) -> str:
    """Write +84 909 123 456, 0084909123456 and 0909.123.456 alike."""
    digits = _digits(text)
    digits = digits.removeprefix("00") if digits.startswith("0084") else digits
    return f"0{digits[2:]}" if digits.startswith("84") and len(digits) >= 11 else digits


NORMALISERS: dict[Normaliser, Callable[[str], str]] = {
    Normaliser.EXACT: str.strip,
    Normaliser.DIGITS: _digits,
    Normaliser.PHONE: _phone,
}


@dataclass(frozen=True)
class _Key:
    """One key, drawn out into what seals and what indexes."""

    id: bytes
    cipher: AESGCM
    index: bytes


class Keyring:
    """The keys, newest first: the newest seals, all of them open."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        drawn = [_drawn(key) for key in keys]
        if not drawn:
            raise BadKeys("There is no key to seal with.")
        self._newest = drawn[0]
        self._by_id = {key.id: key for key in drawn}
        if len(self._by_id) != len(drawn):
            raise BadKeys("A key stands there twice.")

    @property
    def newest(self) -> bytes:
        """The number of the key that seals."""
        return self._newest.id

    @property
    def ids(self) -> list[str]:
        """The numbers of all keys, newest first; they give nothing away."""
        return [key.hex() for key in self._by_id]

    def seal(self, text: str, place: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        key = self._newest
        return b"".join((VERSION, key.id, nonce, key.cipher.encrypt(nonce, text.encode(), place)))

    def open(self, sealed: bytes, place: bytes) -> str:
        """Return the text.

        :raises UnknownKey: if its key is not among these
        :raises SealBroken: if it was changed, or sealed for another place
        """
        if sealed[:1] != VERSION or len(sealed) < HEAD:
            raise SealBroken("This is no sealed value.")
        key = self._by_id.get(sealed[KEY_AT])
        if key is None:
            raise UnknownKey(f"A value is sealed with the key {sealed[KEY_AT].hex()}, which is not here.")
        try:
            return key.cipher.decrypt(sealed[KEY_AT.stop : HEAD], sealed[HEAD:], place).decode()
        except InvalidTag:
            raise SealBroken("A sealed value was changed, or belongs to another place.") from None

    def index(self, normal: str, place: bytes) -> bytes:
        """Return what a value is found by, under the newest key. Two columns never share one: they can't be joined by it."""
        return _index(self._newest, normal, place)

    def indexes(self, normal: str, place: bytes) -> list[bytes]:
        """Return the same under every key: while keys change, some rows still stand under an older one."""
        return [_index(key, normal, place) for key in self._by_id.values()]


def _drawn(key: bytes) -> _Key:
    if len(key) != KEY_BYTES:
        raise BadKeys(f"A key has {KEY_BYTES} bytes.")
    return _Key(
        id=hashlib.sha256(b"gandan key id" + key).digest()[:ID_BYTES],
        cipher=AESGCM(_derived(key, b"gandan sealed fields")),
        index=_derived(key, b"gandan blind index"),
    )


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def _index(key: _Key, normal: str, place: bytes) -> bytes:
    return hmac.digest(key.index, place + b"\0" + normal.encode(), "sha256")[:INDEX_BYTES]


def made_key() -> str:
    """Make up a key, as it is written down."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_keys(text: str) -> list[bytes]:
    """Read keys, newest first, with blanks or line ends between them; what follows a # is a remark.

    :raises BadKeys: if one can't be read; its content is not repeated
    """
    words = [word for line in text.splitlines() for word in line.partition("#")[0].split()]
    keys = []
    for nth, word in enumerate(words, start=1):
        try:
            key = base64.b64decode(word, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise BadKeys(f"Key {nth} is not {KEY_BYTES} bytes in base64.")
        keys.append(key)
    return keys
