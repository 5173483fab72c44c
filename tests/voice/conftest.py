"""The city of the cast, with something to report, and hands that report it."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import forms
from gandan.ground.organisations.queries import importer, public
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations import load_services, receive
from gandan.work.voice.rules.brought import Brought
from tests.cast import TODAY, Cast

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Send = Callable[..., Case]


@pytest.fixture(autouse=True)
def ripe_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let forms be sent without the time that writing takes; who tests the gate says otherwise."""
    monkeypatch.setattr(proof, "RIPE", 0)
    forms.cache_clear()


@pytest.fixture
def town(cast: Cast) -> Cast:
    """The cast, with the product's own services loaded."""
    load_services(unit=cast.police, by=importer(), on=date(2016, 1, 4))
    return cast


@pytest.fixture
def send(town: Cast) -> Send:
    """Return a function that sends a case as the public does: `send("report", ward="W1")`. Its code is `1…n`, sixteen digits."""
    sent = 0

    def sending(
        kind: str = "report", text: str = "Loa kéo hát đến nửa đêm ở hẻm 12.", *, on: date = TODAY, **more: object
    ) -> Case:
        nonlocal sent
        sent += 1
        given = {"ward": "W1", "service": "other" if kind == "report" else ""} | more
        brought = Brought(kind=CaseKind(kind), text=text, **given)
        at = AT.replace(year=on.year, month=on.month, day=on.day)
        return receive(brought=brought, channel=Channel.ONLINE, code=f"{sent:016}", by=public(), on=on, at=at)

    return sending
