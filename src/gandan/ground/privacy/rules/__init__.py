"""The rules of keeping things about people. No Django, no clock, no database."""

from gandan.ground.privacy.rules.nameless import NamesSomebody, check_nameless
from gandan.ground.privacy.rules.register import BadRegister, Category, How, Keep, Processing, Register, read_register
from gandan.ground.privacy.rules.sealing import (
    KEY_AT,
    NORMALISERS,
    VERSION,
    BadKeys,
    Keyring,
    Normaliser,
    SealBroken,
    UnknownKey,
    made_key,
    read_keys,
)
from gandan.ground.privacy.rules.terms import Terms, read_terms, terms_on

__all__ = [
    "KEY_AT",
    "NORMALISERS",
    "VERSION",
    "BadKeys",
    "BadRegister",
    "Category",
    "How",
    "Keep",
    "Keyring",
    "NamesSomebody",
    "Normaliser",
    "Processing",
    "Register",
    "SealBroken",
    "Terms",
    "UnknownKey",
    "check_nameless",
    "made_key",
    "read_keys",
    "read_register",
    "read_terms",
    "terms_on",
]
