"""What an online dossier asks for, and what is wrong with what was filled in: each thing beside its field."""

import re
from collections.abc import Mapping

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.identity import parse_identity
from gandan.work.dossiers.rules.holders import BadPhone, phone_of

LONGEST = {"applicant": 200, "identity": 20, "phone": 30, "email": 254, "address": 400, "content": 2000, "post_address": 400}
BY_POST = "by_post"
FIELDS = (*LONGEST, BY_POST)
CODE_DIGITS = 16
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}")


class NotFilledIn(Refused):
    """Something is missing, or can't be so."""


class NotReady(Refused):
    """A dossier can't be handed in as it is. `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, Refused]) -> None:
        super().__init__(gettext_noop("Còn chỗ chưa đúng, đã ghi bên cạnh từng ô. Xin xem lại rồi gửi."))
        self.faults = faults


def kept(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of what was filled in: the known fields, no longer than they may be."""
    return {
        name: "yes" if name == BY_POST else said[name].replace("\0", "").strip()[: LONGEST[name]]
        for name in FIELDS
        if said.get(name)
    }


def faults(said: Mapping[str, str]) -> dict[str, Refused]:
    """Return what is wrong, by field."""
    found: dict[str, Refused] = {}
    if not said.get("applicant"):
        found["applicant"] = NotFilledIn(gettext_noop("Xin ghi họ tên người nộp."))
    if (identity := said.get("identity", "")) and not _is_identity(identity):
        found["identity"] = NotFilledIn(gettext_noop("Số định danh cá nhân có 12 chữ số. Xin xem lại trên thẻ căn cước."))
    if not said.get("phone"):
        found["phone"] = NotFilledIn(gettext_noop("Xin ghi số điện thoại: 4 số cuối dùng để xem hồ sơ."))
    else:
        try:
            phone_of(said["phone"])
        except BadPhone as bad:
            found["phone"] = bad
    if (email := said.get("email", "")) and not _EMAIL.fullmatch(email):
        found["email"] = NotFilledIn(gettext_noop("Địa chỉ thư điện tử chưa đúng, ví dụ an@example.org."))
    if not said.get("content"):
        found["content"] = NotFilledIn(gettext_noop("Xin ghi ngắn gọn Ông/Bà đề nghị việc gì."))
    if said.get(BY_POST) and not (said.get("post_address") or said.get("address")):
        found["post_address"] = NotFilledIn(gettext_noop("Xin ghi địa chỉ để bưu điện mang kết quả đến."))
    return found


def _is_identity(text: str) -> bool:
    try:
        parse_identity(text)
    except ValueError:
        return False
    return True


def code_of(typed: str) -> str:
    """Return a code as it is compared: its digits."""
    return re.sub(r"[^0-9]", "", typed)
