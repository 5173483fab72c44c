"""A city's own words, quiet hours and stops: what can hold, from when, and the way back."""

from dataclasses import asdict

import pytest

from gandan.faces.jobs import sending
from gandan.faces.jobs.changes import CHANGES
from gandan.ground.audit.rules import What
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message, SendingRule
from gandan.ground.messages.operations import NoSource, UnknownRule, put_back, rule
from gandan.ground.messages.queries import quiet_hours, stopped_ways, words_in_use
from gandan.ground.messages.rules import (
    LANGUAGES,
    BadRule,
    Channel,
    Content,
    WayOut,
    checked,
    of_house,
    templates,
    words_name,
)
from tests.cast import TODAY
from tests.messages.conftest import PARAMETERS

CODE = "dossier-receipt"
NAME = words_name(CODE, "vi")
OURS = {
    "subject": "Hồ sơ {number} đã vào sổ",
    "text": "Thưa Ông/Bà {name},\r\n\r\n{unit} nhận hồ sơ {number} và hẹn {due}.  \nXem: {link}",
    "short": "{unit} nhận hồ sơ {number}, hẹn {due}. Xem {link}",
}


@pytest.fixture
def act(cast):
    return {"source": "Quyết định 12", "by": cast.lan, "on": TODAY}


@pytest.mark.parametrize("code", templates())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_house_could_be_a_citys_own(code, language):
    house = of_house(templates()[code], language)

    assert checked(words_name(code, language), asdict(house))["text"] == house.text.strip() + "\n"


@pytest.mark.parametrize(("changed", "place"), [
    ({"subject": " "}, "subject"),
    ({"subject": "x" * 151}, "subject"),
    ({"text": OURS["text"] + " {phone}"}, "text"),
    ({"text": OURS["text"].replace("{number}", "")}, "text"),
    ({"text": OURS["text"] + " {name.__class__}"}, "text"),
    ({"text": OURS["text"] + " {name!r}"}, "text"),
    ({"text": OURS["text"] + " {name:>9999999}"}, "text"),
    ({"text": OURS["text"] + " {0}"}, "text"),
    ({"text": OURS["text"] + " {"}, "text"),
    ({"short": OURS["short"].replace("{link}", "")}, "short"),
    ({"short": OURS["short"] + "x" * 200}, "short"),
])  # fmt: skip
def test_words_that_would_say_too_little_or_too_much_are_refused_at_their_place(changed, place):
    with pytest.raises(BadRule) as refused:
        checked(NAME, {**OURS, **changed})

    assert refused.value.place == place
    assert str(refused.value)


@pytest.mark.parametrize(("name", "value"), [
    ("quiet", "9 tối"), ("quiet.x", "21:00-07:00"), ("stopped.pigeon", True), ("words.no-such.vi", OURS),
    ("words.dossier-receipt.fr", OURS), ("anything", 1),
])  # fmt: skip
def test_what_is_no_rule_is_refused(name, value):
    with pytest.raises(BadRule):
        checked(name, value)


def test_own_words_hold_for_what_is_written_next_and_go_back(cast, write, act):
    before = write(key="1").content
    rule(name=NAME, value=OURS, **act)

    written = Content.read(write(key="2").content)
    assert written.subject == "Hồ sơ 001.00.00.G01-261116-0001 đã vào sổ"
    assert written.text.startswith("Thưa Ông/Bà Nguyễn Thị Hồng Ánh,\n\n")
    assert Message.objects.get(key="1").content == before
    assert Content.read(write(key="3", language="en").content).subject.startswith("Dossier")

    put_back(name=NAME, to=None, **act)
    assert write(key="4").content == before


def test_an_earlier_saying_holds_again(act):
    first = rule(name=NAME, value=OURS, **act)
    rule(name=NAME, value={**OURS, "subject": "Khác {number}"}, **act)

    put_back(name=NAME, to=first.pk, **act)

    assert words_in_use({CODE})[CODE].subject["vi"] == OURS["subject"]
    assert SendingRule.objects.count() == 3
    with pytest.raises(UnknownRule):
        put_back(name="quiet", to=first.pk, **act)


def test_words_of_before_an_upgrade_that_name_what_is_gone_are_left_out(cast):
    old = {**OURS, "text": OURS["text"] + " {fax}"}
    SendingRule.objects.create(name=NAME, value=old, source="x", by=cast.lan, noted_on=TODAY)

    assert words_in_use({CODE})[CODE] == templates()[CODE]


def test_quiet_hours_are_the_citys_before_they_are_the_machines(act):
    assert quiet_hours("21:00-07:00") == "21:00-07:00"
    rule(name="quiet", value=" 22:30-06:00 ", **act)
    assert quiet_hours("21:00-07:00") == "22:30-06:00"
    put_back(name="quiet", to=None, **act)
    assert quiet_hours("21:00-07:00") == "21:00-07:00"


def test_a_way_that_is_stopped_keeps_what_is_written_and_goes_on(act, write, mail_server, settings):
    write(to="anh@example.com")
    rule(name="stopped.email", value=True, **act)

    assert stopped_ways() == {WayOut.EMAIL}
    assert sending.mail() is None
    rule(name="stopped.email", value=False, **act)
    assert sending.send_due(sending.mail()) == 1
    assert mail_server.recipients == ["anh@example.com"]


def test_short_messages_stop_alone(act, gateway):
    rule(name="stopped.short", value=True, **act)

    assert sending.short_messages() is None
    put_back(name="stopped.short", to=None, **act)
    assert sending.short_messages() is not None


def test_only_who_looks_after_the_messages_may_and_it_says_why(cast, act):
    for person in (cast.alice, cast.dung, cast.khanh, cast.oanh):
        with pytest.raises(NotAllowed):
            rule(name="quiet", value="22:00-06:00", source="x", by=person, on=TODAY)
    with pytest.raises(NoSource):
        rule(name="quiet", value="22:00-06:00", source=" ", by=cast.lan, on=TODAY)


def test_each_change_is_told_and_stands_in_the_log(act):
    rule(name="quiet", value="22:00-06:00", **act)

    event = Event.objects.get(facet_set__kind="message.ruled")
    assert event.facets == {"rule": "quiet"}
    assert CHANGES["message.ruled"] is What.SETTING_CHANGED


def test_a_short_message_in_own_words_is_cut_like_the_houses(write, act):
    rule(name=NAME, value=OURS, **act)

    row = write(channel=Channel.SMS, to="0903123456", parameters={**PARAMETERS, "unit": "x" * 300})
    assert len(Content.read(row.content).text) <= 335
