"""The sender, with a real mail server and a real gateway."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from gandan.faces.jobs import sending
from gandan.faces.jobs.jobs import erase_due, send_mail, send_short_messages
from gandan.ground.messages.models import Message
from gandan.ground.messages.operations import claim
from gandan.ground.messages.rules import Channel
from gandan.ground.messages.transports import Gateway
from gandan.ground.messages.transports.mail import Mail, Server
from gandan.ground.organisations.queries import clock
from tests.cast import TODAY


@pytest.fixture
def sms(write):
    return write(key="receipt:1:sms", channel=Channel.SMS, to="0903123456")


def state():
    row = Message.objects.get()
    return row.state, row.tries, row.answer


def test_an_email_arrives_with_its_words_and_a_name_of_its_own(write, mail_server):
    write()
    assert send_mail() == 1
    assert send_mail() == 0

    (letter,) = mail_server.letters
    assert letter["Subject"] == "Đã tiếp nhận hồ sơ 001.00.00.G01-261116-0001"
    assert "Kính gửi Ông/Bà Nguyễn Thị Hồng Ánh," in letter.get_content()
    assert (letter["To"], letter["From"]) == ("anh@example.com", "gandan@congan.example")
    assert state() == ("sent", 1, letter["Message-ID"])


def test_a_second_copy_has_the_same_message_id(write, mail_server):
    write()
    for _ in range(2):  # as after a machine that died before it noted the server's answer
        send_mail()
        Message.objects.update(state="waiting", sent_at=None)

    assert len({letter["Message-ID"] for letter in mail_server.letters}) == 1


def test_a_server_that_is_down_for_a_day_loses_nothing(write, settings, mail_server):
    for nth in range(3):
        write(key=f"receipt:{nth}")
    settings.MAIL_PORT = 9
    for _ in range(4):
        assert send_mail() == 0
        Message.objects.update(next_at=now())
    assert {(row.state, row.tries) for row in Message.objects.all()} == {("waiting", 0)}

    settings.MAIL_PORT = mail_server.port
    assert send_mail() == 3
    assert len(mail_server.letters) == 3


@pytest.mark.parametrize(
    ("answer", "left"), [("451 4.7.1 greylisted", ("waiting", 1)), ("550 5.1.1 no such user", ("failed", 1))]
)
def test_what_the_server_says_decides(write, mail_server, answer, left):
    write()
    mail_server.answer = answer
    assert send_mail() == 0

    assert state() == (*left, answer)


def test_one_bad_address_keeps_nobody_else_waiting(write, mail_server):
    for nth in range(3):
        write(key=f"receipt:{nth}", to=f"nr{nth}@example.com")
    taken = mail_server.handle_DATA

    async def refuse_one(server, session, envelope):
        return "550 no such user" if envelope.rcpt_tos == ["nr1@example.com"] else await taken(server, session, envelope)

    mail_server.handle_DATA = refuse_one
    assert send_mail() == 2
    assert mail_server.recipients == ["nr0@example.com", "nr2@example.com"]


def test_a_short_message_reaches_the_gateway_signed_and_once(sms, gateway):
    assert send_short_messages() == 1
    Message.objects.update(state="waiting", sent_at=None)
    assert send_short_messages() == 1  # the gateway knew the key, and sent nothing

    (call,) = gateway.taken.values()
    assert (call["to"], call["channel"], call["template"]) == ("84903123456", "sms", "dossier-receipt")
    assert call["text"].startswith("Phòng Quản lý xuất nhập cảnh đã tiếp nhận")
    assert call["parameters"]["due"] == "26/11/2026"
    assert gateway.calls == 2


@pytest.mark.parametrize(
    ("status", "left"), [(503, ("waiting", 1)), (429, ("waiting", 1)), (400, ("failed", 1)), (302, ("failed", 1))]
)
def test_what_the_gateway_says_decides(sms, gateway, status, left):
    gateway.answer, gateway.moved = status, "http://127.0.0.1:9/elsewhere"
    assert send_short_messages() == 0

    assert state()[:2] == left
    assert gateway.calls == 1


def test_a_wrong_secret_is_no_message(sms, gateway, settings):
    settings.GATEWAY_SECRET = "another"
    send_short_messages()

    assert state() == ("failed", 1, "401 nr-1")
    assert gateway.taken == {}


def test_a_gateway_that_is_away_costs_no_try(sms, settings):
    settings.GATEWAY_URL, settings.QUIET_HOURS = "http://127.0.0.1:9/", "00:00-00:00"
    assert send_short_messages() == 0

    assert state()[:2] == ("waiting", 0)


def test_an_address_that_is_none_stops_the_sender():
    with pytest.raises(ValueError, match="https://"):
        Gateway("ftp://example.com", "x")


@pytest.mark.parametrize(("name", "value"), [("NO_SENDING", True), ("GATEWAY_URL", ""), ("QUIET_HOURS", "00:00-23:59")])
def test_nothing_is_sent_while_it_may_not(sms, gateway, settings, name, value):
    setattr(settings, name, value)
    assert send_short_messages() == 0

    assert (state()[0], gateway.calls) == ("waiting", 0)


def test_the_emergency_switch_holds_e_mail_too(write, mail_server, settings):
    write()
    settings.NO_SENDING = True
    assert send_mail() == 0
    settings.NO_SENDING = False
    assert send_mail() == 1


def test_what_time_is_left_for_is_begun_and_no_more(write, mail_server):
    write()
    held = claim(by=clock(), on=TODAY, at=now(), lease=timedelta(seconds=5))
    way = Mail(Server("127.0.0.1", mail_server.port, "gandan@congan.example"))

    assert sending._send(held, way) == (0, False)
    assert state()[0] == "waiting"
    assert mail_server.letters == []


def test_a_password_that_the_server_refuses_is_the_sites_trouble(write, mail_server, settings):
    write()
    settings.MAIL_USER = "gandan"  # the server offers no such thing
    assert send_mail() == 0

    assert state()[:2] == ("waiting", 0)


def test_erasing_is_a_job(write):
    write()
    Message.objects.update(queued_on=TODAY - timedelta(days=400), keep_until=TODAY - timedelta(days=300))

    assert erase_due()["messages"] == 1
