"""To whom a message can go: an e-mail address, or a telephone number as gateways take it."""

import re
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop

LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?=.{{1,255}}\Z)({LABEL}\.)+[A-Za-z]{{2,63}}")
PHONE = re.compile(r"(?:\+?84|0)([1-9]\d{8,9})")


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    ZNS = "zns"  # Zalo's notification service: approved templates only


class BadAddress(Refused):
    """Nothing can be sent there."""


def reachable(channel: Channel, to: str) -> str:
    """Return an address as it is used: an e-mail address as it is, a telephone number as 84xxxxxxxxx.

    :raises BadAddress: if it is none
    """
    if channel is Channel.EMAIL:
        address = to.strip()
        local = address.partition("@")[0]
        if not MAIL.fullmatch(address) or local.startswith(".") or local.endswith(".") or ".." in local:
            raise BadAddress(gettext_noop("“{to}” không phải là địa chỉ thư điện tử. Xin kiểm tra lại."), to=address[:80])
        return address
    number = PHONE.fullmatch(re.sub(r"[\s.()-]", "", to))
    if not number:
        raise BadAddress(gettext_noop("“{to}” không phải là số điện thoại Việt Nam. Xin kiểm tra lại."), to=to.strip()[:80])
    return f"84{number[1]}"


def masked(channel: Channel, address: str) -> str:
    """Return what of an address a list shows: enough to know one's own, too little to write to."""
    if not address:
        return ""
    if channel is Channel.EMAIL:
        local, _, domain = address.partition("@")
        return f"{local[:1]}…@{domain}"
    return f"0{address[2:4]} … {address[-3:]}"
