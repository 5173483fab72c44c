"""What is noted from a meeting with people names nobody: a sentence that seems to is refused before it is kept."""

import re

from gandan.ground.ledger.rules import Refused, gettext_noop

_DIGITS = re.compile(r"(?:\d[ .-]?){9,}")  # a telephone, an identity number
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# "ông Nguyễn Văn A", "chị Lan": an address to somebody with a name after it. "Ông/Bà", "bà con", "anh chị em" name nobody.
_CALLED = re.compile(rf"(?<!\w)(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[eE]m|[cC]ô|[cC]hú|[bB]ác)\s+[{_UPPER}]\w*")
_FULL_NAME = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý)\s+"
    rf"(?:Văn|Thị|Hữu|Đức|Minh|Ngọc|Thanh|Quốc|Xuân|Kim)\s+[{_UPPER}]\w*"
)
_STREETS = re.compile(r"(?:đường|phố|phường|trường|cầu|chợ|công viên|quảng trường|hẻm|ngõ)\s+[\w/ ]{0,12}$", re.IGNORECASE)


class NamesSomebody(Refused):
    """The sentence seems to say who somebody is."""


def check_nameless(text: str) -> None:
    """:raises NamesSomebody: quoting what seems to name, or to lead to, one person"""
    for pattern in (_DIGITS, _MAIL, _CALLED, _FULL_NAME):
        for found in pattern.finditer(text):
            if pattern is _FULL_NAME and _STREETS.search(text[: found.start()]):
                continue  # a street that is called after somebody
            raise NamesSomebody(
                gettext_noop("“{what}” có thể chỉ ra một người. Chỉ ghi việc, không ghi ai nêu: xin viết lại không có tên, số."),
                what=found.group().strip(),
            )
