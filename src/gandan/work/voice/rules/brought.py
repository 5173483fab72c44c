"""What somebody brings, as it was written, and what is wrong with it: each thing beside its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.text import nfc
from gandan.work.voice.kinds import KINDS, CaseKind

LONGEST = {"text": 8000, "place": 400, "name": 200, "phone": 30, "email": 254, "happened": 200}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}")
_PHONE = re.compile(r"[0-9]{8,15}")


class NotSaid(Refused):
    """Something is missing, or can't be so."""


class NotReady(Refused):
    """It can't be taken as it is. `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, Refused]) -> None:
        super().__init__(gettext_noop("Còn chỗ chưa đúng, đã ghi bên cạnh từng ô. Xin xem lại rồi gửi."))
        self.faults = faults


@dataclass(frozen=True)
class Brought:
    """What one person brings."""

    kind: CaseKind
    text: str
    service: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)  # to the questions of a service or of the kind
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    ward: str = ""  # the code of a ward
    concerned: str = ""  # the code of the unit it speaks of
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "vi"
    public: bool = False  # its sender wishes it shown

    def __post_init__(self) -> None:
        for name in LONGEST.keys() & self.__dataclass_fields__.keys():
            object.__setattr__(self, name, tidy(getattr(self, name), LONGEST[name]))


def tidy(text: str, most: int) -> str:
    return UNSEEN.sub("", nfc(text).replace("\r\n", "\n")).strip()[:most]


def phone_of(text: str) -> str:
    """Return a telephone number as it is kept, or "" if it can't be one."""
    digits = re.sub(r"[\s.()-]", "", text)
    digits = "0" + digits[3:] if digits.startswith("+84") else digits.removeprefix("+")
    return digits if _PHONE.fullmatch(digits) else ""


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def faults(said: Brought) -> dict[str, Refused]:
    """Return what is wrong, by field."""
    spec, found = KINDS[said.kind], dict[str, Refused]()
    if len(said.text) < 5:
        found["text"] = NotSaid(gettext_noop("Xin ghi vài câu để người xem hiểu việc gì."))
    if said.phone and not phone_of(said.phone):
        found["phone"] = NotSaid(
            gettext_noop("“{phone}” không giống một số điện thoại. Xin kiểm tra lại."), phone=said.phone[:30]
        )
    if said.email and not is_email(said.email):
        found["email"] = NotSaid(gettext_noop("Địa chỉ thư điện tử chưa đúng, ví dụ an@example.org."))
    if not spec.nameless and not said.name:
        found["name"] = NotSaid(gettext_noop("Loại việc này theo luật phải có họ tên người gửi. Tên được niêm lại."))
    if spec.about_unit and not said.concerned:
        found["concerned"] = NotSaid(gettext_noop("Xin chọn đơn vị mà Ông/Bà nói đến."))
    return found
