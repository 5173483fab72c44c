"""The desk: who may, what is refused, and that a thread goes both ways without this process opening a word of it."""

import json
import secrets
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gandan.faces.jobs.tips import hand_extracts
from gandan.ground.ledger.models import Event
from gandan.ground.organisations.queries import clock
from gandan.work.tips.door import Upload, follow, reply, withdraw_code
from gandan.work.tips.models import Extract, MemberKey, Message, Opening, Piece, ReaderSeal, Reading, Tip
from gandan.work.tips.operations import count_day, hand_on, tell_late
from gandan.work.tips.queries import extracts_to_take, uncounted
from gandan.work.tips.rules import About, Direction, Pledge, Reward, Seat, Side, State, bytes_of, sealing, text_of
from gandan.work.voice.models import Case, Sender
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.tips.conftest import certified
from tests.tips.member import Browser

ADDRESSES = ("/tips/", "/tips/keys/", "/tips/identities/", "/tips/late/", "/tips/reward/")
OPEN_TO = {
    "/tips/": {"thao", "vinh", "minh"},
    "/tips/keys/": {"thao", "vinh", "minh", "an", "yen"},
    "/tips/identities/": {"an", "yen"},
    "/tips/late/": {"minh"},
    "/tips/reward/": {"thao", "vinh", "minh"},
}


@pytest.fixture
def browser(channel):
    return lambda name: Browser(signed_in(getattr(channel, name)), channel.members[name])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_for_those_whose_work_it_is(channel, address):
    people = {name: getattr(channel, name) for name in ("thao", "vinh", "minh", "an", "yen")}
    others = {name: getattr(channel.cast, name) for name in ("alice", "dung", "lan", "oanh", "giang", "hoa")}

    opened = {name for name, person in (people | others).items() if signed_in(person).get(address).status_code == 200}

    assert opened == OPEN_TO[address]


@pytest.mark.parametrize(("about", "readers"), [(About.CRIME, {"thao", "vinh"}), (About.CONDUCT, {"minh"})])
def test_a_thread_opens_for_those_it_is_sealed_to_and_nobody_else(channel, about, readers):
    number = channel.send(about=about, uploads=[Upload("a.bin", "application/pdf", bytes(9))]).number
    piece = Piece.objects.get()
    people = [channel.thao, channel.vinh, channel.minh, channel.an, channel.yen, channel.cast.lan, channel.cast.oanh]

    answers = {person.username: signed_in(person).get(f"/tips/{number}/").status_code for person in people}

    kept = f"/tips/{number}/files/{piece.file}/0/"
    given = {person.username: signed_in(person).get(kept).status_code for person in people}

    assert {name for name, status in answers.items() if status == 200} == readers
    assert given == answers, "a file opens to whom its thread opens"
    assert set(answers.values()) <= {200, 403, 404}
    assert {one.person for one in Reading.objects.all()} == {getattr(channel, name).pk for name in readers}


def test_keys_run_only_on_their_own_pages(channel):
    client = signed_in(channel.thao)
    allowed = {a for a in (*ADDRESSES[:2], "/tips/reward/", "/") if "wasm" in client.get(a)["Content-Security-Policy"]}

    assert allowed == {"/tips/", "/tips/keys/"}
    assert client.get("/tips/")["Cache-Control"] == "no-store"


def test_a_thread_goes_both_ways(channel, browser):
    sent = channel.send("Một điều")
    thao, vinh = browser("thao"), browser("vinh")

    assert thao.read(sent.number) == ["Một điều"]
    assert thao.say(sent.number, "Ở đâu?", final=False).status_code == 200
    reply(channel.house, receipt=sent.receipt, text="Ở bến xe", on=TODAY)
    assert vinh.say(sent.number, "Cảm ơn").status_code == 200

    found = follow(channel.house, receipt=sent.receipt, on=TODAY)
    assert [one.text for one in found.said if not one.mine] == ["Ở đâu?", "Cảm ơn"]
    assert sorted(vinh.read(sent.number)) == sorted(["Một điều", "Ở đâu?", "Ở bến xe", "Cảm ơn"])
    assert (found.state, found.acknowledged_on, found.answered_on) == (State.ANSWERED, TODAY, TODAY)
    assert vinh.post(sent.number, step="close").status_code == 200
    assert vinh.post(sent.number, step="close").status_code == 409


def test_an_answer_in_somebody_elses_name_is_not_shown(channel, browser):
    sent = channel.send()
    browser("thao").say(sent.number, "Thật")
    message = Message.objects.get(direction="out")
    place = sealing.Place(message.tip_id.bytes, Direction.OUT, 1)
    forged = sealing.sign(secrets.token_bytes(32), bytes(message.content), place.bound)
    Message.objects.filter(pk=message.pk).update(signature=forged)

    (_, said) = follow(channel.house, receipt=sent.receipt, on=TODAY).said
    assert (said.broken, said.text) == (True, "")


def test_a_member_who_left_is_still_known_by_their_words_and_reads_no_more(channel, browser):
    sent = channel.send()
    browser("thao").say(sent.number, "Lời trước khi đi")
    client = signed_in(channel.vinh)
    key = MemberKey.objects.get(holder="thao")
    assert client.post("/tips/keys/", {"step": "remove", "key": str(key.pk)}).status_code == 302

    assert follow(channel.house, receipt=sent.receipt, on=TODAY).said[1].text == "Lời trước khi đi"
    assert not ReaderSeal.objects.filter(reader=channel.members["thao"].key.id).exists()
    assert signed_in(channel.thao).get(f"/tips/{sent.number}/").status_code == 404
    channel.send()
    assert not ReaderSeal.objects.filter(reader=channel.members["thao"].key.id).exists()


@pytest.mark.parametrize("change", [
    lambda body: body["seals"].pop(),
    lambda body: body["seals"].append({"reader": text_of(bytes(8)), "seal": body["seals"][0]["seal"]}),
    lambda body: body.update(content=text_of(bytes_of(body["content"])[:-1])),
    lambda body: body.update(signature=text_of(bytes(64))),
    lambda body: body.update(sequence=2),
    lambda body: body.update(direction="in"),
    lambda body: body.update(direction="identity"),
    lambda body: body.update(content="!!"),
    lambda body: body.pop("seals"),
    lambda body: body.update(direction="x"),
], ids=range(10))  # fmt: skip
def test_what_isnt_sealed_and_signed_as_it_must_be_is_refused(channel, browser, change):
    number = channel.send().number
    thao = browser("thao")
    body = thao.sealed(thao.thread(number), Direction.OUT, "x")
    change(body)

    assert thao.post(number, step="say", final=True, **body).status_code in {409, 422}
    assert not Message.objects.filter(direction="out").exists()


def test_two_at_once_dont_write_over_each_other(channel, browser):
    number = channel.send().number
    thao, vinh = browser("thao"), browser("vinh")
    found = thao.thread(number)

    assert thao.post(number, step="say", final=True, **thao.sealed(found, Direction.OUT, "a")).status_code == 200
    assert vinh.post(number, step="say", final=True, **vinh.sealed(found, Direction.OUT, "b")).status_code == 409


def test_a_new_member_reads_what_was_sealed_anew(channel, browser):
    number = channel.send("Trước khi người mới đến").number
    channel.members["vinh"].key, channel.members["vinh"].secret = certified(channel.root_seed, Seat.DESK, Side.POLICE, "vinh")
    key = channel.members["vinh"].key
    MemberKey.objects.filter(holder="vinh").update(box=key.box, verify=key.verify, signature=key.signature)
    target = MemberKey.objects.get(holder="vinh")
    thao, address = browser("thao"), f"/tips/keys/{target.pk}/seals/"

    found = thao.client.get(address).json()
    member, seals = channel.members["thao"], []
    for one in found["messages"]:
        bound = sealing.Place(bytes_of(one["tip"]), Direction(one["direction"]), one["sequence"]).bound
        opened = sealing.from_reader(bytes_of(one["seal"]), member.key.box, member.secret[:32], bound)
        seals.append({"message": one["id"], "seal": text_of(sealing.to_reader(opened, bytes_of(found["to"]), bound))})
    body = json.dumps({"seals": seals})
    for person, shown, kept in ((channel.cast.lan, 403, 403), (channel.an, 403, 403), (channel.minh, 200, 409)):
        client = signed_in(person)
        handed = client.get(address)
        assert handed.status_code == shown
        assert not handed.json().get("messages"), "who watches conduct is handed nothing of crimes"
        assert client.post(address, body, content_type="application/json").status_code == kept
    made = thao.client.post(address, body, content_type="application/json").json()

    assert made == {"made": 1}
    assert browser("vinh").read(number) == ["Trước khi người mới đến"]
    assert thao.client.get(address).json()["messages"] == []


def test_a_key_is_brought_by_its_holder_with_the_roots_word(channel):
    new, _ = certified(channel.root_seed, Seat.DESK, Side.POLICE, "thao")
    told = {
        "seat": "desk", "side": "police", "holder": "thao", "box": new.box.hex(), "verify": new.verify.hex(),
        "since": str(new.since), "until": str(new.until), "signature": new.signature.hex(),
    }  # fmt: skip

    def bring(person, **change):
        file = SimpleUploadedFile("a.signed.json", json.dumps(told | change).encode())
        return signed_in(person).post("/tips/keys/", {"step": "add", "certificate": file}).status_code

    assert bring(channel.vinh) == bring(channel.thao, signature="00" * 64) == bring(channel.thao, seat="custodian") == 422
    assert bring(channel.thao, holder="vinh") == bring(channel.thao, until="2040-01-01") == 422
    assert bring(channel.thao) == 302
    assert bring(channel.thao) == 422
    assert Event.objects.filter(facet_set__kind="tip.key_added").count() == 1


def test_an_identity_is_opened_by_both_sides_together_and_the_ledger_says_why(channel, browser):
    number = channel.send(pledge=Pledge.CONFIDENTIAL, identity="Nguyễn Thị Kín").number
    thao = browser("thao")
    assert thao.post(number, step="identity", why="court").status_code == 200
    opening = Opening.objects.get()
    address = f"/tips/identities/{opening.pk}/"

    for name in ("an", "yen"):
        assert thao.client.get(address).status_code == 404
        member, client = channel.members[name], signed_in(getattr(channel, name))
        page = client.get("/tips/identities/").context["rows"][0]
        bound = sealing.Place(bytes_of(page["tip"]), Direction.IDENTITY, 0).bound
        half = sealing.from_reader(bytes_of(page["seal"]), member.key.box, member.secret[:32], bound)
        content = text_of(sealing.to_reader(half, bytes_of(page["to"]), bound))
        body = json.dumps({"opening": str(opening.pk), "content": content})
        assert client.post("/tips/identities/", body, content_type="application/json").status_code == 200
        assert client.post("/tips/identities/", body, content_type="application/json").status_code == 409

    found = thao.client.get(address).json()
    place, member = sealing.Place(bytes_of(found["tip"]), Direction.IDENTITY, 0), channel.members["thao"]
    one, other = (sealing.from_reader(bytes_of(h), member.key.box, member.secret[:32], place.bound) for h in found["halves"])
    key = bytes(a ^ b for a, b in zip(one, other, strict=True))
    said = sealing.read_envelope(sealing.unpadded(sealing.unseal(key, bytes_of(found["content"]), place.bound)))
    assert said["text"] == "Nguyễn Thị Kín"
    assert browser("vinh").client.get(address).status_code == 404
    event = Event.objects.get(facet_set__kind="tip.identity_opened")
    assert (event.facet_set.facets, event.about_id) == ({"why": "court"}, None)


def test_an_anonymous_sender_has_nothing_to_open(channel, browser):
    assert browser("thao").post(channel.send().number, step="identity", why="life").status_code == 409


def test_an_extract_is_checked_by_another_before_it_goes(channel, browser):
    number = channel.send("Lời của người gửi").number
    thao, vinh = browser("thao"), browser("vinh")
    body = thao.sealed(thao.thread(number), Direction.NOTE, "Bản viết lại")
    assert thao.post(number, step="extract", unit="CAP-W1", **body).status_code == 200
    extract = Extract.objects.get()

    assert list(extracts_to_take()) == []
    assert thao.post(number, step="pass", extract=str(extract.pk), text="Bản viết lại").status_code == 409
    assert vinh.read(number) == ["Lời của người gửi", "Bản viết lại"]
    assert vinh.post(number, step="pass", extract=str(extract.pk), text="Bản viết lại").status_code == 200
    assert vinh.post(number, step="refuse", extract=str(extract.pk)).status_code == 409
    (taken,) = extracts_to_take()
    assert (taken.tip_number, taken.extract, taken.unit) == (number, "Bản viết lại", "CAP-W1")
    hand_on(extract=taken.id, by=clock(), on=TODAY)
    extract.refresh_from_db()
    assert (extract.text, list(extracts_to_take())) == (None, [])


def test_from_a_tip_a_crime_report_carries_its_number_and_the_extract_alone(channel, browser):
    number = channel.send("Lời của người gửi").number
    thao, vinh = browser("thao"), browser("vinh")
    for nth, text in enumerate(("Bản viết lại", "Bản thứ hai"), start=1):
        body = thao.sealed(thao.thread(number), Direction.NOTE, text)
        assert thao.post(number, step="extract", unit="CAP-W1", **body).status_code == 200
        extract = Extract.objects.get(sequence=nth)
        assert vinh.post(number, step="pass", extract=str(extract.pk), text=text).status_code == 200

    assert hand_extracts() == 2
    assert hand_extracts() == 0
    cases = Case.objects.order_by("source_number")
    assert [case.source_number for case in cases] == [number, f"{number}/2"]
    assert {(case.kind, case.unit.code, case.source) for case in cases} == {("crime", "CAP-W1", "sealed")}
    assert [case.sealed_words for case in cases] == ["Bản viết lại", "Bản thứ hai"]
    assert {case.due_on - case.received_on for case in cases} == {timedelta(20)}, "the clock of the law runs from the day it came"
    assert set(Sender.objects.values_list("phone", "email")) <= {("", "")}
    assert not Event.objects.filter(facet_set__kind__startswith="tip.").exists()


def test_a_draft_of_an_extract_never_goes_to_the_sender(channel, browser):
    sent = channel.send()
    thao = browser("thao")
    body = thao.sealed(thao.thread(sent.number), Direction.NOTE, "nháp")
    thao.post(sent.number, step="extract", unit="CAP-W1", **body)

    assert [one.text for one in follow(channel.house, receipt=sent.receipt, on=TODAY).said] == ["Tin thử"]
    assert not ReaderSeal.objects.filter(message__direction="note", reader=b"").exists()


def test_a_reward_is_fetched_with_a_code_and_paid_by_another(channel, browser):
    sent = channel.send()
    assert withdraw_code(channel.house, receipt=sent.receipt, on=TODAY) is None
    assert browser("thao").post(sent.number, step="reward", amount=5000).status_code == 200
    assert browser("vinh").post(sent.number, step="reward", amount=5000).status_code == 409
    code = withdraw_code(channel.house, receipt=sent.receipt, on=TODAY)
    assert withdraw_code(channel.house, receipt=sent.receipt, on=TODAY) == code

    pay = lambda name, given: signed_in(getattr(channel, name)).post("/tips/reward/", {"code": given}).status_code  # noqa: E731
    assert pay("thao", code) == pay("vinh", "000000000000") == 422
    assert pay("vinh", code) == 302
    assert pay("vinh", code) == 422
    assert follow(channel.house, receipt=sent.receipt, on=TODAY).reward == Reward.PAID
    (event,) = Event.objects.filter(facet_set__kind="tip.rewarded")
    assert (event.amount, event.about_id) == (5000, None)


def test_a_missed_day_goes_to_the_inspectorate_by_itself(channel, browser):
    late = channel.send(on=TODAY - timedelta(8))
    channel.send()
    assert tell_late(by=clock(), on=TODAY) == 1
    assert tell_late(by=clock(), on=TODAY) == 0

    page = signed_in(channel.minh).get("/tips/late/").content.decode()
    assert late.number in page
    assert page.count("TK-") == 1
    browser("thao").say(late.number, "Đây")
    assert late.number not in signed_in(channel.minh).get("/tips/late/").content.decode()


def test_a_day_is_counted_once_for_the_city_and_nothing_else_is_in_the_ledger(channel, browser):
    yesterday, before = TODAY - timedelta(1), Event.objects.count()
    for _ in range(3):
        channel.send(on=yesterday)
    channel.send(on=yesterday, about=About.CANARY)
    browser("thao").say(Tip.objects.exclude(about="canary").first().number, "x")
    assert Event.objects.count() == before
    for day in uncounted(TODAY):
        count_day(day=day, by=clock(), on=TODAY)

    assert uncounted(TODAY) == []
    (event,) = Event.objects.filter(pk__gt=0).order_by("-pk")[:1]
    assert (event.facet_set.kind, event.amount, event.day, event.unit.code, event.about_id) == (
        "tip.counted",
        3,
        yesterday,
        "79",
        None,
    )


def test_a_person_without_a_key_sees_an_empty_desk(channel):
    channel.send()
    MemberKey.objects.filter(holder="thao").delete()
    page = signed_in(channel.thao).get("/tips/").content.decode()

    assert "TK-" not in page
    assert "Ông/Bà chưa có khoá" in page
