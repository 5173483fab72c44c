"""What help there is, and what may be asked of whom: a household, never a person; no word about anybody's health."""

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop

DIGITS, SECRET = 16, 8
MOST, HEADS = 1000, 40  # of one thing for a household, and in one
NOT_A_DIGIT = re.compile(r"[^0-9]")


class Disaster(StrEnum):
    FLOOD = "flood"
    STORM = "storm"
    FIRE = "fire"
    EPIDEMIC = "epidemic"
    OTHER = "other"


class Item(StrEnum):
    """What is handed out. Care and medicine are the health services' business: nothing of them is asked here."""

    FOOD = "food"
    WATER = "water"
    MILK = "milk"
    BLANKETS = "blankets"
    CLOTHES = "clothes"
    HYGIENE = "hygiene"
    LAMPS = "lamps"
    SHELTER = "shelter"


class Channel(StrEnum):
    ONLINE = "online"
    PHONE = "phone"
    COUNTER = "counter"


class NotReady(Refused):
    """Something is missing or can't be so. `field` is where."""

    def __init__(self, field: str, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field


def code_of(typed: str) -> str:
    """Return a code as it is compared: its digits."""
    return NOT_A_DIGIT.sub("", typed)[:40]


def digest_of(code: str) -> str:
    return hashlib.sha256(f"relief {code_of(code)}".encode()).hexdigest()


def grouped(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def phone_of(typed: str) -> str:
    """:raises NotReady: if it is no telephone number"""
    digits = NOT_A_DIGIT.sub("", typed)
    if not 8 <= len(digits) <= 15:
        raise NotReady("phone", gettext_noop("Xin ghi số điện thoại để báo nơi nhận và để gọi khi đến."))
    return digits


def wanted_of(given: Mapping[Item, int]) -> dict[Item, int]:
    """:raises NotReady: if nothing is wanted, or more than a household can use"""
    wanted = {item: number for item, number in given.items() if number}
    if not wanted:
        raise NotReady("wanted", gettext_noop("Chọn ít nhất một thứ đang cần."))
    if any(not 0 < number <= MOST for number in wanted.values()):
        raise NotReady("wanted", gettext_noop("Mỗi thứ từ 1 đến {most}."), most=MOST)
    return wanted


def check_household(name: str, address: str, heads: int) -> None:
    """:raises NotReady: if nobody could find the household, or it is none"""
    if not name.strip():
        raise NotReady("name", gettext_noop("Xin ghi tên người đại diện hộ."))
    if not address.strip():
        raise NotReady("address", gettext_noop("Xin ghi nơi hộ đang ở để tìm đến được."))
    if not 1 <= heads <= HEADS:
        raise NotReady("heads", gettext_noop("Số người trong hộ từ 1 đến {most}."), most=HEADS)
