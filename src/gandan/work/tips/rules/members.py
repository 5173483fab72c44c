"""Who may open what: keys of members, each signed by the city's root, which is kept off line. The door trusts no other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nacl import bindings as sodium

from gandan.work.tips.rules.sealing import Broken, readers_id, verify


class Seat(StrEnum):
    """For what a key is."""

    DESK = "desk"
    CONDUCT = "conduct"  # what is said of officers goes to the inspectorate's members alone
    CUSTODIAN = "custodian"  # holds one half of each sealed identity
    RECOVERY = "recovery"  # in three parts, of which two open; announced to senders


class Side(StrEnum):
    """On which side a custodian stands: the two who open an identity stand on both."""

    POLICE = "police"
    CIVIL = "civil"


@dataclass(frozen=True)
class Key:
    """A member's public keys with the root's signature, as everybody may see them."""

    seat: Seat
    side: Side
    holder: str
    box: bytes
    verify: bytes
    since: date
    until: date
    signature: bytes = b""

    @property
    def id(self) -> bytes:
        return readers_id(self.box)

    @property
    def statement(self) -> bytes:
        parts = ("gandan tip key 1", self.seat, self.side, self.holder, self.box.hex(), self.verify.hex(), self.since, self.until)
        return "\n".join(map(str, parts)).encode()

    def good(self, root: bytes, on: date) -> bool:
        """Say whether the root stands behind it on that day."""
        try:
            verify(root, self.signature, self.statement)
        except Broken:
            return False
        return self.since <= on < self.until


def certify(key: Key, root_seed: bytes) -> bytes:
    _public, secret = sodium.crypto_sign_seed_keypair(root_seed)
    return sodium.crypto_sign(key.statement, secret)[:64]


def public_of(seed: bytes) -> tuple[bytes, bytes]:
    """Return the public keys of a member's 64 secret bytes: for opening, for signing."""
    verify_key, _ = sodium.crypto_sign_seed_keypair(seed[32:])
    return sodium.crypto_scalarmult_base(seed[:32]), verify_key
