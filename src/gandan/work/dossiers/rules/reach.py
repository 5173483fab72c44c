"""Who an applicant is and how they are reached, as typed at a counter or read from the code on a citizen's card."""

import re
from dataclasses import asdict, dataclass
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.identity import parse_identity
from gandan.ground.vietnam.text import nfc
from gandan.work.dossiers.rules.holders import Language, phone_of
from gandan.work.dossiers.rules.reading import tidy

LONGEST = {"email": 254, "address": 400}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


class BadIdentity(Refused):
    """This can't be the number of a card or a passport."""


class BadEmail(Refused):
    """This can't be an e-mail address."""


class TooLong(Refused):
    """It doesn't fit where it would have to stand."""


class BadCard(Refused):
    """This is not what stands in the code of a citizen's card."""


@dataclass(frozen=True)
class Reach:
    """Kept for one dossier alone."""

    identity: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: Language = Language.VIETNAMESE

    def plain(self) -> dict[str, str]:
        return asdict(self) | {"language": self.language.value}


NOBODY = Reach()


def reach(
    *, identity: str = "", phone: str = "", email: str = "", address: str = "", language: Language = Language.VIETNAMESE
) -> Reach:
    """Return it as it is kept.

    :raises BadIdentity, BadPhone, BadEmail, TooLong: if something can't be so
    """
    mail, place = tidy(email), tidy(address)
    if mail and not EMAIL.match(mail):
        raise BadEmail(gettext_noop("“{email}” không giống một địa chỉ e-mail. Xin kiểm tra lại."), email=mail[:60])
    for said, name in ((mail, "email"), (place, "address")):
        if len(said) > LONGEST[name]:
            raise TooLong(gettext_noop("Dài quá {most} chữ."), most=LONGEST[name])
    return Reach(identity_of(identity), phone_of(phone), mail, place, language)


def identity_of(text: str) -> str:
    """Return the number of a card (12 digits, or 9 of the old ones) or a passport, as it is kept.

    :raises BadIdentity: if it can't be one
    """
    number = re.sub(r"[\s.-]", "", nfc(text)).upper()
    if not number or re.fullmatch(r"[0-9]{9}|[A-Z][A-Z0-9]{5,19}", number):
        return number
    try:
        return parse_identity(number).digits
    except ValueError:
        raise BadIdentity(
            gettext_noop("“{number}” không phải số định danh (12 chữ số), số CMND (9 chữ số) hay số hộ chiếu."),
            number=number[:20],
        ) from None


@dataclass(frozen=True)
class Card:
    """What the code of a citizen's card says, as far as a counter needs it. The rest is thrown away unread."""

    identity: str
    name: str
    born_on: date | None
    address: str


def read_card(text: str) -> Card:
    """Read what a scanner typed: seven fields or more, `|` between them, days as ddMMyyyy or dd/MM/yyyy.

    :raises BadCard: if it is something else
    """
    fields = [tidy(nfc(field)) for field in text.strip().split("|")]
    if len(fields) < 7:
        raise BadCard(gettext_noop("Mã trên thẻ phải có ít nhất 7 mục cách nhau bằng dấu |. Xin quét lại, hoặc gõ tay."))
    try:
        identity = parse_identity(fields[0]).digits
    except ValueError:
        raise BadCard(gettext_noop("Mã vừa quét không bắt đầu bằng số định danh 12 chữ số. Xin quét lại, hoặc gõ tay.")) from None
    if not fields[2]:
        raise BadCard(gettext_noop("Mã vừa quét không có họ tên. Xin quét lại, hoặc gõ tay."))
    return Card(identity, fields[2], _day(fields[3]), fields[5])


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d\d)/?(\d\d)/?(\d{4})", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
