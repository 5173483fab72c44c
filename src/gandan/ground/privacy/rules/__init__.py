"""The rules of keeping things about people. No Django, no clock, no database."""

from gandan.ground.privacy.rules.sealing import (
    NORMALISERS,
    BadKeys,
    Keyring,
    Normaliser,
    SealBroken,
    UnknownKey,
    made_key,
    read_keys,
)

__all__ = ["NORMALISERS", "BadKeys", "Keyring", "Normaliser", "SealBroken", "UnknownKey", "made_key", "read_keys"]
