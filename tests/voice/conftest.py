"""The city of the cast, with something to report, and hands that report it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import forms
from gandan.ground.organisations.queries import importer, public
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Call, Case, Idea
from gandan.work.voice.operations import ideas, load_services, receive
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.rules.brought import Brought
from tests.api.conftest import ask as ask  # fixtures for all of them
from tests.api.conftest import static_files as static_files
from tests.cast import TODAY, Cast
from tests.messages.conftest import gateway as gateway

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LAST = TODAY + timedelta(days=20)
WORDS = CallWords("Không gian văn hóa", "Làm gì cho văn hóa ở phường?", "Ủy ban quyết định.", "Mỗi nhóm có trả lời.")
Send = Callable[..., Case]
Think = Callable[..., Idea]


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


@pytest.fixture
def call(cast: Cast) -> Call:
    """An open call for ideas, led by the city's civil side and decided by the police."""
    drafted = ideas.draft_call(
        unit=cast.city, decider=cast.police, words=WORDS, opens_on=TODAY, closes_on=LAST, by=cast.hoa, on=TODAY
    )
    return ideas.open_call(call=drafted, by=cast.hoa, on=TODAY)


@pytest.fixture
def think(call: Call) -> Think:
    """Return a function that sends an idea as the public does. Its code is `1…n`, sixteen digits."""
    sent = 0

    def thinking(words: str = "Mở tủ sách ở mỗi khu phố.", *, public_too: bool = True, on: date = TODAY, **more: object) -> Idea:
        nonlocal sent
        sent += 1
        idea = ideas.write_idea(call=call, code=f"{sent:016}", words=words, public=public_too, by=public(), on=on, **more)
        return ideas.send_idea(idea=idea, by=public(), on=on)

    return thinking
