"""The city's root and the key of recovery: made, split in three parts of which two open, used on a machine without a network."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from gandan.work.tips.rules import Broken, Key, Seat, Side, certify, public_of, sharing, text_of
from gandan.work.tips.rules.sealing import KEY


def written(path: Path, content: str) -> Path:
    """Write a file for its owner's eyes; one that is there is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(_("Đã có tệp {name}: không ghi đè.").format(name=path)) from None
    with os.fdopen(handle, "w") as file:
        file.write(content)
    return path


def split(secret: bytes, folder: Path, name: str) -> list[Path]:
    return [written(folder / f"{name}.part-{nth}.txt", f"{part}\n") for nth, part in enumerate(sharing.parts(secret), start=1)]


def together(parts: Sequence[Path]) -> bytes:
    """Return the secret of two parts.

    :raises CommandError: if they don't give one
    """
    try:
        return sharing.together([path.read_text() for path in parts])
    except (Broken, OSError, UnicodeDecodeError) as wrong:
        raise CommandError(_("Các phần khoá không ghép được: {why}.").format(why=wrong)) from None


def make_root(folder: Path) -> dict[str, Any]:
    seed = secrets.token_bytes(32)
    _box, verify = public_of(bytes(32) + seed)
    public = written(folder / "root.pub", f"{verify.hex()}\n")
    return {"root": verify.hex(), "public": str(public), "parts": [str(path) for path in split(seed, folder, "root")]}


def signed(key: Key, root_seed: bytes) -> Key:
    return replace(key, signature=certify(key, root_seed))


def certificate(key: Key) -> str:
    told = {
        "gandan": "tip key certificate 1", "seat": key.seat.value, "side": key.side.value, "holder": key.holder,
        "box": key.box.hex(), "verify": key.verify.hex(), "since": key.since.isoformat(), "until": key.until.isoformat(),
        "signature": key.signature.hex(),
    }  # fmt: skip
    return json.dumps(told, indent=1)


def locked(secret: bytes, phrase: str, holder: str) -> str:
    """Return a key file as the browser of a member writes it: the secret under a passphrase."""
    salt = random(argon2id.SALTBYTES)
    drawn = argon2id.kdf(KEY, phrase.encode(), salt, opslimit=4, memlimit=64 * 2**20)
    kept = SecretBox(drawn).encrypt(secret)
    told = {
        "gandan": "tip key 1", "holder": holder, "salt": text_of(salt), "nonce": text_of(kept.nonce),
        "kept": text_of(kept.ciphertext),
    }  # fmt: skip
    return json.dumps(told)


def requested(path: Path, since: date, until: date) -> Key:
    """Read what a member's browser has saved to be signed.

    :raises CommandError: if it is no request
    """
    try:
        told = json.loads(path.read_text())
        box, verify = bytes.fromhex(told["box"]), bytes.fromhex(told["verify"])
        return Key(Seat(told["seat"]), Side(told["side"]), str(told["holder"]), box, verify, since, until)
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(_("Tệp này không phải tệp xin ký.")) from None


def read_certificate(path: Path) -> Key:
    told = json.loads(path.read_text())
    key = requested(path, date.fromisoformat(told["since"]), date.fromisoformat(told["until"]))
    return replace(key, signature=bytes.fromhex(told["signature"]))


def make_recovery(folder: Path, root_seed: bytes, since: date, until: date) -> dict[str, Any]:
    secret = secrets.token_bytes(64)
    box, verify = public_of(secret)
    key = signed(Key(Seat.RECOVERY, Side.POLICE, "recovery", box, verify, since, until), root_seed)
    told = written(folder / "recovery.signed.json", certificate(key))
    return {"certificate": str(told), "parts": [str(path) for path in split(secret, folder, "recovery")]}
