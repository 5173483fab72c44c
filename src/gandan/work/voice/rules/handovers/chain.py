"""A chain of hands: who gave, who took, what, in which state. Each link names the one before, so that none can be changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gandan.ground.ledger.rules import Refused, gettext_noop


class Condition(StrEnum):
    """How an item looks. Whether it works is for who examines it."""

    INTACT = "intact"
    WORN = "worn"
    RUSTED = "rusted"
    BROKEN = "broken"
    PART = "part"  # a piece of it
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """How it came into the giver's hands, as the law tells cases apart (Law 42/2024, article 64)."""

    NOT_ENTITLED = "not_entitled"  # holds it without a right to
    FOUND = "found"  # owner unknown
    WAR = "war"  # left over from a war
    INHERITED = "inherited"
    OTHER = "other"


class Where(StrEnum):
    """Where an item is."""

    HELD = "held"  # at the unit that last took it
    ON_WAY = "on_way"  # given, not taken yet
    STORED = "stored"  # in the depot


CONDITION_WORDS = {
    Condition.INTACT: gettext_noop("còn nguyên vẹn"),
    Condition.WORN: gettext_noop("cũ, đã sử dụng"),
    Condition.RUSTED: gettext_noop("gỉ sét"),
    Condition.BROKEN: gettext_noop("hỏng, gãy"),
    Condition.PART: gettext_noop("chỉ còn một phần"),
    Condition.UNKNOWN: gettext_noop("chưa xác định"),
}
GROUND_WORDS = {
    Ground.NOT_ENTITLED: gettext_noop("đang giữ mà không thuộc đối tượng được trang bị, sử dụng"),
    Ground.FOUND: gettext_noop("phát hiện, không rõ chủ"),
    Ground.WAR: gettext_noop("còn sót lại sau chiến tranh"),
    Ground.INHERITED: gettext_noop("người thân để lại"),
    Ground.OTHER: gettext_noop("trường hợp khác"),
}
WHERE_WORDS = {
    Where.HELD: gettext_noop("đơn vị đang giữ"),
    Where.ON_WAY: gettext_noop("đã giao, chờ bên nhận ký"),
    Where.STORED: gettext_noop("đã nhập kho"),
}


class SamePerson(Refused):
    """Two signatures are two people."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("Mỗi lần giao nhận cần hai người ký: người thứ hai không thể là người thứ nhất."))


class MayExplode(Refused):
    """What may explode stays where it is; somebody comes."""

    def __init__(self, name: str) -> None:
        super().__init__(gettext_noop("{name}: không hẹn mang đến. Chọn “cử người đến tận nơi”."), name=name)


class NotInHand(Refused):
    """These items are not in the hands of who would give them."""


@dataclass(frozen=True)
class Signed:
    """One link as it is proved: who gave what to whom, when, under which seal."""

    before: str  # the digest of the link before
    items: Sequence[Mapping[str, Any]]
    from_unit: str
    to_unit: str
    given_by: int
    taken_by: int
    given_at: datetime
    taken_at: datetime
    words: str

    @property
    def digest(self) -> str:
        said = {
            "before": self.before, "items": [dict(sorted(one.items())) for one in self.items], "from": self.from_unit,
            "to": self.to_unit, "given_by": self.given_by, "taken_by": self.taken_by,
            "given_at": self.given_at.timestamp(), "taken_at": self.taken_at.timestamp(), "words": self.words,
        }  # fmt: skip
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
