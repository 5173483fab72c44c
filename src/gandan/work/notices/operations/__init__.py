"""Writing, letting out, correcting and withdrawing in the open; who is told; whom to call."""

from gandan.work.notices.operations.calling import set_contacts
from gandan.work.notices.operations.changing import BadChange, change, reply, withdraw
from gandan.work.notices.operations.letting_out import (
    ClaimStopped,
    NotYourOwn,
    OwnJudge,
    Unfinished,
    publish,
    send_back,
    submit,
)
from gandan.work.notices.operations.subscribing import (
    confirm,
    forget_unconfirmed,
    stop,
    subscribe,
    tell_subscribers,
    tell_withdrawn,
)
from gandan.work.notices.operations.writing import (
    AlertText,
    BadText,
    ClaimText,
    SourceText,
    Text,
    WrongStep,
    draft,
    edit,
    illustrate,
)

__all__ = [
    "AlertText",
    "BadChange",
    "BadText",
    "ClaimStopped",
    "ClaimText",
    "NotYourOwn",
    "OwnJudge",
    "SourceText",
    "Text",
    "Unfinished",
    "WrongStep",
    "change",
    "confirm",
    "draft",
    "edit",
    "forget_unconfirmed",
    "illustrate",
    "publish",
    "reply",
    "send_back",
    "set_contacts",
    "stop",
    "submit",
    "subscribe",
    "tell_subscribers",
    "tell_withdrawn",
    "withdraw",
]
